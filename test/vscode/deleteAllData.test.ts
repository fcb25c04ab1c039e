import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../src/core/clock';
import { JobWatches } from '../../src/core/jobs/jobWatches';
import { RecentJobs } from '../../src/core/jobs/recentJobs';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { RecordFiles } from '../../src/node/recordFiles';
import { StorageFolder } from '../../src/node/storageFolder';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { Profiles } from '../../src/vscode/credentials/profiles';
import { deleteAllData } from '../../src/vscode/storage/deleteAllData';
import { STORES, type StoreDescription } from '../../src/vscode/storage/stores';
import { storedFiles, storedRecords } from '../support/dataFolder';
import { fakeHostStorage, FakeMemento, FakeSecrets } from '../support/fakeVSCode';
import { FakeLookup, MemoryLog } from '../support/fakes';
import { closeAllTabs, jobTabs } from '../support/panelPages';
import { activateSmile, addProfile, fresh, startOwnSimulator } from '../support/smileExtension';
import { until } from '../support/until';

const ids = { userId: 'u-1', jobId: 'j-1' };
const profile: Profile = {
  id: 'p-1',
  name: 'acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};

/** Presses this button in every message, as a user would. Suite and extension share one `vscode`. */
function pressing(button: string | undefined): { readonly shown: string[]; stop(): void } {
  const shown: string[] = [];
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const press = (message: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const [options] = rest;
    const detail =
      typeof options === 'object' && options !== null && 'detail' in options
        ? ` ${String(options.detail)}`
        : '';
    shown.push(message + detail);
    return Promise.resolve(rest.includes(button) ? button : undefined);
  };
  Object.assign(vscode.window, { showInformationMessage: press, showWarningMessage: press });
  return {
    shown,
    stop() {
      Object.assign(vscode.window, { showInformationMessage, showWarningMessage });
    },
  };
}

describe('Delete All Data', () => {
  describe('over the parts of a window', () => {
    let folder = '';
    const open: { dispose(): unknown }[] = [];
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'smile-delete-'));
    });
    afterEach(async () => {
      for (const part of open.splice(0)) await part.dispose();
      rmSync(folder, { recursive: true });
    });
    const own = <T extends { dispose(): unknown }>(part: T): T => {
      open.unshift(part);
      return part;
    };
    const put = (path: string, text = ''): void => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };

    /** A window in which every feature has stored what it stores. */
    const used = async () => {
      const files = <T extends object>({ path, format }: StoreDescription<T>): RecordFiles<T> =>
        own(new RecordFiles(join(folder, ...path), format, new MemoryLog()));
      const secrets = new FakeSecrets();
      const [workspaceState, globalState] = [new FakeMemento(), new FakeMemento()];
      const profiles = own(
        new Profiles(
          files(STORES.profiles),
          secrets,
          new ProfileMemory(workspaceState, globalState),
        ),
      );
      const recent = new RecentJobs(
        files(STORES.jobs),
        files(STORES.labels),
        () => 200,
        new MemoryLog(),
      );
      const unreachable: JobStatusOutcome = { kind: 'unreachable', cause: 'dns', message: 'no' };
      const watches = own(
        new JobWatches(
          new FakeLookup(() => unreachable, systemClock),
          profiles,
          files(STORES.watches),
          () => ({ history: false, imageLinks: false }),
          systemClock,
          new MemoryLog(),
        ),
      );
      await profiles.save(profile, 'key-1');
      await profiles.setActive(profile);
      await globalState.update('smile.queryOptions', { history: true });
      for (const jobId of ['j-1', 'j-2']) {
        await recent.record('p-1', { ...ids, jobId }, unreachable, new Date());
      }
      await recent.rename((await recent.list())[0]?.key ?? '', 'a label');
      watches.start(profile, ids);
      await until('the wait', () =>
        watches.state('p-1', ids)?.phase === 'waiting' ? true : undefined,
      );
      await watches.remembered();
      put('profiles/damaged.corrupt', '{');
      put('jobs/a.x.tmp', '{"userId": "u-1"}');
      put('jobs/newer.json', '{"version": 9}');
      put('later/feature', 'x');
      secrets.kept.set('smile.apiKey.lost', 'key-2');
      const storage = new StorageFolder(folder);
      let received = 2;
      const parts = {
        folders: [storage],
        secrets: fakeHostStorage(secrets, globalState).secrets,
        mementos: [workspaceState, globalState],
        received: () => received,
        stop: () => {
          received = 0;
          return watches.deleteAll();
        },
        settled: () => Promise.resolve(),
        log: { error: () => undefined },
      };
      const left = async () => ({
        files: [...(await storage.files())].sort(),
        keys: [...secrets.kept.keys()],
        choices: [...workspaceState.keys(), ...globalState.keys()],
      });
      return { parts, left, secrets, storage, profiles, recent, watches };
    };
    const ALL =
      '1 profile, 3 recent jobs, 1 label, 1 watch, 2 API keys, 3 remembered choices, 3 other files, 2 received webhooks';

    it('says what will go, deletes nothing if the user cancels, and all if they confirm', async () => {
      const { parts, left, recent, profiles } = await used();
      const before = await left();
      const cancel = pressing(undefined);
      await deleteAllData(parts);
      cancel.stop();
      assert.deepEqual(cancel.shown, [
        `Delete all data of this extension? This deletes from this machine: ${ALL}. Job panels are closed, and watches and the webhook receiver stop. Nothing changes at Smile ID. This cannot be undone.`,
      ]);
      assert.deepEqual(await left(), before);
      const confirm = pressing('Delete All Data');
      await deleteAllData(parts);
      confirm.stop();
      // the watch removes its own record when it stops
      assert.deepEqual(confirm.shown.slice(1), [`Deleted: ${ALL.replace(' 1 watch,', '')}.`]);
      assert.deepEqual(await left(), { files: [], keys: [], choices: [] });
      await until('an empty list', async () =>
        (await recent.list()).length + (await profiles.list()).length === 0 ? true : undefined,
      );
    });

    it('keeps the keys of other machines, whose records are there, and says so', async () => {
      const { parts, left, secrets } = await used();
      const host = join(folder, '..', `${basename(folder)}-host`);
      const remote = fakeHostStorage(secrets, new FakeMemento(), host).secrets;
      await remote.store('smile.apiKey.p-2', 'key-3');
      const confirm = pressing('Delete All Data');
      await deleteAllData(parts);
      await remote.store('smile.apiKey.p-3', 'key-4');
      await deleteAllData(parts);
      confirm.stop();
      const effects =
        'Job panels are closed, and watches and the webhook receiver stop. Nothing changes at Smile ID. This cannot be undone.';
      assert.deepEqual(confirm.shown, [
        `Delete all data of this extension? This deletes from this machine: ${ALL}. ` +
          `1 API key of another machine stays: delete it in a window of that machine. ${effects}`,
        `Deleted: ${ALL.replace(' 1 watch,', '')}.`,
        'Delete all data of this extension? Nothing is stored. ' +
          `2 API keys of other machines stay: delete them in windows of those machines. ${effects}`,
        'There was nothing to delete.',
      ]);
      assert.deepEqual(await left(), {
        files: [],
        keys: (await remote.keys()).map(
          (key) => `host.${readFileSync(join(host, 'host-id'), 'utf8')}.${key}`,
        ),
        choices: [],
      });
      assert.deepEqual(await remote.keys(), ['smile.apiKey.p-2', 'smile.apiKey.p-3']);
      rmSync(host, { recursive: true });
    });

    it('keeps a profile whose key the keyring does not delete, and says so', async () => {
      const { parts, left, secrets } = await used();
      secrets.refuse('delete', 'keys');
      const confirm = pressing('Delete All Data');
      await deleteAllData(parts);
      confirm.stop();
      assert.deepEqual(confirm.shown.slice(1), [
        'Deleted: 3 recent jobs, 1 label, 3 remembered choices, 3 other files, 2 received webhooks. ' +
          'Could not be deleted: 1 profile, 1 API key. ' +
          'The keyring did not list its API keys. The keyring refused.',
      ]);
      assert.deepEqual(await left(), {
        files: ['profiles/p-1.json'],
        keys: ['smile.apiKey.p-1', 'smile.apiKey.lost'],
        choices: [],
      });
    });

    it('leaves nothing of a list of profiles that was read before and is noted only afterward', async () => {
      const { parts, left } = await used();
      const [, globalState] = parts.mementos;
      const settled = async (): Promise<void> => {
        await globalState?.update('smile.knownProfiles', [profile]);
        put('host-id', 'an ID');
      };
      const confirm = pressing('Delete All Data');
      await deleteAllData({ ...parts, settled });
      confirm.stop();
      assert.deepEqual(confirm.shown.slice(1), [`Deleted: ${ALL.replace(' 1 watch,', '')}.`]);
      assert.deepEqual(await left(), { files: [], keys: [], choices: [] });
    });

    it('deletes the rest if the disk refuses one file, and says so', async () => {
      const { parts, left, storage } = await used();
      const remove = async (path: string): Promise<void> => {
        if (path === 'later/feature') {
          throw Object.assign(new Error('no'), { code: 'EPERM' });
        }
        await storage.remove(path);
      };
      const confirm = pressing('Delete All Data');
      await deleteAllData({ ...parts, folders: [{ files: () => storage.files(), remove }] });
      confirm.stop();
      assert.match(
        confirm.shown[1] ?? '',
        /^Deleted: .* Could not be deleted: 1 other file\. The disk refused \(EPERM\)\.$/,
      );
      assert.deepEqual(await left(), { files: ['later/feature'], keys: [], choices: [] });
    });
  });

  it('as a command leaves no file behind, closes the panels, and stops the watches', async () => {
    const api = await activateSmile();
    await closeAllTabs();
    const { url } = await startOwnSimulator();
    const { id } = await addProfile({
      name: fresh('Deleted'),
      environment: 'local',
      partnerId: '085',
      apiKey: 'local-simulator',
      url,
    });
    const userId = fresh('user');
    await vscode.commands.executeCommand('smile.getJobStatus', {
      profile: id,
      userId,
      jobId: 'provisional',
    });
    await vscode.commands.executeCommand('_smile.watchJob', { userId, jobId: 'provisional' });
    await until('the watch', () => (storedRecords('watches').size > 0 ? true : undefined));
    assert.notEqual(jobTabs().length, 0);
    const confirm = pressing('Delete All Data');
    try {
      await vscode.commands.executeCommand('smile.deleteAllData');
    } finally {
      confirm.stop();
    }
    assert.match(confirm.shown.at(-1) ?? '', /^Deleted: \d+ profiles?, \d+ recent jobs?, /);
    assert.deepEqual([storedFiles(), jobTabs()], [[], []]);
    await assert.rejects(api.getJobStatus({ profile: id, userId, jobId: 'approved' }));
    await startOwnSimulator(); // for the suites after this one
  });
});
