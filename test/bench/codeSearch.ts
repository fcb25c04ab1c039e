import { findCodes } from '../../src/core/catalogue/scan/findCodes';
import { ROOT } from '../support/root';
import { median, type Figure } from './figure';
import { jsonLog, log, sourceCode } from './texts';

const SIZE = 2_000_000;
const ROUNDS = 31;

/** Against one plain pass over the text for four digits: the least that any search has to do. */
export function codeSearch(): Figure[] {
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
