import assert from 'node:assert/strict';
import { sentTimeOf, timeWords } from '../../src/core/report/timeWords';

/** Some versions of Intl have a narrow space before AM and PM. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('Times in words', () => {
  // of this machine, so that its time zone does not matter
  const now = new Date(2026, 10, 26, 18, 30);
  const written = (at: Date): string =>
    new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);

  it('are the hour of today, or the day with its hour, and the year only if it is another one', () => {
    const wordsOf = (at: Date): string => plain(sentTimeOf(at.toISOString(), now).words);
    assert.deepEqual(
      [
        wordsOf(new Date(2026, 10, 26, 10, 16, 44)),
        wordsOf(new Date(2026, 10, 25, 10, 16)),
        wordsOf(new Date(2025, 10, 26, 10, 16)),
      ],
      ['Today 10:16 AM', 'Nov 25, 10:16 AM', 'Nov 26, 2025, 10:16 AM'],
    );
  });

  it('keep the hour of a text without a time zone, and say that it has none', () => {
    const today = written(new Date(2026, 10, 26, 10, 16, 44, 585));
    assert.deepEqual(
      [today, '2026-01-02 23:59:59'].map((text) => {
        const { words, sent } = sentTimeOf(text, now);
        return [plain(words), sent];
      }),
      [
        ['Today 10:16 AM', '2026-11-26T10:16:44.585, as sent, no time zone'],
        ['Jan 2, 11:59 PM', '2026-01-02 23:59:59, as sent, no time zone'],
      ],
    );
  });

  it('name the text as sent for each time that has a zone, and leave what is no time as it is', () => {
    const sentOf = (text: string): string | null => sentTimeOf(text, now).sent;
    assert.deepEqual(
      [
        '2026-11-26T10:16:44Z',
        '2026-11-26T10:16:44+01:00',
        '1795690000',
        'yesterday',
        '2026-13-40',
      ].map(sentOf),
      [
        '2026-11-26T10:16:44Z, as sent',
        '2026-11-26T10:16:44+01:00, as sent',
        '1795690000, as sent',
        null,
        null,
      ],
    );
    assert.equal(sentTimeOf('yesterday', now).words, 'yesterday');
  });

  it('are precise to the second in sentences about today', () => {
    const wordsOf = (at: Date): string => plain(timeWords(at, now));
    assert.deepEqual(
      [wordsOf(new Date(2026, 10, 26, 10, 16, 4)), wordsOf(new Date(2026, 10, 25, 10, 16, 4))],
      ['10:16:04 AM', 'Nov 25, 10:16 AM'],
    );
  });
});
