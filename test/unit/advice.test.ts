import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyOf } from '../../src/core/report/jobHistory';
import { reportOf, reportOfEntry, type JobReport } from '../../src/core/report/jobReport';
import type { JsonObject } from '../../src/core/smile/fields';
import { readResponse } from '../../src/core/smile/readResponse';
import { readV3Result, readV3Status } from '../../src/core/smile/v3Response';
import { summaryOf } from '../../src/core/report/responseSummary';
import { timeWords } from '../../src/core/report/timeWords';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { BodyKind, JobStatusOutcome, SignatureState } from '../../src/core/smile/outcome';
import { ROOT } from '../support/root';

/**
 * Every text that says what a user should do, in every combination, as a table in advice.txt. After an
 * intended change: `UPDATE_ADVICE=1 npm run test:unit`, and read the diff in git.
 */
const TABLE = join(ROOT, 'test/unit/advice.txt');

const REQUEST = { userId: 'user', jobId: 'job', history: true, imageLinks: false };
const SUSPECTS = { Antifraud: { SuspectUsers: [{ user_id: 'a' }, { user_id: 'b' }] } };

/** A result for each verdict. */
const RESULTS: Readonly<Record<string, JsonObject>> = {
  approved: { ResultCode: '0810', ResultText: 'Document Verified', job_type: 6 },
  attention: {
    ResultCode: '0817',
    ResultText: 'Approved with Attention - Document is Expired',
    job_type: 6,
  },
  provisional: { ResultCode: '0814', ResultText: 'Provisional Enroll - Under Review', job_type: 1 },
  rejected: {
    ResultCode: '0813',
    ResultText: 'Failed Enroll - Possible Spoof Detected',
    job_type: 1,
  },
  pending: { ResultCode: '1012', ResultText: 'ID Number Validated', job_type: 1 },
  error: { ResultCode: '1015', ResultText: 'Error - Queried Database Unavailable', job_type: 5 },
  unknown: { ResultCode: '0899', ResultText: 'Something new', job_type: 1 },
};
const SIGNATURES: readonly SignatureState[] = [
  ...(['valid', 'invalid', 'missing', 'unsigned', 'unknown'] as const),
];
const PLACES = [
  ...(['current result', 'history entry', 'entry of another job', 'pasted response'] as const),
] as const;

interface Case {
  readonly name: string;
  readonly report: JobReport;
  readonly signature: SignatureState;
  readonly fraud: boolean;
  readonly place: (typeof PLACES)[number];
}

function jobCases(): Case[] {
  return Object.entries(RESULTS).flatMap(([verdict, result]) =>
    SIGNATURES.flatMap((signature) =>
      [false, true].flatMap((fraud) =>
        PLACES.map((place) => {
          const report = reportIn(fraud ? { ...result, ...SUSPECTS } : result, signature, place);
          const name = `${verdict}, signature ${signature}, ${fraud ? 'fraud signals' : 'no fraud signals'}, ${place}`;
          return { name, report, signature, fraud, place };
        }),
      ),
    ),
  );
}

function reportIn(
  result: JsonObject,
  signature: SignatureState,
  place: (typeof PLACES)[number],
): JobReport {
  const jobId = place === 'entry of another job' ? 'other' : 'job';
  const sent = { ...result, PartnerParams: { user_id: 'user', job_id: jobId } };
  const raw = { job_complete: true, result: sent, history: [sent] };
  const job = readJob(raw, REQUEST);
  const [entry] = job.history;
  assert.ok(entry);
  const pasted = place === 'pasted response' ? { cutOff: false, notes: [] } : null;
  return place === 'current result' || pasted
    ? reportOf({ kind: 'answered', job, signature, raw }, pasted)
    : reportOfEntry(job, entry, sent, signature);
}

const refused = (httpStatus: number, code: string | null, message: string): JobStatusOutcome => ({
  kind: 'refused',
  httpStatus,
  code,
  message,
  requestId: 'request-1',
  retryAt: null,
  raw: {},
});
const unreadable = (httpStatus: number, bodyKind: BodyKind): JobStatusOutcome => ({
  kind: 'unreadable',
  httpStatus,
  contentType: null,
  excerpt: 'Kind',
  bodyKind,
  message: 'Message.',
  retryAt: null,
});

const FAILURES: Readonly<Record<string, JobStatusOutcome>> = {
  'refused, not found': refused(400, '2304', 'Job not found'),
  'refused, not authorized': refused(400, '2205', 'You are not authorized to do that'),
  'refused, ID number blocked': refused(429, '2222', 'This ID number has been blocked'),
  'refused, by the prefix rule': refused(400, '2316', 'No photo on file'),
  'refused, unknown code': refused(400, '2999', 'Something new'),
  'refused, no code, HTTP 200': refused(200, null, 'Internal server error'),
  'refused, no code, HTTP 300': refused(300, null, 'Multiple Choices'),
  'refused, no code, HTTP 400': refused(400, null, 'Bad Request'),
  'refused, no code, HTTP 401': refused(401, null, 'Unauthorized'),
  'refused, no code, HTTP 403': refused(403, null, 'Forbidden'),
  'refused, no code, HTTP 404': refused(404, null, 'Not Found'),
  'refused, no code, HTTP 407': refused(407, null, 'Proxy Authentication Required'),
  'refused, no code, HTTP 408': refused(408, null, 'Request Timeout'),
  'refused, no code, HTTP 413': refused(413, null, 'Request Too Long'),
  'refused, no code, HTTP 429': refused(429, null, 'Too Many Requests'),
  'refused, no code, HTTP 503': refused(503, null, 'Service Unavailable'),
  ...Object.fromEntries(
    (['dns', 'refused', 'tls', 'timeout', 'proxy', 'reset', 'other'] as const).map((cause) => [
      `unreachable, ${cause}`,
      { kind: 'unreachable', cause, message: 'Message.' },
    ]),
  ),
  'unreadable, HTML page, HTTP 200': unreadable(200, 'html'),
  'unreadable, HTML page, HTTP 403': unreadable(403, 'html'),
  'unreadable, HTML page, HTTP 502': unreadable(502, 'html'),
  'unreadable, empty, HTTP 304': unreadable(304, 'empty'),
  'unreadable, HTTP 429': unreadable(429, 'text'),
  'unreadable, XML': unreadable(200, 'xml'),
  'unreadable, text': unreadable(200, 'text'),
  'unreadable, binary': unreadable(200, 'binary'),
  'unreadable, damaged': unreadable(200, 'damaged'),
  'unreadable, JSON list': unreadable(200, 'json'),
  'unreadable, cut-off JSON': unreadable(200, 'cut-off JSON'),
  'unreadable, too many values': unreadable(200, 'too many values'),
  'unreadable, empty': unreadable(200, 'empty'),
  'cancelled, stopped': { kind: 'cancelled', cause: 'stopped' },
  'cancelled, declined': { kind: 'cancelled', cause: 'declined' },
};

function lines(name: string, report: JobReport): string {
  const { state, headline, summary, alert, remarks, nextStep, resubmit } = report;
  const steps = report.explanations.flatMap((explanation) => explanation.nextStep ?? []);
  return [
    name,
    `  ${state}: ${headline} · ${summary}`,
    ...(alert === null ? [] : [`  alert: ${alert}`]),
    ...remarks.map((remark) => `  why: ${remark}`),
    `  next: ${nextStep}`,
    ...steps.map((step) => `  of a meaning: ${step}`),
    ...(resubmit === null ? [] : [`  resubmit: ${resubmit}`]),
    '',
  ].join('\n');
}

describe('The advice to a user', () => {
  const cases = jobCases();
  const failures = Object.entries(FAILURES);

  it('is as in the table, for every verdict, signature, fraud signal and place, and every failure', () => {
    const table = [
      ...cases.map(({ name, report }) => lines(name, report)),
      ...failures.map(([name, outcome]) => lines(name, reportOf(outcome))),
    ].join('\n');
    if (process.env.UPDATE_ADVICE !== undefined) writeFileSync(TABLE, table);
    assert.equal(table, readFileSync(TABLE, 'utf8'));
  });

  it('is never to accept if there is a warning above it, nor because of an entry of the history', () => {
    for (const { name, report, signature, fraud, place } of cases) {
      const said = [report.nextStep, ...report.explanations.flatMap((each) => each.nextStep ?? [])];
      const isTrusted = signature === 'valid' || signature === 'unsigned';
      const isPlain = isTrusted && !fraud && place === 'current result';
      if (isPlain) continue;
      for (const step of said) assert.doesNotMatch(step, /^accept|: accept|, accept/i, name);
    }
  });

  it('marks a response that cannot be trusted, whatever the response says', () => {
    for (const { name, report, signature, fraud, place } of cases) {
      const isPasted = place === 'pasted response';
      const isUntrusted = isPasted
        ? signature !== 'valid'
        : signature === 'invalid' || signature === 'missing';
      assert.equal(report.state === 'untrusted', isUntrusted, name);
      if (isUntrusted) assert.match(report.summary, /^The response says: /, name);
      const isKnown = signature === 'valid' || (signature === 'unsigned' && !isPasted);
      assert.equal(report.alert === null, isKnown && !fraud, name);
    }
  });

  it('warns that a pasted text is cut off, and does not say to accept then', () => {
    const raw = { job_complete: true, result: { ResultCode: '0810', job_type: 6 } };
    const job = readJob(raw, REQUEST);
    const report = reportOf(
      { kind: 'answered', job, signature: 'valid', raw },
      { cutOff: true, notes: [] },
    );
    assert.equal(report.alert, 'The pasted text is cut off: what is missing may change this.');
    assert.doesNotMatch(report.nextStep, /accept/i);
  });

  it('exists for every outcome', () => {
    for (const [name, outcome] of failures) {
      assert.match(reportOf(outcome).nextStep, /^[A-Z].{6,}\.$/s, name);
    }
  });

  it('says when to retry if the server said so', () => {
    const retryAt = '2026-01-15T12:31:00.000Z';
    const outcome = { ...refused(429, null, 'Too Many Requests'), retryAt } as JobStatusOutcome;
    const time = timeWords(new Date(retryAt));
    assert.equal(reportOf(outcome).nextStep, `Wait until ${time} before the next request.`);
  });

  it('counts suspects, and takes fraud_detected and a code of Smile Secure as signals, too', () => {
    const { approved = {} } = RESULTS;
    const alertOf = (Antifraud: JsonObject): string | null =>
      reportIn({ ...approved, Antifraud }, 'valid', 'current result').alert;
    assert.deepEqual(
      [
        alertOf({ summary: { fraud_detected: false }, smile_secure: { SuspectUsers: [] } }),
        alertOf({ summary: { fraud_detected: true } }),
        alertOf({ smile_secure: { ResultCode: '5211' } }),
        alertOf({ smile_secure: { ResultCode: '5210' } }),
        alertOf({ smile_secure: { SuspectUsers: [{ user_id: 'a' }] } }),
        // one user, named in both forms of the field
        alertOf({
          SuspectUsers: [{ user_id: 'a' }],
          smile_secure: { SuspectUsers: [{ user_id: 'a' }] },
        }),
        alertOf({ summary: { fraud_sources: ['x'] } }),
        alertOf({ fraud_risk_level: 'high' }),
      ],
      [
        null,
        'Fraud signals found. Review before you accept.',
        'Fraud signals found. Review before you accept.',
        null,
        'Fraud signals found: 1 suspect user. Review before you accept.',
        'Fraud signals found: 1 suspect user. Review before you accept.',
        'Fraud signals found. Review before you accept.',
        'Fraud signals found. Review before you accept.',
      ],
    );
  });

  it('does not approve if the antifraud data cannot be read', () => {
    const { approved = {} } = RESULTS;
    const odd: unknown[] = [
      [{ SuspectUsers: [] }],
      '{"summary":{"fraud_detected":true}}',
      { SuspectUsers: { user_id: 'a' } },
      { summary: { fraud_detected: 'perhaps' } },
      { smile_secure: { ResultCode: '9999' } },
    ];
    for (const Antifraud of odd) {
      const { state, alert } = reportIn({ ...approved, Antifraud }, 'valid', 'current result');
      assert.deepEqual(
        { state, alert },
        {
          state: 'attention',
          alert:
            'A part of the antifraud data could not be read (see Open JSON). Review before you accept.',
        },
        JSON.stringify(Antifraud),
      );
    }
    for (const Antifraud of [null, {}, '', { SuspectUsers: [] }, { summary: {} }]) {
      const { state } = reportIn({ ...approved, Antifraud }, 'valid', 'current result');
      assert.equal(state, 'approved', JSON.stringify(Antifraud));
    }
  });

  it('keeps the caveat of the code next to fraud signals', () => {
    const { attention = {} } = RESULTS;
    const { nextStep } = reportIn({ ...attention, ...SUSPECTS }, 'valid', 'current result');
    assert.match(nextStep, /^Before you accept, .* suspect users .* expired document/);
  });

  it('marks the halves and the history of a response that cannot be trusted, too', () => {
    const result = { ResultCode: '1012', ResultText: 'ID Number Validated', job_type: 1 };
    const raw = { job_complete: true, result, history: [result] };
    const job = readJob(raw, REQUEST);
    for (const [signature, pasted] of [
      ['invalid', null],
      ['unknown', { cutOff: false, notes: [] }],
      ['unsigned', { cutOff: false, notes: [] }],
    ] as const) {
      const { halves } = reportOf({ kind: 'answered', job, signature, raw }, pasted);
      const items = historyOf(job, signature, pasted !== null).flatMap((group) => group.items);
      assert.deepEqual(
        [...halves, ...items].map(({ state }) => state),
        ['untrusted', 'untrusted', 'untrusted'],
      );
    }
  });

  it('says of a pasted status of API v3 that it carries no signature', () => {
    const raw = {
      ...{ status: 'clear', message: 'Job completed', job_id: 'job_01kdyak348fs7rynvxfsrzwh5e' },
    };
    const outcome = {
      kind: 'answered',
      job: readV3Status(raw, null),
      signature: 'unsigned',
      raw,
    } as const;
    const { state, headline, summary, alert } = reportOf(outcome, { cutOff: false, notes: [] });
    assert.deepEqual(
      { state, headline, summary, alert },
      {
        state: 'untrusted',
        headline: 'Not verified',
        summary: 'The response says: Approved · Job completed',
        alert:
          'A status of API v3 carries no signature, so nothing shows that this one is from Smile ID.',
      },
    );
    assert.equal(reportOf(outcome).state, 'approved');
  });

  it('says of a pasted response to request the status, or which ID is missing for that', async () => {
    const jobId = 'job_01m45mn5m0enwb31m7wv7rmj1f';
    const request =
      'Before you act on this, request the job status: no signature covers the content, which may have been changed.';
    const review = 'Review the fraud signals (see Antifraud below) before you accept.';
    const suspects =
      'Before you accept, have a person compare this user with the suspect users (see Antifraud below) and decide whether it is fraud.';
    const ofV3 = 'The job ID for that is not in this text: a webhook has it in its Job-ID header.';
    const ofV1 = 'The IDs for that are not in this text: it takes the job ID and the user ID.';
    const body = { status: 'clear', reason: null, product: 'one_time_aml', people: [] };
    const fraud = { ...body, antifraud: { fraud_risk_level: 'high' } };
    const v1 = { ResultCode: '0810', ResultText: 'Document Verified', ...SUSPECTS };
    const untrusted = 'Do not act on this response by itself.';
    assert.deepEqual(
      [
        await nextStepOf({ ...body, job_id: jobId }),
        await nextStepOf({ ...fraud, job_id: jobId }),
        await nextStepOf(fraud),
        await nextStepOf(v1, true),
        (await nextStepOf(v1)).slice(0, untrusted.length),
        (await nextStepOf(v1)).slice(-ofV1.length),
      ],
      [
        request,
        `${request} ${review}`,
        `${request} ${ofV3} ${review}`,
        `${request} ${ofV1} ${suspects} Fraud signals are independent of the result code.`,
        untrusted,
        ofV1,
      ],
    );
  });

  it('of a pasted error of API v3 is about the request that was sent elsewhere', async () => {
    const steps = await Promise.all(
      [
        { status: 'Payment Required', message: 'Insufficient wallet balance.' },
        { status: 'Conflict', message: 'Job is still processing. Callbacks can only be …' },
        { status: 'Conflict', message: 'User ID is taken. Please provide a unique ID.' },
        { status: 'Content Too Large', message: 'selfie_image is too large.' },
        { status: 'Request Timeout', message: 'The ID authority did not respond in time.' },
        { status: 'Request Timeout', message: 'The screening provider did not respond in time.' },
        { status: 'Not Found', message: 'Job not found' },
      ].map((body) => nextStepOf(body)),
    );
    assert.deepEqual(
      steps.map((step) => step.split(/[:.,]/)[0]),
      [
        'Add funds to the wallet of your account',
        'Wait until the job is finished',
        'Use another user ID',
        'Send smaller images or files',
        'The job may exist',
        'Submit again',
        'Check the ID in the request',
      ],
    );
  });

  it('has a heading of its own for a job that is not found', () => {
    const raw = {
      status: 'not_found',
      job_id: 'job_01m45mn5m0enwb31m7wv7rmj1f',
      user_id: 'unknown',
    };
    const job = readV3Status(raw, null);
    const { state, headline } = reportOf({ kind: 'answered', job, signature: 'unsigned', raw });
    assert.deepEqual([state, headline], ['unknown', 'Not found']);
  });

  it('never names what only API v1 has in advice on API v3', () => {
    for (const status of ['clear', 'attention', 'block', 'error', 'processing', 'brand_new']) {
      const raw = { status, reason: 'brand_new', product: 'biometric_kyc' };
      const job = readV3Result(raw, {});
      const { nextStep, resubmit } = reportOf({ kind: 'answered', job, signature: 'valid', raw });
      assert.doesNotMatch(`${nextStep} ${resubmit}`, /SmileJobID|2215|result code/, status);
    }
  });
});

async function nextStepOf(body: JsonObject, cutOff = false): Promise<string> {
  const pasted = { cutOff, notes: [] };
  return summaryOf(await readResponse(body, {}, [], pasted), pasted).nextStep ?? '';
}
