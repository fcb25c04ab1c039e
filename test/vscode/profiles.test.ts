import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Profile } from '../../src/core/smile/profile';
import { KeyringError, Profiles } from '../../src/vscode/credentials/profiles';
import { MemoryStore } from '../support/fakes';

/** A keyring in memory; `broken` makes it refuse, as a machine without one does. */
class FakeSecrets implements vscode.SecretStorage {
  readonly kept = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.changed.event;
  broken = false;

  keys(): Thenable<string[]> {
    return Promise.resolve([...this.kept.keys()]);
  }
  get(key: string): Thenable<string | undefined> {
    return this.broken
      ? Promise.reject(new Error('no keyring'))
      : Promise.resolve(this.kept.get(key));
  }
  store(key: string, value: string): Thenable<void> {
    if (this.broken) return Promise.reject(new Error('no keyring'));
    this.kept.set(key, value);
    this.changed.fire({ key });
    return Promise.resolve();
  }
  delete(key: string): Thenable<void> {
    if (this.broken) return Promise.reject(new Error('no keyring'));
    this.kept.delete(key);
    this.changed.fire({ key });
    return Promise.resolve();
  }
}

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- VS Code's own signature */
class FakeMemento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }
  update(key: string, value: unknown): Thenable<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

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

describe('Profiles', () => {
  const stored = (): MemoryStore<Profile> => new MemoryStore<Profile>();
  const build = (store = stored(), secrets = new FakeSecrets(), global = new FakeMemento()) => ({
    store,
    secrets,
    global,
    profiles: new Profiles(store, secrets, new FakeMemento(), global),
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
    await profiles.save({ ...acme, name: 'acme' }, undefined);
    assert.deepEqual(await profiles.list(), [{ ...acme, name: 'acme' }]);
    assert.equal((await profiles.credentials(acme)).apiKey, 'key-2');
  });

  it('change nothing when the keyring refuses, and work for this window if the person wants so', async () => {
    const { profiles, store, secrets } = build();
    secrets.broken = true;
    await assert.rejects(profiles.save(acme, 'key-1'), KeyringError);
    assert.deepEqual([await profiles.list(), store.records.size], [[], 0]);
    profiles.saveForWindow(acme, 'key-1');
    assert.deepEqual(await profiles.list(), [acme]);
    assert.equal(profiles.isWindowOnly(acme), true);
    assert.deepEqual(await profiles.credentials(acme), CREDENTIALS);
    assert.equal(store.records.size, 0);
  });

  it('say so when the keyring has lost the key, or does not give it out', async () => {
    const { profiles, secrets } = build();
    await profiles.save(acme, 'key-1');
    secrets.broken = true;
    await assert.rejects(profiles.credentials(acme), {
      message: 'The keyring of this machine did not give out the API key.',
    });
    secrets.broken = false;
    secrets.kept.clear();
    await assert.rejects(profiles.credentials(acme), {
      message:
        'The API key of "acme-test" is not in the keyring. Add it with "Smile: Edit Profile".',
    });
  });

  it('tell the other windows of a new, changed or removed key', async () => {
    const here = build();
    const there = build(here.store, here.secrets, here.global);
    let told = 0;
    there.profiles.onDidChange(() => (told += 1));
    await here.profiles.save(acme, 'key-1');
    assert.ok(told > 0);
    assert.deepEqual(await there.profiles.list(), [acme]);
    told = 0;
    await here.profiles.remove(acme);
    assert.ok(told > 0);
    assert.deepEqual([await there.profiles.list(), here.secrets.kept.size], [[], 0]);
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
