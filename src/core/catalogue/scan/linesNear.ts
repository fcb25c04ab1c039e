import { LINES_ABOVE, REACH } from './surroundings';

/** As much of the lines above as may matter, in their order. */
export function nearest(linesAbove: Iterable<string>): string {
  let text = '';
  let lines = 0;
  for (const line of linesAbove) {
    text = `${line.slice(-REACH)}\n${text}`;
    lines += 1;
    if (lines > LINES_ABOVE || text.length > REACH) break;
  }
  return text;
}
