/** A quoted string of a text. */
export interface Quoted {
  /** What is between the quotes, as it stands there. */
  readonly inner: string;
  /** After the closing quote, or where the string is cut off. */
  readonly end: number;
  readonly isCut: boolean;
  readonly hasLineBreak: boolean;
}

/** What closes a string, by what opens it. Word processors turn quotes any way. */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ...['“', '”', '„', '‟'].map((quote) => [quote, '“”‟"'] as const),
  ...['‘', '’', '‚', '‛'].map((quote) => [quote, "‘’‛'"] as const),
]);

export const isQuote = (char: string): boolean => CLOSERS.has(char);

/** What may follow a string. After a string with line breaks, anything else means that it was cut off earlier. */
const AFTER_STRING = /[ \t]*(?:[,;:}\])\r\n+.]|=>|$)/y;
const WORD = /[\p{L}\p{N}]/u;

/** Finds where the strings of one text end. The time for all its strings is proportional to the text. */
export class QuotedText {
  /** By the opening quote, the last search for a closing one: from where, and where it is (Infinity: nowhere). */
  private readonly searches = new Map<string, { readonly from: number; readonly to: number }>();

  private countsFit = true;

  constructor(private readonly text: string) {}

  /** The string that begins at an opening quote. */
  at(start: number): Quoted {
    const { text } = this;
    const open = text.charAt(start);
    const close = this.closeAfter(start + 1, open);
    const newline =
      open === '`' ? -1 : text.slice(start, Math.min(close, text.length)).indexOf('\n');
    const hasLineBreak = newline >= 0;
    if (close < text.length && (!hasLineBreak || this.mayEndAt(close + 1))) {
      return { inner: text.slice(start + 1, close), end: close + 1, isCut: false, hasLineBreak };
    }
    const end = hasLineBreak ? start + newline : text.length;
    return { inner: text.slice(start + 1, end), end, isCut: true, hasLineBreak: false };
  }

  /**
   * Where a string of so many bytes in UTF-8 ends, if a double quote follows or the text ends before. Where one
   * count was wrong, the text was changed by hand: further ones are not tried.
   */
  endOfBytes(from: number, count: number): number | null {
    if (!this.countsFit) return null;
    const { text } = this;
    let end = from;
    for (let bytes = count; bytes > 0 && end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      // Each half of a surrogate pair is two of its four bytes.
      bytes -= code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    this.countsFit = end >= text.length || text.charAt(end) === '"';
    return this.countsFit ? end : null;
  }

  private mayEndAt(end: number): boolean {
    AFTER_STRING.lastIndex = end;
    return AFTER_STRING.test(this.text);
  }

  private closeAfter(from: number, open: string): number {
    const known = this.searches.get(open);
    if (known && known.from <= from && from <= known.to) return known.to;
    const to = this.searchClose(from, CLOSERS.get(open) ?? open);
    this.searches.set(open, { from, to });
    return to;
  }

  private searchClose(from: number, closers: string): number {
    const stop = new RegExp(`[\\\\${closers}]`, 'g');
    stop.lastIndex = from;
    for (let found = stop.exec(this.text); found; found = stop.exec(this.text)) {
      if (found[0] === '\\') stop.lastIndex += 1;
      else if (!this.isApostrophe(found.index)) return found.index;
    }
    return Infinity;
  }

  private isApostrophe(at: number): boolean {
    const { text } = this;
    return (
      /['’]/.test(text.charAt(at)) &&
      WORD.test(text.charAt(at - 1)) &&
      WORD.test(text.charAt(at + 1))
    );
  }
}

const HEX = '[\\da-fA-F]';
const ESCAPE = new RegExp(
  String.raw`\\(?:u\{(${HEX}{1,6})\}|u(${HEX}{4})|U(${HEX}{8})|x(${HEX}{2})|([0-7]{1,3})|(\r?\n)|([^]))`,
  'g',
);
/** An escape of which the end is missing. */
const PART_OF_ESCAPE = /\\(?:u[\da-fA-F]{0,3}|U[\da-fA-F]{0,7}|x[\da-fA-F]?|u\{[^}]{0,6})?$/;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['e', '\u001b'],
  ['a', '\u0007'],
]);
const HIGHEST = 0x10_ff_ff;

/** Resolves the escapes of JSON, JavaScript, Python, PHP and Ruby. What is no escape stays. */
export function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(ESCAPE, (all, ...groups: readonly (string | undefined)[]) => {
    const [braced, short, long, byte, octal, lineBreak, char] = groups;
    const hex = braced ?? short ?? long ?? byte;
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16)) ?? all;
    if (octal !== undefined) return characterOf(Number.parseInt(octal, 8)) ?? all;
    if (lineBreak !== undefined) return '';
    return NAMED.get(char ?? '') ?? (/[\w\s]/.test(char ?? '') ? all : (char ?? ''));
  });
}

const characterOf = (code: number): string | null =>
  code > HIGHEST ? null : String.fromCodePoint(code);

/** In single quotes, PHP has two escapes only. */
export const unescapedOnce = (inner: string): string => inner.replace(/\\(['\\])/g, '$1');

/** A string without the part of an escape with which it was cut off. */
export function withoutPartOfEscape(inner: string): string {
  const part = PART_OF_ESCAPE.exec(inner);
  if (!part) return inner;
  let backslashes = 0;
  while (inner.charAt(part.index - backslashes - 1) === '\\') backslashes += 1;
  return backslashes % 2 === 0 ? inner.slice(0, part.index) : inner;
}
