import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { noWatchOf } from '../../src/core/jobs/noWatch';
import { RecentJobs, StoredJob, type JobName } from '../../src/core/jobs/recentJobs';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { MemoryLog, MemoryStore } from '../support/fakes';
import { until } from '../support/until';

const ids = { userId: 'u-1', jobId: 'j-1' };
const raw = {
  job_complete: true,
  result: {
    ResultCode: '0810',
    ResultText: 'Enroll User',
    SmileJobID: '0000001897',
    FullName: 'Ada Testperson',
    Photo: 'AAAA',
    PartnerParams: { ...ids, job_type: 1 },
  },
  image_links: { selfie_image: 'https://images.smileidentity.com/x?sig=1' },
};
const answered = {
  kind: 'answered',
  job: readJob(raw, { ...ids, history: true, imageLinks: true }),
  signature: 'valid',
  raw,
} satisfies JobStatusOutcome;
const offline = { kind: 'unreachable', cause: 'dns', message: 'no' } satisfies JobStatusOutcome;
const noon = new Date('2026-03-01T12:00:00.000Z');
const later = new Date('2026-03-01T12:05:00.000Z');

const STORED: StoredJob = {
  profileId: 'p-1',
  ...ids,
  smileJobId: '0000001897',
  jobType: 1,
  product: 'biometric_kyc',
  code: '0810',
  verdict: 'approved',
  signature: 'valid',
  outcome: 'answered',
  httpStatus: null,
  noWatch: 'final',
  askedAt: '2026-03-01T12:00:00.000Z',
  order: Date.parse('2026-03-01T12:00:00.000Z'),
};

/** A store that lets other work run before it responds, as a disk does. */
class SlowStore<T> extends MemoryStore<T> {
  override async list(): Promise<ReadonlyMap<string, T>> {
    const records = await super.list();
    await setImmediate();
    return records;
  }

  override async write(key: string, record: T): Promise<void> {
    await setImmediate();
    await super.write(key, record);
  }
}

/** @param signedOut profiles that are gone */
function recentJobs(
  limit = 200,
  signedOut: readonly string[] = [],
  stored = new MemoryStore<StoredJob>(),
): {
  recent: RecentJobs;
  stored: MemoryStore<StoredJob>;
  names: MemoryStore<JobName>;
} {
  const names = new MemoryStore<JobName>();
  const profiles = {
    isSignedOut: (id: string) => Promise.resolve(signedOut.includes(id)),
    isWindowOnly: ({ id }: { readonly id: string }) => id === 'window-only',
  };
  const recent = new RecentJobs(stored, names, () => limit, new MemoryLog(), profiles);
  return { recent, stored, names };
}

describe('RecentJobs', () => {
  it('stores IDs, codes and times of a job, and nothing else of its response', async () => {
    const { recent, stored } = recentJobs();
    await recent.record('p-1', ids, answered, noon);
    assert.deepEqual([...stored.records.values()], [STORED]);
  });

  it('stores a value of a response only if it has the form of its field', async () => {
    const { recent, stored } = recentJobs();
    const odd = {
      result: {
        ResultCode: `MRK Ada Lovelace, 12 Main St${'x'.repeat(1000)}`,
        SmileJobID: '2348031234567',
        PartnerParams: { ...ids, job_type: 70000008953 },
      },
    };
    const job = readJob(odd, { ...ids, history: false, imageLinks: false });
    await recent.record('p-1', ids, { ...answered, job }, noon);
    const refused = { ...offline, kind: 'refused', httpStatus: 70000008953 } as const;
    const nothing = { code: null, message: '', requestId: null, retryAt: null, raw: {} };
    await recent.record('p-2', ids, { ...refused, ...nothing }, noon);
    const none = { smileJobId: null, jobType: null, product: null, code: null };
    assert.deepEqual(
      [...stored.records.values()],
      [
        { ...STORED, ...none, verdict: 'unknown', noWatch: null },
        {
          ...{ ...STORED, ...none, profileId: 'p-2' },
          ...{ verdict: null, signature: null, outcome: 'refused', noWatch: null },
          order: noon.getTime() + 1, // looked up later
        },
      ],
    );
  });

  it('reads a code that an earlier version stored unchecked as none', () => {
    const { code, smileJobId } = StoredJob.parse({
      ...STORED,
      code: 'Ada',
      smileJobId: 'Lovelace',
    });
    assert.deepEqual([code, smileJobId], [null, null]);
  });

  it('stores no ID that is longer than one that is sent', async () => {
    const { recent, stored } = recentJobs();
    const longest = { userId: 'u'.repeat(255), jobId: '😀'.repeat(127) };
    await recent.record('p-1', longest, answered, noon);
    await assert.rejects(recent.record('p-1', { ...ids, userId: 'u'.repeat(256) }, answered, noon));
    assert.deepEqual([...stored.records.values()], [{ ...STORED, ...longest }]);
  });

  it('stores no job of a profile that ends with its window: other windows would treat it as signed out', async () => {
    const { recent, stored } = recentJobs();
    await recent.record('window-only', ids, answered, noon);
    assert.equal(stored.records.size, 0);
    assert.deepEqual(
      (await recent.list()).map(({ profileId, jobId }) => [profileId, jobId]),
      [['window-only', ids.jobId]],
    );
  });

  it('removes at the first listing what earlier windows left of profiles that are signed out', async () => {
    const { recent, stored, names } = recentJobs(200, ['gone']);
    stored.records.set('a', { ...STORED, profileId: 'gone' });
    stored.records.set('b', STORED);
    names.records.set('a', { name: 'Ada' });
    await recent.list();
    await until('the end of the leftovers', () => (stored.records.has('a') ? undefined : true));
    assert.deepEqual(
      (await recent.list()).map(({ profileId }) => profileId),
      ['p-1'],
    );
    await recent.rename('a', 'Ada');
    assert.equal(names.records.size, 0);
  });

  it('keeps what an earlier response said when a later request gets none', async () => {
    const { recent, stored } = recentJobs();
    await recent.record('p-1', ids, answered, noon);
    await recent.record('p-1', ids, offline, later);
    assert.deepEqual(
      [...stored.records.values()],
      [
        {
          ...STORED,
          outcome: 'unreachable',
          askedAt: '2026-03-01T12:05:00.000Z',
          order: Date.parse('2026-03-01T12:05:00.000Z'),
        },
      ],
    );
  });

  it('knows whether watching makes sense, as the panel does: by the whole response, and by a refusal', async () => {
    const { recent } = recentJobs();
    const noWatch = async (...outcomes: Parameters<typeof recent.record>[2][]) => {
      await recent.forget('p-1', ids);
      for (const outcome of outcomes) await recent.record('p-1', ids, outcome, noon);
      const job = await recent.get('p-1', ids);
      return job && noWatchOf(job);
    };
    const inReview = { ...raw, result: { ...raw.result, IsFinalResult: 'false' } };
    const notFinal: typeof answered = {
      ...answered,
      job: readJob(inReview, { ...ids, history: true, imageLinks: true }),
      raw: inReview,
    };
    const unauthorized = {
      kind: 'refused',
      ...{ httpStatus: 401, code: '2205', message: 'No', requestId: null, retryAt: null, raw: {} },
    } as const;
    assert.deepEqual(
      {
        approved: await noWatch(answered),
        'approved, then offline': await noWatch(answered, offline),
        'approved, then refused': await noWatch(answered, unauthorized),
        'approved, but not final': await noWatch(notFinal),
        'not final, then refused': await noWatch(notFinal, unauthorized),
        'refused, then not final': await noWatch(unauthorized, notFinal),
        refused: await noWatch(unauthorized),
        offline: await noWatch(offline),
      },
      {
        approved: 'final',
        'approved, then offline': 'final',
        'approved, then refused': 'final',
        'approved, but not final': null,
        'not final, then refused': 'refused',
        'refused, then not final': null,
        refused: 'refused',
        offline: null,
      },
    );
  });

  it('judges a record without that field by its verdict, unless the response cannot be trusted', () => {
    const { noWatch, ...old } = STORED;
    assert.equal(noWatch, 'final');
    assert.deepEqual(
      [
        noWatchOf(StoredJob.parse(old)),
        noWatchOf(StoredJob.parse({ ...old, verdict: 'provisional' })),
        noWatchOf(StoredJob.parse({ ...old, signature: 'invalid' })),
      ],
      ['final', null, null],
    );
  });

  it('keeps the verdict of two outcomes that come at once, in either order', async () => {
    for (const outcomes of [
      [answered, offline],
      [offline, answered],
    ]) {
      const { recent } = recentJobs(200, [], new SlowStore());
      await Promise.all(outcomes.map((outcome) => recent.record('p-1', ids, outcome, noon)));
      assert.deepEqual(
        (await recent.list()).map(({ verdict }) => verdict),
        ['approved'],
      );
    }
  });

  it('keeps no job that is removed while it is recorded', async () => {
    const { recent, stored } = recentJobs(200, [], new SlowStore());
    await Promise.all([recent.record('p-1', ids, answered, noon), recent.forget('p-1', ids)]);
    assert.deepEqual([[...stored.records], await recent.list()], [[], []]);
  });

  it('keeps jobs of two profiles apart, and lists the newest first', async () => {
    const { recent } = recentJobs();
    await recent.record('p-1', ids, answered, noon);
    await recent.record('p-2', ids, offline, later);
    const seen = (await recent.list()).map(({ profileId, verdict }) => [profileId, verdict]);
    assert.deepEqual(seen, [
      ['p-2', null],
      ['p-1', 'approved'],
    ]);
  });

  it('keeps the name of a job when it is looked up again, and forgets it with the job', async () => {
    const { recent, names } = recentJobs();
    await recent.record('p-1', ids, answered, noon);
    const key = (await recent.list())[0]?.key ?? '';
    await recent.rename(key, ' Ada, first try ');
    await recent.record('p-1', ids, answered, later);
    assert.equal((await recent.list())[0]?.name, 'Ada, first try');
    await recent.rename(key, ' ');
    assert.equal((await recent.list())[0]?.name, null);
    await recent.rename(key, 'again');
    await recent.remove([key]);
    assert.deepEqual([await recent.list(), names.records.size], [[], 0]);
  });

  it('clears one profile, or all', async () => {
    const { recent } = recentJobs();
    for (const profile of ['p-1', 'p-2', 'p-3']) await recent.record(profile, ids, offline, noon);
    await recent.clear('p-2');
    assert.deepEqual((await recent.list()).map(({ profileId }) => profileId).sort(), [
      'p-1',
      'p-3',
    ]);
    await recent.clear();
    assert.deepEqual(await recent.list(), []);
  });

  it('removes the oldest over the limit', async () => {
    const { recent, stored } = recentJobs(2);
    for (let minute = 0; minute < 4; minute += 1) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
      await recent.record('p-1', { userId: 'u', jobId: `j-${minute}` }, offline, at);
    }
    assert.deepEqual(
      (await recent.list()).map(({ jobId }) => jobId),
      ['j-3', 'j-2'],
    );
    assert.equal(stored.records.size, 2);
  });

  describe('whatever the clock says', () => {
    const HOUR = 3_600_000;
    const listed = async (recent: RecentJobs): Promise<string[]> =>
      (await recent.list()).map(({ jobId }) => jobId);

    it('lists the job that was looked up last on top, and removes it last', async () => {
      const { recent } = recentJobs(3);
      // ahead, right again, far behind, and set forward again
      for (const [index, hours] of [0, 1000, 0, -1000, -999, 0.5].entries()) {
        const at = new Date(noon.getTime() + hours * HOUR);
        await recent.record('p-1', { ...ids, jobId: `j-${index}` }, offline, at);
        assert.equal((await listed(recent))[0], `j-${index}`);
      }
      assert.deepEqual(await listed(recent), ['j-5', 'j-4', 'j-3']);
      assert.equal((await recent.list())[2]?.askedAt, '2026-01-18T20:00:00.000Z');
    });

    it('lists the job that was looked up last on top, in any order of times', async () => {
      const hours = fc.array(fc.integer({ min: -1e5, max: 1e5 }), { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(hours, async (times) => {
          const { recent } = recentJobs(5);
          for (const [index, time] of times.entries()) {
            const at = new Date(noon.getTime() + time * HOUR);
            await recent.record('p-1', { ...ids, jobId: `j-${index}` }, offline, at);
          }
          const newest = times.map((_, index) => `j-${index}`).reverse();
          assert.deepEqual(await listed(recent), newest.slice(0, 5));
        }),
        { numRuns: 50 },
      );
    });

    it('orders records of earlier versions by their time, with one that has none at the end', async () => {
      const { recent, stored } = recentJobs();
      const { order, ...old } = STORED;
      stored.records.set('a', { ...old, jobId: 'yesterday', askedAt: 'yesterday' });
      stored.records.set('b', { ...old, jobId: 'early' });
      stored.records.set('c', { ...old, jobId: 'late', askedAt: later.toISOString() });
      stored.records.set('d', { ...old, jobId: 'between', order: (order ?? 0) + 1 });
      assert.deepEqual(await listed(recent), ['late', 'between', 'early', 'yesterday']);
    });
  });

  it('notes a job although the folder cannot be read, and in the list of this window if all fails', async () => {
    const { recent, stored } = recentJobs();
    stored.unreadable = true;
    await recent.record('p-1', ids, answered, noon);
    assert.equal(stored.records.size, 1);
    stored.full = true;
    await assert.rejects(recent.record('p-1', { ...ids, jobId: 'j-2' }, answered, later));
    stored.unreadable = false;
    assert.deepEqual(
      (await recent.list()).map(({ jobId }) => jobId),
      ['j-2', 'j-1'],
    );
  });

  it('on a full disk says so, and still lists the job in this window', async () => {
    const { recent, stored } = recentJobs();
    stored.full = true;
    await assert.rejects(recent.record('p-1', ids, answered, noon), { code: 'ENOSPC' });
    assert.deepEqual(
      (await recent.list()).map(({ jobId, verdict }) => [jobId, verdict]),
      [['j-1', 'approved']],
    );
  });
});
