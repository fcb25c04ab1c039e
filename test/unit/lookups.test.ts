import * as assert from 'node:assert/strict';
import { lookupsIn } from '../../src/core/text/lookups';
import { markedCode } from '../support/markedCode';

/** Language, a text, and each table that it reads, with what it is read by. */
const TEXTS: readonly (readonly [string, string, ...(readonly string[])])[] = [
  [
    'typescript',
    "const sentences: Record<string, string> = { '0810': 'x' };\nexport const say = (c) => sentences[c] ?? 'w'",
    "{ '0810': 'x' } by c",
  ],
  [
    'typescript',
    "const m = new Map([['0810', 'x']]); m.get(String(c))",
    "[['0810', 'x']] by String(c)",
  ],
  [
    'typescript',
    "class A { private static M = { '0810': 'x' }; f(c) { return this.M[c] } }",
    "{ '0810': 'x' } by c",
  ],
  ['typescript', "({ '0810': 'x' })[c]", "{ '0810': 'x' } by c"],
  ['typescript', "const x = { '0810': 'x' }[c] ?? y", "{ '0810': 'x' } by c"],
  [
    'typescript',
    "const x = Object.freeze({ '0810': 'x' }); x[c]; a[0]; foo(c)",
    "{ '0810': 'x' } by c",
  ],
  ['php', "<?php $map = ['0810' => 'x']; return $map[$code] ?? null;", "['0810' => 'x'] by $code"],
  [
    'php',
    "<?php class A { const M = ['0810' => 'x']; function f($c) { return self::M[$c]; } }",
    "['0810' => 'x'] by $c",
  ],
  [
    'python',
    "M = {'0810': 'x'}\nM.get(code, 'y')\nM[code]",
    "{'0810': 'x'} by code",
    "{'0810': 'x'} by code",
  ],
  [
    'ruby',
    "M = { '0810' => 'x' }.freeze\nM[code]\nM.fetch(code, 1)",
    "{ '0810' => 'x' } by code",
    "{ '0810' => 'x' } by code",
  ],
  ['go', 'var m = map[string]string{"0810": "x"}\nx := m[code]', '{"0810": "x"} by code'],
  ['java', 'Map<String, String> m = Map.of("0810", "x"); m.get(code);', '("0810", "x") by code'],
  ['kotlin', 'val m = mapOf("0810" to "x")\nm[code]', '("0810" to "x") by code'],
  [
    'csharp',
    'var m = new Dictionary<string, string> { ["0810"] = "x" }; m[code]; m.TryGetValue(code, out var x);',
    '{ ["0810"] = "x" } by code',
    '{ ["0810"] = "x" } by code',
  ],
  ['dart', "const m = {'0810': 'x'}; var y = m[code];", "{'0810': 'x'} by code"],
  ['swift', 'let m = ["0810": "x"]\nlet y = m[code]', '["0810": "x"] by code'],
];

describe('Tables that are read by a name', () => {
  for (const [language, text, ...expected] of TEXTS) {
    it(`are found in ${language}: ${text}`, () => {
      const { code, show } = markedCode(language, text);
      assert.deepEqual(
        lookupsIn(code).map(({ table, key }) => `${show(code.whole(table))} by ${show(key)}`),
        expected,
      );
    });
  }
});
