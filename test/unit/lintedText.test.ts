import assert from 'node:assert/strict';
import { lintInSteps } from '../../src/core/lint/run/lint';
import { Source } from '../../src/core/lint/source';
import { resultOf } from '../support/steps';
import { corpus } from './lintCorpus';

/** The codes in a text that are marked as numbers. */
const numbers = (languageId: string, text: string): string[] =>
  resultOf(lintInSteps({ text, languageId, path: 'smile' }, (rule) => rule === 'code-as-number'))
    .findings.filter(({ rule }) => rule === 'code-as-number')
    .map(({ start, end }) => text.slice(start, end));

const sourceOf = (text: string, languageId = 'javascript'): Source => {
  const source = Source.of({ text, languageId, path: 'smile' });
  assert.ok(source);
  return source;
};

const COMPARED = 'if (result.ResultCode === 1012) approve();';

describe('Rules look for code', () => {
  const texts: Readonly<Record<string, readonly [languageId: string, text: string]>> = {
    'behind a regular expression that ends like a comment begins': [
      'javascript',
      `const path = url.replace(/\\/*$/, '');\n${COMPARED}`,
    ],
    'behind a regular expression with a quote': [
      'typescript',
      `const parts = line.split(/\`/g);\n${COMPARED}`,
    ],
    'behind two divisions': [
      'javascript',
      `const mean = (a + b) / 2 - c / d; // it's\n${COMPARED}`,
    ],
    'behind a raw string of Go that ends with a backslash': [
      'go',
      'path := `C:\\`\nresultCodes := List.of(1012)',
    ],
    'in the code of a template that is in the code of a template': [
      'javascript',
      'log(`${ok ? `${result.ResultCode === 1012 ? "a" : "b"}` : "`"}`);',
    ],
    'in the code of a string of Ruby': [
      'ruby',
      `puts "it is #{result['ResultCode'] == 1012 ? "found" : 'not'}"`,
    ],
    'in the code of a string of Python': [
      'python',
      `print(f"it is {'found' if result['ResultCode'] == 1012 else 'not'}")`,
    ],
    'behind a heredoc of PHP with an apostrophe': [
      'php',
      `<?php\n$a = <<<TEXT\nIt's /* "open\nTEXT;\nif ($result['ResultCode'] === 1012) approve();`,
    ],
    'behind a heredoc of Ruby with an apostrophe': [
      'ruby',
      `a = <<~TEXT\n  It's "open\nTEXT\napprove if result['ResultCode'] == 1012`,
    ],
  };
  for (const [where, [languageId, text]] of Object.entries(texts)) {
    it(where, () => {
      assert.deepEqual(numbers(languageId, text), ['1012']);
    });
  }
});

describe('Rules see no code', () => {
  const texts: Readonly<Record<string, readonly [languageId: string, text: string]>> = {
    'in a string': ['javascript', "log('result.ResultCode === 1012');"],
    'in a regular expression': ['javascript', 'text.match(/ResultCode === 1012/);'],
    'in a template outside of its code': ['javascript', 'log(`${a} ResultCode === 1012`);'],
    'in a raw string of Go': ['go', 'a := `resultCodes = List.of(1012)`'],
    'in a heredoc of PHP': ['php', '<?php\n$a = <<<T\n$a["ResultCode"] === 1012\nT;\n'],
    'in a heredoc of Ruby': ['ruby', 'a = <<~T\n  result_code == 1012\nT\n'],
    'in a docstring of Python': ['python', 'def f():\n    """result_code == 1012"""\n'],
    'in a comment around a comment of Kotlin': [
      'kotlin',
      '/* a /* b */ resultCodes = List.of(1012) */',
    ],
  };
  for (const [where, [languageId, text]] of Object.entries(texts)) {
    it(where, () => {
      assert.deepEqual(numbers(languageId, text), []);
    });
  }
});

describe('The text that rules read', () => {
  it('is as long as that of the file, with the same lines', () => {
    const lines = (text: string): number[] => [...text.matchAll(/\n/g)].map(({ index }) => index);
    for (const { document } of corpus) {
      const text = document.text.replaceAll('\n', '\r\n');
      const source = Source.of({ ...document, text });
      if (source === null) continue;
      for (const read of [source.code, source.bare]) {
        assert.equal(read.length, text.length);
        assert.deepEqual(lines(read), lines(text));
      }
    }
  });

  it('has blanks for comments, and signs for what is in quotes', () => {
    const text = `const a = b /* c */ + "d\\"e" + \`f\${g}h\`; // i`;
    const source = sourceOf(text);
    assert.equal(source.code, `const a = b         + "d\\"e" + \`f\${g}h\`;     `);
    assert.equal(
      source.bare.replaceAll('\x01', '.'),
      `const a = b         + "...." + \`.\${g}.\`;     `,
    );
  });

  it('is not read for a file that does not concern Smile ID', () => {
    const document = { text: 'const a = 1012;', languageId: 'javascript', path: '' };
    assert.equal(Source.of(document), null);
  });

  it('has the brackets that belong to each other, however far they are apart', () => {
    const text = `sign(hash('${'x'.repeat(5000)}', [1, ')'], \`\${a(b)}, (\`), c);`;
    const source = sourceOf(text);
    assert.deepEqual(
      ['sign(', 'hash(', "')"].map((word) =>
        source.afterCloser(text.indexOf(word) + word.length - 1),
      ),
      [text.indexOf(';'), text.indexOf(', c'), null],
    );
    assert.deepEqual(
      ["1, ')", 'b)', '(`', ', c'].map((word) =>
        text.charAt(source.openerBefore(text.indexOf(word))),
      ),
      ['[', '(', '', ''],
    );
  });

  it('has the arguments of a call, without the comments around them', () => {
    const text = "f(a /* , */, [1, ')'], // g\n `${a(b, c)}, (`, d = 1,\n)";
    const source = sourceOf(text);
    assert.deepEqual(
      source.argumentsAt(1).map((range) => source.slice(range)),
      ['a', "[1, ')']", '`${a(b, c)}, (`', 'd = 1'],
    );
  });
});
