import assert from 'node:assert/strict';
import { CodesIn } from '../../src/core/codes/codesIn';
import { termAt } from '../../src/core/codes/termAt';
import { candidates, type Term } from '../../src/core/codes/terms';
import { languageOf } from '../../src/core/text/languages';
import { Relevance } from '../../src/core/text/relevance';
import { snippetsOf, type Mark, type Snippet } from './corpus';

const terms = ['terms.txt', 'terms2.txt'].flatMap(snippetsOf);
const corpus = [...snippetsOf('snippets.txt'), ...terms];

const isSame = (one: Mark, other: Mark): boolean =>
  one.kind === other.kind && one.start === other.start && one.end === other.end;

/** The words of a text that a hover explains, wherever the mouse may be. */
function termsIn(text: string, languageId: string): Term[] {
  const relevance = new Relevance(text, languageId);
  const read = new CodesIn(text, languageOf(languageId));
  const found = new Map<number, Term>();
  for (let offset = 0; offset <= text.length; offset += 1) {
    const term = termAt(read, offset, () => relevance.mentionAt(offset));
    // whose a code is, the hover decides
    if (!term || relevance.isOthersAt(term.start)) continue;
    assert.ok(term.start <= offset && offset <= term.end, `${text} at ${offset}`);
    const before = found.get(term.start);
    if (before) assert.deepEqual(term, before, `${text} at ${offset}`);
    else found.set(term.start, term);
  }
  return [...found.values()];
}

describe('API v3', () => {
  it('is recognized by the product of a webhook, and not by one of others', () => {
    const isV3 = (product: string): boolean =>
      new Relevance(
        `{"product": "${product}", "status": "block", "reason": "high_risk"}`,
      ).mentionAt(0).v3;
    assert.deepEqual(
      [
        ...['one_time_aml', 'smart_selfie_compare', 'residency_document_verification'],
        ...['enhanced_kyc', 'shoes', 'aml', 'name_mismatch'],
      ].map(isV3),
      [true, true, true, true, false, false, false],
    );
  });
});

describe('Words of Smile ID in the corpus', () => {
  it('are found with a precision of 99 % and a recall of 97 % at least', () => {
    const tallies = new Map<string, { right: number; missed: number; invented: number }>();
    const wrong: string[] = [];
    const count = (what: 'right' | 'missed' | 'invented', snippet: Snippet, mark: Mark): void => {
      for (const name of [mark.kind, 'all']) {
        const tally = tallies.get(name) ?? { right: 0, missed: 0, invented: 0 };
        tally[what] += 1;
        tallies.set(name, tally);
      }
      const word = snippet.text.slice(mark.start, mark.end);
      if (what !== 'right') wrong.push(`${what} ${mark.kind} ${word} in ${snippet.name}`);
    };
    for (const snippet of corpus) {
      const found = termsIn(snippet.text, snippet.languageId);
      for (const mark of snippet.marks) {
        count(found.some((term) => isSame(term, mark)) ? 'right' : 'missed', snippet, mark);
      }
      for (const term of found) {
        if (!snippet.marks.some((mark) => isSame(term, mark))) count('invented', snippet, term);
      }
    }
    for (const [name, { right, missed, invented }] of tallies) {
      const percent = (of: number): string => `${((100 * right) / of).toFixed(1)} %`;
      console.log(
        `      ${name}: precision ${percent(right + invented)}, recall ${percent(right + missed)} of ${right + missed}`,
      );
    }
    const { right = 0, missed = 0, invented = 0 } = tallies.get('all') ?? {};
    assert.ok(right / (right + invented) >= 0.99, wrong.join('\n'));
    assert.ok(right / (right + missed) >= 0.97, wrong.join('\n'));
  });

  it('are in at least 300 snippets of 12 languages, with more traps than words', () => {
    const languages = new Set(corpus.map(({ languageId }) => languageId));
    const words = corpus.reduce((sum, { marks }) => sum + marks.length, 0);
    const all = corpus.reduce(
      (sum, { text }) =>
        sum + [...text.matchAll(candidates())].length + [...text.matchAll(/\b\d{4}\b/g)].length,
      0,
    );
    assert.ok(corpus.length >= 300 && languages.size >= 12, `${corpus.length}, ${languages.size}`);
    assert.ok(all - words >= words, `${all - words} traps, ${words} words`);
  });
});

describe('termAt', () => {
  it('returns all about a word: what it is, how the catalogue writes it, and where it is', () => {
    const text = 'const type = JOB_TYPE.BIOMETRIC_KYC; // Smile ID';
    assert.deepEqual(termsIn(text, 'javascript'), [
      { kind: 'jobType', value: '1', start: 22, end: 35 },
    ]);
  });
});
