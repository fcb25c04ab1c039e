import assert from 'node:assert/strict';
import { isKnownCode } from '../../src/core/catalogue/catalogue';
import { systemClock } from '../../src/core/clock';
import { historyOf } from '../../src/core/report/jobHistory';
import { reportOf, reportOfEntry } from '../../src/core/report/jobReport';
import { stateWords } from '../../src/core/report/jobState';
import { sentTimeOf } from '../../src/core/report/timeWords';
import { redactSteps } from '../../src/core/redact';
import { SmileClient } from '../../src/core/smile/client';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { Answered, JobStatusOutcome } from '../../src/core/smile/outcome';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { scenarioOutcomes } from '../support/scenarioOutcomes';
import { resultOf } from '../support/steps';

function answered(outcome: JobStatusOutcome): Answered {
  assert.equal(outcome.kind, 'answered');
  return outcome;
}

const UNREADABLE = {
  excerpt: 'HTML',
  bodyKind: 'html',
  message: 'No JSON.',
  retryAt: null,
} as const;

describe('The report of a job, over the real client and the simulator', () => {
  let simulator: Simulator;
  let outcomes: ReadonlyMap<string, JobStatusOutcome>;
  const client = new SmileClient(new NodeHttpClient(), systemClock, () => 10_000);
  const lookUp = (jobId: string): Promise<JobStatusOutcome> =>
    client.jobStatus(
      { partnerId: simulator.partnerId, apiKey: SIMULATOR_API_KEY, baseUrl: simulator.url },
      { userId: 'user-1', jobId, history: true, imageLinks: true },
      new AbortController().signal,
    );
  before(async () => {
    simulator = await startSimulator();
    outcomes = await scenarioOutcomes();
  });
  after(() => simulator.stop());

  it('shows no name and no value of a check that is not in the catalogue: it may be anything', () => {
    const raw = { result: { Actions: { DOB: '1990-01-01', 'Ada Lovelace': 'Passed' } } };
    const job = readJob(raw, { userId: 'u', jobId: 'j', history: false, imageLinks: false });
    const { checks } = reportOf({ kind: 'answered', job, signature: 'valid', raw });
    assert.deepEqual(
      checks.flatMap((group) => group.checks).map(({ label, value }) => [label, value]),
      [
        ['Date of birth match', 'Unknown value'],
        ['Unknown check', 'Passed'],
      ],
    );
  });

  it('says on which kinds of lists people are and why users are suspect, in known words only', () => {
    const remarks = (result: object, signature: 'valid' | 'invalid' = 'valid'): string[] => {
      const raw = { job_complete: true, result: { ResultCode: '1030', ...result } };
      const ids = { userId: 'u', jobId: 'j', history: false, imageLinks: false };
      const report = reportOf({ kind: 'answered', job: readJob(raw, ids), signature, raw });
      return report.remarks.filter((each) => /^(?:Lists|Reasons)/.test(each));
    };
    const nobody = { pep: { pep_level: null, sources: [] }, sanctions: [], news_summary: [] };
    const minister = { ...nobody, name: 'Ada', pep: { pep_level: 1, sources: [] } };
    const wanted = { ...minister, sanctions: [{ list: 'X' }], adverse_media: [{ title: 'Y' }] };
    const suspects = (...reasons: unknown[]): object => ({
      Antifraud: { smile_secure: { SuspectUsers: [{ user_id: 'a', reasons }] } },
    });
    const people = { people: [wanted, nobody, minister, wanted, wanted] };
    assert.deepEqual(
      [
        remarks(people),
        remarks(people, 'invalid'),
        remarks({ people: [nobody, 'Ada', null] }),
        remarks({ people: 'Ada' }),
        remarks(suspects('same-face', 'same-face', 'same-id-number')),
        remarks(suspects('same-face', 'seen with Ada')),
        remarks(suspects('seen with Ada', { same: 'face' })),
        remarks({ Antifraud: { SuspectUsers: [{ user_id: 'a', reason: 'same-id-number' }] } }),
      ],
      [
        [
          'Lists in this response: Person 1: sanctions, politically exposed, adverse media. Person 3: politically exposed. More people: 2.',
        ],
        [],
        [],
        [],
        ['Reasons of Smile ID for the suspect users: same face, same ID number.'],
        ['Reasons of Smile ID for the suspect users: same face, and others (masked below).'],
        [],
        ['Reasons of Smile ID for the suspect users: same ID number.'],
      ],
    );
  });

  it('has the words of the list for a response that is no JSON', () => {
    const words = [200, 401, 403, 404, 429, 503].map((httpStatus) => {
      const failure = { kind: 'unreadable', httpStatus, contentType: null } as const;
      const outcome = { ...failure, ...UNREADABLE };
      const record = { verdict: null, signature: null, outcome: 'unreadable', httpStatus } as const;
      return [httpStatus, stateWords(record), reportOf(outcome).headline];
    });
    assert.deepEqual(words, [
      [200, 'Invalid response', 'Invalid response'],
      [401, 'Access denied', 'Access denied'],
      [403, 'Access denied', 'Access denied'],
      [404, 'Invalid response', 'Invalid response'],
      [429, 'Rate limited', 'Rate limited'],
      [503, 'Server error', 'Server error'],
    ]);
  });

  it('says to check the upload if Smile ID has no images: refreshing alone does not help', () => {
    const nextStep = (result: string): string => {
      const raw = { job_complete: false, result };
      const job = readJob(raw, { userId: 'u', jobId: 'j', history: false, imageLinks: false });
      return reportOf({ kind: 'answered', job, signature: 'valid', raw }).nextStep;
    };
    const notUploaded =
      'Smile ID says that the zip file with the images was not uploaded. Check whether your integration uploaded it, and refresh.';
    assert.deepEqual(
      ['No zip uploaded yet', 'No zip uploaded', 'Zip file failed', 'Under review'].map(nextStep),
      [
        notUploaded,
        notUploaded,
        'Smile ID says that the zip file failed. Check what your integration uploaded: info.json and the images.',
        'Refresh or watch the job. Most jobs finish within seconds; human review takes longer.',
      ],
    );
  });

  it('has a headline, a summary, a next step and, if there is a code, a reason for every scenario', () => {
    for (const [jobId, outcome] of outcomes) {
      const report = reportOf(outcome);
      assert.ok(report.headline !== '' && report.summary !== '' && report.nextStep !== '', jobId);
      if (report.verdict !== null && report.code !== null) {
        assert.ok(report.explanations.length > 0 || report.remarks.length > 0, jobId);
      }
    }
  });

  it('knows every result code that the simulator sends, except for the unknown one', () => {
    const unknown: string[] = [];
    for (const [jobId, outcome] of outcomes) {
      const code = outcome.kind === 'answered' ? outcome.job.result?.code : null;
      if (code != null && !isKnownCode(code)) unknown.push(jobId);
    }
    assert.deepEqual(unknown, ['unknown-code']);
  });

  it('contains no personal data, and neither does redacted JSON', () => {
    for (const [jobId, outcome] of outcomes) {
      const shown = JSON.stringify(reportOf(outcome));
      const json =
        outcome.kind === 'answered' ? JSON.stringify(resultOf(redactSteps(outcome.raw))) : '';
      for (const marker of Object.values(MARKERS)) {
        assert.ok(!shown.includes(marker), `${jobId}: ${marker} in the report`);
        assert.ok(!json.includes(marker), `${jobId}: ${marker} in the JSON`);
      }
    }
  });

  it('shows a spoof as rejected, and explains why', async () => {
    const { verdict, headline, summary, facts, explanations } = reportOf(
      await lookUp('rejected-spoof'),
    );
    assert.deepEqual(
      { verdict, headline, summary, facts, explanations },
      {
        verdict: 'rejected',
        headline: 'Rejected',
        summary: 'Failed Enroll - Possible Spoof Detected',
        facts: ['Biometric KYC', 'code 0813', 'machine decision', 'final'],
        explanations: [
          {
            label: 'Failed Enroll - Possible Spoof Detected',
            meaning:
              'The machine suspects that the selfie or liveness images show a spoof (a print, a screen or a mask).',
            nextStep: null,
            variants: [],
            certainty: 'Source: official docs (partly from a copy)',
            notes: ['Only a short summary of the official text for this code is known.'],
            page: 'https://docs.usesmileid.com/further-reading/result-codes',
          },
        ],
      },
    );
  });

  it('says what is pending if only the ID half of Biometric KYC has come', async () => {
    const { verdict, explanations } = reportOf(await lookUp('biometric-kyc-id-found'));
    assert.equal(verdict, 'pending');
    assert.deepEqual(
      explanations.map(({ meaning }) => meaning),
      [
        'The ID half only: the ID number exists with the authority and its record was returned. The selfie is not decided yet.',
      ],
    );
  });

  it('says so if a code is not in the catalogue, and warns against treating it as a pass', async () => {
    const { verdict, headline, explanations, remarks } = reportOf(await lookUp('unknown-code'));
    assert.deepEqual(
      { verdict, headline, explanations, remarks },
      {
        verdict: 'unknown',
        headline: 'Unknown',
        explanations: [],
        remarks: [
          'The result code 0899 is unknown for Biometric KYC: it is not in the catalog of this extension.',
        ],
      },
    );
  });

  it('groups the history by job, the requested one first, and loses no entry', async () => {
    const { job } = answered(await lookUp('biometric-kyc'));
    const groups = historyOf(job, 'valid');
    assert.deepEqual(
      groups.map(({ jobId, isThisJob, items }) => [jobId, isThisJob, items.length]),
      [
        ...new Set(['biometric-kyc', ...job.history.map(({ jobId }) => jobId ?? 'biometric-kyc')]),
      ].map((jobId) => [
        jobId,
        jobId === 'biometric-kyc',
        job.history.filter((entry) => (entry.jobId ?? 'biometric-kyc') === jobId).length,
      ]),
    );
    assert.deepEqual(groups[0]?.items[0], {
      index: 0,
      verdict: 'approved',
      state: 'approved',
      product: 'Biometric KYC',
      code: '1210',
      text: 'Enroll User',
      time: sentTimeOf(job.history[0]?.result.timestamp ?? ''),
      decidedBy: 'human decision',
    });
    const indexes = groups.flatMap(({ items }) => items.map(({ index }) => index));
    assert.deepEqual(
      indexes.sort((a, b) => a - b),
      job.history.map((_entry, index) => index),
    );
  });

  it('shows an entry of the history in the words of a report of its own', async () => {
    const outcome = answered(await lookUp('biometric-kyc'));
    const entry = outcome.job.history.find(({ result }) => result.code === '0814');
    assert.ok(entry);
    const { verdict, summary, code, envelope } = reportOfEntry(outcome.job, entry, {}, 'valid');
    assert.deepEqual(
      { verdict, summary, code, envelope },
      { verdict: 'provisional', summary: entry.result.text, code: '0814', envelope: null },
    );
  });

  it('shows both halves of Biometric KYC, and which is pending', async () => {
    const halves = async (jobId: string) => reportOf(await lookUp(jobId)).halves;
    assert.deepEqual(await halves('biometric-kyc'), [
      { label: 'ID', verdict: 'approved', state: 'approved', text: 'ID Number Validated (1012)' },
      { label: 'Selfie', verdict: 'approved', state: 'approved', text: 'Enroll User (1210)' },
    ]);
    assert.deepEqual(await halves('biometric-kyc-id-found'), [
      { label: 'ID', verdict: 'approved', state: 'approved', text: 'ID Number Validated (1012)' },
      { label: 'Selfie', verdict: 'pending', state: 'pending', text: 'pending' },
    ]);
    assert.deepEqual(await halves('document-verification'), []);
  });

  it('reads the ID half from the checks if it has no entry of its own', () => {
    const job = readJob(
      {
        job_complete: true,
        result: {
          ResultCode: '0810',
          ResultText: 'Enroll User',
          PartnerParams: { job_type: 1 },
          Actions: { Verify_ID_Number: 'Verified' },
        },
      },
      { userId: 'u', jobId: 'j', history: false, imageLinks: false },
    );
    assert.deepEqual(reportOf({ kind: 'answered', job, signature: 'valid', raw: {} }).halves, [
      { label: 'ID', verdict: 'approved', state: 'approved', text: 'Verify ID number: Verified' },
      { label: 'Selfie', verdict: 'approved', state: 'approved', text: 'Enroll User (0810)' },
    ]);
  });

  it('groups the checks by what they are about, and folds those that did not apply', async () => {
    const { checks, notApplicable } = reportOf(await lookUp('biometric-kyc'));
    assert.deepEqual(
      checks.map(({ title, checks }) => [title, ...checks.map(({ key }) => key)]),
      [
        ['Face', 'Register_Selfie', 'Selfie_Provided', 'Selfie_To_ID_Authority_Compare'],
        ['Liveness', 'Liveness_Check'],
        ['ID authority', 'Verify_ID_Number', 'Return_Personal_Info'],
        ['Human review', 'Human_Review_Compare', 'Human_Review_Liveness_Check'],
      ],
    );
    assert.ok(notApplicable.every(({ value }) => value === 'Not Applicable'));
  });

  it('keeps the fields of the envelope separate from the verdict', async () => {
    const { envelope, verdict } = reportOf(await lookUp('rejected-spoof'));
    assert.deepEqual(
      { envelope, verdict },
      { envelope: { code: '2302', complete: true, success: false }, verdict: 'rejected' },
    );
  });

  it('does not let an approval hide fraud signals, in either form of the field', async () => {
    const said = async (jobId: string) => {
      const { verdict, state, alert } = reportOf(await lookUp(jobId));
      return { verdict, state, alert };
    };
    assert.deepEqual(await said('antifraud'), {
      verdict: 'attention',
      state: 'attention',
      alert: 'Fraud signals found: 2 suspect users. Review before you accept.',
    });
    assert.deepEqual(await said('antifraud-old'), {
      verdict: 'attention',
      state: 'attention',
      alert: 'Fraud signals found: 1 suspect user. Review before you accept.',
    });
  });

  it('explains an error by its code, keeps its request ID, and gives no verdict', async () => {
    const report = reportOf(await lookUp('unauthorized'));
    assert.deepEqual(
      [report.verdict, report.headline, report.summary, report.facts],
      [null, 'Not authorized', 'You are not authorized to do that', ['error 2205', 'HTTP 400']],
    );
    assert.match(report.requestId ?? '', /^[\w-]{36}$/);
    assert.equal(report.explanations.length, 1);
  });

  it('warns if the signature is wrong or missing', async () => {
    const states = await Promise.all(
      ['tampered-signature', 'missing-signature', 'approved'].map(
        async (jobId) => reportOf(await lookUp(jobId)).signature?.state,
      ),
    );
    assert.deepEqual(states, ['invalid', 'missing', 'valid']);
  });
});
