import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { systemClock } from '../../src/core/clock';
import {
  compareJobs,
  comparedDocumentsSteps,
  sideOfEntry,
  sideOfJob,
  type ComparedSide,
  type JobComparison,
} from '../../src/core/report/jobComparison';
import { SmileClient } from '../../src/core/smile/client';
import { historyEntriesOf, readJob } from '../../src/core/smile/jobStatusResponse';
import { readV3Result, readV3Status } from '../../src/core/smile/v3Response';
import type { Answered } from '../../src/core/smile/outcome';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { resultOf } from '../support/steps';

const request = { userId: 'user-1', history: true, imageLinks: true };

/** What differs, without what is the same. */
const differences = ({ fields, actions }: JobComparison) =>
  [...fields, ...actions]
    .filter(({ kind }) => kind !== 'same')
    .map(({ kind, name, before, after }) => `${kind} ${name}: ${before ?? '-'} > ${after ?? '-'}`);

describe('Comparing two responses', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());

  const lookUp = async (jobId: string): Promise<Answered> => {
    const client = new SmileClient(new NodeHttpClient(), systemClock, () => 10_000);
    const outcome = await client.jobStatus(
      { partnerId: simulator.partnerId, apiKey: SIMULATOR_API_KEY, baseUrl: simulator.url },
      { ...request, jobId },
      new AbortController().signal,
    );
    assert.equal(outcome.kind, 'answered');
    return outcome;
  };
  const side = async (jobId: string): Promise<ComparedSide> => {
    const { job, signature } = await lookUp(jobId);
    return sideOfJob(job, signature, jobId);
  };

  it('finds no difference if there is none', async () => {
    const { job } = await lookUp('rejected-spoof');
    const { headline, sentences, fields, actions } = compareJobs(
      sideOfJob(job, 'valid', 'a'),
      sideOfJob(job, 'valid', 'b'),
    );
    assert.deepEqual([headline, sentences], ['no differences', []]);
    assert.ok(actions.length > 5 && fields.length > 8);
    assert.deepEqual(new Set([...fields, ...actions].map(({ kind }) => kind)), new Set(['same']));
  });

  it('says that human review changed a job, and what it changed', async () => {
    const provisional = await side('provisional-then-approved');
    const comparison = compareJobs(provisional, await side('provisional-then-approved'));
    assert.deepEqual(
      [comparison.headline, comparison.sentences],
      [
        'Provisional → Approved',
        [
          'Verdict: Provisional → Approved (human review).',
          'Liveness check: Under Review → Passed (human review).',
          'Register selfie: Provisionally Approved → Approved (human review).',
          'Human review: faces: Under Review → Passed.',
          'Human review: liveness: Under Review → Passed.',
          'Selfie vs. ID authority portrait: Provisionally Approved → Completed (human review).',
          '1210 means: A human reviewer confirmed the match and the liveness.',
        ],
      ],
    );
    assert.deepEqual(
      differences(comparison).filter((line) => !line.includes('Result time')),
      [
        'changed Verdict: Provisional > Approved',
        'changed ResultCode: 0814 > 1210',
        'changed ResultText: Provisional Enroll - Under Review > Enroll User',
        'changed ResultType: SAIA > DIVA',
        'changed Confidence (%): 74 > 97',
        'changed IsFinalResult: false > true',
        'changed IsMachineResult: true > false',
        'changed Liveness check: Under Review > Passed',
        'changed Register selfie: Provisionally Approved > Approved',
        'changed Human review: faces: Under Review > Passed',
        'changed Human review: liveness: Under Review > Passed',
        'changed Selfie vs. ID authority portrait: Provisionally Approved > Completed',
      ],
    );
  });

  it('says about two jobs that they differ, never that one changed', async () => {
    const comparison = compareJobs(await side('approved'), await side('rejected-spoof'));
    assert.equal(comparison.headline, 'Approved and Rejected');
    assert.equal(comparison.sentences[0], 'Verdict differs: Approved and Rejected.');
    assert.doesNotMatch(comparison.sentences.join(' '), /→/);
  });

  it('compares a job that is not processed yet with its later result as one job', async () => {
    const comparison = compareJobs(await side('pending-1'), await side('pending-1'));
    assert.equal(comparison.headline, 'Pending → Approved');
    assert.equal(comparison.sentences[0], 'Verdict: Pending → Approved (machine).');
  });

  it('warns if the products differ, and describes no change of a check', async () => {
    const { sentences } = compareJobs(await side('approved'), await side('rejected-document'));
    assert.match(sentences[0] ?? '', /two products, Biometric KYC and Document Verification/);
    assert.equal(sentences.length, 2);
  });

  it('does not present a response that cannot be trusted as a result', async () => {
    const comparison = compareJobs(await side('rejected-face'), await side('tampered-signature'));
    assert.deepEqual(
      {
        headline: comparison.headline,
        first: comparison.sentences[0],
        verdict: comparison.fields.find(({ name }) => name === 'Verdict')?.after,
      },
      {
        headline: 'not trusted',
        first:
          'A response without a valid signature cannot be trusted: do not act on this comparison.',
        verdict: 'Approved (not trusted)',
      },
    );
  });

  it('compares a response with an entry of its history, which has no envelope', async () => {
    const { job, raw } = await lookUp('biometric-kyc');
    const at = job.history.findIndex(({ result }) => result.code === '0814');
    const entry = job.history[at];
    assert.ok(entry);
    const comparison = compareJobs(
      sideOfEntry(entry, job, 'valid', 'entry'),
      sideOfJob(job, 'valid', 'now'),
    );
    assert.equal(comparison.headline, 'Provisional → Approved');
    assert.ok(comparison.fields.every(({ name }) => !name.startsWith('job_')));
    const texts = resultOf(comparedDocumentsSteps(historyEntriesOf(raw)[at] ?? {}, raw));
    for (const marker of MARKERS) assert.ok(!JSON.stringify(texts).includes(marker), marker);
    assert.match(texts.before, /"ResultCode": "0814"/);
  });

  it('shows only real differences in the documents, not the order of keys', () => {
    const { before, after } = resultOf(
      comparedDocumentsSteps(
        { code: '2302', result: { ResultCode: '0810', IsFinalResult: 'true' } },
        { result: { IsFinalResult: 'true', ResultCode: '0810' }, code: '2302' },
      ),
    );
    assert.equal(before, after);
  });

  it('says so if a code is not in the catalogue', async () => {
    const { sentences } = compareJobs(await side('approved'), await side('unknown-code'));
    assert.equal(sentences.at(-1), 'The code 0899 is unknown for this product.');
  });

  it('compares a webhook with the status of its job by what both have', () => {
    const jobId = 'job_01m45mn5m0enwb31m7wv7rmj1f';
    const user_id = 'user_01m45mrwgner1933z4hayma5m5';
    const webhook = readV3Result(
      {
        ...{ status: 'clear', reason: null, product: 'biometric_kyc', job_id: jobId, user_id },
        ...{ message: 'Verification successful', completed_at: '2026-10-05T09:02:03.100Z' },
        antifraud: { summary: { fraud_detected: true } },
      },
      {},
    );
    const statusOf = (status: string, userId: string | null) =>
      readV3Status({ status, message: 'Job completed', job_id: jobId, user_id: userId }, null);
    const compared = (status: string, userId: string | null) => {
      const comparison = compareJobs(
        sideOfJob(webhook, 'unknown', 'pasted'),
        sideOfJob(statusOf(status, userId), 'unsigned', 'now'),
      );
      return [comparison.headline, comparison.sentences, differences(comparison)];
    };
    assert.deepEqual(
      {
        same: compared('clear', user_id),
        withoutUser: compared('clear', null),
        changed: compared('block', user_id),
        otherUser: compared('block', 'user_2'),
      },
      {
        same: ['no differences', [], []],
        withoutUser: ['no differences', [], []],
        changed: [
          'Approved → Rejected',
          ['Verdict: Approved → Rejected.'],
          ['changed Verdict: Approved > Rejected', 'changed Status: clear > block'],
        ],
        otherUser: [
          'Approved and Rejected',
          [
            `The user IDs differ, ${user_id} and user_2: one of the two may be of another job.`,
            'Verdict differs: Approved and Rejected.',
          ],
          [
            'changed Verdict: Approved > Rejected',
            'changed Status: clear > block',
            `changed User ID: ${user_id} > user_2`,
          ],
        ],
      },
    );
  });

  it('compares a callback with a job status without the time and the envelope, which differ always', async () => {
    const { job } = await lookUp('rejected-spoof');
    const callback = { ...job, document: 'result', complete: null, success: null } as const;
    const result = job.result && { ...job.result, timestamp: '2026-01-01T00:00:00Z' };
    const { headline } = compareJobs(
      sideOfJob({ ...callback, result }, 'valid', 'callback'),
      sideOfJob(job, 'valid', 'now'),
    );
    assert.equal(headline, 'no differences');
  });

  it('calls the text of API v3 by its name there', () => {
    const job = readV3Status({ status: 'clear', message: 'Job completed', job_id: 'x' }, null);
    const side = sideOfJob(job, 'unsigned', 'now');
    const names = compareJobs(side, side).fields.map(({ name }) => name);
    assert.deepEqual(names.includes('Message'), true);
    assert.deepEqual(names.includes('ResultText'), false);
  });

  it('never fails, whatever two results contain, and finds the same differences either way', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('0810', '1012', 'Passed', 'Not Applicable'));
    const raw = fc.record(
      {
        job_complete: fc.boolean(),
        result: fc.oneof(
          text,
          fc.record(
            { ResultCode: text, ResultText: text, Actions: fc.dictionary(text, text) },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    const sideOf = (body: Record<string, unknown>): ComparedSide =>
      sideOfJob(readJob(body, { ...request, jobId: 'j' }), 'valid', 'side');
    fc.assert(
      fc.property(raw, raw, (one, other) => {
        const [a, b] = [sideOf(one), sideOf(other)];
        assert.equal(compareJobs(a, a).headline, 'no differences');
        const names = (comparison: JobComparison): string[] =>
          [...comparison.fields, ...comparison.actions]
            .filter(({ kind }) => kind !== 'same')
            .map(({ name, before, after }) => JSON.stringify([name, [before, after].sort()]))
            .sort();
        assert.deepEqual(names(compareJobs(a, b)), names(compareJobs(b, a)));
      }),
    );
  });
});
