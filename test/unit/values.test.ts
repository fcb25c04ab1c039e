import * as assert from 'node:assert/strict';
import { literalOf, shapeOf, stringAt, type Literal } from '../../src/core/text/values';
import { markedCode } from '../support/markedCode';

/** Language, a text with a mark before a value, what it is, and its value if it is a literal. */
const VALUES: readonly (readonly [string, string, string, string | null])[] = [
  ['typescript', "x = ¦'a\\n\\'\\x41\\u0042b\\u{43}'", 'literal', "string a\n'ABbC"],
  ['typescript', 'x = ¦`a${b}`', 'joined', null],
  ['typescript', 'x = ¦`ab`', 'literal', 'string ab'],
  ['typescript', "x = ¦'a' + b", 'joined', null],
  ['typescript', "x = ¦['a', 1]", 'literal', "list of 'a' 1"],
  ['typescript', 'x = ¦true', 'literal', 'constant true'],
  ['typescript', "x = ¦'a' as const", 'literal', 'string a'],
  ['typescript', 'x = ¦-1', 'literal', 'number -1'],
  ['typescript', 'x = ¦order.id', 'name', null],
  ['typescript', 'x = ¦foo(a)', 'name', null],
  ['typescript', "x = ¦a ? 'b' : 'c'", 'joined', null],
  ['typescript', 'interface A { user_id: ¦string }', 'type', null],
  ['typescript', "type A = { user_id: ¦'a' | 'b' }", 'type', null],
  ['typescript', 'const x: ¦string', 'type', null],
  ['python', "x = ¦r'a\\n'", 'literal', 'string a\\n'],
  ['python', "x = ¦f'a{b}'", 'joined', null],
  ['python', "x = ¦f'a{{b}}'", 'literal', 'string a{b}'],
  ['python', 'x = ¦"""a\nb"""', 'literal', 'string a\nb'],
  ['python', 'x = ¦None', 'literal', 'constant null'],
  ['php', "<?php $x = ¦'a\\n\\'b\\\\';", 'literal', "string a\\n'b\\"],
  ['php', '<?php $x = ¦"a\\n$b";', 'joined', null],
  ['php', "<?php $x = ¦'job_' . $id;", 'joined', null],
  ['php', '<?php $x = ¦$order->id;', 'name', null],
  ['ruby', "x = ¦'a\\n'", 'literal', 'string a\\n'],
  ['ruby', 'x = ¦%w[a b]', 'literal', 'words a b'],
  ['ruby', 'x = ¦:sym', 'name', null],
  ['ruby', 'x = ¦"a#{b}"', 'joined', null],
  ['go', 'x := ¦`a\\n`', 'literal', 'string a\\n'],
  ['csharp', 'var x = ¦@"a""b\\n";', 'literal', 'string a"b\\n'],
  ['csharp', 'var x = ¦$"a{b}";', 'joined', null],
  ['kotlin', 'val x = ¦"a$b"', 'joined', null],
  ['swift', 'let x = ¦#"a\\n"#', 'literal', 'string a\\n'],
  ['yaml', "a: ¦'it''s'", 'literal', "string it's"],
  ['yaml', 'a: ¦some text', 'literal', 'string some text'],
  ['yaml', 'a: ¦true', 'literal', 'constant true'],
  ['yaml', 'a: ¦012', 'literal', 'number 012'],
  ['dotenv', 'A=¦"a\\nb"', 'literal', 'string a\nb'],
  ['dotenv', 'A=¦abc', 'literal', 'string abc'],
  ['dotenv', 'A=¦a$B', 'joined', null],
  ['json', '{"a": ¦"x\\u0041"}', 'literal', 'string xA'],
  ['shellscript', 'A=¦"a$B"', 'joined', null],
  ['dart', "x = ¦'a' 'b';", 'joined', null],
];

describe('A value', () => {
  for (const [language, text, shape, expected] of VALUES) {
    it(`is ${expected ?? shape} in ${language}: ${text}`, () => {
      const { code, at, show } = markedCode(language, text);
      const range = { first: at, last: code.partOf(at).last };
      const shown = (literal: Literal | null): string | null => {
        if (literal === null) return null;
        if (literal.kind === 'list') return `list of ${literal.items.map(show).join(' ')}`;
        if (literal.kind === 'words') return `words ${literal.values.join(' ')}`;
        return `${literal.kind} ${literal.value}`;
      };
      assert.deepEqual([shapeOf(code, range), shown(literalOf(code, range))], [shape, expected]);
    });
  }

  it('of a string has no prefix, quotes and escapes, and there is none if code is in it', () => {
    const value = (language: string, text: string): string | null => {
      const { code, at } = markedCode(language, text);
      return stringAt(code, at);
    };
    assert.deepEqual(
      [
        value('python', "¦b'a'"),
        value('csharp', '¦@"C:\\a""b"'),
        value('php', '¦"a{$b}"'),
        value('kotlin', '¦"""a\\n"""'),
        value('javascript', '¦name'),
      ],
      ['a', 'C:\\a"b', null, 'a\\n', null],
    );
  });
});
