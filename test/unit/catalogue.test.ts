import assert from 'node:assert/strict';
import { explainAction, explainActionValue } from '../../src/core/catalogue/actions';
import {
  allCodes,
  explain,
  isKnownCode,
  meaningsOf,
  officialPage,
  productLabel,
  productOf,
  scopeLabel,
} from '../../src/core/catalogue/catalogue';
import actionData from '../../src/core/catalogue/actions.json';
import codeData from '../../src/core/catalogue/codes.json';
import jobTypeData from '../../src/core/catalogue/jobTypes.json';

const PRODUCTS = jobTypeData.products.map(({ product }) => product);
const SCOPES = [...PRODUCTS, 'all', 'job_status', 'web_token', 'v3'];

describe('The catalogue', () => {
  it('gives every code a meaning, a next step, a certainty and a source that is written out', () => {
    for (const entry of allCodes()) {
      const name = `${entry.code} ${entry.products.join()}`;
      assert.ok(entry.meaning.endsWith('.') && entry.nextStep.endsWith('.'), name);
      assert.ok(['documented', 'seen in SDK code'].includes(entry.certainty), name);
      assert.ok(entry.sources.length > 0, name);
      for (const source of entry.sources) assert.match(source, / |^https:/, name);
    }
  });

  it('holds only the values that its types name', () => {
    const kinds = ['result', 'error', 'status'];
    const outcomes = ['approved', 'provisional', 'rejected', 'pending', 'error', null];
    const deciders = ['machine', 'human', 'machine or human', null];
    for (const entry of allCodes()) {
      assert.ok(kinds.includes(entry.kind), entry.code);
      assert.ok(outcomes.includes(entry.outcome), entry.code);
      assert.ok(deciders.includes(entry.decidedBy), entry.code);
      assert.ok(entry.products.length > 0, entry.code);
      for (const product of entry.products) assert.ok(SCOPES.includes(product), product);
      assert.match(entry.code, entry.api === 'v1' ? /^\d{4}$/ : /^[a-z_]+$/);
    }
    const classes = 'pass wait inconclusive fail no_data not_run technical review unknown'.split(
      ' ',
    );
    for (const value of actionData.values) assert.ok(classes.includes(value.class), value.value);
  });

  it('has no entry twice', () => {
    const seen = codeData.codes.map((entry) =>
      JSON.stringify([entry.code, entry.kind, entry.products, entry.text]),
    );
    assert.equal(new Set(seen).size, seen.length);
  });

  it('does not ship what was only inferred, nor the stubs of SDK tests', () => {
    assert.deepEqual(
      {
        documents0813: explain('0813', 'document_verification'),
        documents1014: explain('1014', 'enhanced_document_verification'),
        business1013: explain('1013', 'business_verification'),
        codes: ['0000', '1010', '1011', '1031', '2428', '2010', '2020', '2098'].filter(isKnownCode),
        keys: ['Names', 'ID_Verification'].map(explainAction),
        value: explainActionValue('Not Listed'),
      },
      {
        documents0813: [],
        documents1014: [],
        business1013: [],
        codes: [],
        keys: [null, null],
        value: null,
      },
    );
  });

  it('explains one code by its product', () => {
    const outcome = (product: 'biometric_kyc' | 'document_verification') =>
      explain('0812', product).map((meaning) => meaning.outcome);
    assert.deepEqual(
      [outcome('biometric_kyc'), outcome('document_verification')],
      [['provisional'], ['rejected']],
    );
    assert.equal(explain('0812').length, 2);
  });

  it('gives errors of all calls to every product, and nothing to an unknown code', () => {
    assert.deepEqual(explain('2205', 'basic_kyc'), explain('2205'));
    assert.deepEqual([explain('9999'), explain('810'), explain('')], [[], [], []]);
  });

  it('gives a code as a whole', () => {
    assert.deepEqual(explain(' 0820 '), [
      {
        code: '0820',
        kind: 'result',
        text: 'Authenticated',
        altTexts: ['Authenticate User', 'Machine Judgement - PASS'],
        products: ['smartselfie_authentication'],
        outcome: 'approved',
        meaning: 'The machine matched the selfie with the enrolled one.',
        nextStep: 'Let the user in.',
        certainty: 'documented',
        conflict: null,
        decidedBy: 'machine',
        api: 'v1',
        sources: [
          'https://docs.usesmileid.com/further-reading/result-codes',
          'https://docs.smileidentity.com/results/result-and-error-codes',
          'third-party copy of the official result codes page (2025-11)',
          'third-party copy of older official tables (job types 2 and 4)',
          'third-party copy of the official result codes page (2026-05)',
        ],
      },
    ]);
  });

  it('takes the meaning that ResultText names, where one code has several for a product', () => {
    const labels = (text?: string) =>
      meaningsOf('0001', 'biometric_kyc', text).map((meaning) => meaning.text);
    assert.deepEqual(labels('selfie image unusable'), ['Selfie image unusable']);
    assert.equal(labels('something else').length, 4);
    assert.equal(labels().length, 4);
  });

  it('names the product of a job type; Basic and Enhanced KYC share 5, and the code decides', () => {
    assert.deepEqual(
      [1, 2, 4, 6, 7, 11, 3, 99].map((jobType) => productOf(jobType, null)),
      [
        'biometric_kyc',
        'smartselfie_authentication',
        'smartselfie_registration',
        'document_verification',
        'business_verification',
        'enhanced_document_verification',
        null,
        null,
      ],
    );
    assert.deepEqual(
      ['1012', '1020', '0810', null].map((code) => productOf(5, code)),
      ['enhanced_kyc', 'basic_kyc', null, null],
    );
    assert.deepEqual(
      [productLabel('biometric_kyc'), scopeLabel('all'), scopeLabel('v3')],
      ['Biometric KYC', 'All calls', 'API v3'],
    );
  });

  it('explains actions, and their values in any case', () => {
    assert.equal(explainAction('Liveness_Check')?.label, 'Liveness check');
    assert.equal(explainAction('New_Check'), null);
    assert.equal(explainActionValue(' unable to determine')?.class, 'inconclusive');
    assert.equal(explainActionValue('Something'), null);
  });

  it('finds the official page among sources', () => {
    assert.equal(
      officialPage([
        'third-party copy',
        'https://smileidentity.com.evil.example/x',
        'https://docs.usesmileid.com/a (part)',
      ]),
      'https://docs.usesmileid.com/a',
    );
    assert.equal(officialPage(['third-party copy']), null);
  });
});
