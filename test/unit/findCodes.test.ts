import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codesUsedIn } from '../../src/core/codes/codesIn';
import { assertLinear } from '../support/growth';
import { codesInSmileFile } from '../support/smileFile';
import { snippets } from './codeCorpus';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Labeled {
  readonly languageId: string;
  readonly text: string;
  readonly expected: readonly Span[];
}

/** Removes the guillemets from a snippet, and returns where they were. */
function unmark(marked: string): { text: string; expected: Span[] } {
  const expected: Span[] = [];
  let text = '';
  let last = 0;
  for (const match of marked.matchAll(/«(\d{4})»/g)) {
    text += marked.slice(last, match.index);
    const start = text.length;
    text += match[1] ?? '';
    expected.push({ start, end: text.length });
    last = match.index + match[0].length;
  }
  text += marked.slice(last);
  return { text, expected };
}

const corpus: readonly Labeled[] = snippets.map(({ languageId, text }) => ({
  languageId,
  ...unmark(text),
}));

function line(text: string, { start, end }: Span): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return text.slice(from, to === -1 ? text.length : to).trim();
}

const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(2);

describe('codesUsedIn', () => {
  it('finds the codes of the labeled corpus and leaves the other numbers alone', () => {
    let found = 0;
    let right = 0;
    let wanted = 0;
    const wrong: string[] = [];
    corpus.forEach(({ languageId, text, expected }, index) => {
      const actual = codesInSmileFile(text, languageId);
      const key = ({ start, end }: Span): string => `${String(start)}-${String(end)}`;
      const inExpected = new Set(expected.map(key));
      const inActual = new Set(actual.map(key));
      found += inActual.size;
      wanted += inExpected.size;
      const say = (what: string, span: Span): void => {
        const digits = text.slice(span.start, span.end);
        const at = text.slice(0, span.start).split('\n').length;
        wrong.push(
          `#${String(index)} ${languageId}, line ${String(at)}: ${digits} ${what}: ${line(text, span)}`,
        );
      };
      for (const span of expected) {
        if (inActual.has(key(span))) right++;
        else say('expected a code, actual none', span);
      }
      for (const span of actual) {
        if (!inExpected.has(key(span))) say('expected none, actual a code', span);
      }
    });
    const precision = found === 0 ? 0 : right / found;
    const recall = right / wanted;
    console.log(
      `      precision ${percent(right, found || 1)} %, recall ${percent(right, wanted)} %: ` +
        `${String(corpus.length)} snippets, ${String(wanted)} codes, ${String(found)} found, ${String(right)} right`,
    );
    assert.ok(
      precision >= 0.99 && recall >= 0.97,
      `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}\n${wrong.join('\n')}`,
    );
  });

  it('is judged by a corpus that is large, varied and full of traps', () => {
    const traps = corpus.filter(({ expected }) => expected.length === 0).length;
    assert.ok(corpus.length >= 150, `${String(corpus.length)} snippets`);
    assert.ok(new Set(corpus.map(({ languageId }) => languageId)).size >= 12);
    assert.ok(
      traps / corpus.length >= 0.45,
      `${percent(traps, corpus.length)} % contain only traps`,
    );
    for (const { text } of corpus) {
      assert.doesNotMatch(text, /[«»]/, 'a mark without four digits');
      assert.match(text, /\d{4}/, 'a snippet without digits');
    }
    assert.equal(new Set(corpus.map(({ text }) => text)).size, corpus.length, 'a snippet twice');
  });

  it('returns spans in order, without overlap and inside the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...['"', "'", '\\"', '\\', '`', '[', ']', '(', ')', '{', '}', ',', ':', ';', '=', '==='],
        ...['=>', '->', ' ', '\n', '\t', '#', '//', '/*', '*/', '|', '%w[', '- ', '«', '😀'],
        ...['ResultCode', 'result_code', 'resultCode', 'code', 'APPROVED_CODES', 'zip_code'],
        ...['case', 'when', 'switch', 'match', 'in', 'port', 'close', 'includes', '.', '_'],
        ...['0810', '1012', '1210', '9999', '08101', '081'],
      ),
      fc.stringMatching(/^\d{1,6}$/),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    const languages = fc.option(
      fc.constantFrom(...new Set(corpus.map(({ languageId }) => languageId))),
      { nil: undefined },
    );
    fc.assert(
      fc.property(texts, languages, (text, languageId) => {
        let last = 0;
        for (const { start, end, code } of codesUsedIn(text, languageId)) {
          assert.ok(start >= last && end <= text.length);
          assert.match(code, /^\d{4}$/);
          assert.equal(text.slice(start, end), code);
          last = end;
        }
      }),
      { numRuns: 2000 },
    );
  });

  for (const piece of [
    ...['"', "'", '\\"', '\\', '[', '(', '{', ']', '/*', '\n', ' ', 'a', '0', 'code '],
    ...['ResultCode:"', 'ResultCode["', '0810,', '"0810",', 'case "0810":', 'case "0810":\n'],
    ...['1012 ', '- 1012\n', 'codes = [', 'switch (code) {', 'result codes 0810 and '],
  ]) {
    it(`takes linear time over ${JSON.stringify(piece)}`, () => {
      assertLinear({
        size: 50_000,
        input: (times) => piece.repeat(times),
        run: (text) => codesUsedIn(text, 'javascript'),
      });
    });
  }
});
