import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { languageOfPath } from '../../src/core/text/languages';
import { ROOT } from '../support/root';
import { agreementOn, oracleOf, type Oracle } from '../support/tokenOracles';
import { snippets } from './codeCorpus';
import { snippetsOf } from './corpus';
import { corpus as linted } from './lintCorpus';

const WITH_ORACLE = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go', 'dart', 'swift', 'shellscript', 'yaml', 'json', 'jsonc'],
];

interface Sample {
  readonly languageId: string;
  readonly text: string;
}

/** PHP's parser knows code only after a tag. */
const withTag = ({ languageId, text }: Sample): Sample => ({
  languageId,
  text: languageId === 'php' && !text.includes('<?') ? `<?php\n${text}` : text,
});

function filesBelow(...folders: readonly string[]): Sample[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).flatMap((file) => {
      const languageId = languageOfPath(file.split(sep).join('/'))?.ids[0];
      return languageId === undefined || !WITH_ORACLE.includes(languageId)
        ? []
        : [{ languageId, text: readFileSync(join(ROOT, folder, file), 'utf8') }];
    }),
  );
}

const SAMPLES: readonly Sample[] = [
  ...snippets.map(({ languageId, text }) => ({ languageId, text: text.replace(/[«»]/g, '') })),
  ...['sdk.txt', 'snippets.txt', 'terms.txt', 'terms2.txt'].flatMap(snippetsOf),
  ...linted.map(({ document }) => document),
  ...filesBelow('src', 'test/workspace'),
].filter(({ languageId }) => WITH_ORACLE.includes(languageId));

/** Pieces of valid code, with what tells strings, comments and brackets apart. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    'a',
    '0810',
    "'it\"s'",
    '`x${y}`',
    '`${`${z}`}`',
    '(/["/]/g)',
    '[/a\\/b/.test(c)]',
    '{ d: 1 }.d',
  ],
  javascriptreact: [
    '(<p a="b\'c">it\'s {d} {/* e */}</p>)',
    '<F.G h={{ i: "j" }} />',
    'k / 2 / 3',
    '(/l/)',
  ],
  python: [
    "f'{a!r:>{w}}'",
    'r"\\"',
    '"""it\'s "b" """',
    "rb'c'",
    'f"{d[\'e\']}{{}}"',
    '[1, (2)]',
    "'#'",
  ],
  ruby: [
    "'a\\'b'",
    '"#{c}"',
    '%w[d e]',
    '[/f"/]',
    '?g',
    ':"h i"',
    '{ "j" => 1 }',
    '(k / 2 / 3)',
    '%q(l (m))',
  ],
  php: ["'a\\'b'", '"$c {$d[\'e\']}"', '[1, "f"]', 'g("//")', '"$h[0] $i->j"'],
  java: ['"a\\"b"', "'\"'", 'c("//")', '"""\n  it\'s "d"\n  """', 'new int[] {1}'],
  kotlin: ['"a$b${c("d")}"', '"""e"f$g"""', "'\"'", 'h("//")'],
  csharp: ['@"a\\"', '$"{b:N2}{{"', '$@"c""{d}"', "'\"'", 'e("//")', '$"{f("g")}"'],
  go: ['`a\\`', '"b\\"`"', "'\\''", 'c("//")', '[]int{1}'],
  dart: ["'a$b${c['d']}'", "r'e\\'", '"""it\'s"""', 'f("//")'],
  swift: ['"a\\(b("c"))"', '"\\""', 'd("//")', '[1]'],
  shellscript: ['"a$b$(c "d")"', "'e\"'", '${f:-"g"}', "$'h\\''", '$((1 + 2))', '"`i`"', 'j#k'],
};
const STATEMENTS: Readonly<Record<string, (expression: string) => string>> = {
  typescript: (it) => `x = ${it}; // it's\n`,
  javascriptreact: (it) => `x = ${it}; /* it's */\n`,
  python: (it) => `x = ${it}  # it's\n`,
  ruby: (it) => `x = ${it} # it's\n`,
  php: (it) => `$x = ${it}; // it's\n`,
  java: (it) => `class A { Object x = ${it}; } // it's\n`,
  kotlin: (it) => `val x = ${it} // it's\n`,
  csharp: (it) => `class A { object x = ${it}; } // it's\n`,
  go: (it) => `var x = ${it} // it's\n`,
  dart: (it) => `var x = ${it}; // it's\n`,
  swift: (it) => `let x = ${it} // it's\n`,
  shellscript: (it) => `x=${it} # it's\n`,
};

const oracles = new Map<string, Oracle>();
function differences({ languageId, text }: Sample): readonly string[] {
  const oracle = oracles.get(languageId);
  assert.ok(oracle);
  const agreement = agreementOn(text, languageId, oracle);
  if (agreement === null) return [];
  return [
    ...agreement.onlyOurs.map((item) => `ours ${item} in ${JSON.stringify(text)}`),
    ...agreement.onlyTheirs.map((item) => `theirs ${item} in ${JSON.stringify(text)}`),
  ];
}

describe('Tokens and independent parsers', () => {
  before(async () => {
    for (const id of WITH_ORACLE) oracles.set(id, await oracleOf(id));
  });

  for (const languageId of WITH_ORACLE) {
    it(`agree on the corpora and on our own files: ${languageId}`, () => {
      const samples = SAMPLES.filter((sample) => sample.languageId === languageId).map(withTag);
      assert.deepEqual(samples.flatMap(differences).slice(0, 5), []);
    });
  }

  for (const [languageId, expressions] of Object.entries(EXPRESSIONS)) {
    it(`agree on generated code: ${languageId}`, () => {
      const statement = fc.constantFrom(...expressions).map(STATEMENTS[languageId] ?? String);
      const code = fc.array(statement, { minLength: 1, maxLength: 8 });
      let parsed = 0;
      fc.assert(
        fc.property(code, (statements) => {
          const text = (languageId === 'php' ? '<?php\n' : '') + statements.join('');
          if (oracles.get(languageId)?.(text) !== null) parsed += 1;
          assert.deepEqual(differences({ languageId, text }), []);
        }),
        { numRuns: 150 },
      );
      assert.ok(parsed > 50, `the oracle can parse ${parsed} of 150`);
    });
  }
});
