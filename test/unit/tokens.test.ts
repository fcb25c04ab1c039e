import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANGUAGES, languageOf, type Language } from '../../src/core/text/languages';
import { tokensOf, windowAround, type Window } from '../../src/core/text/lexer';
import type { Tokens } from '../../src/core/text/tokens';
import { assertLinear } from '../support/growth';

function known(languageId: string): Language {
  const language = languageOf(languageId);
  assert.ok(language, languageId);
  return language;
}
const read = (text: string, languageId: string, window?: Window): Tokens =>
  tokensOf(text, known(languageId), window);

/** What is not plain code in a text, each as it is written, and the brackets as pairs. */
interface Outline {
  readonly strings?: readonly string[];
  readonly comments?: readonly string[];
  readonly regexps?: readonly string[];
  readonly brackets?: readonly string[];
}

function outlineOf(tokens: Tokens): Outline {
  const strings: string[] = [];
  const comments: string[] = [];
  const regexps: string[] = [];
  const brackets: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const partner = tokens.partnerOf(index);
    const pair = tokens.text.slice(tokens.startOf(index), tokens.endOf(partner));
    switch (tokens.kindAt(index)) {
      case 'quote':
        strings.push(pair);
        break;
      case 'comment':
        comments.push(tokens.textOf(index));
        break;
      case 'regexp':
        regexps.push(tokens.textOf(index));
        break;
      case 'open':
        brackets.push(partner < 0 ? `${tokens.textOf(index)}?` : pair);
        break;
      default:
    }
  }
  return {
    ...(strings.length > 0 && { strings }),
    ...(comments.length > 0 && { comments }),
    ...(regexps.length > 0 && { regexps }),
    ...(brackets.length > 0 && { brackets }),
  };
}

const kindsOf = (tokens: Tokens): string[] =>
  Array.from(
    { length: tokens.length },
    (_, index) => `${tokens.kindAt(index)} ${tokens.textOf(index)}`,
  );

/** Language, what is tried, the text, and its outline. */
const PLACES: readonly (readonly [string, string, string, Outline])[] = [
  [
    'javascript',
    'a regular expression with a comment in it',
    's.replace(/\\/*$/, x) // c',
    { regexps: ['/\\/*$/'], comments: ['// c'], brackets: ['(/\\/*$/, x)'] },
  ],
  [
    'javascript',
    'a regular expression with a backtick',
    's.split(/`/g)',
    { regexps: ['/`/g'], brackets: ['(/`/g)'] },
  ],
  [
    'javascript',
    'a class with a slash',
    'x = /[/"]/.test(y)',
    { regexps: ['/[/"]/'], brackets: ['(y)'] },
  ],
  [
    'javascript',
    'divisions',
    'a / b / c; (a) / 2 / d; x[0] / 1 / y; i++ / 2 / 3',
    { brackets: ['(a)', '[0]'] },
  ],
  [
    'javascript',
    'a regular expression after a condition',
    'if (a) /b"/.test(c)',
    { regexps: ['/b"/'], brackets: ['(a)', '(c)'] },
  ],
  [
    'javascript',
    'a regular expression after a block',
    'if (a) {}\n/b/.test(c)',
    { regexps: ['/b/'], brackets: ['(a)', '{}', '(c)'] },
  ],
  ['javascript', 'a division after an object', 'x = {} / 2 / 3', { brackets: ['{}'] }],
  ['typescript', 'a division after an assertion', 'a! / b / c', {}],
  [
    'javascript',
    'templates in templates',
    '`a${f(`b${c}`)}d`',
    { strings: ['`a${f(`b${c}`)}d`', '`b${c}`'], brackets: ['${f(`b${c}`)}', '(`b${c}`)', '${c}'] },
  ],
  [
    'javascriptreact',
    'text between tags',
    "<p a=\"x'y\">it's {b} // no</p>; 'c'",
    { strings: ['"x\'y"', "'c'"], brackets: ['{b}'] },
  ],
  [
    'typescriptreact',
    'generic functions',
    "const f = <T,>(x: T) => 'a'; const g = <T extends U>(y: T) => y",
    { strings: ["'a'"], brackets: ['(x: T)', '(y: T)'] },
  ],
  [
    'typescriptreact',
    'elements in expressions',
    "a ? <b>{'x'}</b> : <C d={'y'} />",
    { strings: ["'x'", "'y'"], brackets: ["{'x'}", "{'y'}"] },
  ],
  [
    'vue',
    'script, text and code of a page',
    "<p :a=\"b\">it's {{ c('d') }}</p><script>\nlet e = 'f' // g\n</script><style>a{b:'}</style>",
    { strings: ['"b"', "'d'", "'f'"], comments: ['// g'], brackets: ["{{ c('d') }}", "('d')"] },
  ],
  [
    'python',
    'prefixes',
    `r'\\'' + rb"x\\" + f'{a}' + U'y' + x'z'`,
    { strings: [`r'\\''`, `rb"x\\" + f'{a}' + U'y' + x'z'`] },
  ],
  [
    'python',
    'triple quotes',
    `"""it's "one" # no""" # yes`,
    { strings: [`"""it's "one" # no"""`], comments: ['# yes'] },
  ],
  [
    'python',
    'code and formats in f-strings',
    `f"{a['b']:>{w}} {{no}} {c!r}"`,
    {
      strings: [`f"{a['b']:>{w}} {{no}} {c!r}"`, "'b'"],
      brackets: ["{a['b']:>{w}}", "['b']", '{w}', '{c!r}'],
    },
  ],
  [
    'php',
    'pages around code',
    "it's <?php $a = 'b' // c ?> it's <?= $d ?>",
    { strings: ["'b'"], comments: ['// c '] },
  ],
  [
    'php',
    'attributes and comments',
    "#[A('b')]\n# c's\n$d;",
    { strings: ["'b'"], comments: ["# c's"], brackets: ["[A('b')]", "('b')"] },
  ],
  [
    'php',
    'heredocs and nowdocs',
    "f(<<<A\n {$b['c']} it's\n A, <<<'D'\n{$e}\nD);",
    {
      strings: ["<<<A\n {$b['c']} it's\n A", "'c'", "<<<'D'\n{$e}\nD"],
      brackets: ["(<<<A\n {$b['c']} it's\n A, <<<'D'\n{$e}\nD)", "{$b['c']}", "['c']"],
    },
  ],
  ['ruby', 'lists of words', "%w[a' b[c]] + %i(d e)", { strings: ["%w[a' b[c]]", '%i(d e)'] }],
  [
    'ruby',
    'heredocs',
    "f(<<~A, 'x')\n  it's \#{b}\nA\n'c'",
    { strings: ["'x'", "  it's \#{b}\nA", "'c'"], brackets: ["(<<~A, 'x')", '#{b}'] },
  ],
  ['ruby', 'characters, and a choice', "x = ?' ; y ? 'a' : 'b'", { strings: ["?'", "'a'", "'b'"] }],
  [
    'ruby',
    'regular expressions and divisions',
    "a / b / c; puts /'/; d =~ /\#{e}'/x; f(/'/)",
    { strings: ["/'/", "/\#{e}'/x", "/'/"], brackets: ['#{e}', "(/'/)"] },
  ],
  [
    'ruby',
    'comments of several lines',
    "=begin\nit's\n=end\n'a'",
    { strings: ["'a'"], comments: ["=begin\nit's\n=end"] },
  ],
  [
    'java',
    'blocks of text',
    `x = """\n it's "a" \\""" b\n """; 'c'`,
    { strings: [`"""\n it's "a" \\""" b\n """`, "'c'"] },
  ],
  [
    'kotlin',
    'code in strings',
    '"$a ${b("c")}" + """d"$e"""" /* /* */ \' */',
    {
      strings: ['"$a ${b("c")}"', '"c"', '"""d"$e""""'],
      comments: ["/* /* */ ' */"],
      brackets: ['${b("c")}', '("c")'],
    },
  ],
  [
    'csharp',
    'verbatim, raw and interpolated strings',
    '@"a\\" + $"{b:N2}{{}}" + $@"c""{d}" + """e"f""" + $$"""{g}{{h}}"""',
    {
      strings: ['@"a\\"', '$"{b:N2}{{}}"', '$@"c""{d}"', '"""e"f"""', '$$"""{g}{{h}}"""'],
      brackets: ['{b:N2}', '{d}', '{{h}}'],
    },
  ],
  [
    'csharp',
    'names of regions',
    "#region it's\n'a'",
    { strings: ["'a'"], comments: ["#region it's"] },
  ],
  [
    'swift',
    'code in strings',
    '"\\(a("b"))" + #"c"\\(d)\\#(e)"#',
    {
      strings: ['"\\(a("b"))"', '"b"', '#"c"\\(d)\\#(e)"#'],
      brackets: ['\\(a("b"))', '("b")', '\\#(e)'],
    },
  ],
  [
    'dart',
    'raw strings and code in strings',
    `r'\\' + '$a \${b['c']}' + """it's"""`,
    { strings: ["r'\\'", "'$a ${b['c']}'", "'c'", `"""it's"""`], brackets: ["${b['c']}", "['c']"] },
  ],
  [
    'go',
    'raw strings and runes',
    "`\\` + '\\'' + '\"' // a",
    { strings: ['`\\`', "'\\''", "'\"'"], comments: ['// a'] },
  ],
  [
    'shellscript',
    'quotes, commands and comments',
    `echo "$(f "a")" it\\'s b#c 'd' # e`,
    { strings: ['"$(f "a")"', '"a"', "'d'"], comments: ['# e'], brackets: ['$(f "a")'] },
  ],
  [
    'shellscript',
    'heredocs',
    "cat <<A | f <<-'B'\n$(x) it's\nA\n\t$(y\n\tB\n'c'",
    { strings: ["$(x) it's\nA", '\t$(y\n\tB', "'c'"], brackets: ['$(x)'] },
  ],
  [
    'shellscript',
    'the lone bracket of a case',
    'x=$(case $a in b) c;; (d) e;; esac)',
    { brackets: ['$(case $a in b) c;; (d) e;; esac)', '(d)'] },
  ],
  [
    'shellscript',
    'expansions',
    `"\${a:-it's}" "\${b#'c'}" \${#d} $(( 1 << 2 ))`,
    {
      strings: [`"\${a:-it's}"`, `"\${b#'c'}"`, "'c'"],
      brackets: ["${a:-it's}", "${b#'c'}", '${#d}', '$(( 1 << 2 ))', '( 1 << 2 )'],
    },
  ],
  [
    'yaml',
    'scalars',
    "a: it's # b\nc: 'd''e' # f\n'g': \"h\\\"\"\ni: j#k",
    { strings: ["'d''e'", "'g'", '"h\\""'], comments: ['# b', '# f'] },
  ],
  [
    'yaml',
    'blocks of text',
    "a: |-\n  it's # b\n\n  c: 'd'\ne: 'f'",
    { strings: ["|-\n  it's # b\n\n  c: 'd'\n", "'f'"] },
  ],
  [
    'yaml',
    'values of several lines',
    "a: b\n  it's 'c'\nd: [e, 'f', {g: h}]",
    { strings: ["'f'"], brackets: ["[e, 'f', {g: h}]", '{g: h}'] },
  ],
  [
    'jsonc',
    'comments',
    `{"a": 'b', /* c */ d: 1, // e's\n}`,
    {
      strings: ['"a"', "'b'"],
      comments: ['/* c */', "// e's"],
      brackets: [`{"a": 'b', /* c */ d: 1, // e's\n}`],
    },
  ],
  [
    'plaintext',
    'apostrophes and quotes',
    `it's "a" and 'b', 5" long, {'c': 1} \\"d\\"`,
    { strings: ['"a"', "'b'", "'c'", '\\"d\\"'], brackets: ["{'c': 1}"] },
  ],
];

describe('Tokens', () => {
  for (const [languageId, what, text, outline] of PLACES) {
    it(`tell strings, comments, regular expressions and brackets apart: ${languageId}, ${what}`, () => {
      assert.deepEqual(outlineOf(read(text, languageId)), outline);
    });
  }

  it('give a string with code as quotes, text, escapes and code', () => {
    assert.deepEqual(kindsOf(read("x = `a\\n${b['c']}`", 'typescript')), [
      ...['word x', 'punctuation =', 'quote `', 'text a', 'escape \\n', 'open ${', 'word b'],
      ...['open [', "quote '", 'text c', "endQuote '", 'close ]', 'close }', 'endQuote `'],
    ]);
  });

  it('give numbers and operators as wholes', () => {
    assert.deepEqual(kindsOf(read('a?.b ??= 0810 !== 1.5e-3', 'javascript')), [
      ...['word a', 'punctuation ?.', 'word b', 'punctuation ??=', 'number 0810'],
      ...['punctuation !==', 'number 1.5e-3'],
    ]);
  });

  it('give values without quotes as wholes, in settings and in YAML', () => {
    const text = 'export A_KEY = a-b+/= # c\n# d\nE="f # g"\nH=i#j\nK="l';
    assert.deepEqual(kindsOf(read(text, 'dotenv')), [
      ...['word export', 'word A_KEY', 'punctuation =', 'plain a-b+/=', 'comment # c'],
      ...['comment # d', 'word E', 'punctuation =', 'quote "', 'text f # g', 'endQuote "'],
      ...['word H', 'punctuation =', 'plain i#j', 'word K', 'punctuation =', 'plain "l'],
    ]);
    assert.deepEqual(kindsOf(read('code: 0810\nkey: a-b+/=\nc: [x y]', 'yaml')), [
      ...['word code', 'punctuation :', 'number 0810', 'word key', 'punctuation :'],
      ...['plain a-b+/=', 'word c', 'punctuation :', 'open [', 'plain x y', 'close ]'],
    ]);
  });

  it('end a string that is not closed with its line, and what it has of code', () => {
    for (const languageId of ['typescript', 'python', 'java', 'kotlin', 'csharp', 'go', 'json'])
      assert.deepEqual(
        outlineOf(read('a("b\nc("d")', languageId)),
        { strings: ['"b', '"d"'], brackets: ['(?', '("d")'] },
        languageId,
      );
    assert.deepEqual(outlineOf(read('f"{a\nb("c")', 'python')), {
      strings: ['f"{a', '"c"'],
      brackets: ['{?', '("c")'],
    });
  });

  it('keep the pairs around a bracket that has no partner', () => {
    assert.deepEqual(outlineOf(read('{ (a] } [b) ]', 'java')), {
      brackets: ['{ (a] }', '(?', '[b) ]'],
    });
  });

  it('find the token at an offset, and the code around it', () => {
    const tokens = read('a /* b */ (c)', 'go');
    assert.deepEqual(
      [0, 1, 4, 9, 10, 12, 13].map((offset) => tokens.indexAt(offset)),
      [0, 1, 1, 2, 2, 4, 5],
    );
    assert.deepEqual([tokens.nextCode(0), tokens.previousCode(2), tokens.nextCode(4)], [2, 0, 5]);
    assert.deepEqual([tokens.kindAt(-1), tokens.kindAt(5), tokens.textOf(5)], [null, null, '']);
    assert.deepEqual([tokens.partnerOf(2), tokens.partnerOf(4), tokens.partnerOf(3)], [4, 2, -1]);
  });

  it('follow each other and leave out white space only, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...['"', "'", '`', '"""', '\\', '/', '//', '/*', '*/', '#', '${', '#{', '\\(', '{', '}', '('],
      ...[')', '[', ']', '<', '>', '</', '<a', '<?php', '?>', '<<~A', '<<A', '<<<A', '\nA\n', '\n'],
      ...[
        '%w[',
        '?a',
        ':',
        '|',
        '|\n',
        '- ',
        '$',
        '$x',
        '@',
        'case a in ',
        'esac',
        'r',
        'f',
        '=begin',
      ],
      ...[' ', 'a', '0810', '=', ';', ',', 'é', '\u2028', '\r\n', '\t', '<script>', '</script>'],
    );
    const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom(...LANGUAGES), (text, language) => {
        const tokens = tokensOf(text, language);
        let end = 0;
        for (let index = 0; index < tokens.length; index += 1) {
          assert.equal(text.slice(end, tokens.startOf(index)).trim(), '');
          assert.ok(tokens.endOf(index) >= tokens.startOf(index));
          end = tokens.endOf(index);
          const partner = tokens.partnerOf(index);
          const kind = tokens.kindAt(index);
          if (kind === 'quote' || kind === 'endQuote')
            assert.equal(tokens.partnerOf(partner), index);
        }
        assert.equal(text.slice(end).trim(), '');
      }),
      { numRuns: 2000 },
    );
  });

  it('of a window are those of the whole text', () => {
    const text = "/* it's */\n\nfunction f() {\n  return `${'0810'}`;\n}\n".repeat(400);
    const whole = kindsOf(read(text, 'typescript')).slice(0, 40);
    const offset = text.length >> 1;
    const window = windowAround(text, offset, 2000);
    const tokens = read(text, 'typescript', window);
    assert.ok(window.start > 0 && window.end < text.length);
    assert.equal(text.slice(window.start, window.start + 8), 'function');
    const ofFunction = whole.slice(1, 14);
    assert.deepEqual(kindsOf(tokens).slice(0, 13), ofFunction);
    assert.deepEqual(windowAround('a\nb', 2, 100), { start: 0, end: 3 });
  });

  it('cost time in proportion to the text: brackets, quotes and lines without end', () => {
    const hard = [
      ...['<<A <<A \nA\n', "a 'a", '#', '$', '@', '"a'],
      ...['(', '{', '[', '{(', '({', '(}', '[)', '"', "'", '`', '`${', '"${', '"#{', 'f"{', '$"{'],
      ...['/', '(/', '/[', '<a ', '<a>', '<a b="', '<!--', '<?php ?>', '{{', '%w[', '%(', '<<~A\n'],
      ...[
        '<<A ',
        '<<<A\n',
        '?a',
        '$(',
        '${',
        '$((',
        'case a in ',
        'esac ',
        '/*',
        '"""',
        '#"',
        '\\(',
      ],
      ...[
        '- ',
        '- a\n',
        'a: ',
        'a: |\n',
        ' ',
        '\n',
        ' \n',
        '\\',
        '\\"',
        "a '",
        ':{',
        'x:',
        '"a\n',
        '=begin\n',
      ],
    ];
    for (const language of LANGUAGES) {
      for (const piece of hard) {
        assertLinear({
          size: 200_000, // below it, the first growth of the arrays is what costs most
          input: (size) => piece.repeat(Math.ceil(size / piece.length)),
          run: (text) => tokensOf(text, language),
          what: `${language.ids.join()} ${JSON.stringify(piece)}`,
        });
      }
    }
  });
});
