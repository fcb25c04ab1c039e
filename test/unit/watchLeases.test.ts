import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/core/clock';
import { JobWatches, StoredWatch } from '../../src/core/jobs/jobWatches';
import { nextDelay } from '../../src/core/jobs/watchSchedule';
import { formatOf } from '../../src/core/recordStore';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { RecordFiles } from '../../src/node/recordFiles';
import { FakeLookup, MemoryLog, SteppedClock } from '../support/fakes';
import { until } from '../support/until';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How long after its due time a check of a window that has ended is made by another one. */
const GRACE = 2 * MINUTE;

const profile: Profile = {
  id: 'p-1',
  name: 'acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const ids = { userId: 'u-1', jobId: 'j-1' };
const request = { ...ids, history: false, imageLinks: false };
const raw = { job_complete: false, job_success: false };
const PENDING: JobStatusOutcome = {
  kind: 'answered',
  job: readJob(raw, request),
  signature: 'valid',
  raw,
};
const SENTINEL = { profileId: 'p-1', userId: 'u-1', jobId: 'sentinel', verdict: null };

/** The windows of a user: each has its own clock, and all share the folder. */
class Desk {
  readonly time = new SteppedClock();
  readonly requests: { readonly at: number; readonly by: string }[] = [];
  private readonly begun = this.time.now().getTime();
  private readonly folder = mkdtempSync(join(tmpdir(), 'leases-'));
  private readonly messenger = this.files();
  private readonly windows = new Map<string, Window>();
  private messages = 0;

  /** Seconds since the beginning, whatever the clocks of the windows say. */
  get now(): number {
    return (this.time.now().getTime() - this.begun) / SECOND;
  }

  /** The same for a time by the clock of a window. */
  secondsOf(time: number, clockIsAhead: number): number {
    return (time - clockIsAhead - this.begun) / SECOND;
  }

  files(): RecordFiles<StoredWatch> {
    return new RecordFiles(this.folder, formatOf(StoredWatch), new MemoryLog());
  }

  open(name: string, clockIsAhead: number): Window {
    const window = new Window(this, name, clockIsAhead);
    this.windows.set(name, window);
    return window;
  }

  /** Kills a window: it does nothing more, and what it stored stays. */
  kill(name: string): void {
    this.windows.get(name)?.kill();
    this.windows.delete(name);
  }

  /**
   * Until every window has read what the others wrote, and has done all that follows from it: changes of files
   * arrive in the order of writing, so that the last one shows that nothing before it is left.
   */
  async settle(): Promise<void> {
    const windows = [...this.windows.values()];
    for (const { watches } of windows) {
      await until('the end of requests', () =>
        watches.all().every(({ phase }) => phase !== 'checking') ? true : undefined,
      );
      await watches.remembered();
    }
    const aliveUntil = new Date((this.messages += 1)).toISOString();
    const arrived = windows.map(({ stored }) => {
      return new Promise<void>((resolve) => {
        const listening = stored.onDidChange(() => {
          void stored.list().then((records) => {
            if (records.get('sentinel')?.aliveUntil !== aliveUntil) return;
            listening.dispose();
            resolve();
          });
        });
      });
    });
    await this.messenger.write('sentinel', { ...SENTINEL, aliveUntil });
    await Promise.all(arrived);
    for (const { watches } of windows) await watches.remembered();
  }

  /** Lets time pass from one wait to the next. */
  async run(seconds: number, before: () => boolean = () => false): Promise<void> {
    const end = this.now + seconds;
    await this.settle();
    while (this.now < end && !before()) {
      this.time.step();
      await this.settle();
    }
  }

  async close(): Promise<void> {
    for (const [, window] of this.windows) {
      await window.watches.dispose();
      window.stored.dispose();
    }
    this.messenger.dispose();
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }
}

class Window {
  readonly stored: RecordFiles<StoredWatch>;
  readonly watches: JobWatches;
  private readonly dead = new AbortController();

  constructor(desk: Desk, name: string, clockIsAhead: number) {
    this.stored = desk.files();
    const { signal: dead } = this.dead;
    const never = new Promise<never>(() => undefined);
    const clock: Clock = {
      now: () => new Date(desk.time.now().getTime() + clockIsAhead),
      sleep: async (ms, signal) => {
        await desk.time.sleep(ms, AbortSignal.any([signal, dead]));
        if (dead.aborted) await never;
      },
    };
    this.watches = new JobWatches(
      new FakeLookup(() => {
        desk.requests.push({ at: desk.now, by: name });
        return PENDING;
      }, clock),
      { get: () => Promise.resolve(profile) },
      this.stored,
      () => ({ history: false, imageLinks: false }),
      clock,
      new MemoryLog(),
    );
  }

  kill(): void {
    this.dead.abort();
    this.stored.dispose();
  }
}

/**
 * When a window that began at 0 checks, in seconds: from one check on until another time.
 * @param polls how many checks it has made with the first of them
 */
function schedule(from: number, polls: number, end: number): number[] {
  const times = [from];
  let slowWaits = 0;
  for (let at = from; ; times.push(at)) {
    const pace = { polls: polls + times.length - 1, elapsedMs: at * SECOND, failures: 0 };
    const { ms, slow } = nextDelay({ ...pace, slow: slowWaits > 0, slowWaits });
    if (slow) slowWaits += 1;
    at += ms / SECOND;
    if (at > end) return times;
  }
}

describe('Two windows that watch the same job, over one folder', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  afterEach(() => desk.close());

  for (const ahead of [0, MINUTE, -MINUTE]) {
    const clocks = ahead === 0 ? 'whose clocks agree' : `one clock ${ahead / SECOND} s ahead`;

    it(`(${clocks}) make one request at each due time, although both started in the same millisecond`, async () => {
      const [one, two] = [desk.open('one', 0), desk.open('two', ahead)];
      one.watches.start(profile, ids);
      two.watches.start(profile, ids);
      await desk.run(30 * 60);
      const [, ...due] = schedule(0, 1, desk.now);
      const [first, second, ...later] = desk.requests;
      assert.deepEqual(
        [first, second],
        [
          { at: 0, by: 'one' },
          { at: 0, by: 'two' },
        ],
      );
      assert.deepEqual(
        later.map(({ at }) => at),
        due,
      );
      assert.equal(new Set(later.map(({ by }) => by)).size, 1);
    });

    for (const [when, requests] of [
      ['while it checks every few seconds', 6],
      ['while it checks every few minutes', 30],
    ] as const) {
      it(`(${clocks}) make one request if the one that checks dies ${when}, and go on from there`, async () => {
        const windows = { one: desk.open('one', 0), two: desk.open('two', ahead) };
        for (const { watches } of Object.values(windows)) watches.start(profile, ids);
        await desk.run(60 * 60, () => desk.requests.length >= requests);
        const [last] = desk.requests.slice(-1);
        const [dies, lives] =
          last?.by === 'one' ? (['one', 'two'] as const) : (['two', 'one'] as const);
        const nextAt = windows[dies].watches.state(profile.id, ids)?.nextAt?.getTime() ?? 0;
        desk.kill(dies);
        const before = desk.requests.length;
        await desk.run(40 * 60);
        // by the clock of the one that goes on, for which it is the second check
        const first = desk.secondsOf(nextAt + GRACE, lives === 'two' ? ahead : 0);
        assert.deepEqual(
          desk.requests.slice(before),
          schedule(first, 2, desk.now).map((at) => ({ at, by: lives })),
        );
      });
    }

    it(`(${clocks}) make one request at each due time if the one that waits dies`, async () => {
      const windows = { one: desk.open('one', 0), two: desk.open('two', ahead) };
      for (const { watches } of Object.values(windows)) watches.start(profile, ids);
      await desk.run(60 * 60, () => desk.requests.length >= 10);
      desk.kill(desk.requests.at(-1)?.by === 'one' ? 'two' : 'one');
      await desk.run(20 * 60);
      assert.deepEqual(
        desk.requests.slice(1).map(({ at }) => at),
        schedule(0, 1, desk.now),
      );
    });
  }
});
