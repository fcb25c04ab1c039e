import assert from 'node:assert/strict';
import {
  allCodes,
  allProducts,
  isEnvelopeCode,
  jobTypeOf,
  productOf,
} from '../../src/core/catalogue/catalogue';
import { describeCode } from '../../src/core/catalogue/describeCode';

describe('describeCode', () => {
  it('says once what the four meanings of 0001 share', () => {
    const [description, ...others] = describeCode('0001');
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...description, labels: description?.labels.map(({ text }) => text) },
      {
        outcome: 'rejected',
        products: [
          'Biometric KYC',
          'SmartSelfie Authentication',
          'SmartSelfie Registration',
          'Document Verification',
          'Enhanced Document Verification',
        ],
        labels: [
          'Data Invalid',
          'ID Authority image not available',
          'ID Card image unusable',
          'Selfie image unusable',
        ],
        certainty: 'documented',
        isFromCopy: false,
        conflict: 'One code, four official labels: ResultText says which one holds.',
        page: 'https://docs.smileidentity.com/results/result-and-error-codes',
      },
    );
  });

  it('keeps products apart that read a code differently', () => {
    assert.deepEqual(
      describeCode('0812').map(({ outcome, products }) => [outcome, ...products]),
      [
        ['provisional', 'Biometric KYC'],
        ['rejected', 'Document Verification', 'Enhanced Document Verification'],
      ],
    );
  });

  it('has nothing to say about a code that the catalogue does not know', () => {
    assert.deepEqual(
      ['9999', '810', '90210', ''].flatMap((code) => describeCode(code)),
      [],
    );
  });
});

describe('Products and job types', () => {
  it('belong together, but for the number that Basic and Enhanced KYC share', () => {
    for (const product of allProducts()) {
      const jobType = jobTypeOf(product);
      if (jobType === null || jobType === 5) continue;
      assert.equal(productOf(jobType, null), product);
    }
    assert.deepEqual(
      ['0908', '1011', '1023', '2205'].map((code) => productOf(5, code)),
      ['enhanced_kyc', 'enhanced_kyc', 'basic_kyc', null],
    );
  });

  it('are told apart from codes of the call itself', () => {
    assert.deepEqual(['2302', '2205', '0810', '9999'].map(isEnvelopeCode), [
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('The sentences of the catalogue', () => {
  it('name no integrator, shout at nobody and start with a capital', () => {
    for (const { code, meaning, nextStep, conflict, sources } of allCodes()) {
      const texts = [meaning, nextStep, conflict ?? 'A'];
      assert.doesNotMatch(
        [...texts, ...sources].join(),
        /pryde|paycrest|tapp|plug|noblocks|!/i,
        code,
      );
      for (const text of texts) assert.match(text, /^[A-Z"\d]|^(?:info\.json|job_type)/, code);
      for (const source of sources.filter((one) => one.startsWith('https:'))) new URL(source);
    }
  });
});
