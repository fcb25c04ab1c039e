import assert from 'node:assert/strict';
import { reportOf } from '../../src/core/report/jobReport';
import { timeWords } from '../../src/core/report/timeWords';
import type { Answered } from '../../src/core/smile/outcome';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import { createdAtOf } from '../../src/core/smile/typeId';
import { readV3Status } from '../../src/core/smile/v3Response';
import { compareWithStatus, jobWithDelivery } from '../../src/core/webhooks/jobWithDelivery';
import { whyMissing, type Reach, type ReceiverPast } from '../../src/core/webhooks/missingDelivery';
import {
  arrivalOf,
  at,
  JOB_ID,
  PROFILE,
  received,
  TIME,
  v1Body,
  v3Headers,
} from '../support/webhooks';

const WEBHOOK = {
  status: 'block',
  message: 'Verification failed',
  reason: 'document_check_failed',
  product: 'document_verification',
  completed_at: TIME,
  partner_params: { job_id: JOB_ID, user_id: 'user-1' },
  image_links: { selfie_image: 'https://images.simulator.invalid/selfie.jpg' },
  id_fields: { country: 'NG' },
};

function statusOf(status: string): Answered {
  const raw = { status, job_id: JOB_ID, user_id: 'user-1', message: 'Job completed' };
  const job = readV3Status(raw, { userId: null, jobId: JOB_ID });
  return { kind: 'answered', job, signature: 'unsigned', raw };
}

const checked = (status = 'block') => ({
  profile: PROFILE,
  outcome: statusOf(status),
  at: new Date(at(60)),
});

const webhook = async (body: object = WEBHOOK, second = 0, headers = {}) =>
  arrivalOf(body, { ...(await v3Headers(at(second))), ...headers });

const v1Status = (result: Readonly<Record<string, unknown>>): Answered => {
  const raw = {
    ...{ job_complete: true, job_success: true, code: '2302', timestamp: at(60) },
    result: {
      ...{ PartnerParams: { user_id: 'user-1', job_id: 'job-1', job_type: 1 } },
      ...{ SmileJobID: '0000000001', timestamp: at(-5), ...result },
    },
  };
  const request = { userId: 'user-1', jobId: 'job-1', history: false, imageLinks: false };
  return { kind: 'answered', job: readJob(raw, request), signature: 'valid', raw };
};

describe('A job with its webhook', () => {
  it('has what only the webhook says: reason, images and details; the status stays confirmed', async () => {
    const [delivery] = await received(await webhook());
    const shown = jobWithDelivery(checked(), delivery ? [delivery] : []);
    const { job, signature, raw } = shown;
    assert.deepEqual(
      {
        ...{ signature, raw, status: job.status, reason: job.reason, product: job.product },
        ...{ jobId: job.jobId, userId: job.userId, complete: job.complete, verdict: job.verdict },
        images: job.images.map(({ name }) => name),
        remark: reportOf(shown).remarks[0]?.startsWith(
          'Reason, images and details are from webhook #1, received at',
        ),
        headline: reportOf(shown).headline,
        source: reportOf(shown).facts[0],
        hasReason: reportOf(shown).facts.includes('reason document_check_failed'),
      },
      {
        ...{
          signature: 'unsigned',
          raw: WEBHOOK,
          status: 'block',
          reason: 'document_check_failed',
        },
        ...{ product: 'document_verification', jobId: JOB_ID, userId: 'user-1', complete: true },
        ...{ verdict: 'rejected', images: ['selfie_image'], remark: true },
        ...{ headline: 'Rejected', hasReason: true },
        source: 'status of API v3, with details of webhook #1',
      },
    );
  });

  it('has it from the newest webhook that agrees with the status', async () => {
    const deliveries = await received(
      await webhook({ ...WEBHOOK, reason: 'high_risk' }, 1),
      await webhook({ ...WEBHOOK, reason: 'spoof_detected' }, 2),
      await webhook({ ...WEBHOOK, status: 'clear', reason: null }, 3),
    );
    assert.equal(jobWithDelivery(checked(), deliveries).job.reason, 'spoof_detected');
    const { outcome } = checked('error');
    assert.deepEqual(jobWithDelivery(checked('error'), deliveries), outcome);
  });

  it('has nothing of a webhook that is not valid, alarming, or of another job or account', async () => {
    const other = await v3Headers(at(9), 'job_01m45mrwgpfsw9nzadq97rza20');
    const anonymous = { ...WEBHOOK, partner_params: null };
    for (const arrivals of [
      [await webhook(WEBHOOK, 1, { 'response-signature': 'AAAA' })],
      [arrivalOf(WEBHOOK, { 'job-id': JOB_ID })],
      [await webhook({ ...WEBHOOK, reason: 'high_risk' }), await webhook()],
      [arrivalOf(anonymous, other)],
    ]) {
      assert.deepEqual(jobWithDelivery(checked(), await received(...arrivals)), statusOf('block'));
    }
    const elsewhere = { ...checked(), profile: { ...PROFILE, environment: 'production' as const } };
    const deliveries = await received(await webhook());
    assert.deepEqual(jobWithDelivery(elsewhere, deliveries), statusOf('block'));
  });

  it('is of API v1 what the status says, which has everything', async () => {
    const deliveries = await received(arrivalOf(await v1Body({ ResultCode: '0810' })));
    const outcome = v1Status({ ResultCode: '0810' });
    assert.equal(jobWithDelivery({ ...checked(), outcome }, deliveries), outcome);
  });
});

describe('A delivery beside the job status', () => {
  it('has no differences if both say the same, although each has fields of its own', async () => {
    const [ofV3] = await received(await webhook());
    const [ofV1] = await received(
      arrivalOf(await v1Body({ ResultCode: '0810', ResultText: 'Enroll User' })),
    );
    const v1 = v1Status({ ResultCode: '0810', ResultText: 'Enroll User' });
    for (const comparison of [
      ofV3 && compareWithStatus(ofV3, checked()),
      ofV1 && compareWithStatus(ofV1, { outcome: v1, at: new Date(at(60)) }),
    ]) {
      assert.deepEqual(comparison, {
        ...{ headline: 'no differences', sentences: [], fields: [], actions: [] },
      });
    }
  });

  it('has no difference either if only the webhook has fraud signals', async () => {
    const body = {
      ...WEBHOOK,
      status: 'clear',
      reason: null,
      antifraud: { summary: { fraud_detected: true } },
    };
    const [delivery] = await received(await webhook(body));
    assert.deepEqual(delivery && compareWithStatus(delivery, checked('clear'))?.fields, []);
  });

  it('shows only what differs, the older one first', async () => {
    const [delivery] = await received(await webhook({ ...WEBHOOK, status: 'clear', reason: null }));
    assert.ok(delivery);
    const later = compareWithStatus(delivery, checked());
    const earlier = compareWithStatus(delivery, { ...checked(), at: new Date(at(-60)) });
    assert.deepEqual(
      [later, earlier].map((comparison) => [
        comparison?.headline,
        comparison?.fields.map(({ name, before, after }) => [name, before, after]),
      ]),
      [
        [
          'Approved → Rejected',
          [
            ['Verdict', 'Approved', 'Rejected'],
            ['Status', 'clear', 'block'],
          ],
        ],
        [
          'Rejected → Approved',
          [
            ['Verdict', 'Rejected', 'Approved'],
            ['Status', 'block', 'clear'],
          ],
        ],
      ],
    );
  });

  it('shows for API v1 which codes and checks differ', async () => {
    const provisional = { ResultCode: '0815', Actions: { Liveness_Check: 'Under Review' } };
    const [delivery] = await received(arrivalOf(await v1Body(provisional)));
    const outcome = v1Status({ ResultCode: '1210', Actions: { Liveness_Check: 'Passed' } });
    const comparison = delivery && compareWithStatus(delivery, { outcome, at: new Date(at(60)) });
    assert.deepEqual(
      [comparison?.fields.map(({ name }) => name), comparison?.actions.map(({ after }) => after)],
      [['Verdict', 'ResultCode'], ['Passed']],
    );
  });

  it('is not compared if it has no job', async () => {
    const [delivery] = await received(arrivalOf('{'));
    assert.equal(delivery && compareWithStatus(delivery, checked()), null);
  });
});

describe('Why a delivery may be missing', () => {
  const seenAt = Date.parse(at(0));
  const past = (
    reach: Reach,
    ...runs: readonly (readonly [number, number | null])[]
  ): ReceiverPast => ({
    reach,
    runs: runs.map(([from, to]) => ({
      from: seenAt + from * 1000,
      to: to === null ? null : seenAt + to * 1000,
    })),
  });
  const block = statusOf('block').job;
  const approved = v1Status({ ResultCode: '0810', IsFinalResult: 'true' }).job;
  const reasons = (receiver: ReceiverPast, job = block) =>
    whyMissing(job, seenAt, receiver)?.map(
      ({ isCertain, text }) => `${isCertain ? 'certain' : 'possible'}: ${text.slice(0, 40)}`,
    );

  it('is not said for a job that is not final', () => {
    for (const job of [
      statusOf('processing').job,
      statusOf('not_found').job,
      v1Status({ ResultCode: '0815' }).job,
      v1Status({ ResultCode: '0810', IsFinalResult: 'false' }).job,
    ]) {
      assert.equal(whyMissing(job, seenAt, past('reached')), null);
    }
  });

  it('names what is known before what is possible', () => {
    const OTHER = 'possible: The job may have been submitted with another callba';
    assert.deepEqual(
      [
        reasons(past('this machine only')),
        reasons(past('private', [10, null])),
        reasons(past('reached', [-20, -10])),
        reasons(past('not tested', [-20, null]), approved),
      ],
      [
        [
          'certain: The webhook receiver was not running in ',
          'certain: Only this machine can reach the receiver',
          OTHER,
        ],
        [
          'certain: The webhook receiver was started at ' + text(10),
          'certain: The forwarded port is private: Smile ID ',
          OTHER,
          'possible: The domain of the address may not be on the',
          'possible: The response may have taken over 35 seconds',
        ],
        [
          'possible: The webhook receiver was stopped at ' + text(-10),
          OTHER,
          'possible: The domain of the address may not be on the',
          'possible: The response may have taken over 35 seconds',
        ],
        [
          'possible: The job may have ended before ' + text(-20),
          'possible: The public address was not tested yet.',
          OTHER,
        ],
      ].map((each) => each.map((line) => line.slice(0, line.indexOf(': ') + 42))),
    );
  });

  it('is not that a job ended before the receiver was started, if its ID says that it was created later', () => {
    const createdAt = createdAtOf(JOB_ID)?.getTime() ?? assert.fail();
    const isSaid = (from: number): boolean =>
      (
        whyMissing(block, createdAt + 60_000, {
          reach: 'reached',
          runs: [{ from, to: null }],
        }) ?? assert.fail()
      ).some((reason) => reason.text.startsWith('The job may have ended before'));
    assert.deepEqual([isSaid(createdAt - 1000), isSaid(createdAt + 1000)], [false, true]);
  });

  it('is not blamed on a public address where the sender is on this machine', () => {
    for (const reach of ['this machine only', 'private', 'no response', 'reached'] as const) {
      assert.deepEqual(
        whyMissing(block, seenAt, past(reach, [10, null]), true)?.map((each) => each.text),
        [
          `The webhook receiver was started at ${text(10)}, after the job had ended.`,
          'The job may have been submitted with another callback address, or with none.',
        ],
      );
    }
  });

  function text(second: number): string {
    return timeWords(new Date(seenAt + second * 1000));
  }
});
