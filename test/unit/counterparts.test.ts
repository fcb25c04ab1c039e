import assert from 'node:assert/strict';
import { allCodes, allProducts, explain } from '../../src/core/catalogue/catalogue';
import { codePage } from '../../src/core/catalogue/codePage';
import { counterpartsOf, endpointNote } from '../../src/core/catalogue/counterparts';
import { describeCode } from '../../src/core/catalogue/describeCode';
import { plain } from '../../src/core/markdown';
import type { CodeMeaning } from '../../src/core/catalogue/types';

const FIELD =
  'API v3 has instead: HTTP 400, and the message names the field. Under /v3/services, errors still have the code 2413.';
const SYSTEM =
  'API v3 has instead: HTTP 500. Only /v3/services/supported_documents still has the code 2401.';

/** All that the specification of v3 pairs: what it does not is inferred, and not told. */
const PAIRS: readonly (readonly [code: string, scope: string, sentence: string])[] = [
  [
    '1015',
    'one_time_aml',
    'In API v3, for One-Time AML: status error with the reason service_unavailable.',
  ],
  [
    '1017',
    'one_time_aml',
    'In API v3, for One-Time AML: status attention with the reason news_media_match.',
  ],
  [
    '1023',
    'one_time_aml',
    'In API v3, for One-Time AML: status block with the reason aml_match_found.',
  ],
  [
    '1030',
    'aml_check',
    'In API v3, for One-Time AML: status block with the reason aml_match_found.',
  ],
  ['1031', 'one_time_aml', 'In API v3, for One-Time AML: status clear.'],
  ...['2201', '2301', '2401'].map((code) => [code, 'all', SYSTEM] as const),
  ...['2213', '2413'].map((code) => [code, 'all', FIELD] as const),
  ['aml_match_found', 'one_time_aml', 'In API v1, for One-Time AML: ResultCode 1030, 1023.'],
  ['clear', 'v3', 'In API v1, for One-Time AML: ResultCode 1031.'],
  ['news_media_match', 'one_time_aml', 'In API v1, for One-Time AML: ResultCode 1017.'],
  ['service_unavailable', 'one_time_aml', 'In API v1, for One-Time AML: ResultCode 1015.'],
];

describe('Counterparts in the other version of the API', () => {
  it('are told of the codes and reasons that the specification pairs, and of no others', () => {
    const told = allCodes().flatMap((meaning) =>
      counterpartsOf(meaning).map((sentence) => [meaning.code, meaning.products[0], sentence]),
    );
    assert.deepEqual(
      told.map((pair) => pair.join(' | ')).sort(),
      PAIRS.map((pair) => pair.join(' | ')).sort(),
    );
  });

  it('are told in hovers and on the page of a code, for the product that they are for', () => {
    for (const [code, , sentence] of PAIRS) {
      const has = describeCode(code).filter(({ notes }) => notes.includes(sentence));
      assert.equal(has.length, 1, code);
      const page = codePage(code);
      assert.equal(page.split(plain(sentence)).length, 2, code);
    }
    // the same code of other products
    for (const product of ['basic_kyc', 'enhanced_kyc', 'biometric_kyc', 'aml_check'] as const) {
      const texts = ['1015', '1017', '1023', '1031'].flatMap((code) => describeCode(code, product));
      assert.doesNotMatch(texts.flatMap(({ notes }) => notes).join(), /v3/, product);
    }
  });

  it('of products are the paths to which API v3 takes their jobs', () => {
    assert.deepEqual(
      allProducts().flatMap((product) => endpointNote(product) ?? []),
      [
        'In API v3, for Biometric KYC: POST /v3/biometric_kyc.',
        'In API v3, for SmartSelfie Authentication: POST /v3/authentication.',
        'In API v3, for SmartSelfie Registration: POST /v3/registration.',
        'In API v3, for SmartSelfie Compare: POST /v3/compare.',
        'In API v3, for Enhanced KYC: POST /v3/enhanced_kyc, /v3/enhanced_kyc/sync.',
        'In API v3, for Document Verification: POST /v3/document_verification.',
        'In API v3, for Enhanced Document Verification: POST /v3/enhanced_document_verification.',
        'In API v3, for Residency Document Verification: POST /v3/residency_document_verification.',
        'In API v3, for One-Time AML: POST /v3/aml, /v3/aml/sync.',
        'In API v3, for AML Monitoring: POST /v3/aml/monitoring.',
        'In API v3, for Address Verification: POST /v3/address.',
      ],
    );
  });
});

describe('The page of a reason of API v3', () => {
  it('has a section for each status and product, with what to do and whether to submit again', () => {
    const page = codePage('age_requirement_not_met');
    const sections = explain('age_requirement_not_met');
    assert.equal(sections.length, 3);
    assert.ok(page.includes(plain('The product and the status decide which one applies.')));
    const said = ({ meaning, nextStep, resubmit, status }: CodeMeaning): string[] => [
      `${plain(meaning)}\n\n**${plain('What to do next:')}** ${plain(nextStep)}\n\n**${plain('Submit again:')}** ${plain(resubmit ?? '')}\n`,
      `| ${plain('Status of the job')} | ${plain(status ?? '')} |`,
    ];
    for (const text of sections.flatMap(said)) assert.ok(page.includes(text), text);
  });

  it('says of a code of API v1 nothing about another submission', () => {
    assert.ok(!codePage('0810').includes(plain('Submit again:')));
  });
});
