import * as assert from 'node:assert/strict';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { ProfileNotStored, Profiles } from '../../src/vscode/credentials/profiles';
import { restartedSimulator } from '../../src/vscode/simulator/restartedSimulator';
import { SimulatorCommands } from '../../src/vscode/simulator/simulatorCommands';
import { FakeHttp, MemoryStore, response } from '../support/fakes';
import { FakeMemento, FakeSecrets } from '../support/fakeVSCode';

const urlAt = (port: number): string => `http://127.0.0.1:${port}/v1`;
/** A port of the system's choice. */
const ANY = 5555;

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

/** The commands of one window, without what shows their errors. */
class Window {
  /** The ports on which something listens. */
  readonly listening = new Set<number>();
  start = (): Promise<unknown> => Promise.resolve();
  stop = (): unknown => undefined;
  readonly simulator: SimulatorCommands;

  constructor(
    readonly profiles: Profiles = new Profiles(
      new MemoryStore<Profile>(),
      new FakeSecrets(),
      new ProfileMemory(new FakeMemento(), new FakeMemento()),
    ),
    http = new FakeHttp([]),
  ) {
    this.simulator = new SimulatorCommands(
      {
        start: (wanted) => {
          const port = wanted === 0 ? ANY : wanted;
          if (this.listening.has(port)) return Promise.reject(new Error('EADDRINUSE'));
          this.listening.add(port);
          return Promise.resolve({
            url: urlAt(port),
            submit: () => ({ kind: 'refused', cause: 'no such scenario' }) as const,
            stop: () => {
              this.listening.delete(port);
              return Promise.resolve();
            },
          });
        },
        partnerId: '085',
        apiKey: 'key-1',
        scenarios: [{ jobId: 'approved', title: 'Approved' }],
      },
      profiles,
      http,
      { info: () => undefined },
    );
    this.simulator.addCommands({
      add: (_id, run) => {
        this.stop = run;
      },
      addForPrograms: (_id, run) => {
        this.start = async () => await run({ quiet: true });
      },
    });
  }

  /** What a request to an address comes to, and how often it was sent. */
  async request(baseUrl: string): Promise<readonly [JobStatusOutcome['kind'], number]> {
    let sent = 0;
    const api = restartedSimulator(
      {
        forgetTokens: () => undefined,
        jobStatus: (): Promise<JobStatusOutcome> => {
          sent += 1;
          return Promise.resolve(
            this.listening.has(Number(new URL(baseUrl).port))
              ? { kind: 'cancelled', cause: 'stopped' } // any response
              : { kind: 'unreachable', cause: 'refused', message: '' },
          );
        },
      },
      this.simulator,
    );
    const request = { userId: 'u-1', jobId: 'approved', history: false, imageLinks: false };
    const credentials = { partnerId: '085', apiKey: 'key-1', baseUrl };
    const { kind } = await api.jobStatus(credentials, request, new AbortController().signal);
    return [kind, sent];
  }
}

describe('Starting the simulator', () => {
  it('keeps its profile for this window if keyring or disk do not store it', async () => {
    const { profiles, start } = new Window(
      new FailingProfiles(new ProfileNotStored('The disk is full.')),
    );
    assert.deepEqual(await start(), { url: urlAt(ANY), profile: 'Local simulator' });
    const active = await profiles.active();
    assert.ok(active);
    assert.deepEqual([active.url, profiles.isWindowOnly(active)], [urlAt(ANY), true]);
  });

  it('fails on an unexpected error, which is logged and shown as by any command', async () => {
    const { profiles, start } = new Window(new FailingProfiles(new TypeError('not a function')));
    await assert.rejects(start(), new TypeError('not a function'));
    assert.deepEqual(await profiles.list(), []);
  });

  it('keeps the port of the session before, or takes another one if that is taken', async () => {
    const first = new Window();
    await first.start();
    const [profile] = await first.profiles.list();
    assert.ok(profile);
    await first.profiles.save({ ...profile, url: urlAt(4444) }, 'key-1');
    const gone = (): FakeHttp => new FakeHttp([() => response('', 404)]);
    const next = new Window(first.profiles, gone());
    assert.deepEqual(await next.start(), { url: urlAt(4444), profile: 'Local simulator' });
    const other = new Window(first.profiles, gone());
    other.listening.add(4444);
    assert.deepEqual(await other.start(), { url: urlAt(ANY), profile: 'Local simulator' });
  });
});

describe('A simulator that ended with its window', () => {
  /** The next window, with the profile of the one before. */
  const next = async (http?: FakeHttp): Promise<Window> => {
    const { profiles, start } = new Window();
    await start();
    return new Window(profiles, http);
  };

  it('starts again for the first request, which is sent again, and stays', async () => {
    const window = await next();
    assert.deepEqual(await window.request(urlAt(ANY)), ['cancelled', 2]);
    assert.deepEqual(await window.request(urlAt(ANY)), ['cancelled', 1]);
    await window.stop();
    assert.deepEqual(await window.request(urlAt(ANY)), ['unreachable', 1], 'the user stopped it');
    assert.deepEqual([...window.listening], []);
  });

  it('starts once for several requests', async () => {
    const window = await next();
    const requests = [1, 2, 3].map(() => window.request(urlAt(ANY)));
    assert.deepEqual(await Promise.all(requests), [
      ['cancelled', 2],
      ['cancelled', 2],
      ['cancelled', 2],
    ]);
  });

  it('does not start for another server on this machine', async () => {
    const window = await next();
    assert.deepEqual(await window.request(urlAt(4444)), ['unreachable', 1]);
    assert.deepEqual([...window.listening], []);
  });

  it('is used if another window has started it meanwhile', async () => {
    const scenarios = () => response(JSON.stringify([{ jobId: 'approved' }]));
    const window = await next(new FakeHttp([scenarios]));
    const request = window.request(urlAt(ANY));
    window.listening.add(ANY);
    assert.deepEqual(await request, ['cancelled', 2]);
  });
});
