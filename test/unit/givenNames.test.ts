import * as assert from 'node:assert/strict';
import { GivenNames } from '../../src/core/text/givenNames';
import { markedCode } from '../support/markedCode';

const wanted = {
  name: (name: string) => /^(?:get)?result_?code$/i.test(name),
  list: () => true,
};

/** Language, a text with a mark where the name is used, the name, and whether it has the value of a result code there. */
const NAMES: readonly (readonly [string, string, string, boolean])[] = [
  ['typescript', "const c = String(r.ResultCode ?? '');\nf(¦c)", 'c', true],
  ['typescript', 'const { ResultCode: code } = body; ¦x', 'code', true],
  ['typescript', 'const { result: { ResultCode: code } } = body; ¦x', 'code', true],
  ['typescript', 'function f({ ResultCode: code }) { ¦x }', 'code', true],
  ['typescript', "for (const code of ['0811']) { ¦x }", 'code', true],
  ['typescript', 'function g(c) { ¦x }\ng(r.ResultCode)', 'c', true],
  ['typescript', "const g = (c: string) => c === ¦'0810';\ng(r.ResultCode)", 'c', true],
  ['typescript', 'function g(c) { x }\ng(r.ResultCode)\n¦c', 'c', false],
  ['typescript', 'const a = r.ResultCode; const b = a; ¦x', 'b', true],
  ['typescript', 'const b = a + r.ResultCode; ¦x', 'b', false],
  ['typescript', "const b = r.ResultCode === '0810'; ¦x", 'b', false],
  ['typescript', 'const code = x ? String(r.ResultCode) : null; ¦x', 'code', true],
  ['typescript', 'this.code = r.ResultCode; function f() { ¦x }', 'code', true],
  ['typescript', "['0810'].forEach((c) => { ¦x })", 'c', true],
  [
    'php',
    "<?php $code = isset($json['ResultCode']) ? (string) $json['ResultCode'] : null; ¦x",
    'code',
    true,
  ],
  ['php', "<?php $code = (string) ($payload['ResultCode'] ?? ''); ¦x", 'code', true],
  ['php', "<?php ['ResultCode' => $code] = $data; ¦x", 'code', true],
  ['php', "<?php foreach (['0810'] as $c) { ¦x }", 'c', true],
  ['python', "code = data.get('ResultCode')\n¦x", 'code', true],
  ['python', "code, text = r['ResultCode'], r['ResultText']\n¦x", 'code', true],
  ['python', "code, text = r['ResultCode'], r['ResultText']\n¦x", 'text', false],
  ['python', "def g(c):\n    return ¦c\n\ng(r['ResultCode'])", 'c', true],
  ['python', "def g(a, c=None):\n    return ¦c\n\ng(1, c=r['ResultCode'])", 'c', true],
  ['python', "for c in ['0810']:\n  ¦x", 'c', true],
  ['ruby', 'code = params[:ResultCode].to_s\n¦x', 'code', true],
  ['ruby', "code = params.dig('result', 'ResultCode')\n¦x", 'code', true],
  ['ruby', "def g(c)\n  ¦x\nend\ng r['ResultCode']", 'c', true],
  ['ruby', '%w[0810].each do |c|\n  ¦x\nend', 'c', true],
  ['ruby', "code = r['ResultCode'] if ok\n¦x", 'code', true],
  ['go', 'code := r.ResultCode\n¦x', 'code', true],
  ['go', 'var code string = r.ResultCode\n¦x', 'code', true],
  ['go', 'if code := r.ResultCode; code == "0810" {\n ¦x }', 'code', true],
  ['go', 'func g(c string) { ¦x }\nfunc main() { g(r.ResultCode) }', 'c', true],
  ['java', 'String c = response.getResultCode(); ¦x();', 'c', true],
  ['java', 'String c = json.getString("ResultCode"); ¦x();', 'c', true],
  ['kotlin', 'val c = r.resultCode ?: ""\n¦x', 'c', true],
  ['kotlin', 'for (c in listOf("0810")) { ¦x }', 'c', true],
  ['csharp', 'var c = r.ResultCode?.ToString() ?? ""; ¦x();', 'c', true],
  ['swift', 'if let c = r.resultCode { ¦x }', 'c', true],
  ['dart', "final c = json['ResultCode'] as String; ¦x();", 'c', true],
];

describe('Names that were given a value', () => {
  for (const [language, text, name, expected] of NAMES) {
    it(`${expected ? 'have' : 'do not have'} ${name} in ${language}: ${text}`, () => {
      const { code, at } = markedCode(language, text);
      assert.equal(new GivenNames(code, wanted).has(name, at), expected);
    });
  }

  it('tell whether an expression has its value from one of them', () => {
    const { code, at } = markedCode('typescript', 'const c = r.ResultCode;\nf(¦c ?? "");');
    assert.equal(new GivenNames(code, wanted).isGiven(code.partOf(at)), true);
  });
});
