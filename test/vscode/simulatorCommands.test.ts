import * as assert from 'node:assert/strict';
import type { Profile } from '../../src/core/smile/profile';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { ProfileNotStored, Profiles } from '../../src/vscode/credentials/profiles';
import { SimulatorCommands } from '../../src/vscode/simulator/simulatorCommands';
import { FakeHttp, MemoryStore } from '../support/fakes';
import { FakeMemento, FakeSecrets } from '../support/fakeVSCode';

const URL = 'http://127.0.0.1:5555';

/** Profiles that cannot be saved. */
class FailingProfiles extends Profiles {
  constructor(private readonly error: Error) {
    const memory = new ProfileMemory(new FakeMemento(), new FakeMemento());
    super(new MemoryStore<Profile>(), new FakeSecrets(), memory);
  }
  override save(): Promise<void> {
    return Promise.reject(this.error);
  }
}

/** What the command that starts the simulator does, without what shows its errors. */
function startCommand(profiles: Profiles): () => Promise<unknown> {
  let start: (() => Promise<unknown>) | undefined;
  const commands = new SimulatorCommands(
    {
      start: () =>
        Promise.resolve({
          ...{ url: URL, partnerId: '085', stop: () => Promise.resolve() },
          submit: () => ({ kind: 'refused', cause: 'no such scenario' }) as const,
        }),
      partnerId: '085',
      apiKey: 'key-1',
      scenarios: [],
    },
    profiles,
    new FakeHttp([]),
    { info: () => undefined },
  );
  commands.addCommands({
    add: () => undefined,
    addForPrograms: (_id, run) => {
      start = async () => await run({ quiet: true });
    },
  });
  assert.ok(start);
  return start;
}

describe('Starting the simulator', () => {
  it('keeps its profile for this window if keyring or disk do not store it', async () => {
    const profiles = new FailingProfiles(new ProfileNotStored('The disk is full.'));
    assert.deepEqual(await startCommand(profiles)(), { url: URL, profile: 'Local simulator' });
    const active = await profiles.active();
    assert.ok(active);
    assert.deepEqual([active.url, profiles.isWindowOnly(active)], [URL, true]);
  });

  it('fails on an unexpected error, which is logged and shown as by any command', async () => {
    const profiles = new FailingProfiles(new TypeError('not a function'));
    await assert.rejects(startCommand(profiles)(), new TypeError('not a function'));
    assert.deepEqual(await profiles.list(), []);
  });
});
