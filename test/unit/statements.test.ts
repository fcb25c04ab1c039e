import * as assert from 'node:assert/strict';
import { blockAround, branchOf, statementAt } from '../../src/core/text/statements';
import { markedCode } from '../support/markedCode';

/** Language, a text with a mark, the statement around it, the statement whose block that is in, and what it leads to. */
const STATEMENTS: readonly (readonly [string, string, string, string | null, string])[] = [
  [
    'typescript',
    "a();\nif (code === ¦'0810') { ok(); b() } else c()",
    "if (code === '0810') { ok(); b() }",
    null,
    'ok() / b()',
  ],
  ['typescript', "if (code === ¦'0810') ok();\nnext()", "if (code === '0810') ok()", null, 'ok()'],
  ['typescript', "if (code === ¦'0810')\n  ok()\nnext()", "if (code === '0810')", null, 'ok()'],
  [
    'typescript',
    "switch (c) { case ¦'0810': case '0811': ok(); break; default: no() }",
    "case '0810':",
    "switch (c) { case '0810': case '0811': ok(); break; default: no() }",
    'ok() / break',
  ],
  ['typescript', 'const a = foo(\n  [¦1])\n  .b()\nc()', 'const a = foo( [1]) .b()', null, ''],
  [
    'php',
    "<?php $m = match ($c) { ¦'0810' => 'ok', default => 'x' };",
    "'0810' => 'ok'",
    "$m = match ($c) { '0810' => 'ok', default => 'x' }",
    "'ok'",
  ],
  [
    'kotlin',
    'when (code) {\n  ¦"0810", "0811" -> approve()\n  "0812" -> {\n a()\n b() }\n}',
    '"0810", "0811" -> approve()',
    'when (code) { "0810", "0811" -> approve() "0812" -> { a() b() } }',
    'approve()',
  ],
  [
    'kotlin',
    'when (code) {\n  "0810" -> approve()\n  ¦"0812" -> {\n a()\n b() }\n}',
    '"0812" -> { a() b() }',
    'when (code) { "0810" -> approve() "0812" -> { a() b() } }',
    'a() / b()',
  ],
  [
    'python',
    "def f():\n    if code == ¦'0810':\n        ok()\n        b()\n    c()",
    "if code == '0810':",
    'def f():',
    'ok() / b()',
  ],
  ['python', "if code in ['a', ¦'b']: ok()\n", "if code in ['a', 'b']:", null, 'ok()'],
  ['ruby', "approve! if code == ¦'0810'", "approve! if code == '0810'", null, 'approve!'],
  [
    'ruby',
    "if code == ¦'0810'\n  a\n  b\nelse\n c\nend",
    "if code == '0810' a b else c end",
    null,
    'a / b',
  ],
  [
    'ruby',
    "case c\nwhen ¦'0810', '0811' then ok\nelse no\nend",
    "case c when '0810', '0811' then ok else no end",
    null,
    'ok',
  ],
  [
    'ruby',
    "case c\nwhen '0810'\n a\nwhen ¦'0811'\n b\n c\nend",
    "case c when '0810' a when '0811' b c end",
    null,
    'b / c',
  ],
  [
    'java',
    'if ("0810".equals(¦code)) { ok(); }',
    'if ("0810".equals(code)) { ok(); }',
    null,
    'ok()',
  ],
  ['go', 'if code == ¦"0810" {\n ok()\n}', 'if code == "0810" { ok() }', null, 'ok()'],
  [
    'go',
    'switch c {\ncase ¦"0810":\n\tok()\n\treturn x\ndefault:\n}',
    'case "0810":',
    'switch c { case "0810": ok() return x default: }',
    'ok() / return x',
  ],
  [
    'csharp',
    'var x = c switch { ¦"0810" => Status.Ok, _ => Status.No };',
    '"0810" => Status.Ok',
    'var x = c switch { "0810" => Status.Ok, _ => Status.No }',
    'Status.Ok',
  ],
  [
    'java',
    'switch (c) { case ¦"0810" -> approve(); default -> no(); }',
    'case "0810" -> approve()',
    'switch (c) { case "0810" -> approve(); default -> no(); }',
    'approve()',
  ],
  ['yaml', 'a:\n  b: ¦c\n  d: e', 'c', 'b:', ''],
  ['dotenv', 'A=1\nB=¦2\n', 'B=2', null, ''],
  ['python', "@app.route('/x')\ndef f():\n    return ¦1", 'return 1', 'def f():', ''],
  [
    'swift',
    'switch c {\ncase ¦"0810", "0811":\n    ok()\ndefault:\n    no()\n}',
    'case "0810", "0811":',
    'switch c { case "0810", "0811": ok() default: no() }',
    'ok()',
  ],
  ['dart', "if (code == ¦'0810') {\n  ok();\n}", "if (code == '0810') { ok(); }", null, 'ok()'],
  [
    'javascript',
    "if (a) {} else if (code === ¦'0810') { ok() }",
    "else if (code === '0810') { ok() }",
    null,
    'ok()',
  ],
  [
    'php',
    "<?php switch ($c) { case ¦'0810': ok(); break; default: no(); }",
    "case '0810':",
    "switch ($c) { case '0810': ok(); break; default: no(); }",
    'ok() / break',
  ],
  ['shellscript', 'A=1; B=¦2', 'B=2', null, ''],
  ['ruby', "unless c == ¦'0810'\n  no\nend", "unless c == '0810' no end", null, 'no'],
  [
    'vue',
    "<script>\nif (c === ¦'0810') { ok() }\n</script>",
    "if (c === '0810') { ok() }",
    null,
    'ok()',
  ],
];

describe('A statement', () => {
  for (const [language, text, statement, head, branch] of STATEMENTS) {
    it(`is found in ${language}: ${text}`, () => {
      const { code, at, show } = markedCode(language, text);
      const block = blockAround(code, at);
      assert.deepEqual(
        {
          statement: show(statementAt(code, at)),
          head: block === null ? null : show(block.head),
          branch: branchOf(code, at).map(show).join(' / '),
        },
        { statement, head, branch },
      );
      const inBlock = code.partsIn(block?.opener ?? -1).map(show);
      assert.ok(inBlock.includes(statement), 'the block has it');
    });
  }
});
