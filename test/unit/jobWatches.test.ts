import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Clock } from '../../src/core/clock';
import { HumanError } from '../../src/core/humanError';
import { JobLookup } from '../../src/core/jobs/jobLookup';
import {
  JobWatches,
  StoredWatch,
  type VerdictChange,
  type WatchState,
} from '../../src/core/jobs/jobWatches';
import { jobKey, RecentJobs, type JobName, type StoredJob } from '../../src/core/jobs/recentJobs';
import { nextDelay, type Pace } from '../../src/core/jobs/watchSchedule';
import { SmileClient } from '../../src/core/smile/client';
import {
  HttpFailure,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../../src/core/smile/http';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { verify } from '../../src/core/smile/signature';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { Simulation } from '../../src/node/simulator/simulation';
import {
  FakeLookup,
  FakeHttp,
  hang,
  MemoryLog,
  MemoryStore,
  response,
  signedResponse,
  SteppedClock,
} from '../support/fakes';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BARE = { history: false, imageLinks: false };

const profile: Profile = {
  id: 'p-1',
  name: 'Simulator',
  environment: 'local',
  partnerId: SIMULATOR_PARTNER_ID,
  url: 'http://127.0.0.1:1/v1',
};
const job = (jobId: string) => ({ userId: 'u-1', jobId });

/** The simulator without its sockets. */
class SimulatorHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];
  private readonly simulation: Simulation;
  constructor(clock: Clock) {
    this.simulation = new Simulation(SIMULATOR_PARTNER_ID, SIMULATOR_API_KEY, clock);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const { method, body = '', signal } = request;
    const received = { method, url: new URL(request.url), headers: {}, body, form: null };
    const reply = await this.simulation.respond(received, signal);
    if (!reply) throw new HttpFailure('reset', 'The connection ended without a response.');
    const { status, body: bytes } = reply;
    return {
      status,
      headers: new Map(Object.entries(reply.headers).map(([name, v]) => [name.toLowerCase(), v])),
      body: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
      cut: null,
    };
  }
}

/** Waits in real time for what no fake clock controls, such as computing a signature. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5 * SECOND;
  while (!condition()) {
    if (Date.now() > end) assert.fail('the condition was not met in time');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Parts {
  readonly clock?: SteppedClock;
  readonly http?: HttpClient & { readonly requests: readonly HttpRequest[] };
  readonly stored?: MemoryStore<StoredWatch>;
}

/** A window: watches over the real lookup and the real client. */
function build({ clock = new SteppedClock(), ...parts }: Parts = {}) {
  const http = parts.http ?? new SimulatorHttp(clock);
  const stored = parts.stored ?? new MemoryStore<StoredWatch>();
  const log = new MemoryLog();
  const user = { allowed: true, profiles: [profile], key: true };
  // The client's own waits, between two attempts of one request, end at once; its time limit never does.
  const clientClock: Clock = {
    now: () => clock.now(),
    sleep: (ms, signal) => {
      if (ms >= 30 * SECOND) {
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
      }
      clock.pass(ms);
      return Promise.resolve();
    },
  };
  const recent = new RecentJobs(
    new MemoryStore<StoredJob>(),
    new MemoryStore<JobName>(),
    () => 200,
    log,
  );
  const lookup = new JobLookup(
    new SmileClient(http, clientClock, () => 30 * SECOND),
    {
      has: () => Promise.resolve(true),
      credentials: ({ partnerId }) =>
        user.key
          ? Promise.resolve({
              partnerId,
              apiKey: SIMULATOR_API_KEY,
              baseUrl: 'http://127.0.0.1:1/v1',
            })
          : Promise.reject(new HumanError('The API key is not in the keyring.')),
    },
    recent,
    clock,
    log,
    () => Promise.resolve(user.allowed),
  );
  const get = (id: string) => Promise.resolve(user.profiles.find((one) => one.id === id));
  const watches = new JobWatches(lookup, { get }, stored, () => BARE, clock, log);
  const states: WatchState[] = [];
  watches.onDidChange((state) => states.push(state));
  const verdicts: VerdictChange[] = [];
  watches.onDidChangeVerdict((change) => verdicts.push(change));
  /** Waits until no check is under way. */
  const settled = () => until(() => watches.all().every(({ phase }) => phase !== 'checking'));
  /** Lets `times` waits pass, or as many as there are until all watches have ended. */
  const run = async (times = 2000): Promise<void> => {
    await settled();
    for (let step = 0; step < times && clock.waiting > 0; step += 1) {
      const before = states.length;
      clock.step();
      await until(() => states.length > before);
      await settled();
    }
  };
  return { watches, lookup, clock, http, stored, log, user, states, verdicts, settled, run };
}

const START = new SteppedClock().now().getTime();
const at = (seconds: number): Date => new Date(START + seconds * SECOND);

/** States of one job: fields that are left out are as at the beginning. */
function expected(jobId: string, states: readonly Partial<WatchState>[]): WatchState[] {
  return states.map((state) => ({
    profileId: 'p-1',
    ids: job(jobId),
    phase: 'checking',
    polls: 0,
    nextAt: null,
    verdict: null,
    reason: null,
    slow: false,
    ...state,
  }));
}

/** Seconds from each waiting state to its next check. */
function waitsIn(states: readonly WatchState[]): number[] {
  const times = states.flatMap(({ nextAt }) => (nextAt ? [nextAt.getTime()] : []));
  return times.map((time, index) => (time - (times[index - 1] ?? START)) / SECOND);
}

const signed = (body: Readonly<Record<string, unknown>>) =>
  signedResponse(body, SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID);
const respondWith = (body: object) => () => signed({ job_complete: true, ...body });
const result = (code: string, more: object = {}) => ({
  result: { ResultCode: code, PartnerParams: { job_type: 1 }, ...more },
});

describe('The schedule of a watch', () => {
  const pace: Pace = { polls: 1, elapsedMs: 0, failures: 0, slow: false, slowWaits: 0 };
  const delays = (paces: readonly Partial<Pace>[]): number[] =>
    paces.map((some) => nextDelay({ ...pace, ...some }).ms / SECOND);

  it('is 2 s after the first four checks, then 4 s, until 90 s have passed', () => {
    assert.deepEqual(
      delays([1, 2, 3, 4, 5, 6, 20].map((polls) => ({ polls, elapsedMs: 89 * SECOND }))),
      [2, 2, 2, 2, 4, 4, 4],
    );
    assert.deepEqual(nextDelay({ ...pace, polls: 23, elapsedMs: 90 * SECOND }), {
      ms: MINUTE,
      slow: true,
    });
  });

  it('is 1 minute, then longer up to 5, while a human reviews', () => {
    assert.deepEqual(
      delays([0, 1, 2, 3, 4, 5000].map((slowWaits) => ({ slow: true, slowWaits }))),
      [60, 120, 240, 300, 300, 300],
    );
  });

  it('is 15 s, then longer up to 5 minutes, if no response comes', () => {
    assert.deepEqual(
      delays([1, 2, 3, 4, 5, 6, 5000].map((failures) => ({ failures }))),
      [15, 30, 60, 120, 240, 300, 300],
    );
  });

  it('is never shorter than 2 s, nor longer than 5 minutes', () => {
    const count = fc.nat({ max: 1e6 });
    const some = fc.record({
      polls: count,
      elapsedMs: fc.nat(),
      failures: count,
      slow: fc.boolean(),
      slowWaits: count,
    });
    fc.assert(
      fc.property(some, (any) => {
        const { ms } = nextDelay(any);
        return ms >= 2 * SECOND && ms <= 5 * MINUTE;
      }),
    );
  });
});

describe('JobWatches', () => {
  it('checks a job until it is approved, and then no more', async () => {
    const { watches, states, run, clock, verdicts, http } = build();
    const first = watches.start(profile, job('pending-5'));
    assert.deepEqual(first, states[0]);
    await run();
    const pending = { verdict: 'pending' } as const;
    assert.deepEqual(
      states,
      expected('pending-5', [
        {},
        { ...pending, phase: 'waiting', polls: 1, nextAt: at(2) },
        { ...pending, polls: 1 },
        { ...pending, phase: 'waiting', polls: 2, nextAt: at(4) },
        { ...pending, polls: 2 },
        { ...pending, phase: 'waiting', polls: 3, nextAt: at(6) },
        { ...pending, polls: 3 },
        { ...pending, phase: 'waiting', polls: 4, nextAt: at(8) },
        { ...pending, polls: 4 },
        { ...pending, phase: 'waiting', polls: 5, nextAt: at(12) },
        { ...pending, polls: 5 },
        { phase: 'finished', polls: 6, verdict: 'approved' },
      ]),
    );
    assert.deepEqual(watches.all(), [states.at(-1)]);
    assert.deepEqual([clock.waiting, http.requests.length], [0, 6]);
    assert.deepEqual(
      verdicts.map(({ outcome, ...change }) => ({ ...change, code: outcome.job.result?.code })),
      [{ profile, ids: job('pending-5'), before: 'pending', after: 'approved', code: '0810' }],
    );
  });

  it('signs each request again, for the moment when it is sent', async () => {
    const { watches, http, run } = build();
    watches.start(profile, job('pending-3'));
    await run();
    const bodies = http.requests.map(
      ({ body }) => JSON.parse(body ?? '') as Record<string, unknown>,
    );
    assert.deepEqual(
      bodies.map(({ timestamp }) => timestamp),
      [0, 2, 4, 6].map((seconds) => at(seconds).toISOString()),
    );
    for (const { timestamp, signature } of bodies) {
      const signed = { timestamp: String(timestamp), signature: String(signature) };
      assert.ok(await verify(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, signed));
    }
    assert.equal(new Set(bodies.map(({ signature }) => signature)).size, 4);
  });

  it('switches to the slow timer as soon as a human reviews, and reports the verdict', async () => {
    const { watches, states, run, verdicts } = build();
    watches.start(profile, job('provisional-then-approved'));
    await run();
    const review = { verdict: 'provisional', slow: true, polls: 1 } as const;
    assert.deepEqual(
      states,
      expected('provisional-then-approved', [
        {},
        { ...review, phase: 'waiting', nextAt: at(60) },
        review,
        { phase: 'finished', polls: 2, verdict: 'approved', slow: true },
      ]),
    );
    assert.deepEqual(
      verdicts.map(({ before, after }) => [before, after]),
      [['provisional', 'approved']],
    );
  });

  it('waits for the selfie half of Biometric KYC, slowly after 90 s, and gives up after 24 hours', async () => {
    const { watches, states, run, verdicts } = build();
    watches.start(profile, job('biometric-kyc-id-found'));
    await run();
    const waits = waitsIn(states);
    assert.deepEqual(waits.slice(0, 4), [2, 2, 2, 2]);
    assert.deepEqual([...new Set(waits.slice(4, 25))], [4]);
    assert.deepEqual(waits.slice(25, 29), [60, 120, 240, 300]);
    assert.deepEqual([...new Set(waits.slice(28))], [300]);
    const polls = waits.length + 1;
    assert.deepEqual(
      states.slice(-1),
      expected('biometric-kyc-id-found', [
        {
          phase: 'stopped',
          polls,
          verdict: 'pending',
          slow: true,
          reason: 'There was no final result within 24 hours. Start again to go on.',
        },
      ]),
    );
    assert.ok(polls < 320, `${polls} checks`);
    assert.deepEqual(verdicts, []);
  });

  it('reports a first verdict only if another one was known before', async () => {
    const { watches, run, verdicts } = build();
    watches.start(profile, job('approved'));
    watches.start(profile, job('rejected-spoof'), 'rejected');
    watches.start(profile, job('rejected-face'), 'provisional');
    await run();
    assert.deepEqual(
      verdicts.map(({ ids, before, after }) => ({ ids, before, after })),
      [{ ids: job('rejected-face'), before: 'provisional', after: 'rejected' }],
    );
  });

  const endings: [string, () => HttpResponse | Promise<HttpResponse>, Partial<WatchState>][] = [
    ['an error', respondWith(result('1016')), { phase: 'finished', verdict: 'error' }],
    [
      'an unknown code that is final',
      respondWith(result('0899', { IsFinalResult: 'true' })),
      {
        phase: 'finished',
        verdict: 'unknown',
        reason:
          "The result code 0899 is unknown. Go by Smile ID's own text, and do not treat it as a pass.",
      },
    ],
    [
      'an unknown code that is not final',
      respondWith(result('0899', { IsFinalResult: 'false' })),
      { phase: 'waiting', verdict: 'unknown', nextAt: at(60), slow: true },
    ],
    [
      'an unknown code that does not say whether it is final',
      respondWith(result('0899')),
      { phase: 'waiting', verdict: 'unknown', nextAt: at(2) },
    ],
    [
      'an approval that is not final',
      respondWith(result('0810', { IsFinalResult: 'false' })),
      { phase: 'waiting', verdict: 'approved', nextAt: at(60), slow: true },
    ],
    [
      'an approval of a job that is not complete',
      respondWith({ job_complete: false, ...result('0810') }),
      { phase: 'waiting', verdict: 'approved', nextAt: at(2) },
    ],
    [
      'a final approval without job_complete',
      respondWith({ job_complete: undefined, ...result('0810', { IsFinalResult: true }) }),
      { phase: 'finished', verdict: 'approved' },
    ],
    [
      'a complete job without a result',
      respondWith({ result: {} }),
      { phase: 'waiting', verdict: 'unknown', nextAt: at(2) },
    ],
    [
      'an error with HTTP 200',
      () => response({ error: 'Invalid job type.', code: '2212' }),
      {
        phase: 'stopped',
        reason: 'Smile ID refused the request (code 2212, HTTP 200): Invalid job type.',
      },
    ],
    [
      'an error of a gateway with HTTP 200',
      () => response({ message: 'Internal server error' }),
      {
        phase: 'waiting',
        reason: 'Smile ID refused the request (HTTP 200): Internal server error',
        nextAt: at(15),
      },
    ],
    [
      'an error with HTTP 403 and no code',
      () => response({ message: 'Forbidden' }, 403),
      { phase: 'stopped', reason: 'Smile ID refused the request (HTTP 403): Forbidden' },
    ],
    [
      'HTTP 408',
      () => response({ message: 'Request Timeout' }, 408),
      {
        phase: 'waiting',
        reason: 'Smile ID refused the request (HTTP 408): Request Timeout',
        nextAt: at(60),
        slow: true,
      },
    ],
    [
      'HTTP 500',
      () => response({ message: 'Internal server error' }, 500),
      {
        phase: 'waiting',
        reason: 'Smile ID refused the request (HTTP 500): Internal server error',
        nextAt: at(15),
      },
    ],
    [
      'a web page with HTTP 404',
      () => response('<html>', 404),
      { phase: 'stopped', reason: 'HTTP 404. The response is a web page, not JSON.' },
    ],
    [
      'a web page with HTTP 200',
      () => response('<html>'),
      { phase: 'waiting', reason: 'The response is a web page, not JSON.', nextAt: at(15) },
    ],
  ];
  for (const [name, reply, state] of endings) {
    it(`is ${state.phase ?? ''} after ${name}`, async () => {
      const { watches, settled, stored } = build({ http: new FakeHttp([reply]) });
      watches.start(profile, job('j-1'));
      await settled();
      assert.deepEqual(watches.all(), expected('j-1', [{ polls: 1, ...state }]));
      await until(() => stored.records.size === (state.phase === 'waiting' ? 1 : 0));
    });
  }

  it("stops on a refusal, and says why in Smile ID's own words", async () => {
    const { watches, states, run, clock, http, stored } = build();
    watches.start(profile, job('unauthorized'));
    await run();
    assert.deepEqual(
      states,
      expected('unauthorized', [
        {},
        {
          phase: 'stopped',
          polls: 1,
          reason:
            'Smile ID refused the request (code 2205, HTTP 400): You are not authorized to do that',
        },
      ]),
    );
    await watches.dispose();
    assert.deepEqual([clock.waiting, http.requests.length, stored.records.size], [0, 1, 0]);
  });

  it('backs off while no response comes, says what happened, and continues when one does', async () => {
    let down = true;
    const clock = new SteppedClock();
    const simulator = new SimulatorHttp(clock);
    const http = new FakeHttp([
      (request) => (down ? new HttpFailure('tls', 'No trust.') : simulator.send(request)),
    ]);
    const { watches, states, run } = build({ clock, http });
    watches.start(profile, job('pending-1'));
    await run(6);
    assert.deepEqual(waitsIn(states), [15, 30, 60, 120, 240, 300, 300]);
    const [state] = watches.all();
    assert.deepEqual([state?.phase, state?.reason, state?.verdict], ['waiting', 'No trust.', null]);
    down = false;
    await run();
    assert.deepEqual(
      states.slice(-4),
      expected('pending-1', [
        { polls: 7, reason: 'No trust.', slow: true },
        { phase: 'waiting', polls: 8, verdict: 'pending', nextAt: at(1125), slow: true },
        { polls: 8, verdict: 'pending', slow: true },
        { phase: 'finished', polls: 9, verdict: 'approved', slow: true },
      ]),
    );
  });

  it('tolerates a server that fails for a moment', async () => {
    const { watches, run, http } = build();
    watches.start(profile, job('server-error-twice'));
    await run();
    assert.deepEqual(
      watches.all(),
      expected('server-error-twice', [{ phase: 'finished', polls: 1, verdict: 'approved' }]),
    );
    assert.equal(http.requests.length, 3);
  });

  it('stores no ID that is too long to be sent', async () => {
    const { watches, stored, settled } = build();
    watches.start(profile, { userId: 'u-1', jobId: 'j'.repeat(256) });
    await settled();
    await watches.dispose();
    assert.deepEqual([...stored.records], []);
  });

  it('has one watch per job: a second start joins it', async () => {
    const { watches, run, http } = build();
    watches.start(profile, job('pending-2'));
    watches.start(profile, job('pending-2'), 'rejected');
    await run(1);
    watches.start(profile, job('pending-2'));
    await run();
    assert.equal(watches.all().length, 1);
    assert.equal(http.requests.length, 3);
  });

  it('counts a response that was requested elsewhere as one of its own checks', async () => {
    const { watches, lookup, http, states, run, settled, clock } = build();
    const { signal } = new AbortController();
    watches.start(profile, job('pending-3'));
    await settled();
    clock.pass(SECOND);
    await lookup.lookUp(profile, { ...job('pending-3'), history: true, imageLinks: false }, signal);
    assert.deepEqual(
      states.slice(-1),
      expected('pending-3', [{ phase: 'waiting', polls: 2, verdict: 'pending', nextAt: at(3) }]),
    );
    assert.equal(clock.waiting, 1);
    await run(1);
    await lookup.lookUp(profile, { ...job('pending-3'), ...BARE }, signal);
    assert.deepEqual(
      watches.all(),
      expected('pending-3', [{ phase: 'finished', polls: 4, verdict: 'approved' }]),
    );
    assert.deepEqual([clock.waiting, http.requests.length], [0, 4]);
  });

  it('shares a request under way, and ignores a request for another job', async () => {
    const { watches, lookup, http, settled } = build();
    const { signal } = new AbortController();
    watches.start(profile, job('no-zip'));
    await Promise.all([
      lookup.lookUp(profile, { ...job('no-zip'), ...BARE }, signal),
      lookup.lookUp(profile, { ...job('approved'), ...BARE }, signal),
    ]);
    await settled();
    assert.equal(http.requests.length, 2);
    assert.deepEqual(
      watches.all(),
      expected('no-zip', [{ phase: 'waiting', polls: 1, verdict: 'pending', nextAt: at(2) }]),
    );
  });

  it('continues when a request for the same job is canceled elsewhere', async () => {
    let hanging = false;
    const http = new FakeHttp([
      (request) => (hanging ? hang(request) : signed({ job_complete: false })),
    ]);
    const { watches, lookup, settled } = build({ http });
    watches.start(profile, job('j-1'));
    await settled();
    hanging = true;
    const cancel = new AbortController();
    const elsewhere = lookup.lookUp(profile, { ...job('j-1'), ...BARE }, cancel.signal);
    await until(() => http.requests.length === 2);
    cancel.abort();
    assert.deepEqual(await elsewhere, { kind: 'cancelled', cause: 'stopped' });
    assert.equal(watches.state('p-1', job('j-1'))?.phase, 'waiting');
  });

  it('stops the request under way when the user stops the watch, and forgets the watch', async () => {
    const http = new FakeHttp([hang]);
    const { watches, states, stored, clock } = build({ http });
    watches.start(profile, job('j-1'));
    await until(() => http.requests.length === 1 && stored.records.size === 1);
    watches.stop('p-1', job('j-1'));
    await until(() => http.requests[0]?.signal.aborted === true && stored.records.size === 0);
    await watches.dispose();
    assert.deepEqual(
      states,
      expected('j-1', [{}, { phase: 'stopped', reason: 'You stopped watching.' }]),
    );
    assert.equal(clock.waiting, 0);
  });

  it('does nothing after a stop, and begins its schedule again when it is resumed', async () => {
    const { watches, states, run, settled, clock, http } = build();
    watches.start(profile, job('provisional'));
    await settled();
    watches.stop('p-1', job('provisional'));
    watches.stop('p-1', job('provisional'));
    const stopped = states.length;
    clock.pass(HOUR);
    assert.deepEqual([clock.waiting, http.requests.length, states.length], [0, 1, stopped]);
    watches.start(profile, job('provisional'));
    await run(1);
    assert.deepEqual(
      states.slice(stopped),
      expected('provisional', [
        { verdict: 'provisional' },
        { phase: 'waiting', polls: 1, verdict: 'provisional', nextAt: at(3660), slow: true },
        { polls: 1, verdict: 'provisional', slow: true },
        { phase: 'waiting', polls: 2, verdict: 'provisional', nextAt: at(3780), slow: true },
      ]),
    );
  });

  it('can be stopped by a listener for its changes', async () => {
    const { watches, clock, http, states } = build();
    watches.onDidChange(({ phase, profileId, ids }) => {
      if (phase === 'checking') watches.stop(profileId, ids);
    });
    watches.start(profile, job('no-zip'));
    await watches.dispose();
    assert.deepEqual([clock.waiting, http.requests.length], [0, 0]);
    assert.equal(states.at(-1)?.phase, 'stopped');
  });

  it('stops with the reason if a request cannot be sent', async () => {
    const cases: [(user: ReturnType<typeof build>['user']) => void, string, string][] = [
      [
        (user) => (user.allowed = false),
        'j-1',
        'You chose not to send this request to production.',
      ],
      [(user) => (user.key = false), 'j-1', 'The API key is not in the keyring.'],
      [(user) => (user.profiles = []), 'j-1', "This job's profile was removed."],
      [() => undefined, '', 'Enter the job ID.'],
    ];
    for (const [spoil, jobId, reason] of cases) {
      const { watches, settled, user, http } = build();
      spoil(user);
      watches.start(profile, job(jobId));
      await settled();
      assert.deepEqual(watches.all(), expected(jobId, [{ phase: 'stopped', reason }]));
      assert.equal(http.requests.length, 0);
    }
  });

  it('stops on a defect, and logs it without the IDs', async () => {
    const clock = new SteppedClock();
    const log = new MemoryLog();
    const { lookup } = build({ clock });
    const get = () => Promise.reject(new TypeError('defect'));
    const stored = new MemoryStore<StoredWatch>();
    const watches = new JobWatches(lookup, { get }, stored, () => BARE, clock, log);
    watches.start(profile, job('j-1'));
    await until(() => watches.all()[0]?.phase === 'stopped');
    assert.equal(watches.all()[0]?.reason, 'Unexpected error (see the log).');
    assert.match(log.lines.join('\n'), /^A watch ended unexpectedly: TypeError: .*\n {4}at /);
  });

  it('neither ends nor reports a verdict because of a response that cannot be trusted, and continues', async () => {
    const forged = () => response({ job_complete: true, ...result('0810') });
    const http = new FakeHttp([
      () => signed({ job_complete: false }),
      forged,
      respondWith(result('0810')),
    ]);
    const { watches, run, states, verdicts } = build({ http });
    watches.start(profile, job('j-1'));
    await run();
    assert.deepEqual(
      states.flatMap(({ phase, verdict, reason }) =>
        phase === 'checking' ? [] : [{ phase, verdict, reason }],
      ),
      [
        { phase: 'waiting', verdict: 'pending', reason: null },
        {
          phase: 'waiting',
          verdict: 'pending',
          reason: 'The signature of the response is missing, so it cannot be trusted.',
        },
        { phase: 'finished', verdict: 'approved', reason: null },
      ],
    );
    assert.deepEqual(
      verdicts.map(({ before, after }) => [before, after]),
      [['pending', 'approved']],
    );
  });

  it('uses the profile as it is at the moment of each check', async () => {
    const pending = () => signed({ job_complete: false });
    const approved = () =>
      signedResponse({ job_complete: true, ...result('0810') }, SIMULATOR_API_KEY, '086');
    const http = new FakeHttp([pending, pending, approved]);
    const { watches, run, user, verdicts } = build({ http });
    watches.start(profile, job('j-1'));
    await run(1);
    const edited = { ...profile, partnerId: '086' };
    user.profiles = [edited];
    await run(1);
    const partners = http.requests.map(
      ({ body }) => (JSON.parse(body ?? '') as Record<string, unknown>).partner_id,
    );
    assert.deepEqual(partners, ['085', '085', '086']);
    assert.deepEqual(
      verdicts.map((change) => change.profile),
      [edited],
    );
  });

  it('ignores a response that came for a profile before it was changed, and sends the request again', async () => {
    const http = new FakeHttp([
      () => signed({ job_complete: false }),
      () => {
        // During the request, the user changes the environment of the profile.
        const edited: Profile = {
          ...profile,
          environment: profile.environment === 'local' ? 'sandbox' : 'local',
        };
        user.profiles = [edited];
        watches.followProfiles([edited]);
        return respondWith(result('0810'))();
      },
      () => signed({ job_complete: false }),
    ]);
    const { watches, run, user, verdicts } = build({ http });
    watches.start(profile, job('j-1'), 'pending');
    await run(2);
    const state = watches.state(profile.id, job('j-1'));
    assert.deepEqual([state?.phase, state?.verdict, verdicts], ['waiting', 'pending', []]);
    assert.ok(http.requests.length >= 3);
  });

  it('stays with the slow timer once Smile ID has limited the rate', async () => {
    const http = new FakeHttp([
      () => response({ message: 'Too Many Requests' }, 429, { 'retry-after': '3600' }),
      () => signed({ job_complete: false }),
    ]);
    const { watches, states, run } = build({ http });
    watches.start(profile, job('j-1'));
    await run(2);
    assert.deepEqual(waitsIn(states), [60, 120, 240]);
  });

  describe('across sessions', () => {
    const record = (jobId: string, aliveUntil: number, profileId = 'p-1'): StoredWatch => ({
      profileId,
      ...job(jobId),
      aliveUntil: at(aliveUntil).toISOString(),
      verdict: null,
    });
    /** Without the random name of the window, which must be there. */
    const unnamed = (records: Iterable<StoredWatch>): Omit<StoredWatch, 'window'>[] =>
      [...records].map(({ window, ...rest }) => {
        assert.match(window ?? '', /^[0-9a-f-]{36}$/);
        return rest;
      });

    it('stores IDs and times of what runs, and renews them with each check', async () => {
      const { watches, run, stored } = build();
      watches.start(profile, job('no-zip'));
      await run(1);
      await watches.remembered(); // until its records are written
      const [[key, value] = [], ...others] = [...stored.records];
      assert.ok(value);
      assert.deepEqual(
        [unnamed([value]), others],
        [[{ ...record('no-zip', 4 + 120), verdict: 'pending' }], []],
      );
      assert.match(key ?? '', /^[0-9a-f]{32}$/);
      assert.deepEqual(StoredWatch.parse(value), value);
    });

    it('offers to the next session what the one before left, and not what has ended', async () => {
      const { watches, clock, stored, run, settled, http } = build();
      watches.start(profile, job('approved'));
      watches.start(profile, job('provisional'));
      watches.start(profile, job('no-zip'));
      await run(3);
      watches.stop('p-1', job('no-zip'));
      await watches.dispose();
      const sent = http.requests.length;
      assert.equal(clock.waiting, 0);

      const next = build({ clock, stored });
      const left = await next.watches.remembered();
      assert.deepEqual(unnamed(left), [
        {
          ...record('provisional', 0),
          aliveUntil: clock.now().toISOString(),
          verdict: 'provisional',
        },
      ]);
      for (const watch of left) next.watches.start(profile, watch);
      await next.settled();
      assert.deepEqual(await next.watches.remembered(), []);
      await settled();
      assert.equal(http.requests.length, sent);
    });

    it('does not offer what another window runs, until that window is gone for certain', async () => {
      const one = build();
      one.watches.start(profile, job('no-zip'));
      await one.settled();
      await one.watches.remembered(); // until its records are written
      const two = build({ clock: one.clock, stored: one.stored });
      assert.deepEqual(await two.watches.remembered(), []);
      // The other window crashes, so the record is not renewed.
      one.clock.pass(2 * SECOND + 2 * MINUTE);
      assert.deepEqual(unnamed(await two.watches.remembered()), [
        { ...record('no-zip', 122), verdict: 'pending' },
      ]);
    });

    it('does not offer what this window runs, although the machine slept', async () => {
      const { watches, settled, clock } = build();
      watches.start(profile, job('no-zip'));
      await settled();
      clock.pass(HOUR);
      assert.deepEqual(await watches.remembered(), []);
    });

    it('offers what an earlier session left to one window, as long as that runs', async () => {
      const clock = new SteppedClock();
      const stored = new MemoryStore<StoredWatch>();
      stored.records.set('left', record('no-zip', 0));
      const [one, two] = [build({ clock, stored }), build({ clock, stored })];
      const ids = (watches: readonly StoredWatch[]) => watches.map(({ jobId }) => jobId);
      assert.deepEqual(ids(await one.watches.claim()), ['no-zip']);
      const end = clock.now().getTime() + HOUR;
      while (clock.now().getTime() < end) {
        assert.deepEqual(await two.watches.claim(), []);
        clock.step();
        await new Promise((resolve) => setImmediate(resolve)); // until the renewal has begun
        await one.watches.remembered(); // and until it is written
      }
      assert.deepEqual(ids(await one.watches.claim()), ['no-zip']);
      await one.watches.dispose();
      assert.equal(clock.waiting, 0);
      assert.deepEqual(ids(await two.watches.claim()), ['no-zip']);
      await two.watches.dispose();
    });

    it('checks in this window what another one only offers', async () => {
      const clock = new SteppedClock();
      const stored = new MemoryStore<StoredWatch>();
      const key = await jobKey('p-1', job('no-zip'));
      stored.records.set(key, record('no-zip', 0));
      const [one, two] = [build({ clock, stored }), build({ clock, stored })];
      await one.watches.claim();
      const claim = stored.records.get(key);
      assert.ok(claim);
      two.watches.start(profile, job('no-zip'));
      await two.settled();
      await two.watches.remembered(); // until its records are written
      await stored.write(key, claim); // as if both wrote at the same time
      await two.run(3);
      assert.equal(two.watches.state('p-1', job('no-zip'))?.polls, 4);
      await one.watches.dispose();
      await two.watches.dispose();
    });

    it('offers no longer what another window watches by now, or what was removed', async () => {
      const clock = new SteppedClock();
      const stored = new MemoryStore<StoredWatch>();
      const jobs = ['no-zip', 'provisional', 'pending-50'];
      for (const jobId of jobs) {
        stored.records.set(await jobKey('p-1', job(jobId)), record(jobId, 0));
      }
      const [one, two] = [build({ clock, stored }), build({ clock, stored })];
      assert.equal((await one.watches.claim()).length, 3);
      two.watches.start(profile, job('no-zip'));
      await two.settled();
      await two.watches.remembered(); // until its records are written
      stored.records.delete(await jobKey('p-1', job('provisional')));
      const held = await one.watches.claim();
      assert.deepEqual(
        held.map(({ jobId }) => jobId),
        ['pending-50'],
      );
      one.watches.start(profile, job('pending-50'));
      assert.deepEqual(await one.watches.claim(), []);
      await one.watches.dispose();
      await two.watches.dispose();
      assert.equal(stored.records.size, 2);
    });

    it('forgets what the user no longer wants to watch', async () => {
      const { watches, stored, run, settled, clock } = build();
      watches.start(profile, job('no-zip'));
      watches.start(profile, job('provisional'));
      await settled();
      await watches.dispose();
      const next = build({ stored, clock });
      const left = await next.watches.remembered();
      await next.watches.forget(left.slice(0, 1));
      assert.deepEqual(await next.watches.remembered(), left.slice(1));
      await run();
    });

    it('leaves nothing of a profile that is signed out, in memory or stored', async () => {
      const { watches, stored, settled, clock, states } = build();
      stored.records.set('left', record('j-9', 0));
      stored.records.set('other', record('j-9', 0, 'p-2'));
      watches.start(profile, job('no-zip'));
      await settled();
      watches.stopProfile('p-1');
      await watches.dispose();
      assert.deepEqual([...stored.records.keys()], ['other']);
      assert.equal(clock.waiting, 0);
      assert.equal(states.at(-1)?.reason, 'Its profile was removed.');
    });

    it('keeps watching although the disk refuses, and logs it once', async () => {
      const { watches, stored, run, log } = build();
      stored.full = true;
      watches.start(profile, job('pending-3'));
      await run();
      assert.equal(watches.all()[0]?.phase, 'finished');
      await watches.dispose();
      assert.deepEqual(
        log.lines.filter((line) => line.startsWith('Watches')),
        ['Watches cannot be remembered: the disk refused'],
      );
    });
  });

  describe('while another window watches the same job', () => {
    /** Two windows over one folder and one simulator; both notice what is written. */
    const windows = () => {
      const clock = new SteppedClock();
      const stored = new MemoryStore<StoredWatch>();
      const http = new SimulatorHttp(clock);
      const one = build({ clock, stored, http });
      const two = build({ clock, stored, http });
      const written = async (): Promise<void> => {
        await one.settled();
        await two.settled();
        await Promise.all([one.watches.remembered(), two.watches.remembered()]);
        await one.settled();
        await two.settled();
      };
      const step = async (): Promise<void> => {
        clock.step();
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        await written();
      };
      return { clock, stored, http, one, two, written, step };
    };
    const following = (watches: JobWatches, jobId: string): boolean =>
      watches.state('p-1', job(jobId))?.reason === 'Another window checks this job.';

    it('only one of them checks it', async () => {
      const { one, two, http, clock, written, step } = windows();
      one.watches.start(profile, job('no-zip'));
      await written();
      two.watches.start(profile, job('no-zip'));
      await written();
      assert.equal(http.requests.length, 2, 'a window that starts a watch checks the job at once');
      const begun = clock.now().getTime();
      while (clock.now().getTime() < begun + 5 * MINUTE) await step();
      const alone = build();
      alone.watches.start(profile, job('no-zip'));
      await alone.settled();
      while (alone.clock.now().getTime() < START + 5 * MINUTE) await alone.run(1);
      const most = alone.http.requests.length + 2;
      assert.ok(http.requests.length <= most, `${http.requests.length} checks, at most ${most}`);
      assert.ok(following(one.watches, 'no-zip') !== following(two.watches, 'no-zip'));
      assert.deepEqual(
        [one, two].map(({ watches }) => watches.all()[0]?.phase),
        ['waiting', 'waiting'],
      );
    });

    it('all of them see the final verdict, at the cost of one check each', async () => {
      const { one, two, http, clock, written, step } = windows();
      one.watches.start(profile, job('pending-8'));
      await written();
      two.watches.start(profile, job('pending-8'));
      await written();
      for (let turn = 0; turn < 40 && clock.waiting > 0; turn += 1) await step();
      for (const { watches, verdicts } of [one, two]) {
        const [state] = watches.all();
        assert.deepEqual([state?.phase, state?.verdict], ['finished', 'approved']);
        assert.deepEqual(
          verdicts.map(({ before, after }) => [before, after]),
          [['pending', 'approved']],
        );
      }
      assert.equal(http.requests.length, 8 + 1 + 1);
    });

    it('another one continues if the one that checked it stops, closes, or is gone', async () => {
      const stop = ({ watches }: ReturnType<typeof build>): Promise<unknown> => {
        watches.stop('p-1', job('no-zip'));
        return watches.remembered();
      };
      const ends: [string, (window: ReturnType<typeof build>) => Promise<unknown>][] = [
        ['stops', stop],
        ['closes', ({ watches }) => watches.dispose()],
        [
          'is killed',
          async (window) => {
            const left = [...window.stored.records];
            await stop(window);
            for (const [key, record] of left) await window.stored.write(key, record);
          },
        ],
      ];
      for (const [what, end] of ends) {
        const { one, two, clock, written, step } = windows();
        one.watches.start(profile, job('no-zip'));
        await written();
        two.watches.start(profile, job('no-zip'));
        await written();
        await step();
        await step();
        assert.ok(following(one.watches, 'no-zip'), what);
        await end(two);
        const sent = one.http.requests.length;
        const limit = clock.now().getTime() + 10 * MINUTE;
        while (one.http.requests.length === sent && clock.now().getTime() < limit) await step();
        await written();
        assert.equal(following(one.watches, 'no-zip'), false, what);
        assert.ok(one.http.requests.length > sent, what);
      }
    });

    it('does not wait for a window whose clock was ahead, for longer than a check may take', async () => {
      const { watches, clock, stored, settled, http } = build();
      stored.records.set('ahead', {
        profileId: 'p-1',
        ...job('no-zip'),
        aliveUntil: at(10 * 3600).toISOString(),
        window: 'another',
        verdict: null,
      });
      watches.start(profile, job('no-zip'));
      await settled();
      clock.step();
      await until(() => http.requests.length === 2);
      assert.equal(following(watches, 'no-zip'), false);
    });

    it('keeps the record of the other one when it stops or closes itself', async () => {
      const { one, two, stored, written, step } = windows();
      one.watches.start(profile, job('no-zip'));
      await written();
      two.watches.start(profile, job('no-zip'));
      await written();
      await step();
      await step();
      assert.ok(following(one.watches, 'no-zip'));
      const before = [...stored.records.values()];
      one.watches.stop('p-1', job('no-zip'));
      await one.watches.dispose();
      assert.deepEqual([...stored.records.values()], before);
    });
  });

  describe('whatever happens to the clock', () => {
    it('keeps its schedule when it is set back, and does not check every 4 s for as long', async () => {
      const { watches, clock, run, http } = build();
      watches.start(profile, job('no-zip'));
      await run(20);
      clock.set(-10 * HOUR);
      const set = clock.now().getTime();
      const sent = http.requests.length;
      while (clock.now().getTime() < set + HOUR) await run(1);
      assert.ok(http.requests.length - sent < 40, `${http.requests.length - sent} checks an hour`);
    });

    it('continues after the machine slept for longer than a watch lasts', async () => {
      const { watches, clock, run } = build();
      watches.start(profile, job('no-zip'));
      await run(1);
      clock.pass(25 * HOUR);
      await run(2);
      assert.deepEqual(watches.all()[0]?.phase, 'waiting');
      await run();
      assert.match(watches.all()[0]?.reason ?? '', /within 24 hours/);
    });

    it('never checks more often than its schedule allows, nor stops early', async () => {
      const jumps = fc.array(fc.integer({ min: -20, max: 40 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(jumps, async (hours) => {
          const { watches, clock, run, settled, http } = build();
          watches.start(profile, job('no-zip'));
          await settled();
          for (const jump of hours) {
            clock.set(jump * HOUR);
            await run(10);
          }
          assert.equal(watches.all()[0]?.phase, 'waiting');
          await run(40);
          const sent = http.requests.length;
          const now = clock.now().getTime();
          await run(10);
          assert.equal(http.requests.length - sent, 10);
          assert.equal(
            clock.now().getTime() - now,
            10 * 5 * MINUTE,
            'the wait has grown to 5 minutes',
          );
        }),
        { numRuns: 20 },
      );
    });
  });

  it('stops as soon as another window has signed out of its profile', async () => {
    const { watches, settled, clock, stored } = build();
    watches.start(profile, job('no-zip'));
    await settled();
    watches.followProfiles([]);
    await watches.dispose();
    assert.equal(watches.all()[0]?.reason, 'Its profile was removed.');
    assert.deepEqual([clock.waiting, stored.records.size], [0, 0]);
  });

  it('forgets everything when all data is deleted', async () => {
    const { watches, settled, clock, stored, states } = build();
    watches.start(profile, job('no-zip'));
    watches.start(profile, job('provisional'));
    await settled();
    await watches.deleteAll();
    assert.deepEqual([watches.all(), clock.waiting, stored.records.size], [[], 0, 0]);
    assert.equal(states.at(-1)?.reason, 'All data was deleted.');
  });

  it('never checks sooner than 2 s after a response, nor after it has ended, whatever happens', async () => {
    const ids = job('j-1');
    const answered = (raw: Record<string, unknown>): JobStatusOutcome => ({
      kind: 'answered',
      job: readJob(raw, { ...ids, ...BARE }),
      signature: 'valid',
      raw,
    });
    const refused = (httpStatus: number): JobStatusOutcome => ({
      kind: 'refused',
      httpStatus,
      code: null,
      message: 'no',
      requestId: null,
      retryAt: null,
      raw: {},
    });
    const outcomes: readonly (JobStatusOutcome | Error)[] = [
      ...[null, 'true', 'false'].flatMap((IsFinalResult) =>
        ['0810', '0813', '0814', '1012', '1016', '0899'].flatMap((code) =>
          [true, false, undefined].map((complete) =>
            answered({ job_complete: complete, ...result(code, { IsFinalResult }) }),
          ),
        ),
      ),
      ...Array.from({ length: 20 }, () => answered({ job_complete: false, result: {} })),
      ...[200, 400, 408, 429, 500, 503].map(refused),
      { kind: 'unreachable', cause: 'timeout', message: 'no' },
      { kind: 'cancelled', cause: 'stopped' },
      new HumanError('no'),
      new Error('defect'),
    ];
    const outcome = fc.constantFrom(...outcomes);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ act: fc.constant('step' as const), outcome }) },
      { weight: 2, arbitrary: fc.record({ act: fc.constant('refresh' as const), outcome }) },
      fc.record({ act: fc.constantFrom('start' as const, 'stop' as const), outcome }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const clock = new SteppedClock();
        let reply: JobStatusOutcome | Error = new Error();
        /** When the last outcome came; null if the user has started the watch since. */
        let outcomeAt: number | null = null;
        let sent = 0;
        const take = (made: JobStatusOutcome): JobStatusOutcome => {
          if (made.kind !== 'cancelled') outcomeAt = clock.now().getTime();
          return made;
        };
        const lookup = new FakeLookup(async () => {
          sent += 1;
          const now = clock.now().getTime();
          if (outcomeAt !== null) assert.ok(now - outcomeAt >= 2 * SECOND, 'too soon');
          await Promise.resolve();
          if (reply instanceof Error) throw reply;
          return take(reply);
        }, clock);
        const watches = new JobWatches(
          lookup,
          { get: () => Promise.resolve(profile) },
          new MemoryStore<StoredWatch>(),
          () => BARE,
          clock,
          new MemoryLog(),
        );
        for (const { act, outcome: made } of steps) {
          reply = made;
          const before = watches.state('p-1', ids)?.phase;
          const sentBefore = sent;
          if (act === 'step') clock.step();
          if (act === 'refresh' && !(made instanceof Error)) {
            lookup.publish(profile, { ...ids, ...BARE }, take(made));
          }
          if (act === 'stop') watches.stop('p-1', ids);
          if (act === 'start') {
            if (before !== 'waiting') outcomeAt = null;
            watches.start(profile, ids);
          }
          for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
          const phase = watches.state('p-1', ids)?.phase;
          assert.notEqual(phase, 'checking');
          assert.equal(clock.waiting, phase === 'waiting' ? 1 : 0, 'one wait, while it runs');
          if (before !== 'waiting' && act !== 'start') assert.equal(sent, sentBefore);
        }
      }),
      { numRuns: 300 },
    );
  });
});
