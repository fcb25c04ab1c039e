import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CodesIn, codesUsedIn } from '../../src/core/codes/codesIn';
import type { CodeSpan } from '../../src/core/catalogue/types';
import { languageOf } from '../../src/core/text/languages';
import { codesInSmileFile } from '../support/smileFile';
import { snippets as labeled } from './codeCorpus';
import { snippetsOf } from './corpus';

interface Snippet {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  readonly codes: readonly CodeSpan[];
}

/** Removes the marks from a text, and returns where they were: `«0810»`. */
function unmarked(marked: string): Pick<Snippet, 'text' | 'codes'> {
  const codes: CodeSpan[] = [];
  let text = '';
  for (const part of marked.split(/(«\d{4}»)/)) {
    const code = /^«(\d{4})»$/.exec(part)?.[1];
    if (code !== undefined) codes.push({ code, start: text.length, end: text.length + 4 });
    text += code ?? part;
  }
  return { text, codes };
}

const corpus: readonly Snippet[] = snippetsOf('snippets.txt').map(
  ({ name, languageId, text, marks }) => ({
    name,
    languageId,
    text,
    codes: marks.flatMap(({ kind, start, end }) =>
      kind === 'code' ? [{ code: text.slice(start, end), start, end }] : [],
    ),
  }),
);

const all: readonly Snippet[] = [
  ...corpus,
  ...labeled.map(({ languageId, text }, index) => ({
    name: `${languageId} #${index}`,
    languageId,
    ...unmarked(text),
  })),
];

describe('Codes in the corpus', () => {
  it('are found with a precision of 99 % and a recall of 97 % at least', () => {
    const wrong: string[] = [];
    let right = 0;
    let missed = 0;
    let invented = 0;
    for (const { name, languageId, text, codes } of corpus) {
      const found = codesInSmileFile(text, languageId);
      const isIn = (spans: readonly CodeSpan[], at: number) => spans.some((s) => s.start === at);
      for (const { code, start } of codes) {
        if (isIn(found, start)) right += 1;
        else wrong.push(`missed ${code} in ${name} (${++missed})`);
      }
      for (const { code, start } of found) {
        if (!isIn(codes, start)) wrong.push(`invented ${code} in ${name} (${++invented})`);
      }
    }
    const precision = right / (right + invented);
    const recall = right / (right + missed);
    console.log(
      `      ${corpus.length} snippets: precision ${(precision * 100).toFixed(2)} %, recall ${(recall * 100).toFixed(2)} %`,
    );
    assert.ok(precision >= 0.99 && recall >= 0.97, wrong.join('\n'));
  });

  it('are in at least 150 snippets in 15 languages, with at least as many traps as codes', () => {
    const traps = corpus.reduce(
      (sum, { text, codes }) => sum + [...text.matchAll(/\b\d{4}\b/g)].length - codes.length,
      0,
    );
    const codes = corpus.reduce((sum, snippet) => sum + snippet.codes.length, 0);
    assert.ok(corpus.length >= 150 && traps >= codes, `${corpus.length}, ${traps}, ${codes}`);
    assert.equal(new Set(corpus.map(({ languageId }) => languageId)).size, 15);
  });

  it('are the same for a hover at every position as for the whole text', () => {
    for (const { name, languageId, text } of all) {
      const found = codesUsedIn(text, languageId);
      for (let position = 0; position <= text.length; position += 1) {
        const expected = found.filter(({ start, end }) => start <= position && position <= end);
        const span = new CodesIn(text, languageOf(languageId)).at(position);
        assert.deepEqual(span, expected[0] ?? null, `${name} at ${position}`);
      }
    }
  });

  it('are the same in any mixture of snippets, also with line breaks of Windows', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 4 }), (some) => {
        const text = some.map((snippet) => snippet.text).join('\n\n');
        const windows = text.replaceAll('\n', '\r\n');
        const codes = codesUsedIn(text).map(({ code }) => code);
        assert.deepEqual(
          codesUsedIn(windows).map(({ code }) => code),
          codes,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('The code at a position', () => {
  it('is the same, whatever was asked for before', () => {
    for (const { name, languageId, text } of all) {
      const codes = new CodesIn(text, languageOf(languageId));
      const found = codesUsedIn(text, languageId);
      for (let position = text.length; position >= 0; position -= 1) {
        const expected = found.filter(({ start, end }) => start <= position && position <= end);
        assert.deepEqual(codes.at(position), expected[0] ?? null, `${name} at ${position}`);
      }
    }
  });

  it('is none outside the text, nor in a number that does not have four digits', () => {
    for (const character of [-1, 3, 13, 50, Infinity]) {
      assert.equal(new CodesIn('ResultCode: 08101', null).at(character), null);
    }
  });
});
