import assert from 'node:assert/strict';
import { NEARBY } from '../../src/core/codes/productNear';
import { outcomeNear, productOfCode, productsAt } from '../../src/vscode/editor/productOfCode';
import { assertConstant } from '../support/growth';
import { documentOf } from '../support/documents';

/** The product for the code that the mark « precedes in the text. */
const near = (text: string): string | null => {
  const { document, at, after } = marked(text);
  return productOfCode(document, at, after.slice(0, 4));
};

/** The product and status for the reason that the mark « precedes in the text. */
const near3 = (text: string) => {
  const { document, at } = marked(text);
  return outcomeNear(document, at);
};

function marked(text: string) {
  const [before = '', after = ''] = text.split('«');
  const linesBefore = before.split('\n');
  const at = { line: linesBefore.length - 1, character: linesBefore.at(-1)?.length ?? 0 };
  return { document: documentOf(before + after), at, after };
}

describe('The product of a code', () => {
  it('is that of the job type in the same object, whatever the others say', () => {
    const entry = (code: string, jobType: number): string =>
      `{"ResultCode":"${code}","PartnerParams":{"job_type":${jobType}}}`;
    assert.equal(near(`[${entry('«0812', 1)},${entry('0812', 6)}]`), 'biometric_kyc');
    assert.equal(near(`[${entry('0812', 1)},${entry('«0812', 6)}]`), 'document_verification');
    assert.equal(near(entry('«0812', 11)), 'enhanced_document_verification');
  });

  it('is that of the innermost brackets that name a job type', () => {
    const text = `const params = { job_type: 6 };
function handle(result) {
  if (params.job_type === JOB_TYPE.BIOMETRIC_KYC) {
    switch (result.ResultCode) {
      case '«0812': return wait();
    }
  }
}`;
    assert.equal(near(text), 'biometric_kyc');
  });

  it('is found in the syntax of each language', () => {
    for (const text of [
      "params = {'job_type': 6}\nif result_code == '«0812':",
      "params = { job_type: 6 }\nreview if code == '«0812'",
      "$params = ['job_type' => 6]; if ($r['ResultCode'] === '«0812') {}",
      'job_type: 6\nexpected:\n  ResultCode: "«0812"',
      'var params = new PartnerParams { JobType = 6 }; if (code == "«0812") {}',
      'submitted job_type=6\nanswered ResultCode=«0812',
      '"{\\"ResultCode\\":\\"«0812\\",\\"PartnerParams\\":{\\"job_type\\":\\"6\\"}}"',
    ]) {
      assert.equal(near(text), 'document_verification', text);
    }
  });

  it('is decided by the code if a job type means two products', () => {
    assert.equal(near('{ "job_type": 5, "ResultCode": "«1022" }'), 'basic_kyc');
    assert.equal(near('{ "job_type": 5, "ResultCode": "«1012" }'), 'enhanced_kyc');
  });

  it('is unknown if no job type is near, several are, or Smile ID does not have the number', () => {
    for (const text of [
      '{ "ResultCode": "«0812" }',
      'if (job_type == 1 || job_type == 6) { check("«0812"); }',
      '{ "job_type": 99, "ResultCode": "«0812" }',
      `{ "job_type": 6 }${' '.repeat(4000)}{ "ResultCode": "«0812" }`,
    ]) {
      assert.equal(near(text), null, text.slice(0, 60));
    }
  });

  it('is found for every code that may be at a position, with one reading of what is near', () => {
    const deep = 'job_type: 6 '.padEnd(NEARBY - 100, '{');
    const document = documentOf(`${deep}${'}'.repeat(NEARBY - 100)}`);
    const at = { line: 0, character: deep.length };
    assert.equal(productsAt(document, at)('0810'), 'document_verification');
    assertConstant({
      what: 'finding the product of each code',
      size: 256,
      input: (codes) => codes,
      run: (codes) => {
        const productOf = productsAt(document, at);
        for (let code = 0; code < codes; code += 1) productOf('0810');
      },
    });
  });
});

describe('Product and status of a reason of API v3', () => {
  it('are those of the same object, whatever others say', () => {
    const webhook = (product: string, status: string, reason: string): string =>
      JSON.stringify({ status, reason, product, antifraud: { smile_secure: { status: 'clear' } } });
    const other = webhook('enhanced_kyc', 'error', 'service_unavailable');
    const own = webhook('smart_selfie_compare', 'block', '«spoof_detected');
    assert.deepEqual(near3(`[${other},${own},${other}]`), {
      product: 'smartselfie_compare',
      status: 'block',
    });
  });

  it('are those that the code around it compares with, in the syntax of each language', () => {
    for (const text of [
      "if (event.product === 'one_time_aml' && event.status === 'block') { if (reason === '«aml_match_found') {} }",
      "if event['product'] == 'one_time_aml' and event['status'] == 'block':\n  if reason == '«aml_match_found':",
      "$event = ['product' => 'one_time_aml', 'status' => 'block', 'reason' => '«aml_match_found'];",
      'product: "one_time_aml"\nstatus: "block"\nreason: «aml_match_found',
      '"{\\"product\\":\\"one_time_aml\\",\\"status\\":\\"block\\",\\"reason\\":\\"«aml_match_found\\"}"',
    ]) {
      assert.deepEqual(near3(text), { product: 'one_time_aml', status: 'block' }, text);
    }
  });

  it('are unknown if none is near, several are, or API v3 has no such word', () => {
    for (const text of [
      "if (reason === '«high_risk') {}",
      "if (product === 'enhanced_kyc' || product === 'one_time_aml' || status === 'error' || status === 'block') { reason === '«high_risk'; }",
      '{"product":"smartselfie_compare","status":"done","reason":"«high_risk"}',
      `{"product":"enhanced_kyc","status":"block"}${' '.repeat(4000)}{"reason":"«high_risk"}`,
    ]) {
      assert.deepEqual(near3(text), { product: null, status: null }, text.slice(0, 60));
    }
  });
});
