import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { argumentsOf, callAround } from '../../src/core/text/calls';
import { CodeTree } from '../../src/core/text/codeTree';
import { GivenNames } from '../../src/core/text/givenNames';
import { keysOf, keysOfTest } from '../../src/core/text/keys';
import {
  languageOf,
  LANGUAGES,
  languageOfPath,
  type Language,
} from '../../src/core/text/languages';
import { tokensOf } from '../../src/core/text/lexer';
import { lookupsIn } from '../../src/core/text/lookups';
import { headsAround, ownersOf } from '../../src/core/text/owners';
import { blockAround, branchOf, statementAt } from '../../src/core/text/statements';
import { shapeOf, stringAt } from '../../src/core/text/values';
import { assertLinear } from '../support/growth';
import { markedCode } from '../support/markedCode';
import { ROOT } from '../support/root';

/** The parts of a group as text, those of the groups in it indented; a group of statements has a colon. */
function outlineOf(code: CodeTree, opener = -1, indent = ''): string[] {
  return code.partsIn(opener).flatMap((part) => {
    let line = indent;
    const inner: string[] = [];
    for (let at = part.first; at >= 0; at = code.after(at)) {
      const range = code.whole(at);
      if (code.tokens.kindAt(at) === 'quote') {
        const { start, end } = code.rangeOf(range);
        line += ` ${code.tokens.text.slice(start, end)}`;
        at = range.last;
        continue;
      }
      line += ` ${code.textOf(at)}`;
      if (code.closerOf(at) >= 0) {
        if (code.hasStatements(at)) line += ':';
        inner.push(...outlineOf(code, at, `${indent}  `));
      }
    }
    return [line.replace(/^(\s*)\s/, '$1'), ...inner];
  });
}

/** Language, a text, and its tree. */
const TREES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'typescript',
    "const a = { code: ok ? '0810' : '0811', x: [1, 2] }\nconst b = foo(a,\n  b)\n  .bar()",
    [
      'const a = { }',
      "  code : ok ? '0810' : '0811'",
      '  x : [ ]',
      '    1',
      '    2',
      'const b = foo ( ) . bar ( )',
      '  a',
      '  b',
    ],
  ],
  [
    'typescript',
    "if (a) { return 'x' } else if (c) y()\nelse z()",
    ['if ( ) {: }', '  a', "  return 'x'", 'else if ( ) y ( )', '  c', 'else z ( )'],
  ],
  [
    'typescript',
    "class A { b = 1\n c(): Promise<void> { d() } }\nenum E { A = '1', B = '2' }",
    [
      'class A {: }',
      '  b = 1',
      '  c ( ) : Promise < void > {: }',
      '    d ( )',
      'enum E {: }',
      "  A = '1'",
      "  B = '2'",
    ],
  ],
  [
    'typescript',
    "switch (x) { case '0810': case '0811':\n  a(); break\n default: b() }",
    [
      'switch ( ) {: }',
      '  x',
      "  case '0810' :",
      "  case '0811' :",
      '  a ( )',
      '  break',
      '  default :',
      '  b ( )',
    ],
  ],
  [
    'typescript',
    "function f(): { a: string } { g() }\nimport { h } from 'i'\nj()",
    ['function f ( ) : { } {: }', '  a : string', '  g ( )', "import { } from 'i'", '  h', 'j ( )'],
  ],
  [
    'typescriptreact',
    'const a = <B c={d} e="f">text, {g}</B>\nh()',
    ['const a = < B c = { } e = "f" > text,  { } </ B >', '  d', '  g', 'h ( )'],
  ],
  [
    'python',
    "def f(x):\n    if x == '1':\n        return 'a'\n    elif y: z()\n    q = {'a': 1,\n  'b': 2}\nb = 1",
    [
      'def: f ( ) :',
      "  if: x == '1' :",
      "    return 'a'",
      '  elif: y :',
      '    z ( )',
      '  q = { }',
      "    'a' : 1",
      "    'b' : 2",
      '  x',
      'b = 1',
    ],
  ],
  [
    'python',
    "match x:\n    case '0810' | '0811':\n        p\n    case _:\n        q\n",
    ['match: x :', "  case: '0810' | '0811' :", '    p', '  case: _ :', '    q'],
  ],
  [
    'ruby',
    "def f(x)\n  return 1 if x == '0810'\n  a = case x\n      when '0810', '0811' then :ok\n      when '0812'\n        foo\n      else bar\n      end\n  x.each do |c|\n    p c\n  end\nend\nputs 1",
    [
      'def: f ( ) end',
      "  return 1 if x == '0810'",
      "  a = case: x when: '0810' , '0811' then when: '0812' else: end",
      '    : ok',
      '    foo',
      '    bar',
      '  x . each do: end',
      '    | c |',
      '    p c',
      '  x',
      'puts 1',
    ],
  ],
  [
    'ruby',
    "x.map { |y| y + 1 }\nh = { a: 1, 'b' => 2 }\ng(<<~A, 1)\n  text\nA\nunless q then r else s end\nclass X < Y; end",
    [
      'x . map {: }',
      '  | y | y + 1',
      'h = { }',
      '  a : 1',
      "  'b' => 2",
      'g ( )',
      '  <<~A',
      '  1',
      'unless: q then else: end',
      '  r',
      '  s',
      'class: X < Y end',
    ],
  ],
  [
    'php',
    "<?php $m = match ($c) { '1', '2' => 'x', default => 'y' }; if ($a) { b(); } elseif ($c) { d(); } ?> <p> <?php e();",
    [
      '$m = match ( ) {: }',
      '  $c',
      "  '1'",
      "  '2' => 'x'",
      "  default => 'y'",
      'if ( ) {: }',
      '  $a',
      '  b ( )',
      'elseif ( ) {: }',
      '  $c',
      '  d ( )',
      'e ( )',
    ],
  ],
  [
    'kotlin',
    'val r = when (code) {\n  "1", "2" -> ok()\n  else -> {\n no() }\n}\nval x = list.map { it.a }\n  .filter { b }',
    [
      'val r = when ( ) {: }',
      '  code',
      '  "1" , "2" -> ok ( )',
      '  else -> {: }',
      '    no ( )',
      'val x = list . map {: } . filter {: }',
      '  it . a',
      '  b',
    ],
  ],
  [
    'swift',
    'guard let c = x else { return }\nswitch c {\ncase "1": a()\ndefault: b()\n}',
    [
      'guard let c = x else {: }',
      '  return',
      'switch c {: }',
      '  case "1" :',
      '  a ( )',
      '  default :',
      '  b ( )',
    ],
  ],
  [
    'dart',
    "final m = <String, String>{'1': 'a'}; Widget b() { return Foo(id: c); }",
    [
      'final m = < String , String > { }',
      "  '1' : 'a'",
      'Widget b ( ) {: }',
      '  return Foo ( )',
      '    id : c',
    ],
  ],
  [
    'go',
    'var m = map[string]string{\n\t"1": "a",\n}\nif x := f(); x == "y" {\n\treturn a, b\n}\nt := T{A: 1}',
    [
      'var m = map [ ] string { }',
      '  string',
      '  "1" : "a"',
      'if x := f ( ) ; x == "y" {: }',
      '  return a , b',
      't := T { }',
      '  A : 1',
    ],
  ],
  [
    'java',
    'Set<String> s = Set.of("1"); String[] a = { "x" }; class B { @Override void f() { g(); } int h; }',
    [
      'Set < String > s = Set . of ( )',
      '  "1"',
      'String [ ] a = { }',
      '  "x"',
      'class B {: }',
      '  @ Override void f ( ) {: }',
      '    g ( )',
      '  int h',
    ],
  ],
  [
    'csharp',
    'var x = c switch { "1" => "a", _ => "b" }; var d = new D<string> { ["a"] = "b" }; public string A { get; set; } = "q"; void F() { g(); }',
    [
      'var x = c switch {: }',
      '  "1" => "a"',
      '  _ => "b"',
      'var d = new D < string > { }',
      '  [ ] = "b"',
      '    "a"',
      'public string A {: } = "q"',
      '  get',
      '  set',
      'void F ( ) {: }',
      '  g ( )',
    ],
  ],
  ['shellscript', 'A=1 b "$c"; d\nif e; then f; fi', ['A = 1 b "$c"', 'd', 'if e', 'then f', 'fi']],
  [
    'json',
    '{"a": [1, {"b": "c"}], "d": null}',
    ['{ }', '  "a" : [ ]', '    1', '    { }', '      "b" : "c"', '  "d" : null'],
  ],
  [
    'yaml',
    'smile:\n  codes:\n  - \'1\'\n  - "2"\n  map: {a: b, c: [d]}\nlist:\n- name: K\n  value: v\ntop: x\n',
    [
      'smile: :',
      '  codes: :',
      '    -:',
      "      '1'",
      '    -:',
      '      "2"',
      '  map: :',
      '    { }',
      '      a : b',
      '      c : [ ]',
      '        d',
      'list: :',
      '  -:',
      '    name: :',
      '      K',
      '    value: :',
      '      v',
      'top: :',
      '  x',
    ],
  ],
  ['dotenv', 'A=1\nexport B="x"\n# c\nD=\nE=f', ['A = 1', 'export B = "x"', 'D =', 'E = f']],
  [
    'properties',
    'a=1\n[smile]\nkey = v\n[other]\nz: 1',
    ['a = 1', '[ ]', '  smile:', '    key = v', '[ ]', '  other:', '    z : 1'],
  ],
  [
    'vue',
    '<template><p>{{ a(b, c) }}</p></template>\n<script>\nd()\ne()\n</script>',
    [
      '< template > < p > {{ }} </ p > </ template > \n < script >',
      '  a ( )',
      '    b',
      '    c',
      'd ( )',
      'e ( )',
      '</ script >',
    ],
  ],
  [
    'plaintext',
    'It\'s {"a": 1, "b": [2]} here\nand there',
    ["It ' s { } here", '  "a" : 1', '  "b" : [ ]', '    2', 'and there'],
  ],
];

/** Everything that is asked of a token. */
function askAll(code: CodeTree, at: number): void {
  keysOf(code, at);
  keysOfTest(code, at);
  const call = callAround(code, at);
  // Once for each call: all of its arguments are read.
  if (call && (call.at + 3 > at || call.open + 3 > at)) argumentsOf(code, call);
  statementAt(code, at);
  branchOf(code, at);
  blockAround(code, at);
  Array.from(ownersOf(code, at));
  Array.from(headsAround(code, at));
  // Once for each string: all of it is read.
  if (/^(?:text|escape)$/.test(code.tokens.kindAt(at) ?? '')) return;
  shapeOf(code, code.whole(at));
  stringAt(code, at);
}

const wanted = { name: (name: string): boolean => name === 'resultCode', list: () => true };

function askOfAll(text: string, language: Language): void {
  const tokens = tokensOf(text, language);
  const code = new CodeTree(tokens, language);
  const given = new GivenNames(code, wanted);
  lookupsIn(code);
  for (let at = 0; at < tokens.length; at += 1) {
    askAll(code, at);
    given.has('code', at);
  }
}

/** What is true of every tree. */
function assertWhole(text: string, language: Language): void {
  const tokens = tokensOf(text, language);
  const code = new CodeTree(tokens, language);
  const inParts = new Set<number>();
  const read = (opener: number): void => {
    for (const part of code.partsIn(opener)) {
      for (let at = part.first; at >= 0; at = code.after(at)) {
        assert.ok(!inParts.has(at), 'a token is in one part');
        inParts.add(at);
        assert.equal(code.firstOf(at), part.first);
        assert.equal(code.openerOf(at), opener);
        const next = code.after(at);
        assert.ok(next < 0 ? at === part.last : code.before(next) === at && next > at);
      }
    }
  };
  read(-1);
  for (let at = 0; at < tokens.length; at += 1) {
    if (code.closerOf(at) >= 0) read(at);
    const opener = code.openerOf(at);
    assert.ok(opener < at, 'what opens a group is before it');
    assert.ok(opener < 0 || code.closerOf(opener) > at, 'and what closes it is behind it');
    const isAlone = code.firstOf(at) === at && code.after(at) < 0;
    assert.ok(inParts.has(at) || isAlone || tokens.kindAt(at) === 'endQuote', tokens.textOf(at));
  }
}

const PIECES = [
  ...['(', '[', '{', '}', ')', 'a(', "['0810', ", "a: '0810', ", '{ a: ', 'a ? ', ' : ', 'a ?? '],
  ...['if (a) {\n', 'else ', "x = '0810'\n", 'case 1: ', 'when x\n', 'end\n', 'do |x|\n', '=> '],
  ...[
    'a.b().',
    "'x' + ",
    "'x' . ",
    '`${',
    '#{',
    '"',
    "'",
    'def f(a)\n',
    'class A:\n ',
    '- ',
    'k:\n ',
  ],
  ...['foo a, ', 'a = b = ', '<a b={', 'a < b > ', '; ', ', ', 'for x in ', 'new ', '@a\n', '\n  '],
];

/** Each with a way of its own to tell where blocks and statements end. */
const GROWING = ['typescriptreact', 'python', 'ruby', 'php', 'go', 'yaml', 'properties'];

describe('The tree of a text', () => {
  for (const [language, text, expected] of TREES) {
    it(`has its parts in ${language}: ${text}`, () => {
      assert.deepEqual(outlineOf(markedCode(language, text).code), expected);
    });
  }

  it('has every token once, whatever the text', () => {
    const anyText = fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 40 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, language) => {
        assertWhole(text, language);
        askOfAll(text, language);
      }),
    );
  });

  it('has every token of real files once', () => {
    for (const folder of ['corpus', 'codeCorpus', 'lintCorpus']) {
      const path = join(ROOT, 'test', 'unit', folder);
      for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
        const language = languageOfPath(name);
        if (language) assertWhole(readFileSync(join(path, name), 'utf8'), language);
      }
    }
  });

  for (const id of GROWING) {
    it(`is read and asked in time that grows with its length in ${id}`, () => {
      const language = languageOf(id);
      assert.ok(language);
      for (const piece of [...PIECES, "f(a, '0810', "]) {
        assertLinear({
          size: 2000,
          input: (size) => piece.repeat(size / piece.length),
          run: (text) => {
            askOfAll(text, language);
          },
          what: `${id} with ${JSON.stringify(piece)}`,
        });
      }
    });
  }
});
