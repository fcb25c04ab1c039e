import { codeAt } from './codesUsed';

/** Where a code may be written. Offsets within the line, in UTF-16 units. */
export interface CodePlace {
  /** What is already typed of the code, and is replaced by it. */
  readonly start: number;
  readonly end: number;
  /** Whether the quotes are there; if not, they belong to what is written. */
  readonly quoted: boolean;
}

/** A code that stands for any other: it is known, and its zero tells it from numbers. */
const ANY_CODE = '0810';
const IN_QUOTES = /(["'`])((?:[\w-][\w -]{0,30})?)$/;
const DIGITS = /(?<![\w.'"`])\d{0,4}$/;

/**
 * Whether a code may stand at a position: where codesUsedIn() would take four digits as one, such as beside
 * `=== `, in a `case`, or in a list of codes. Null elsewhere.
 *
 * @param linesAbove the lines above, nearest first; read only if they are needed
 */
export function codePlaceAt(
  line: string,
  character: number,
  linesAbove: () => Iterable<string>,
  languageId?: string,
): CodePlace | null {
  const before = line.slice(0, character);
  const after = line.slice(character);
  const [, quote = '', typed = ''] = IN_QUOTES.exec(before) ?? [];
  if (quote !== '' && before.split(quote).length % 2 === 0) {
    const rest = /^[\w-]*/.exec(after)?.[0] ?? '';
    const start = character - typed.length;
    const end = character + rest.length;
    const close = line.charAt(end) === quote ? '' : quote;
    const probe = line.slice(0, start) + ANY_CODE + close + line.slice(end);
    return codeAt(probe, start, linesAbove, languageId) && { start, end, quoted: true };
  }
  const digits = DIGITS.exec(before)?.[0];
  if (digits === undefined || /^\w/.test(after) || isProse(before)) return null;
  const start = character - digits.length;
  const probe = `${line.slice(0, start)}"${ANY_CODE}"${after}`;
  return (
    codeAt(probe, start + 1, linesAbove, languageId) && { start, end: character, quoted: false }
  );
}

/** Whether a line that is cut off here is inside a comment or an open text: what is typed there is prose. */
function isProse(before: string): boolean {
  if (/^\s*\*\s/.test(before)) return true;
  let quote = '';
  for (let at = 0; at < before.length; at += 1) {
    const sign = before.charAt(at);
    if (sign === '\\') at += 1;
    else if (quote !== '') {
      if (sign === quote) quote = '';
    } else if ('"\'`'.includes(sign)) quote = sign;
    else if (/^(?:\/[/*]|# )/.test(before.slice(at, at + 2))) return true;
  }
  return quote !== '';
}
