import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type * as Search from '../../src/core/codes/findCodes';
import { ROOT } from '../support/root';
import { median, type Figure } from './figure';
import { jsonLog, log, sourceCode } from './texts';

const SIZE = 2_000_000;
const ROUNDS = 31;

/** Against one plain pass over the text for four digits: the least that any search has to do. */
export async function codeSearch(): Promise<Figure[]> {
  const { findCodes } = await bundledSearch();
  const texts: [string, string][] = [
    ['a log', log(SIZE)],
    ['a JSON log', jsonLog(SIZE)],
    ['source code', sourceCode(ROOT, SIZE)],
  ];
  return texts.map(([what, text]) => ({
    name: `finding all codes in ${what}, against matchAll(/\\b\\d{4}\\b/g)`,
    value: ratio(
      () => findCodes(text).length,
      () => [...text.matchAll(/\b\d{4}\b/g)].length,
    ),
    unit: 'times',
    budget: 2,
  }));
}

/** As it ships, in one file: read from many, every name of another file goes through a getter. */
async function bundledSearch(): Promise<typeof Search> {
  const outfile = join(ROOT, '.vscode-test/bench/findCodes.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/core/codes/findCodes.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  return createRequire(outfile)(outfile) as typeof Search;
}

/** The median of both, taken in turns so that a busy machine slows both alike. */
function ratio(ours: () => number, theirs: () => number): number {
  const times = { ours: [] as number[], theirs: [] as number[] };
  const time = (run: () => number): number => {
    const begun = performance.now();
    if (run() === 0) throw new Error('There is nothing to find in this text.');
    return performance.now() - begun;
  };
  for (let round = -5; round < ROUNDS; round += 1) {
    const [a, b] = [time(ours), time(theirs)];
    if (round < 0) continue; // warming up
    times.ours.push(a);
    times.theirs.push(b);
  }
  return median(times.ours) / median(times.theirs);
}
