import * as assert from 'node:assert/strict';
import type { ProductKey } from '../../src/core/catalogue/types';
import { handlerAt } from '../../src/core/handlers/handlerAt';
import { insertMissing, missingCodes } from '../../src/core/handlers/missingCodes';
import { productsHandled } from '../../src/core/handlers/products';

/** The handler of the first code of a text, and its products. */
function readAt(text: string, languageId = 'typescript') {
  const handler = handlerAt(text, text.search(/\b\d{4}\b/), languageId);
  assert.ok(handler, text);
  return { handler, products: productsHandled(text, handler) };
}

const products = (text: string, languageId?: string): ProductKey[] =>
  readAt(text, languageId).products;

/** One list of codes in each language, with the text that is above it. */
const LISTS: readonly (readonly [language: string, list: string, comment: string])[] = [
  ['javascript', `const resultCodes = ['0820', '1020'];`, '//'],
  ['typescript', `const resultCodes: string[] = ['0820', '1020'];`, '//'],
  ['python', `RESULT_CODES = ("0820", "1020")`, '#'],
  ['ruby', 'RESULT_CODES = %w[0820 1020]', '#'],
  ['php', `<?php $resultCodes = ['0820', '1020'];`, '//'],
  ['java', `Set<String> resultCodes = Set.of("0820", "1020");`, '//'],
  ['kotlin', `val resultCodes = setOf("0820", "1020")`, '//'],
  ['swift', `let resultCodes = ["0820", "1020"]`, '//'],
  ['dart', `const resultCodes = ['0820', '1020'];`, '//'],
  ['go', `var resultCodes = []string{"0820", "1020"}`, '//'],
  ['csharp', `string[] resultCodes = { "0820", "1020" };`, '//'],
];

describe('The products of a handler', () => {
  it('are the one that has all its codes, whatever else the file names', () => {
    assert.deepEqual(
      products(`// SmartSelfie Authentication\nconst resultCodes = ['1020', '1022'];`),
      ['basic_kyc'],
    );
    assert.deepEqual(
      products(`// Document Verification\nconst REJECTED_RESULT_CODES = ['0811', '0816', '1014'];`),
      ['document_verification'],
    );
  });

  for (const [language, list, comment] of LISTS) {
    it(`are those of its codes, and those that the file names (${language})`, () => {
      assert.deepEqual(products(list, language), ['smartselfie_authentication', 'basic_kyc']);
      assert.deepEqual(products(`${list}\n${comment} and Smile Secure\n`, language), [
        'smartselfie_authentication',
        'basic_kyc',
        'smile_secure',
      ]);
    });
  }

  it('are as few as have all the codes, and more only where several have as many', () => {
    const listOf = (codes: string): string =>
      `const resultCodes = [${codes.replace(/\d{4}/g, "'$&',")}];`;
    assert.deepEqual(products(listOf('1210 0810 1012 0820')), [
      'biometric_kyc',
      'smartselfie_authentication',
    ]);
    assert.deepEqual(products(listOf('0810 0820')), [
      'biometric_kyc',
      'smartselfie_authentication',
      'document_verification',
      'enhanced_document_verification',
    ]);
    assert.deepEqual(products(listOf('0840 0841')), [
      'smartselfie_registration',
      'smartselfie_compare',
    ]);
  });

  it('are named by their keys, by constants of the SDKs and by a job type around the handler', () => {
    const handler = `if (['0810', '0811'].includes(resultCode)) return;`;
    assert.deepEqual(products(`${handler}\nconst t = JOB_TYPE.BIOMETRIC_KYC;`), ['biometric_kyc']);
    assert.deepEqual(products(`${handler}\nconst t = 'enhanced_document_verification';`), [
      'enhanced_document_verification',
    ]);
    assert.deepEqual(products(`f({ job_type: 1 });\n${handler}`), ['biometric_kyc']);
  });

  it('are none where no code is known and no product is named', () => {
    assert.deepEqual(products(`const resultCodes = ['9990', '9991'];`), []);
  });
});

describe('Missing codes of several products', () => {
  const SWITCH = `switch (resultCode) {
  case '1020':
    return 1;
  case '5210':
    return 2;
  default:
    return 3;
}`;

  it('have the products that each is of', () => {
    const { handler, products: handled } = readAt(SWITCH);
    assert.deepEqual(
      missingCodes(handler, handled).map(({ code, of }) => `${code} ${of.join(' ')}`),
      [
        ...['1021', '1022', '1023'].map((code) => `${code} basic_kyc`),
        ...['5211', '5212'].map((code) => `${code} smile_secure`),
      ],
    );
  });

  it('are two entries where products give a code different meanings, and one where they do not', () => {
    const { handler } = readAt(SWITCH);
    assert.deepEqual(
      missingCodes(handler, ['biometric_kyc', 'enhanced_kyc'])
        .filter(({ code }) => code === '1012' || code === '1013')
        .map(({ code, of, outcome }) => [code, outcome, ...of]),
      [
        ['1012', 'pending', 'biometric_kyc'],
        ['1012', 'approved', 'enhanced_kyc'],
        ['1013', 'rejected', 'biometric_kyc', 'enhanced_kyc'],
      ],
    );
  });

  it('are inserted once each, with their products, and apart where the products count them differently', () => {
    const { handler } = readAt(SWITCH);
    const of: ProductKey[] = ['basic_kyc', 'smile_secure', 'aml_check'];
    const inserted = insertMissing(SWITCH, handler, of, 'typescript')?.text ?? '';
    const codes = Array.from(inserted.matchAll(/case '(\d{4})'/g), ([, code]) => code);
    assert.deepEqual(
      [...codes].sort(),
      [...new Set(missingCodes(handler, of).map(({ code }) => code))].sort(),
    );
    assert.match(inserted, /case '1021': \/\/ Partial Match \(Basic KYC\)\n/);
    assert.match(
      inserted,
      /The code alone decides nothing.*\n *case '1023': \/\/ Not Found \(Basic KYC\)\n *\/\/ .*\(AML Check\)\n/,
    );
  });
});
