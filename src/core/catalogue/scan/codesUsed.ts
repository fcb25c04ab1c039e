import { CodeUse } from './codeUse';
import { nearest } from './linesNear';
import { AHEAD, REACH } from './surroundings';
import type { CodeSpan } from '../types';

/**
 * Finds result and error codes in a text that is known to concern Smile ID: four digits count only where they are used as a code. That is
 * beside a name for one (`"ResultCode": "0810"`), compared with one (`'0810' === resultCode`), or in a list,
 * a map, a `case` or an arm that belongs to one. Everything else (years, ports, prices, ...) is not a code,
 * quoted or not.
 *
 * A name that can hardly mean anything else (ResultCode, result_code, smileCode) takes any four digits
 * beside it; a bare `code`, an `errorCode` and unquoted members of lists take only digits that the catalogue
 * knows. Sorted, without overlaps, in time proportional to the length of the text.
 *
 * @param languageId VS Code's, where it is known: in YAML a number without quotes is as good as text
 */
export function codesUsedIn(text: string, languageId?: string): CodeSpan[] {
  const spans: CodeSpan[] = [];
  const use = new CodeUse(text, languageId);
  // What may follow is asked again of each; here it keeps the years of dates inside the search. V8 looks for
  // four single digits several times as fast as for \d{4}.
  const digits = /\b\d\d\d\d(?=[\s=:)\]},;|<!"'`/\\?.&]|$)/g;
  while (digits.test(text)) {
    const end = digits.lastIndex;
    if (use.isNearName(end - 4) && use.isCode(end - 4))
      spans.push({ code: text.slice(end - 4, end), start: end - 4, end });
  }
  return spans;
}

/**
 * The code at a position of a line, by the same rule. Of the line itself only the surroundings of the
 * position are read, and lines above only where the line alone does not decide: for a `case`, or a member of
 * a list or a table.
 *
 * @param linesAbove the lines above, nearest first; called and read only if they are needed
 * @returns offsets within the line
 */
export function codeAt(
  line: string,
  character: number,
  linesAbove: () => Iterable<string>,
  languageId?: string,
): CodeSpan | null {
  const start = digitsAt(line, character);
  if (start < 0) return null;
  const from = Math.max(0, start - REACH - 1);
  const near = line.slice(from, start + AHEAD * 2);
  const alone = new CodeUse(near, languageId);
  let isCode = alone.isCode(start - from);
  if (alone.reachedTop && from === 0) {
    const above = nearest(linesAbove());
    isCode = new CodeUse(above + near, languageId).isCode(above.length + start);
  }
  return isCode ? { code: line.slice(start, start + 4), start, end: start + 4 } : null;
}

/** Where the four digits that touch a position begin, or -1. */
function digitsAt(line: string, character: number): number {
  const from = Math.max(0, character - 5);
  for (const { index } of line.slice(from, character + 5).matchAll(/(?<!\w)\d{4}(?!\w)/g)) {
    const start = from + index;
    const isCut = start > 0 && index === 0 && /\w/.test(line.charAt(start - 1));
    const runsOn = /\w/.test(line.charAt(start + 4));
    if (!isCut && !runsOn && start <= character && character <= start + 4) return start;
  }
  return -1;
}
