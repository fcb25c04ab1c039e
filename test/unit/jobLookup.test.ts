import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { JobLookup, type LookupEvent } from '../../src/core/jobs/jobLookup';
import { RecentJobs, type JobName, type StoredJob } from '../../src/core/jobs/recentJobs';
import { SmileClient } from '../../src/core/smile/client';
import type { HttpRequest, HttpResponse } from '../../src/core/smile/http';
import type { Profile } from '../../src/core/smile/profile';
import { FakeClock, FakeHttp, hang, MemoryLog, MemoryStore, response } from '../support/fakes';
import { until } from '../support/until';

const profile: Profile = {
  id: 'p-1',
  name: 'acme',
  environment: 'production',
  partnerId: '085',
  url: null,
};
const request = { userId: 'u-1', jobId: 'j-1', history: false, imageLinks: false };
const never = new AbortController().signal;
const respond = (): HttpResponse =>
  response({ job_complete: false, result: 'No zip uploaded yet' });

function build(
  reply: (request: HttpRequest) => HttpResponse | Error | Promise<HttpResponse | Error>,
  stored = new MemoryStore<StoredJob>(),
) {
  const http = new FakeHttp([reply]);
  const clock = new FakeClock();
  const log = new MemoryLog();
  const recent = new RecentJobs(stored, new MemoryStore<JobName>(), () => 200, log);
  const unsaved: unknown[] = [];
  const user = { allowed: true, signedIn: true };
  const lookup = new JobLookup(
    new SmileClient(http, clock, () => 60_000),
    {
      credentials: () =>
        Promise.resolve({ partnerId: '085', apiKey: 'secret-key', baseUrl: 'https://h/v1' }),
      has: () => Promise.resolve(user.signedIn),
    },
    recent,
    clock,
    log,
    () => Promise.resolve(user.allowed),
  );
  lookup.onDidFailToRecord((error) => unsaved.push(error));
  const events: LookupEvent[] = [];
  lookup.onDidChange((event) => events.push(event));
  return { lookup, http, log, stored, recent, unsaved, user, events };
}

/** Resolves when the work is done, or can only continue after its caller does. */
async function orStuck(work: Promise<unknown>): Promise<void> {
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  };
  await Promise.race([work, turns()]);
}

/** A store that calls a hook before and after each step. */
class HookedStore<T> extends MemoryStore<T> {
  constructor(private readonly hook: (step: string) => Promise<void>) {
    super();
  }

  override list(): Promise<ReadonlyMap<string, T>> {
    return this.step('list', () => super.list());
  }

  override write(key: string, record: T): Promise<void> {
    return this.step('write', () => super.write(key, record));
  }

  override remove(key: string): Promise<void> {
    return this.step('remove', () => super.remove(key));
  }

  private async step<R>(name: string, run: () => Promise<R>): Promise<R> {
    await this.hook(`before ${name}`);
    const result = await run();
    await this.hook(`after ${name}`);
    return result;
  }
}

describe('JobLookup', () => {
  it('fires at the beginning and at the end, and records the job before it fires at the end', async () => {
    const { lookup, events, stored } = build(respond);
    let recordedAtEnd = -1;
    lookup.onDidChange(({ outcome }) => {
      if (outcome) recordedAtEnd = stored.records.size;
    });
    const outcome = await lookup.lookUp(profile, request, never);
    const [record] = stored.records.values();
    const at = new Date(record?.askedAt ?? NaN);
    assert.deepEqual(events, [
      { profile, request, outcome: null, at },
      { profile, request, outcome, at },
    ]);
    assert.equal(recordedAtEnd, 1);
  });

  it('has one request per job in flight: concurrent callers share its response', async () => {
    const { lookup, http } = build(respond);
    const outcomes = await Promise.all([1, 2, 3].map(() => lookup.lookUp(profile, request, never)));
    assert.equal(http.requests.length, 1);
    assert.equal(new Set(outcomes).size, 1);
    await lookup.lookUp(profile, request, never);
    assert.equal(http.requests.length, 2);
  });

  it('returns the outcome, and reports it to all, whatever a listener or the report of a full disk throws', async () => {
    const http = new FakeHttp([respond]);
    const clock = new FakeClock();
    const log = new MemoryLog();
    const lookup = new JobLookup(
      new SmileClient(http, clock, () => 60_000),
      {
        credentials: () =>
          Promise.resolve({ partnerId: '085', apiKey: 'secret-key', baseUrl: 'https://h/v1' }),
        has: () => Promise.reject(new Error('the keyring failed')),
      },
      new RecentJobs(new MemoryStore<StoredJob>(), new MemoryStore<JobName>(), () => 200, log),
      clock,
      log,
      () => Promise.resolve(true),
    );
    lookup.onDidFailToRecord(() => {
      throw new Error('no view');
    });
    lookup.onDidChange(({ outcome }) => {
      throw new Error(outcome ? 'faulty at the end' : 'faulty at the beginning');
    });
    lookup.onDidChange(({ outcome }) =>
      outcome ? Promise.resolve() : Promise.reject(new Error('rejected at the beginning')),
    );
    const kinds: unknown[] = [];
    lookup.onDidChange(({ outcome }) => kinds.push(outcome?.kind));
    const { kind } = await lookup.lookUp(profile, request, never);
    assert.deepEqual(
      { kind, kinds, errors: log.lines.filter((line) => line.startsWith('Error')) },
      {
        kind: 'answered',
        kinds: [undefined, 'answered'],
        errors: [
          'Error: faulty at the beginning',
          'Error: rejected at the beginning',
          'Error: no view',
          'Error: faulty at the end',
        ],
      },
    );
  });

  it('sends a request of its own if the one in flight does not include everything', async () => {
    const { lookup, http } = build(respond);
    await Promise.all([
      lookup.lookUp(profile, request, never),
      lookup.lookUp(profile, { ...request, imageLinks: true }, never),
    ]);
    const bodies = http.requests.map(
      ({ body }) => JSON.parse(body ?? '') as Record<string, unknown>,
    );
    assert.deepEqual(
      bodies.map(({ image_links }) => image_links),
      [false, true],
    );
  });

  it('stops the request only when the last caller that waits has canceled', async () => {
    const { lookup, http } = build(hang);
    const [one, two] = [new AbortController(), new AbortController()];
    const lookups = [one, two].map(({ signal }) => lookup.lookUp(profile, request, signal));
    await until('the request', () => http.requests[0]);
    one.abort();
    assert.deepEqual(await lookups[0], { kind: 'cancelled', cause: 'stopped' });
    assert.equal(http.requests[0]?.signal.aborted, false);
    two.abort();
    assert.deepEqual(await lookups[1], { kind: 'cancelled', cause: 'stopped' });
    assert.equal(http.requests[0].signal.aborted, true);
  });

  it('sends a new request for a caller that comes after a canceled one', async () => {
    let hanging = true;
    const { lookup, http } = build((request) => (hanging ? hang(request) : respond()));
    const cancel = new AbortController();
    const first = lookup.lookUp(profile, request, cancel.signal);
    await until('the request', () => http.requests[0]);
    cancel.abort();
    assert.deepEqual(await first, { kind: 'cancelled', cause: 'stopped' });
    hanging = false;
    assert.equal((await lookup.lookUp(profile, request, never)).kind, 'answered');
  });

  it('shares no response between an old and a new version of a profile', async () => {
    const { lookup, http } = build(respond);
    await Promise.all([
      lookup.lookUp(profile, request, never),
      lookup.lookUp({ ...profile, partnerId: '0850' }, request, never),
      lookup.lookUp({ ...profile, environment: 'sandbox' }, request, never),
    ]);
    assert.equal(http.requests.length, 3);
  });

  it('lets no caller join a request that began before a key was replaced', async () => {
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    const { lookup, http } = build(async () => {
      await held;
      return respond();
    });
    const before = lookup.lookUp(profile, request, never);
    await until('the request', () => http.requests[0]);
    lookup.retireInFlight();
    const after = lookup.lookUp(profile, request, never);
    await until('a request of its own', () => http.requests[1]);
    end();
    await Promise.all([before, after]);
    assert.equal(http.requests.length, 2);
  });

  it('cancels every request under way, for all callers that wait', async () => {
    const { lookup, http } = build(hang);
    const lookups = ['j-1', 'j-1', 'j-2'].map((jobId) =>
      lookup.lookUp(profile, { ...request, jobId }, never),
    );
    await until('both requests', () => http.requests[1]);
    await lookup.cancelAll();
    assert.deepEqual(
      new Set((await Promise.all(lookups)).map(({ kind }) => kind)),
      new Set(['cancelled']),
    );
    assert.deepEqual(
      http.requests.map(({ signal }) => signal.aborted),
      [true, true],
    );
  });

  it('records nothing more once all requests are canceled, as before all data is deleted', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let writing = false;
    const stored = new HookedStore<StoredJob>(async (step) => {
      if (step !== 'before write') return;
      writing = true;
      await held;
    });
    const { lookup } = build(respond, stored);
    const outcome = lookup.lookUp(profile, request, never);
    await until('the record to be written', () => writing || undefined);
    const canceled = lookup.cancelAll();
    release();
    await canceled;
    assert.equal(stored.records.size, 1);
    await outcome;
  });

  it('keeps nothing of a profile that was signed out while its request was under way', async () => {
    const { lookup, stored, user } = build(() => {
      user.signedIn = false;
      return respond();
    });
    assert.equal((await lookup.lookUp(profile, request, never)).kind, 'answered');
    assert.equal(stored.records.size, 0);
  });

  describe('signing out at any moment of a lookup, however slow the disk is', () => {
    /** A lookup and a sign-out, with a hook before and after each of their steps on disk or profiles. */
    function slow(hook: (step: string) => Promise<void>) {
      let signedIn = true;
      const stored = new HookedStore<StoredJob>(hook);
      const log = new MemoryLog();
      const recent = new RecentJobs(stored, new HookedStore<JobName>(hook), () => 200, log);
      const clock = new FakeClock();
      const lookup = new JobLookup(
        new SmileClient(new FakeHttp([respond]), clock, () => 60_000),
        {
          credentials: () =>
            Promise.resolve({ partnerId: '085', apiKey: 'secret-key', baseUrl: 'https://h/v1' }),
          has: async () => {
            await hook('before has');
            const has = signedIn;
            await hook('after has');
            return has;
          },
        },
        recent,
        clock,
        log,
        () => Promise.resolve(true),
      );
      return {
        stored,
        recent,
        lookUp: () => lookup.lookUp(profile, request, never),
        signOut: async () => {
          signedIn = false; // as the command does it: the profile goes first
          await recent.clear(profile.id);
        },
      };
    }

    it('leaves no record if the sign-out falls between two steps of the lookup', async () => {
      const steps: string[] = [];
      for (let at = 0; at <= steps.length; at += 1) {
        steps.length = 0;
        const signedOut: Promise<void>[] = [];
        const { stored, recent, lookUp, signOut } = slow(async (step) => {
          steps.push(step);
          if (steps.length !== at + 1) return;
          signedOut.push(signOut());
          await orStuck(Promise.all(signedOut));
        });
        await lookUp();
        await Promise.all(signedOut.length > 0 ? signedOut : [signOut()]);
        assert.deepEqual([[...stored.records], await recent.list()], [[], []], steps[at]);
      }
      assert.ok(steps.includes('before write') && steps.includes('after write'));
    });

    it('leaves no record if the lookup writes between two steps of the sign-out', async () => {
      let steps = 0;
      for (let at = 0; at <= steps; at += 1) {
        steps = 0;
        let leaving = false;
        let go = (): void => undefined;
        const held = new Promise<void>((resolve) => (go = resolve));
        let reached = (): void => undefined;
        const atWrite = new Promise<void>((resolve) => (reached = resolve));
        const { stored, recent, lookUp, signOut } = slow(async (step) => {
          if (step === 'before write') {
            reached();
            await held;
          } else if (leaving && steps++ === at) {
            leaving = false;
            go();
            await orStuck(lookingUp);
            leaving = true;
          }
        });
        const lookingUp = lookUp();
        await atWrite;
        leaving = true;
        await signOut();
        go();
        await lookingUp;
        assert.deepEqual([[...stored.records], await recent.list()], [[], []], `step ${at}`);
      }
      assert.ok(steps > 1);
    });
  });

  it('sends nothing to production before the user has agreed, and records nothing', async () => {
    const { lookup, http, stored, user, events } = build(respond);
    user.allowed = false;
    assert.deepEqual(await lookup.lookUp(profile, request, never), {
      kind: 'cancelled',
      cause: 'declined',
    });
    assert.deepEqual([http.requests, stored.records.size, events], [[], 0, []]);
  });

  it('refuses IDs that cannot be sent, with a sentence', async () => {
    const { lookup, http } = build(respond);
    await assert.rejects(lookup.lookUp(profile, { ...request, jobId: '' }, never), {
      message: 'Enter the job ID.',
    });
    assert.equal(http.requests.length, 0);
  });

  it('returns the response although the disk is full, and reports that', async () => {
    const { lookup, stored, unsaved, recent } = build(respond);
    stored.full = true;
    assert.equal((await lookup.lookUp(profile, request, never)).kind, 'answered');
    assert.equal(unsaved.length, 1);
    assert.equal((await recent.list()).length, 1);
  });

  it('logs what happened without key, IDs or bodies', async () => {
    const { lookup, log } = build(respond);
    await lookup.lookUp(profile, request, never);
    assert.deepEqual(log.lines, ['job_status, production: answered, signature missing in 0 ms']);
  });
});
