import assert from 'node:assert/strict';
import {
  allCodes,
  allProducts,
  isEnvelopeCode,
  jobTypeOf,
  productOf,
} from '../../src/core/catalogue/catalogue';
import { codeChoices, codePage } from '../../src/core/catalogue/codePage';
import { describeCode } from '../../src/core/catalogue/describeCode';
import { plain } from '../../src/core/markdown';

describe('describeCode', () => {
  it('says what 0001 means with each text, and that "System Error" is not a rejection', () => {
    const [description, ...others] = describeCode('0001', 'enhanced_document_verification');
    assert.deepEqual(others, []);
    assert.deepEqual(
      {
        ...description,
        variants: description?.variants.map(({ text, outcome }) => [text, outcome]),
      },
      {
        outcome: 'rejected',
        products: ['Document Verification', 'Enhanced Document Verification'],
        text: null,
        meaning:
          "Nothing was compared: something that was submitted could not be used, or Smile ID's system failed. ResultText says which.",
        nextStep: 'Read ResultText, fix the input and submit a new job with a new job_id.',
        resubmit: null,
        status: null,
        variants: [
          ['Data Invalid', null],
          ['Data Invalid - Images corrupt or not present', null],
          ['ID Card image not provided', null],
          ['Unable to Verify Document - Selfie unusable', null],
          ['Unable to Verify Document - ID Card image unusable', null],
          ['System Error', 'error'],
        ],
        notes: [
          'Smile ID lists every text of this code under Rejected, also "System Error", which is a technical failure and says nothing about the user.',
        ],
        certainty: 'Source: official docs (partly from a copy)',
        page: 'https://docs.smileidentity.com/results/result-and-error-codes',
      },
    );
  });

  it('keeps products separate if they read a code differently', () => {
    assert.deepEqual(
      describeCode('0812').map(({ outcome, products }) => [outcome, ...products]),
      [
        ['provisional', 'Biometric KYC'],
        ['rejected', 'Document Verification', 'Enhanced Document Verification'],
      ],
    );
  });

  it('returns nothing for a code that is not in the catalogue', () => {
    assert.deepEqual(
      ['9999', '810', '90210', ''].flatMap((code) => describeCode(code)),
      [],
    );
  });
});

describe('Products and job types', () => {
  it('belong together, except for the number that Basic and Enhanced KYC share', () => {
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

  it('are separate from the codes of the response envelope', () => {
    assert.deepEqual(['2302', '2205', '0810', '9999'].map(isEnvelopeCode), [
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('The list of codes', () => {
  it('finds everything of API v3 by that name, by a product, and by the word itself', () => {
    const choices = codeChoices();
    const shown = allCodes().map((meaning, index) => ({ meaning, choice: choices[index] }));
    for (const { meaning, choice } of shown) {
      const isOfV3 = `${choice?.label} ${choice?.about}`.includes('API v3');
      assert.equal(
        isOfV3,
        meaning.api === 'v3' || meaning.products.join().includes('v3'),
        meaning.code,
      );
      assert.equal(choice?.code, meaning.code);
    }
  });
});

describe('The page of a code', () => {
  it('says how certain each meaning is in the words of hovers and panel, and ends no sentence twice', () => {
    for (const { code } of allCodes()) {
      const page = codePage(code);
      for (const { certainty } of describeCode(code)) {
        assert.ok(page.includes(`| Certainty | ${plain(certainty)} |`), code);
      }
      const texts = [page, JSON.stringify(describeCode(code))].join('\n');
      assert.doesNotMatch(texts.replaceAll('...', '…'), /[.!?…]\s?\.(?!\w)/, code);
    }
  });
});

describe('The sentences of the catalogue', () => {
  it('name no integrator, have no exclamation mark and start with a capital letter', () => {
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
