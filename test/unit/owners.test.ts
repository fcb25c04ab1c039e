import * as assert from 'node:assert/strict';
import { parametersOf } from '../../src/core/text/functions';
import { headsAround, ownersOf } from '../../src/core/text/owners';
import { markedCode } from '../support/markedCode';

/** Language, a text with a mark, the words of what is around it, and the functions and classes around it. */
const OWNERS: readonly (readonly [string, string, string, string])[] = [
  [
    'typescript',
    "export const config = { smile: { apiKey: ¦'a' } }",
    'smile < export const config',
    '',
  ],
  [
    'typescript',
    'class Smile { async verify(body) { if (x) { foo(¦1) } } }',
    'foo < if x < async verify body < class Smile',
    'function verify < class Smile',
  ],
  [
    'typescript',
    "const f = async (a: string): Promise<void> => { switch (resultCode) { case ¦'0810': } }",
    'switch resultCode < const f async a string Promise void',
    'function f',
  ],
  [
    'typescript',
    "app.post('/smile', async (req, res) => { ¦x })",
    'async req < app post',
    'function ',
  ],
  [
    'python',
    'class A:\n    def verify(self, body):\n        if body:\n            ¦x',
    'if body < def verify < class A',
    'function verify < class A',
  ],
  [
    'ruby',
    'module M\n  class A\n    def verify(body)\n      list.each do |c|\n        ¦x\n      end\n    end\n  end\nend',
    'do end < def verify end < class A end < module M end',
    'function verify < class A < class M',
  ],
  [
    'php',
    "<?php class A { public function verify(array $b): bool { return foo(['smile' => [¦1]]); } }",
    'smile <  < return foo < public function verify array b bool < class A',
    'function verify < class A',
  ],
  [
    'go',
    'func (c *Client) Sign(ts string) string {\n\treturn ¦x\n}',
    'func c Client Sign ts string string',
    'function Sign',
  ],
  [
    'java',
    'public class A { private String sign(String a) throws E { ¦x(); } }',
    'private String sign String a throws E < public class A',
    'function sign < class A',
  ],
  [
    'kotlin',
    'class A(val b: C) { suspend fun sign(a: String): String { ¦x } }',
    'suspend fun sign a String String < class A val b C',
    'function sign < class A',
  ],
  [
    'csharp',
    'namespace N { public class A { public async Task<string> F(string a) { ¦x(); } } }',
    'public async Task string F string a < public class A < namespace N',
    'function F < class A < class N',
  ],
  [
    'dart',
    'class A { Future<void> f({required String a}) async { ¦x(); } }',
    'Future void f async < class A',
    'function f < class A',
  ],
  [
    'swift',
    'struct A { func f(a: String) -> Bool { ¦x } }',
    'func f a String Bool < struct A',
    'function f < class A',
  ],
  ['yaml', 'smile:\n  keys:\n  - name: ¦a', 'name <  < keys < smile', ''],
  ['json', '{"SmileId": {"a": [¦1]}}', 'a < SmileId < ', ''],
  ['typescript', 'const f = function (a) { ¦x }', 'const f function a', 'function f'],
  ['typescript', 'const o = { get(a) { ¦x }, b: (c) => { y } }', 'get a < const o', 'function get'],
  ['properties', '[smile]\nkey = ¦a', 'smile < ', ''],
  [
    'typescriptreact',
    'const A = () => { return <B c={¦x} />; }',
    'return B c < const A',
    'function A',
  ],
  ['javascript', 'const isPassed = (code) => ¦code', '', ''],
];

describe('What is around a token', () => {
  for (const [language, text, owners, heads] of OWNERS) {
    it(`is told from the inside out in ${language}: ${text}`, () => {
      const { code, at } = markedCode(language, text);
      assert.deepEqual(
        {
          owners: [...ownersOf(code, at)].map(({ words }) => words.join(' ')).join(' < '),
          heads: [...headsAround(code, at)].map(({ kind, name }) => `${kind} ${name}`).join(' < '),
        },
        { owners, heads },
      );
    });
  }

  for (const [language, text] of [
    ['typescript', 'function f(a: string, b = 1, { c }: D) { ¦x }'],
    ['php', '<?php function f(string $a, int $b = 1, array [$c]) { ¦x(); }'],
    ['python', 'def f(a: str, b=1, *c):\n    ¦x'],
    ['go', 'func f(a string, b, c int) {\n\t¦x()\n}'],
    ['java', 'class A { void f(final String a, int b, List<String> c) { ¦x(); } }'],
  ] as const) {
    it(`has the names of its parameters in ${language}`, () => {
      const { code, at } = markedCode(language, text);
      const [head] = headsAround(code, at);
      assert.deepEqual((head ? parametersOf(code, head) : []).slice(0, 2), ['a', 'b']);
    });
  }
});
