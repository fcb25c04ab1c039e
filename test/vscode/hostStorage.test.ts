import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { formatOf } from '../../src/core/recordStore';
import type { Profile } from '../../src/core/smile/profile';
import { RecordFiles } from '../../src/node/recordFiles';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { Profiles, StoredProfile } from '../../src/vscode/credentials/profiles';
import { fakeHostStorage, FakeMemento, FakeSecrets } from '../support/fakeVSCode';
import { MemoryLog } from '../support/fakes';

const profileOf = (id: string, name: string): Profile => ({
  ...{ id, name, environment: 'sandbox', partnerId: '085', url: null },
});

/** `globalState` as VS Code has it: each update sends the whole state, which comes back a moment later. */
class StateSentBack extends FakeMemento {
  private sent: Record<string, unknown> = {};

  override async update(key: string, value: unknown): Promise<void> {
    await super.update(key, value);
    await setImmediate();
    const state = Object.fromEntries(this.keys().map((each) => [each, this.get(each)]));
    await setImmediate();
    this.sent = state;
    for (const each of this.keys()) await super.update(each, state[each]);
  }

  /** What the next window finds. */
  get stored(): Record<string, unknown> {
    return this.sent;
  }
}

describe('VS Code shares keyring and state between the machine of the user and remote hosts', () => {
  let folder: string;
  const open: { dispose(): unknown }[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'smile-hosts-'));
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.dispose();
    rmSync(folder, { recursive: true });
  });

  /** The machine of the user and two remote hosts, each with its own records. */
  const hosts = () => {
    const [secrets, state] = [new FakeSecrets(), new FakeMemento()];
    const host = (name: string, isRemote: boolean) => {
      const own = join(folder, name);
      const storage = fakeHostStorage(secrets, state, isRemote ? own : undefined);
      const { globalState } = storage;
      const memory = new ProfileMemory(new FakeMemento(), globalState);
      const files = new RecordFiles(
        join(own, 'profiles'),
        formatOf(StoredProfile),
        new MemoryLog(),
      );
      const profiles = new Profiles(files, storage.secrets, memory);
      open.push(profiles, files);
      /** As the next window there begins. */
      const next = () => new ProfileMemory(new FakeMemento(), globalState);
      return { ...storage, memory, profiles, next };
    };
    const [local, container, server] = [
      host('local', false),
      host('container', true),
      host('server', true),
    ];
    return { secrets, local, container, server };
  };

  it('so each has its own keys: none is listed as lost, or deleted, from another one', async () => {
    const { secrets, local, container, server } = hosts();
    const all = [local, container, server];
    for (const [at, { profiles }] of all.entries()) {
      await profiles.save(profileOf('local-simulator', 'Simulator'), `key-${at}`);
      await profiles.save(profileOf(`p-${at}`, `acme ${at}`), `own-${at}`);
    }
    for (const { profiles } of all) assert.deepEqual(await profiles.keysWithoutProfile(), []);
    assert.deepEqual(await Promise.all(all.map((each) => each.secrets.countOfOthers())), [4, 4, 4]);
    const [, simulator] = await container.profiles.list();
    assert.ok(simulator);
    await container.profiles.remove(simulator);
    await secrets.delete('smile.apiKey.p-0'); // as in a keyring that lost it
    assert.deepEqual(await Promise.all(all.map((each) => each.secrets.keys())), [
      ['smile.apiKey.local-simulator'],
      ['smile.apiKey.p-1'],
      ['smile.apiKey.local-simulator', 'smile.apiKey.p-2'],
    ]);
    assert.equal(await server.secrets.get('smile.apiKey.local-simulator'), 'key-2');
  });

  it('so each remembers its own profiles and its own choice for the status bar', async () => {
    const { local, container } = hosts();
    const here = [profileOf('p-1', 'a'), profileOf('p-2', 'b')];
    const there = [profileOf('p-3', 'c'), profileOf('p-4', 'd')];
    await local.memory.note(here);
    await local.memory.choose({ id: 'p-2' });
    assert.equal(container.next().known, undefined);
    await container.memory.note(there);
    await container.memory.choose({ id: 'p-3' });
    const [atLocal, atContainer] = [local.next(), container.next()];
    assert.deepEqual(
      [
        atLocal.activeOf(atLocal.known ?? [])?.id,
        atContainer.activeOf(atContainer.known ?? [])?.id,
      ],
      ['p-2', 'p-3'],
    );
    assert.deepEqual(
      [local.globalState.keys(), container.globalState.keys()],
      [
        ['smile.knownProfiles', 'smile.activeProfile'],
        ['smile.knownProfiles', 'smile.activeProfile'],
      ],
    );
    assert.equal(container.globalState.get('smile.other', 'default'), 'default');
  });

  it('and sends the state back after each update, which takes none of the updates that came meanwhile', async () => {
    const state = new StateSentBack();
    const { globalState } = fakeHostStorage(new FakeSecrets(), state);
    const keys = Array.from({ length: 10 }, (_, at) => `key-${at}`);
    const updates: Promise<void>[] = [];
    for (const key of keys) {
      updates.push(globalState.update(key, 'first'), globalState.update(key, key));
      assert.equal(globalState.get(key), key); // as with VS Code's own: at once
      await setImmediate();
    }
    updates.push(globalState.update('key-3', undefined));
    const left = keys.filter((key) => key !== 'key-3');
    assert.deepEqual(globalState.keys(), left);
    await Promise.all(updates);
    assert.deepEqual(globalState.keys(), left);
    assert.deepEqual(state.stored, Object.fromEntries(left.map((key) => [key, key])));
  });

  it('so a change of a key reaches the windows of its own host', async () => {
    const { local, container } = hosts();
    const seen: string[] = [];
    open.push(
      local.secrets.onDidChange(({ key }) => seen.push(`local ${key}`)),
      container.secrets.onDidChange(({ key }) => seen.push(`container ${key}`)),
    );
    await local.secrets.store('a', '1');
    await container.secrets.store('b', '2');
    await container.secrets.delete('b');
    assert.deepEqual(seen, ['local a', 'container b', 'container b']);
  });

  it('and a remote host takes over the keys of its profiles that had no host in their name', async () => {
    const { secrets, local, container } = hosts();
    for (const id of ['p-1', 'p-2', 'local-simulator']) {
      secrets.kept.set(`smile.apiKey.${id}`, `key of ${id}`);
    }
    assert.deepEqual(
      [
        await container.secrets.get('smile.apiKey.p-1'),
        await container.secrets.get('smile.apiKey.p-1'),
        await container.secrets.get('smile.apiKey.p-3'),
        // each host stores it again when it starts its own simulator
        await container.secrets.get('smile.apiKey.local-simulator'),
      ],
      ['key of p-1', 'key of p-1', undefined, undefined],
    );
    await container.secrets.delete('smile.apiKey.p-2');
    await container.secrets.delete('smile.apiKey.local-simulator');
    assert.deepEqual(await local.secrets.keys(), ['smile.apiKey.local-simulator']);
    assert.deepEqual(await container.secrets.keys(), ['smile.apiKey.p-1']);
    await container.secrets.delete('smile.apiKey.p-1');
    assert.equal(await container.secrets.get('smile.apiKey.p-1'), undefined);
  });

  it('and a host whose disk refuses stores no key, since no later window would find it', async () => {
    const secrets = new FakeSecrets();
    writeFileSync(join(folder, 'storage'), 'not a folder');
    const refusing = fakeHostStorage(secrets, new FakeMemento(), join(folder, 'storage'));
    await assert.rejects(refusing.secrets.store('smile.apiKey.p-1', 'key'), {
      message: 'The disk did not store the ID of this host.',
    });
    assert.deepEqual([...secrets.kept], []);
  });
});
