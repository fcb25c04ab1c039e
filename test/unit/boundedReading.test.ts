import assert from 'node:assert/strict';
import { historyOf } from '../../src/core/report/jobHistory';
import { reportOf } from '../../src/core/report/jobReport';
import { detailSectionsOf } from '../../src/core/report/personalReport';
import { fraudSignalsOf } from '../../src/core/smile/fraudSignals';
import type { Job } from '../../src/core/smile/job';
import { historyEntriesOf, readJob } from '../../src/core/smile/jobStatusResponse';
import type { Answered } from '../../src/core/smile/outcome';
import { ReadingNotes } from '../../src/core/smile/readingNotes';
import { readV3Result } from '../../src/core/smile/v3Response';
import { isSameBody, parseBody } from '../../src/core/smile/parseBody';
import { personalDetailsOf } from '../../src/core/report/personalDetails';
import { assertLinear } from '../support/growth';

const REQUEST = { userId: 'u-1', jobId: 'j-1', history: true, imageLinks: true };

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const fields = (count: number, value: unknown): Record<string, unknown> =>
  Object.fromEntries(times(count, (index) => [`f${index}`, value]));
const read = (raw: Record<string, unknown>): Job =>
  readJob({ job_complete: true, ...raw }, REQUEST);
const parsed = (text: string) => parseBody(new TextEncoder().encode(text), text);

describe('The part of a response that is read is at most', () => {
  it('2,000 entries of its history', () => {
    const history = times(3000, (index) => ({ ResultCode: '0810', SmileJobID: String(index) }));
    const job = read({ history });
    assert.deepEqual(
      [job.history.length, job.history.at(-1)?.smileJobId, historyEntriesOf({ history }).length],
      [2000, '1999', 2000],
    );
    assert.ok(job.notes.includes('history has 3,000 entries; the first 2,000 are read.'));
  });

  it('500 actions', () => {
    const job = read({ result: { Actions: fields(501, 'Passed') } });
    assert.deepEqual(job.result?.actions.at(-1), { key: 'f499', value: 'Passed' });
    assert.ok(job.notes.includes('Actions has 501 entries; the first 500 are read.'));
  });

  it('200 image links', () => {
    const job = read({ result: {}, image_links: fields(201, 'https://example.invalid/') });
    assert.deepEqual([job.images.length, job.images.at(-1)?.name], [200, 'image_200']);
    assert.ok(job.notes.includes('image_links has 201 entries; the first 200 are read.'));
  });

  it('5,000 fields of an object and entries of a list', () => {
    const details = personalDetailsOf({
      result: {
        ...fields(5000, ''),
        later: 'x',
        UserIDsOfPreviousRegistrants: times(5001, String),
      },
    });
    assert.deepEqual(
      details.notes.filter((note) => note.includes('5,00')),
      [
        'The result has 5,002 entries; the first 5,000 are read.',
        'UserIDsOfPreviousRegistrants has 5,001 entries; the first 5,000 are read.',
      ],
    );
    const SuspectUsers = times(5001, (index) => ({ user_id: index }));
    assert.deepEqual(fraudSignalsOf({ Antifraud: { SuspectUsers } }), {
      suspects: 5000,
      unreadable: true,
    });
  });

  it('200 levels; what is deeper is cut off with a note, so that all code that walks it ends', () => {
    const levels = (count: number): string => `${'['.repeat(count)}7${']'.repeat(count)}`;
    const whole = parsed(`{"result":{"a":${levels(198)}}}`);
    assert.ok(typeof whole === 'object');
    assert.deepEqual(
      [JSON.stringify(whole.raw), whole.notes],
      [`{"result":{"a":${levels(198)}}}`, []],
    );
    const cut = parsed(`{"result":{"a":${levels(100_000)},"b":[1]}}`);
    assert.ok(typeof cut === 'object');
    assert.equal(
      JSON.stringify(cut.raw),
      `{"result":{"a":${'['.repeat(198)}"[nested too deep]"${']'.repeat(198)},"b":[1]}}`,
    );
    const note = 'Objects and lists nested deeper than 200 levels are left out.';
    assert.equal(readJob(cut.raw, REQUEST, cut.notes).notes[0], note);
  });

  it('the same levels after a byte order mark, with the same digest', () => {
    const body = `{"timestamp":"a","x":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const [plain, marked] = [body, `\ufeff${body}`].map((text) =>
      parseBody(
        new TextEncoder().encode(text),
        new TextDecoder().decode(new TextEncoder().encode(text)),
      ),
    );
    assert.ok(typeof plain === 'object' && typeof marked === 'object');
    assert.deepEqual(marked, plain);
    assert.ok(isSameBody(marked.raw, plain.raw));
  });

  it('200,000 values; a response with more is not parsed', () => {
    const list = (count: number): string => `{"history":[${times(count, () => '{}').join()}]}`;
    assert.equal(typeof parsed(list(199_998)), 'object');
    assert.equal(parsed(list(199_999)), 'too many values');
    assert.equal(parsed(`<html>${','.repeat(300_000)}`), 'html');
  });

  it('50 notes of 300 characters', () => {
    const notes = new ReadingNotes();
    for (const index of times(100, String)) notes.add(`${index} ${'x'.repeat(1_000_000)}`);
    const { list } = notes;
    assert.deepEqual(
      [list.length, Math.max(...list.map(({ length }) => length)), list.at(-1)],
      [51, 301, 'There are more notes; they are not listed.'],
    );
  });

  it('1,000 characters of a text, to find out what it means', () => {
    const meaning = (text: string): unknown =>
      read({ result: { ResultCode: '0001', ResultText: text, PartnerParams: { job_type: 6 } } })
        .verdict;
    assert.equal(meaning(`System Error ${'.'.repeat(1_000_000)}`), meaning('System Error'));
  });
});

describe('Reading a response and rendering it takes time in proportion to its size', () => {
  /** What the panel does before it sends messages to its page. */
  const render = (raw: Record<string, unknown>): void => {
    const job = 'product' in raw ? readV3Result(raw, {}) : read(raw);
    const outcome: Answered = { kind: 'answered', job, signature: 'valid', raw };
    reportOf(outcome);
    historyOf(job, 'valid');
    detailSectionsOf(personalDetailsOf(raw), new Set());
  };
  const webhook = (more: Record<string, unknown>): Record<string, unknown> => ({
    ...{ status: 'clear', product: 'enhanced_kyc', reason: null, message: 'm' },
    ...more,
  });
  const shapes: Readonly<Record<string, (size: number) => Record<string, unknown>>> = {
    'actions that are not strings': (size) => ({ result: { Actions: fields(size, []) } }),
    'entries of the history': (size) => ({ history: times(size, () => ({})) }),
    'image links': (size) => ({ result: {}, image_links: fields(size, 'https:') }),
    fields: (size) => ({ result: fields(size, 'x') }),
    maps: (size) => ({ result: fields(size, { a: 'x' }) }),
    'entries of FullData': (size) => ({ result: { FullData: times(size, String) } }),
    directors: (size) => ({ result: { directors: times(size, () => 'x') } }),
    suspects: (size) => ({ result: { Antifraud: { SuspectUsers: times(size, String) } } }),
    'a text': (size) => ({ result: { ResultCode: '0810', ResultText: 'a '.repeat(size * 20) } }),
    'spaces after a number': (size) => ({ result: { ConfidenceValue: `1${' '.repeat(size)}x` } }),
    'spaces before a flag': (size) => ({ result: { IsFinalResult: `${' '.repeat(size)}trux` } }),
    'image links of API v3': (size) => webhook({ image_links: fields(size, 'https:') }),
    'suspects of API v3': (size) =>
      webhook({ antifraud: { smile_secure: { suspect_users: times(size, String) } } }),
    'ID fields of API v3': (size) => webhook({ id_fields: fields(size, 'x') }),
    'a message of API v3': (size) =>
      webhook({ message: 'state: '.repeat(size), status: 'complete' }),
    base64: (size) => ({ result: { Remark: 'iVBORw0KGgo'.repeat(size) } }),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`for ${name}`, () => {
      assertLinear({ size: 100_000, input: shape, run: render, what: name });
    });
  }
});

describe('Two bodies are the same', () => {
  const body = (text: string) => {
    const result = parsed(text);
    assert.ok(typeof result === 'object');
    return result.raw;
  };

  it('if only times, signatures and links differ, which is found without walking them', () => {
    const one = body('{"timestamp":"a","result":{"x":"https://one.invalid"}}');
    const other = body('{"timestamp":"b","result":{"x":"https://other.invalid/2"}}');
    const changed = body('{"timestamp":"b","result":{"x":"ftp://other.invalid/2"}}');
    // From now on, code that walks one of them fails.
    for (const raw of [one, other, changed]) {
      Object.defineProperty(raw, 'result', {
        get: () => {
          throw new Error('walked');
        },
      });
    }
    assert.deepEqual([isSameBody(one, other), isSameBody(one, changed)], [true, false]);
  });

  it('if they were not parsed from a text but have the same content', () => {
    assert.deepEqual(
      [
        isSameBody({ a: 1, signature: 'x' }, { a: 1, signature: 'y' }),
        isSameBody({ a: 1 }, { a: 2 }),
      ],
      [true, false],
    );
  });
});
