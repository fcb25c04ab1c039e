import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOf, languageOfPath } from '../../src/core/text/languages';
import { agreementOn, oracleOf } from './tokenOracles';

/**
 * `npm run measure:tokens -- FOLDER… --language ID`: for every file of that language, how many of our strings, comments,
 * regular expressions and pairs of brackets an independent parser does not find there, and the other way round.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: 'string', default: 'typescript' },
    /** How many files at most: every file, or each so-manieth. */
    files: { type: 'string', default: '1000000' },
    /** How many disagreements are printed. */
    list: { type: 'string', default: '1000000' },
  },
});

const LARGEST = 500_000;

async function measure(): Promise<void> {
  const language = languageOf(values.language);
  const oracle = await oracleOf(values.language);
  const paths = positionals
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .filter((path) => languageOfPath(path.split(sep).join('/')) === language)
    .sort();
  const step = Math.max(1, Math.floor(paths.length / Number(values.files)));
  const counts = { files: 0, tokens: 0, disagreements: 0, notParsed: 0, tooLarge: 0 };
  let listed = 0;

  for (let index = 0; index < paths.length; index += step) {
    const path = paths[index] ?? '';
    const text = readFileSync(path, 'utf8');
    if (text.length > LARGEST) {
      counts.tooLarge += 1;
      continue;
    }
    const agreement = agreementOn(text, values.language, oracle);
    if (agreement === null) {
      counts.notParsed += 1;
      continue;
    }
    const { onlyOurs, onlyTheirs } = agreement;
    counts.files += 1;
    counts.tokens += agreement.tokens;
    counts.disagreements += onlyOurs.length + onlyTheirs.length;
    for (const [who, items] of [
      ['ours  ', onlyOurs],
      ['theirs', onlyTheirs],
    ] as const) {
      for (const item of items) {
        if (listed >= Number(values.list)) break;
        listed += 1;
        const [kind = '', start = '0', end = '0'] = item.split(/[ -]/);
        const line = text.slice(0, Number(start)).split('\n').length;
        const shown = JSON.stringify(
          text.slice(Number(start), Math.min(Number(end), Number(start) + 60)),
        );
        console.log(`${path}:${line} ${who} ${kind} ${shown}`);
      }
    }
  }
  const percent = ((100 * counts.disagreements) / Math.max(1, counts.tokens)).toFixed(3);
  console.log(
    `${values.language}: ${counts.files} files, ${counts.tokens} tokens, ${counts.disagreements} disagreements (${percent} %); ` +
      `left aside: ${counts.notParsed} that the oracle cannot parse, ${counts.tooLarge} over ${LARGEST} characters`,
  );
}

void measure();
