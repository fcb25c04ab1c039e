import assert from 'node:assert/strict';
import { personalDetailsOf } from '../../src/core/report/personalDetails';
import { detailSectionsOf, type DetailEntry } from '../../src/core/report/personalReport';
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

  it('says that a job was not found, and not that it is unknown, requested or pasted', () => {
    const outcome = answered({ status: 'not_found', job_id: ids.jobId, message: 'Job not found' });
    const pasted = reportOf(outcome, { cutOff: false, notes: [] });
    assert.deepEqual(
      [reportOf(outcome).headline, pasted.headline, pasted.summary],
      ['Not found', 'Not verified', 'The response says: Not found · Job not found'],
    );
    for (const report of [reportOf(outcome), pasted]) {
      assert.doesNotMatch(JSON.stringify({ ...report, smileJobId: '' }), /SmileJobID|"Unknown/);
    }
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

  it('names the fields of a webhook in words, and masks every value', () => {
    const raw = {
      ...{ status: 'block', reason: 'aml_match_found', product: 'one_time_aml', message: 'm' },
      id_fields: { date_of_birth: '1990-01-01', full_name: 'Ada Simulata', marital_status: null },
      user_provided_info: { given_names: 'Ada', email: 'ada@example.invalid' },
      additional_documents: [{ no_of_entries: 'multiple', expiry: { expiry_date: '2027-01-01' } }],
      people: [{ name: 'Ada', pep: { pep_level: 1 }, news_summary: [{ number_of_articles: 2 }] }],
      ...{ consent: null, device_signals: null },
    };
    const lines = (entries: readonly DetailEntry[]): string[] =>
      entries.flatMap(({ label, value, children }) => [
        `${label}: ${value ?? ''}`,
        ...lines(children).map((line) => `  ${line}`),
      ]);
    const sections = (revealed: ReadonlySet<string> | 'all') =>
      detailSectionsOf(personalDetailsOf(raw), revealed).map(({ title, entries }) => [
        title,
        ...lines(entries),
      ]);
    assert.deepEqual(sections('all'), [
      [
        ...['ID fields', 'Full name: Ada Simulata', 'Date of birth: 1990-01-01'],
        'Marital status: Not available',
      ],
      ['Entered by the user', 'Given names: Ada', 'Email: ada@example.invalid'],
      [
        ...['Additional documents', 'Entry 1: ', '  Number of entries: multiple'],
        ...['  Expiry: ', '    Expiry date: 2027-01-01'],
      ],
      [
        ...['AML', 'People found: Not provided', 'Strict match: Not provided', 'Person 1: Ada'],
        ...['  Politically exposed: ', '    PEP level: 1', '  News: ', '    Entry 1: '],
        '      Number of articles: 2',
      ],
    ]);
    const masked = JSON.stringify(sections(new Set()));
    for (const personal of ['Ada', '1990', 'ada@', 'multiple', '2027']) {
      assert.ok(!masked.includes(personal), personal);
    }
  });

  it('links the images of the ID authority and of other documents like all others', () => {
    const link = (name: string): string => `https://images.example.invalid/${name}.jpg?sig=1`;
    const raw = {
      ...{ status: 'clear', reason: null, product: 'residency_document_verification' },
      image_links: { selfie_image: link('selfie'), 'Ada Simulata': link('other') },
      id_fields: { photo_url: link('photo'), document_link: 'Not Available' },
      additional_documents: [{ image_link: link('visa') }, {}, { image_link: link('permit') }],
    };
    assert.deepEqual(
      readV3Result(raw, {}).images.map(({ name, url }) => [name, url]),
      [
        ['selfie_image', link('selfie')],
        ['image_2', link('other')],
        ['photo_url', link('photo')],
        ['image_link', link('visa')],
        ['image_7', link('permit')],
      ],
    );
    const shown = JSON.stringify(detailSectionsOf(personalDetailsOf(raw), 'all'));
    assert.ok(!shown.includes('images.example.invalid'));
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
