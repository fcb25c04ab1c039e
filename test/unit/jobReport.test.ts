import assert from 'node:assert/strict';
import { isKnownCode } from '../../src/core/catalogue/catalogue';
import { systemClock } from '../../src/core/clock';
import { reportOf } from '../../src/core/jobs/jobReport';
import { redact } from '../../src/core/redact';
import { SmileClient } from '../../src/core/smile/client';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { NodeHttpClient } from '../../src/node/http';
import { MARKERS } from '../../src/node/simulator/person';
import { scenarios, SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Scenario, Simulator } from '../../src/node/simulator/simulator';

describe('What a person is told, over the real client and the simulator', () => {
  let simulator: Simulator;
  const outcomes = new Map<string, JobStatusOutcome>();
  const client = new SmileClient(new NodeHttpClient(), systemClock, () => 10_000);
  const ask = (jobId: string): Promise<JobStatusOutcome> =>
    client.jobStatus(
      { partnerId: simulator.partnerId, apiKey: SIMULATOR_API_KEY, baseUrl: simulator.url },
      { userId: 'user-1', jobId, history: true, imageLinks: true },
      new AbortController().signal,
    );
  before(async function () {
    this.timeout(30_000);
    simulator = await startSimulator();
    const keep = async ({ jobId }: Scenario): Promise<void> => {
      outcomes.set(jobId, await ask(jobId));
    };
    await Promise.all(scenarios.map(keep));
  });
  after(() => simulator.stop());

  it('gives every scenario a headline, a summary and, where there is a verdict, a reason', () => {
    for (const [jobId, outcome] of outcomes) {
      const report = reportOf(outcome);
      assert.ok(report.headline !== '' && report.summary !== '', jobId);
      if (report.verdict !== null) {
        assert.ok(report.explanations.length > 0 || report.remarks.length > 0, jobId);
      }
    }
  });

  it('knows every result code that the simulator sends, but for the one that nobody knows', () => {
    const unknown: string[] = [];
    for (const [jobId, outcome] of outcomes) {
      const code = outcome.kind === 'answered' ? outcome.job.result?.code : null;
      if (code != null && !isKnownCode(code)) unknown.push(jobId);
    }
    assert.deepEqual(unknown, ['unknown-code']);
  });

  it('puts no personal data into a report, nor into redacted JSON', () => {
    for (const [jobId, outcome] of outcomes) {
      const shown = JSON.stringify(reportOf(outcome));
      const json = outcome.kind === 'answered' ? JSON.stringify(redact(outcome.raw)) : '';
      for (const marker of Object.values(MARKERS)) {
        assert.ok(!shown.includes(marker), `${jobId}: ${marker} in the report`);
        assert.ok(!json.includes(marker), `${jobId}: ${marker} in the JSON`);
      }
    }
  });

  it('tells a spoof from a pass, with what to do', async () => {
    const { verdict, headline, summary, facts, explanations } = reportOf(
      await ask('rejected-spoof'),
    );
    assert.deepEqual(
      { verdict, headline, summary, facts, explanations },
      {
        verdict: 'rejected',
        headline: 'Rejected',
        summary: 'Failed Enroll - Possible Spoof Detected',
        facts: ['Biometric KYC', 'code 0813', 'machine decision', 'final', 'confidence 0 %'],
        explanations: [
          {
            label: 'Failed Enroll - Possible Spoof Detected',
            meaning:
              'The machine believes the selfie or liveness frames are a presentation attack.',
            nextStep:
              'Reject; allow a controlled retry on a live camera and count repeated hits as a fraud signal.',
            certainty: 'Documented',
            conflict: null,
            page: 'https://docs.usesmileid.com/further-reading/result-codes',
          },
        ],
      },
    );
  });

  it('says what is out where only the ID half of Biometric KYC is in', async () => {
    const { verdict, remarks } = reportOf(await ask('biometric-kyc-id-found'));
    assert.equal(verdict, 'pending');
    assert.deepEqual(remarks, [
      'This is the ID half only: the ID was found, the selfie is not decided yet.',
    ]);
  });

  it('says so where the catalogue does not know a code, and warns against taking it as a pass', async () => {
    const { verdict, headline, explanations, remarks } = reportOf(await ask('unknown-code'));
    assert.deepEqual(
      { verdict, headline, explanations, remarks },
      {
        verdict: 'unknown',
        headline: 'Unknown',
        explanations: [],
        remarks: [
          "The catalogue does not know the result code 0899 for Biometric KYC. Go by Smile ID's own text, and do not treat it as a pass.",
        ],
      },
    );
  });

  it('separates the history of this job from that of other jobs', async () => {
    const { history, otherHistory } = reportOf(await ask('biometric-kyc'));
    assert.ok(history.length > 1 && otherHistory > 0);
  });

  it('explains an error by its code, keeps its request ID, and gives no verdict', async () => {
    const report = reportOf(await ask('unauthorised'));
    assert.deepEqual(
      [report.verdict, report.headline, report.summary, report.facts],
      [null, 'Not authorised', 'You are not authorized to do that', ['error 2205', 'HTTP 400']],
    );
    assert.match(report.requestId ?? '', /^[\w-]{36}$/);
    assert.equal(report.explanations.length, 1);
  });

  it('warns where the signature is wrong or missing', async () => {
    const states = await Promise.all(
      ['tampered-signature', 'missing-signature', 'approved'].map(
        async (jobId) => reportOf(await ask(jobId)).signature?.state,
      ),
    );
    assert.deepEqual(states, ['invalid', 'missing', 'valid']);
  });
});
