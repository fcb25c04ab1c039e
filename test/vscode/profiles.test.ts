import * as assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Profile } from '../../src/core/smile/profile';
import { RecordFiles } from '../../src/node/recordFiles';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { ProfileNotStored, Profiles } from '../../src/vscode/credentials/profiles';
import { STORES } from '../../src/vscode/storage/stores';
import { MemoryLog, MemoryStore } from '../support/fakes';
import { FakeMemento, FakeSecrets } from '../support/fakeVSCode';

const acme: Profile = {
  id: 'p-1',
  name: 'acme-test',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const CREDENTIALS = {
  partnerId: '085',
  apiKey: 'key-1',
  baseUrl: 'https://testapi.smileidentity.com/v1',
};

const HAS_CHANGED = {
  message: 'The profile "acme-test" has changed meanwhile. Nothing was done.',
};

/** The same object, whose methods take effect when the scheduler says so. */
function scheduled<T extends object>(scheduler: fc.Scheduler, of: T): T {
  return new Proxy(of, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || name === 'onDidChange') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        await scheduler.schedule(Promise.resolve(), `${String(name)}(${args.map(String).join()})`);
        const result: unknown = await Reflect.apply(member, target, args);
        return result;
      };
    },
  });
}

describe('Profiles', () => {
  const stored = (): MemoryStore<Profile> => new MemoryStore<Profile>();
  const build = (store = stored(), secrets = new FakeSecrets(), global = new FakeMemento()) => ({
    store,
    secrets,
    global,
    profiles: new Profiles(store, secrets, new ProfileMemory(new FakeMemento(), global)),
  });

  it('keep the key in the keyring and nowhere else', async () => {
    const { profiles, store, secrets } = build();
    await profiles.save(acme, 'key-1');
    assert.deepEqual([...store.records.values()], [acme]);
    assert.deepEqual([...secrets.kept.values()], ['key-1']);
    assert.deepEqual(await profiles.credentials(acme), CREDENTIALS);
  });

  it('replace a rotated key in place, and keep it when only the name changes', async () => {
    const { profiles } = build();
    await profiles.save(acme, 'key-1');
    await profiles.save(acme, 'key-2');
    await profiles.change(acme, { name: 'acme' });
    assert.deepEqual(await profiles.list(), [{ ...acme, name: 'acme' }]);
    assert.equal((await profiles.credentials(acme)).apiKey, 'key-2');
  });

  it('accept a new key if the keyring has lost the old one, with no other change', async () => {
    const { profiles, secrets } = build();
    await profiles.save(acme, 'key-1');
    secrets.kept.clear();
    await assert.rejects(profiles.change(acme, { name: 'acme' }), HAS_CHANGED);
    await profiles.replaceKey(acme, 'key-2');
    assert.deepEqual(
      [await profiles.list(), [...secrets.kept]],
      [[acme], [['smile.apiKey.p-1', 'key-2']]],
    );
  });

  it('are changed from their current state, unless they now belong to another account', async () => {
    const { profiles } = build();
    await profiles.save(acme, 'key-1');
    await profiles.change(acme, { name: 'acme' });
    await profiles.change(acme, { environment: 'production' });
    const moved = { ...acme, name: 'acme', environment: 'production' as const };
    assert.deepEqual(await profiles.list(), [moved]);
    await assert.rejects(profiles.change(acme, { name: 'x' }), HAS_CHANGED);
    assert.deepEqual(await profiles.list(), [moved]);
  });

  it('that are signed out never come back, in whatever order a change and the sign-out run', async () => {
    const changes: ((profiles: Profiles) => Promise<void>)[] = [
      (profiles) => profiles.change(acme, { environment: 'production' }),
      (profiles) => profiles.change(acme, { url: 'http://127.0.0.1:9/v1' }),
      (profiles) => profiles.replaceKey(acme, 'key-2'),
    ];
    let refused = 0;
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(...changes),
        fc.constantFrom('stored, another window', 'stored', 'window only', 'both'),
        async (scheduler, change, where) => {
          const store = stored();
          const secrets = new FakeSecrets();
          if (where !== 'window only') await build(store, secrets).profiles.save(acme, 'key-1');
          const window = () => {
            const state = new FakeMemento();
            return new Profiles(
              scheduled(scheduler, store),
              scheduled(scheduler, secrets),
              new ProfileMemory(state, state),
            );
          };
          const here = window();
          const there = where === 'stored, another window' ? window() : here;
          if (!where.startsWith('stored')) here.saveForWindow(acme, 'key-1');
          const changed = change(here).then(
            () => (done += 1),
            (error: unknown) => {
              assert.equal(error instanceof Error ? error.message : '', HAS_CHANGED.message);
              refused += 1;
            },
          );
          const removed = there.remove(acme);
          await scheduler.waitFor(Promise.all([changed, removed]));
          assert.deepEqual(
            [[...store.records], [...secrets.kept], here.isWindowOnly(acme)],
            [[], [], false],
          );
        },
      ),
      { numRuns: 3000, seed: 20_260_901 }, // so that a run repeats
    );
    assert.ok(refused > 0 && done > 0, `${refused} refused, ${done} done`);
  });

  it('change nothing when the keyring refuses, and work for this window if the user wants that', async () => {
    const { profiles, store, secrets } = build();
    secrets.refuse('get', 'store', 'delete', 'keys');
    await assert.rejects(
      profiles.save(acme, 'key-1'),
      new ProfileNotStored('The keyring of this machine did not store the API key.'),
    );
    assert.deepEqual([await profiles.list(), store.records.size], [[], 0]);
    profiles.saveForWindow(acme, 'key-1');
    assert.deepEqual(await profiles.list(), [acme]);
    assert.equal(profiles.isWindowOnly(acme), true);
    assert.deepEqual(await profiles.credentials(acme), CREDENTIALS);
    assert.equal(store.records.size, 0);
  });

  it('say so when the keyring has lost the key, or does not return it', async () => {
    const { profiles, secrets } = build();
    await profiles.save(acme, 'key-1');
    secrets.refuse('get');
    await assert.rejects(profiles.credentials(acme), {
      message: 'The keyring of this machine did not return the API key.',
    });
    secrets.refuse();
    secrets.kept.clear();
    await assert.rejects(profiles.credentials(acme), {
      message:
        'The API key of "acme-test" is not in the keyring. If a machine has no keyring, VS Code forgets keys when it closes. Add it again with "Smile ID: Edit Profile…".',
    });
  });

  it('leave no key without a profile if the disk refuses, and do not lose the previous key', async () => {
    const { profiles, store, secrets } = build();
    store.full = true;
    const full = new ProfileNotStored('The profile could not be stored. The disk is full.');
    await assert.rejects(profiles.save(acme, 'key-1'), full);
    assert.deepEqual([...secrets.kept], []);
    store.full = false;
    await profiles.save(acme, 'key-1');
    store.full = true;
    await assert.rejects(profiles.save({ ...acme, name: 'acme' }, 'key-2'), full);
    assert.deepEqual([await profiles.list(), [...secrets.kept.values()]], [[acme], ['key-1']]);
    profiles.saveForWindow({ ...acme, name: 'acme' }, 'key-2');
    assert.equal((await profiles.credentials(acme)).apiKey, 'key-2');
  });

  it('that are signed out leave no key behind, although this window keeps another version of them', async () => {
    const { profiles, store, secrets } = build();
    await profiles.save(acme, 'key-1');
    profiles.saveForWindow(acme, 'key-2');
    secrets.refuse('delete');
    await assert.rejects(profiles.remove(acme), {
      message: 'The keyring of this machine did not delete the API key, so the profile is kept.',
    });
    assert.deepEqual([await profiles.list(), store.records.size], [[acme], 1]);
    secrets.refuse();
    await profiles.remove(acme);
    assert.deepEqual([await profiles.list(), store.records.size, secrets.kept.size], [[], 0, 0]);
  });

  it('of this window only can be signed out while the keyring refuses everything', async () => {
    const { profiles, secrets } = build();
    secrets.refuse('get', 'store', 'delete', 'keys');
    profiles.saveForWindow(acme, 'key-1');
    await profiles.remove(acme);
    assert.deepEqual(await profiles.list(), []);
  });

  it('list the keys whose profile is lost, so that they can be deleted', async () => {
    const { profiles, store, secrets } = build();
    await profiles.save(acme, 'key-1');
    await profiles.save({ ...acme, id: 'p-2' }, 'key-2');
    secrets.kept.set('smile.another', 'x');
    store.records.delete('p-2');
    assert.deepEqual(await profiles.keysWithoutProfile(), ['p-2']);
    secrets.refuse('delete');
    await assert.rejects(profiles.removeKeys(['p-2']), {
      message: 'The keyring of this machine did not delete the API keys.',
    });
    secrets.refuse();
    await profiles.removeKeys(['p-2']);
    assert.deepEqual([...secrets.kept.keys()], ['smile.apiKey.p-1', 'smile.another']);
  });

  describe('over real files', () => {
    let folder = '';
    let files: RecordFiles<Profile>;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'profiles-'));
      files = new RecordFiles(folder, STORES.profiles.format, new MemoryLog());
    });
    afterEach(async () => {
      files.dispose();
      await rm(folder, { recursive: true });
    });
    const open = () => {
      const secrets = new FakeSecrets();
      const state = new FakeMemento();
      return { secrets, profiles: new Profiles(files, secrets, new ProfileMemory(state, state)) };
    };

    it('a damaged one is listed as a key without a profile', async () => {
      const { profiles } = open();
      await profiles.save(acme, 'key-1');
      await writeFile(join(folder, 'p-1.json'), '{"id": "p-');
      assert.deepEqual(await profiles.keysWithoutProfile(), ['p-1']);
      assert.deepEqual(await readdir(folder), ['p-1.corrupt']);
    });

    it('one of a newer version keeps its record and its key, also when it is saved here', async () => {
      const { profiles, secrets } = open();
      const newer = JSON.stringify({ ...acme, version: 2, environment: 'staging' });
      await writeFile(join(folder, 'p-1.json'), newer);
      secrets.kept.set('smile.apiKey.p-1', 'key-1');
      assert.deepEqual([await profiles.list(), await profiles.keysWithoutProfile()], [[], []]);
      await assert.rejects(profiles.save(acme, 'key-2'), ProfileNotStored);
      assert.deepEqual([...secrets.kept.values()], ['key-1']);
      assert.equal(await readFile(join(folder, 'p-1.json'), 'utf8'), newer);
    });
  });

  it('report a new, changed or removed key to the other windows', async () => {
    const here = build();
    const there = build(here.store, here.secrets, here.global);
    let changes = 0;
    there.profiles.onDidChange(() => (changes += 1));
    await here.profiles.save(acme, 'key-1');
    assert.ok(changes > 0);
    assert.deepEqual(await there.profiles.list(), [acme]);
    changes = 0;
    await here.profiles.remove(acme);
    assert.ok(changes > 0);
    assert.deepEqual([await there.profiles.list(), here.secrets.kept.size], [[], 0]);
  });

  it('treat a profile as signed out only when its key is also gone', async () => {
    const { profiles, secrets, store } = build();
    await profiles.save(acme, 'key-1');
    const states = [await profiles.isSignedOut('p-1')];
    store.records.clear(); // it cannot be read, or is of a newer version
    states.push(await profiles.isSignedOut('p-1'));
    secrets.refuse('get', 'keys');
    states.push(await profiles.isSignedOut('p-1'));
    secrets.refuse();
    await profiles.remove(acme);
    states.push(await profiles.isSignedOut('p-1'));
    assert.deepEqual(states, [false, false, false, true]);
  });

  it('leave each window its own choice: switching one to production moves no other', async () => {
    const live: Profile = { ...acme, id: 'p-2', name: 'acme-live', environment: 'production' };
    const here = build();
    const there = build(here.store, here.secrets, here.global);
    await here.profiles.save(acme, 'key-1');
    await here.profiles.save(live, 'key-2');
    await here.profiles.setActive(acme);
    await there.profiles.setActive(acme);
    await there.profiles.setActive(live);
    assert.deepEqual([await here.profiles.active(), await there.profiles.active()], [acme, live]);
    const later = build(here.store, here.secrets, here.global);
    assert.deepEqual(await later.profiles.active(), live);
  });
});
