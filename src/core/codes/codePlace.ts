import { languageOf } from '../text/languages';
import { CodesIn } from './codesIn';

/** Where a code may be written, by offsets in UTF-16 units. */
export interface CodePlace {
  /** What is already typed of the code, and is replaced by it. */
  readonly start: number;
  readonly end: number;
  /** Whether the quotes are there; if not, they belong to what is written. */
  readonly quoted: boolean;
}

/** A code that stands for any other: it is known, and its zero tells it from numbers. */
const ANY_CODE = '0810';
const DIGITS = /(?<![\w.'"`])\d{0,4}$/;
const TYPED = /^[\w-][\w -]{0,30}$/;

/**
 * Whether a code may be at a position: where one would be found, such as beside `=== `, in a `case`, or in a list of
 * codes. Null elsewhere.
 */
export function codePlaceAt(text: string, offset: number, languageId = ''): CodePlace | null {
  const language = languageOf(languageId);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const isCode = (probe: string, at: number): boolean =>
    new CodesIn(probe, language).at(at + 1) !== null;
  const { tokens } = new CodesIn(text, language).code;
  // the token that the position is in or right behind
  const index = tokens.indexAt(offset - 1);
  const isTouched = offset > 0 && tokens.startOf(index) < offset;
  const kind = isTouched ? tokens.kindAt(index) : null;
  if (kind === 'comment') return null;
  const quote = kind === 'quote' ? index : kind === 'text' ? index - 1 : -1;
  if (quote >= 0) {
    const start = tokens.endOf(quote);
    const typed = text.slice(start, offset);
    if (tokens.kindAt(quote) !== 'quote' || start > offset || (typed !== '' && !TYPED.test(typed)))
      return null;
    const end = offset + (/^[\w-]*/.exec(text.slice(offset, offset + 40))?.[0].length ?? 0);
    const sign = text.charAt(start - 1);
    const close = text.charAt(end) === sign ? '' : sign;
    const probe = text.slice(0, start) + ANY_CODE + close + text.slice(end);
    return isCode(probe, start) ? { start, end, quoted: true } : null;
  }
  if (kind === 'escape') return null;
  const digits = DIGITS.exec(line)?.[0];
  const after = text.slice(offset);
  if (digits === undefined || /^\w/.test(after)) return null;
  const start = offset - digits.length;
  const probe = `${text.slice(0, start)}"${ANY_CODE}"${after}`;
  return isCode(probe, start + 1) ? { start, end: offset, quoted: false } : null;
}
