import assert from 'node:assert/strict';
import { codesUsedIn, type UsedCode } from '../../src/core/codes/codesIn';
import { codesInSmileFile } from '../support/smileFile';

type Form = readonly [use: UsedCode['use'], languageId: string, marked: string];

/** A use of codes, a language, and a text of it in which guillemets hold the codes; other digits are traps. */
const FORMS: readonly Form[] = [
  // compared, also through conversions and defaults
  [
    'comparison',
    'php',
    "<?php $seen = in_array($r['ResultCode'] ?? null, ['«1021»', '«1013»'], true);",
  ],
  [
    'comparison',
    'php',
    "<?php $seen = in_array((string) ($r->resultCode ?? ''), ['«1021»'], true);",
  ],
  [
    'comparison',
    'python',
    'ok = str(reply.get("ResultCode") or "").strip() in {"«0820»", "«1020»"}',
  ],
  ['comparison', 'ruby', 'done! if %w[«0820» «1021»].include?(code)'],
  ['comparison', 'ruby', "done! if ['«0820»', '«1021»'].member?(reply[:result_code].to_s)"],
  ['comparison', 'kotlin', 'val ok = (reply.resultCode ?: "").trim() in setOf("«0820»", "«0840»")'],
  [
    'comparison',
    'csharp',
    'if (new[] { "«0820»", "«0840»" }.Contains(reply.ResultCode?.Trim())) Pass();',
  ],
  [
    'comparison',
    'go',
    'if slices.Contains([]string{"«0820»", "«0840»"}, r.ResultCode) { pass(8080) }',
  ],
  [
    'comparison',
    'swift',
    'if ["«0820»", "«0840»"].contains(reply.resultCode ?? "") { pass(8080) }',
  ],
  ['comparison', 'dart', "if (['«0820»', '«0840»'].contains(reply.resultCode ?? '')) pass(8080);"],

  // a name that was given a code
  [
    'comparison',
    'typescript',
    "const c = String(body.ResultCode ?? ''); if (['«0821»', '«1013»'].includes(c)) stop(1013);",
  ],
  [
    'comparison',
    'javascript',
    "const { ResultCode: given } = body; if (given === '«0821»') stop();",
  ],
  [
    'comparison',
    'python',
    'outcome = reply["ResultCode"]\nif outcome == "«0821»":\n    stop(1013)',
  ],
  ['comparison', 'php', "<?php $given = $reply['ResultCode']; if ($given === '«0821»') stop();"],
  ['comparison', 'ruby', "given = reply['ResultCode']\nstop if given == '«0821»'"],
  ['comparison', 'go', 'given := reply.ResultCode\nif given == "«0821»" {\n\tstop()\n}'],
  ['comparison', 'kotlin', 'val given = reply.resultCode\nif (given == "«0821»") stop()'],
  [
    'comparison',
    'typescript',
    "const pass = (x: string) => x === '«0820»';\nconst ok = pass(body.ResultCode);",
  ],
  ['none', 'typescript', "const c = String(body.port); if (['0821', '1013'].includes(c)) stop();"],
  ['none', 'python', 'outcome = reply["pin"]\nif outcome == "0821":\n    stop()'],

  // lists whose names have words of their own
  [
    'list',
    'typescript',
    "const firmFailureCodes = ['«0813»', '«0911»']; const dayCodes = ['0813'];",
  ],
  ['list', 'python', 'later_success_codes = ["«1012»"]\nbus_codes = ["1012"]'],
  ['list', 'java', 'List<String> validCodes = List.of("«0820»", "«1020»");'],
  ['list', 'php', "<?php $verifiedCodes = ['«0820»']; $merchantCodes = ['0820'];"],
  ['none', 'typescript', "const discountCodes = ['1014']; const doorCodes = ['0810'];"],

  // loops
  [
    'loop',
    'typescript',
    "for (const code of ['«0813»', '«0911»']) expect(verdict(code)).toBe('no');",
  ],
  ['loop', 'python', 'for code in ("«0813»", "«0911»"):\n    assert not passed(code)'],
  ['loop', 'php', "<?php foreach (['«0813»', '«0911»'] as $resultCode) { reject($resultCode); }"],
  ['loop', 'ruby', "['«0813»', '«0911»'].each { |code| reject(code) }"],
  ['loop', 'ruby', '%w[«0813» «0911»].each do |result_code|\n  reject(result_code)\nend'],
  ['loop', 'kotlin', 'for (code in listOf("«0813»", "«0911»")) reject(code)'],
  ['loop', 'swift', 'for code in ["«0813»", "«0911»"] { reject(code) }'],
  ['loop', 'csharp', 'foreach (var code in new[] { "«0813»", "«0911»" }) Reject(code);'],
  ['loop', 'java', 'for (String code : List.of("«0813»", "«0911»")) reject(code);'],
  ['loop', 'go', 'for _, code := range []string{"«0813»", "«0911»"} {\n\treject(code)\n}'],
  ['loop', 'javascript', "['«0813»', '«0911»'].forEach((code) => reject(code));"],
  ['none', 'javascript', "for (const port of ['0813', '1012']) listen(port);"],

  // tables that are read by a code
  [
    'table read by a code',
    'typescript',
    "const says = { '«0820»': 'hello', '«0821»': 'no' };\nconst say = (resultCode: string) => says[resultCode];",
  ],
  [
    'table read by a code',
    'php',
    "<?php $says = ['«0820»' => 'hello', '«0821»' => 'no']; echo $says[$reply['ResultCode']] ?? '';",
  ],
  [
    'table read by a code',
    'python',
    'SAYS = {"«0820»": "hello", "«0821»": "no"}\nprint(SAYS.get(reply["ResultCode"], ""))',
  ],
  [
    'table read by a code',
    'ruby',
    "SAYS = { '«0820»' => 'hello' }\nputs SAYS.fetch(reply['ResultCode'], '')",
  ],
  [
    'table read by a code',
    'go',
    'says := map[string]string{"«0820»": "hello"}\nfmt.Println(says[reply.ResultCode])',
  ],
  [
    'table read by a code',
    'kotlin',
    'val says = mapOf("«0820»" to "hello")\nprintln(says[reply.resultCode])',
  ],
  [
    'none',
    'typescript',
    "const says = { '0820': 'x' };\nconst say = (room: string) => says[room];",
  ],

  // tables and keys
  [
    'value',
    'typescript',
    "const body = (ok: boolean) => ({ resultCode: ok ? '«0820»' : '«0821»' });",
  ],
  ['value', 'php', "<?php return ['ResultCode' => $ok ? '«0820»' : '«0821»', 'port' => '1012'];"],
  ['value', 'python', 'body = {"ResultCode": "«0820»" if ok else "«0821»", "port": "1012"}'],
  [
    'value',
    'kotlin',
    'val body = Reply(resultCode = if (ok) "«0820»" else "«0821»", port = "1012")',
  ],
  ['value', 'dart', "final body = {'ResultCode': ok ? '«0820»' : '«0821»', 'port': '1012'};"],
  ['list', 'yaml', 'smile:\n  accepted_codes: ["«0820»", «0840»]\n  port: 1012'],
  ['key', 'yaml', 'result_codes:\n  "«0820»":\n    says: hello\n    year: 1012'],
  ['key', 'json', '{ "resultCodes": { "«0820»": { "says": "hello", "pin": "1012" } } }'],

  // labels
  [
    'case',
    'typescript',
    "switch (true) {}\nswitch (r.ResultCode) { case '«0820»': case '«9998»': go(1012); }",
  ],
  [
    'case',
    'php',
    "<?php $s = match ($r['ResultCode']) { '«0820»', '«0840»' => 'a', default => '1012' };",
  ],
  ['case', 'kotlin', 'when (r.resultCode) { "«0820»", "«0840»" -> go(); else -> wait(1012) }'],
  ['case', 'csharp', 'var s = r.ResultCode switch { "«0820»" or "«0840»" => 1, _ => 1012 };'],
  ['case', 'swift', 'switch r.resultCode {\ncase "«0820»", "«0840»": go()\ndefault: wait(1012)\n}'],
  ['case', 'go', 'switch r.ResultCode {\ncase "«0820»", "«0840»":\n\tgo(1012)\n}'],
  ['case', 'ruby', "case r['ResultCode']\nwhen '«0820»', '«0840»' then go(1012)\nend"],
  ['case', 'python', 'match r["ResultCode"]:\n    case "«0820»" | "«0840»":\n        go(1012)'],
  ['case', 'java', 'switch (r.getResultCode()) { case "«0820»", "«0840»" -> go(1012); }'],
  ['case', 'dart', "final s = switch (r.resultCode) { '«0820»' => 1, '«0840»' => 2, _ => 1012 };"],
  ['none', 'typescript', "switch (room) { case '0820': open(); }"],

  // arguments of a function that the file has
  [
    'argument',
    'typescript',
    "function made(text: string, resultCode: string) {}\nmade('1012', '«0820»');",
  ],
  ['argument', 'python', 'def made(text, result_code):\n    pass\n\nmade("1012", "«0820»")'],
  ['argument', 'php', "<?php function made($text, $resultCode) {}\nmade('1012', '«0820»');"],

  // texts in texts
  [
    'value',
    'javascript',
    String.raw`const body = "{\"ResultCode\": \"«0820»\", \"pin\": \"1012\"}";`,
  ],
  [
    'value',
    'log',
    String.raw`10:12 INFO body="{\"ResultCode\":\"«0820»\",\"pin\":\"1012\"}" port=1012`,
  ],
  ['words', 'log', '10:12 INFO result code «0820» after 1012 ms'],
  ['words', 'go', 'log.Printf("result code «0820» after %d ms on 1012", took)'],

  // comments
  ['comment table', 'typescript', '// «0820» = let in\n// «0821» = keep out\n// port 1012: none'],
  ['comment table', 'php', '<?php\n// «0820», «0840» = let in\n# 1012 rows were read'],
  ['comment table', 'python', '# «0820»: let in\n# «0821» - keep out\n# 1012 Broad Street'],
  ['comment table', 'ruby', '# «1020» = exact, «1021» = partial'],
  [
    'comment table',
    'java',
    '/**\n * «0820» -> let in\n * | «0821» | keep out |\n * took 1012 ms\n */',
  ],
  ['comment table', 'php', "<?php $t->string('result_code'); // «1020», «1021», etc."],
  ['words', 'typescript', '/* Take Exact Match («1020») and Partial Match («1021»). */'],
];

interface Marked {
  readonly text: string;
  readonly starts: readonly number[];
}

function unmark(marked: string): Marked {
  const starts: number[] = [];
  let text = '';
  for (const part of marked.split(/(«\d{4}»)/)) {
    if (part.startsWith('«')) starts.push(text.length);
    text += part.replace(/[«»]/g, '');
  }
  return { text, starts };
}

describe('A code in a text about Smile ID', () => {
  for (const [use, languageId, marked] of FORMS) {
    it(`is found by its ${use === 'none' ? 'use, and other digits are not' : use}: ${languageId} ${marked}`, () => {
      const { text, starts } = unmark(marked);
      const found = codesInSmileFile(text, languageId);
      assert.deepEqual(
        found.map(({ start }) => start),
        starts,
      );
    });
  }

  it('says how it is used, and whether that is in a comment', () => {
    const wrong = FORMS.flatMap(([use, languageId, marked]) => {
      const { text } = unmark(marked);
      const found = codesUsedIn(text, languageId);
      const isComment = /^(?:comment table)$/.test(use);
      return found
        .filter((code) => code.use !== use || (isComment && !code.isInComment))
        .map((code) => `${code.code} is a ${code.use}, not a ${use}: ${languageId} ${text}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('is found in a comment if the code of the file has it', () => {
    const text = "if (ResultCode === '0820') go();\n// 0820 is always final, 1012 may follow";
    assert.deepEqual(
      codesInSmileFile(text, 'typescript').map(({ start }) => start),
      [text.indexOf('0820'), text.lastIndexOf('0820')],
    );
  });
});
