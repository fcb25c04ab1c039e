import assert from 'node:assert/strict';
import { personalDetailsOf } from '../../src/core/report/personalDetails';
import { detailSectionsOf } from '../../src/core/report/personalReport';
import { reportOf, type JobReport } from '../../src/core/report/jobReport';
import type { JsonObject } from '../../src/core/smile/fields';
import type { ShownOutcome } from '../../src/core/smile/outcome';
import { readV3Result, readV3Status } from '../../src/core/smile/v3Response';

const ids = { userId: null, jobId: 'job_01m45mn5m0enwb31m7wv7rmj1f' };
const answered = (raw: JsonObject): ShownOutcome => ({
  kind: 'answered',
  job: 'product' in raw ? readV3Result(raw, {}) : readV3Status(raw, ids),
  signature: 'product' in raw ? 'valid' : 'unsigned',
  raw,
});
const status = (word: string): JobReport =>
  reportOf(answered({ status: word, job_id: ids.jobId, user_id: 'u', message: 'Job completed' }));
const webhook = (product: string, word: string, reason: string | null): JobReport =>
  reportOf(answered({ status: word, reason, product, message: 'm', completed_at: 'x' }));

describe('The report of a job of API v3', () => {
  it('says for each status what it means and what to do, and that the webhook says why', () => {
    for (const word of ['clear', 'attention', 'block', 'error']) {
      const report = status(word);
      assert.equal(report.explanations.length, 1, word);
      assert.match(report.remarks.join(), /only the webhook of the job has them/, word);
      assert.equal(report.alert, null, word);
      assert.equal(report.envelope, null, word);
      assert.match(report.facts.join(), new RegExp(`API v3,status ${word}`), word);
    }
    assert.deepEqual(status('processing').remarks, []);
  });

  it('says that a status or a reason is unknown, and takes neither for a pass', () => {
    const unknown = status('under_review');
    assert.deepEqual([unknown.verdict, unknown.state], ['unknown', 'unknown']);
    assert.match(unknown.remarks.join(), /The status under_review is unknown/);
    const report = webhook('biometric_kyc', 'block', 'brand_new');
    assert.equal(report.verdict, 'rejected');
    assert.match(report.remarks.join(), /The reason brand_new is unknown/);
  });

  it('explains a reason for its product and status', () => {
    const block = webhook('enhanced_kyc', 'block', 'age_requirement_not_met');
    const caveat = webhook('document_verification', 'attention', 'age_requirement_not_met');
    assert.deepEqual(
      [block, caveat].map(({ verdict, explanations }) => [verdict, explanations.length]),
      [
        ['rejected', 1],
        ['attention', 1],
      ],
    );
    assert.notEqual(block.explanations[0]?.meaning, caveat.explanations[0]?.meaning);
  });

  it('never says that a part of Biometric KYC is pending: it has one result there', () => {
    assert.deepEqual(webhook('biometric_kyc', 'block', 'spoof_detected').halves, []);
  });

  it('asks a person to compare the hits of an AML check that Smile ID blocked', () => {
    const report = webhook('one_time_aml', 'block', 'aml_match_found');
    assert.equal(report.verdict, 'rejected');
    assert.match(report.nextStep, /compare/);
  });

  it('says when the job was made, as its ID says, and never takes the time of the response for it', () => {
    const facts = status('clear').facts.filter((fact) => fact.includes('created'));
    assert.equal(facts.length, 1);
    assert.match(facts[0] ?? '', /^created .* \(read from the job ID\)$/);
    const raw = { status: 'clear', job_id: ids.jobId, created_at: '2026-10-05T09:00:30.000Z' };
    const sections = detailSectionsOf(personalDetailsOf(raw), 'all');
    assert.ok(!JSON.stringify(sections).includes('2026-10-05'));
  });
});
