import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProducts, endpointsOf, isKnownCode } from '../../src/core/catalogue/catalogue';
import codeData from '../../src/core/catalogue/codes.json';
import { ROOT } from '../support/root';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const guide = read('docs/v1-to-v3.md');

/** The rows of all tables, without their heads, as cells. */
const rows = guide
  .split('\n')
  .filter((line, at, lines) => line.startsWith('| ') && !(lines[at + 1] ?? '').startsWith('| -'))
  .filter((line) => !line.startsWith('| -'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

const CERTAINTIES = [
  'documented',
  'documented earlier',
  'documented, read from a copy',
  'our advice',
  'recorded',
  'reported',
  'seen in the SDK',
];

describe('The guide from API v1 to v3', () => {
  it('says of every row how certain it is, in words that it explains', () => {
    assert.ok(rows.length > 80, `${rows.length} rows`);
    const used = new Set(rows.map((cells) => cells.at(-1) ?? ''));
    assert.deepEqual([...used].sort(), CERTAINTIES);
    for (const word of CERTAINTIES) {
      if (word !== 'our advice') assert.ok(guide.includes(`- **${word}**: `), word);
    }
  });

  it('pairs the codes and reasons that the catalogue pairs, and no others', () => {
    const wordsIn = (cell = ''): string[] =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, word = '']) => word).filter(isKnownCode);
    const paired = rows
      .filter(([v1 = '', v3 = '']) => /`\d{4}`/.test(v1) && !v3.includes('HTTP'))
      .map(([v1, v3]) => [wordsIn(v1).join(' '), ...wordsIn(v3)].join(' | '));
    assert.deepEqual(
      paired,
      codeData.counterparts.flatMap(({ codes, status, reason }) =>
        status === undefined
          ? []
          : [[codes, status, reason].filter((part) => part !== undefined).join(' | ')],
      ),
    );
  });

  it('names every path to which API v3 takes jobs', () => {
    const missing = allProducts()
      .flatMap(endpointsOf)
      .filter((path) => !guide.includes(`\`${path}\``));
    assert.deepEqual(missing, []);
  });

  it('is linked from the README, and is in the package', () => {
    assert.ok(read('README.md').includes('](docs/v1-to-v3.md)'));
    assert.ok(read('.vscodeignore').split('\n').includes('!docs/v1-to-v3.md'));
  });
});
