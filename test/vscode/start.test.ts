import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { Lazy } from '../../src/vscode/start/lazy';
import { registerProfiles, resumeJobs } from '../../src/vscode/start/registerProfiles';
import type { ProfileStatus } from '../../src/vscode/credentials/statusBar';
import { FakeMemento, FakeSecrets } from '../support/fakeVSCode';
import { until } from '../support/until';

const acme = { id: 'p-1', name: 'Acme', environment: 'production', partnerId: '085' } as const;
const beta = { id: 'p-2', name: 'Beta', environment: 'sandbox', partnerId: '085' } as const;

/** A part that counts how often it is loaded. */
function counted() {
  const events: string[] = [];
  const jobs = new Lazy(
    () => {
      events.push('loaded');
      return Promise.resolve({ dispose: () => events.push('disposed') });
    },
    { error: (error) => events.push(String(error)) },
    () => 'Reload the window.',
  );
  return { events, jobs };
}

describe('The start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'smile-start-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  describe('shows the active profile without loading anything', () => {
    const start = async (known: (typeof acme | typeof beta)[], chosen?: string) => {
      const global = new FakeMemento();
      await new ProfileMemory(new FakeMemento(), global).note(known);
      if (chosen !== undefined) {
        await new ProfileMemory(new FakeMemento(), global).choose({ id: chosen });
      }
      const { events, jobs } = counted();
      const secrets = new FakeSecrets();
      const shown: unknown[] = [];
      const status = {
        show: (active: unknown, hasProfiles: boolean) => shown.push([active, hasProfiles]),
      };
      const registered = registerProfiles(
        jobs,
        vscode.Uri.file(folder),
        secrets,
        new ProfileMemory(new FakeMemento(), global),
        status as unknown as ProfileStatus,
      );
      return { events, secrets, shown, registered };
    };

    it('as it was last chosen in any window', async () => {
      const { events, shown } = await start([acme, beta], 'p-1');
      assert.deepEqual([shown, events], [[[acme, true]], []]);
    });

    it('or the only one; none if there are several and none was chosen', async () => {
      assert.deepEqual((await start([beta])).shown, [[beta, true]]);
      assert.deepEqual((await start([acme, beta])).shown, [[undefined, true]]);
      assert.deepEqual((await start([])).shown, [[undefined, false]]);
    });

    it('until another window changes the record of a profile', async () => {
      mkdirSync(join(folder, 'profiles'));
      const { events } = await start([acme, beta], 'p-1');
      await until('the change', () => {
        writeFileSync(join(folder, 'profiles/p-1.json'), '{}');
        return events.length > 0 || undefined;
      });
      assert.deepEqual(events, ['loaded']);
    });

    it('until another window changes the key of a profile, as when it adds one', async () => {
      const { events, secrets } = await start([acme, beta], 'p-1');
      await secrets.store('another.extension', 'x');
      assert.deepEqual(events, []);
      await secrets.delete('smile.apiKey.p-1');
      assert.deepEqual(events, ['loaded']);
    });
  });

  describe('loads the lookup of jobs', () => {
    const put = (path: string): void => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), '{}');
    };
    const loads = async (...known: (typeof acme)[]): Promise<boolean> => {
      const { events, jobs } = counted();
      const memory = new ProfileMemory(new FakeMemento(), new FakeMemento());
      await memory.note(known);
      await resumeJobs(jobs, vscode.Uri.file(folder), memory);
      return events.length > 0;
    };
    it('if a watch of an earlier session is to be resumed', async () => {
      put('watches/w.json');
      assert.equal(await loads(acme), true);
    });

    it('if profiles are stored that have no note', async () => {
      put('profiles/p-1.json');
      assert.equal(await loads(), true);
      assert.equal(await loads(acme), false);
    });

    it('and not if nothing is stored, or only what no watch needs', async () => {
      assert.equal(await loads(), false);
      put('jobs/j.json');
      assert.equal(await loads(), false);
    });
  });
});
