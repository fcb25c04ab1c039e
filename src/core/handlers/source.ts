import { codesUsedIn } from '../codes/codesIn';
import type { CodeSpan } from '../catalogue/types';
import { tokensOf } from '../text/lexer';
import type { Language } from '../text/languages';
import { maskedText, opensList, silentRanges, withPlainLines } from '../text/maskedText';
import type { Tokens } from '../text/tokens';

/** A pair of brackets; `close` is where the closing one stands. */
export interface Brackets {
  readonly open: number;
  readonly close: number;
}

/** A stretch that names codes, and the text before and after it that makes them codes. */
export interface Region {
  readonly before: string;
  readonly from: number;
  readonly to: number;
  readonly after: string;
}

/** What stands for a character in a string. Code does not have it. */
const IN_TEXT = '\0';
/** A string literal that holds codes and nothing else: `0810`, `0810,0811`. */
const CODES_ONLY = /^\d{4}(?:[\s,|]+\d{4})*$/;

/** A text of a language, read as code: where its brackets, lines and codes are. */
export class Source {
  /** The text without comments and without what is in strings, nor the line breaks in either. */
  readonly masked: string;
  /** All pairs, an outer one before those in it. */
  readonly brackets: readonly Brackets[];
  private readonly tokens: Tokens;
  /** Where each line begins: a search back for it takes too long on the endless lines that machines write. */
  private readonly lineStarts: readonly number[];
  private readonly digits: readonly number[];
  /** The string that was read last: many codes may be in one. */
  private string = { index: -1, isOfCodes: false };

  constructor(
    readonly text: string,
    private readonly languageId: string,
    language: Language,
  ) {
    this.tokens = tokensOf(text, language);
    const silent = silentRanges(this.tokens, language);
    const signFor = ({ isComment }: { isComment: boolean }): string => (isComment ? ' ' : IN_TEXT);
    this.masked = maskedText(withPlainLines(text), silent, signFor, false);
    this.brackets = pairsOf(this.tokens);
    this.digits = Array.from(text.matchAll(/\d{4}/g), ({ index }) => index);
    this.lineStarts = [0, ...Array.from(this.masked.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  closerOf(open: number): number | null {
    const { tokens } = this;
    const index = tokens.indexAt(open);
    const close = tokens.lastOf(index);
    return close > index ? tokens.startOf(close) : null;
  }

  openerOf(close: number): number | null {
    const { tokens } = this;
    const index = tokens.indexAt(close);
    const open = tokens.firstOf(index);
    return open < index ? tokens.endOf(open) - 1 : null;
  }

  lineStart(at: number): number {
    return this.lineStarts[below(this.lineStarts, at + 1) - 1] ?? 0;
  }

  /** How many groups of four digits begin in brackets. */
  digitsIn({ open, close }: Brackets): number {
    return below(this.digits, close) - below(this.digits, open);
  }

  /** Where the code of a position's line begins. */
  firstOnLine(at: number): number {
    const start = this.lineStart(at);
    return start + (/^[ \t]*/.exec(this.masked.slice(start, at + 1))?.[0].length ?? 0);
  }

  /** The code of a range, with what stands in its brackets replaced: only its own level is left. */
  flat(from: number, to: number): string {
    return this.ownLevel(from, to, (length) => IN_TEXT.repeat(length));
  }

  /** The same with one character for what stands in brackets: read in time in proportion to what is left. */
  outline(from: number, to: number): string {
    return this.ownLevel(from, to, () => IN_TEXT);
  }

  private ownLevel(from: number, to: number, filler: (length: number) => string): string {
    const code = this.masked.slice(from, to);
    const parts: string[] = [];
    let done = 0;
    const opener = /[([{]/g;
    for (let found = opener.exec(code); found !== null; found = opener.exec(code)) {
      const { index } = found;
      const close = this.closerOf(from + index);
      if (close === null || close >= to) continue;
      parts.push(code.slice(done, index + 1), filler(close - from - index - 1));
      done = close - from;
      opener.lastIndex = done;
    }
    parts.push(code.slice(done));
    return parts.join('');
  }

  /** The codes of a region, each a literal of its own in the code; those in comments are not. */
  codesIn({ before, from, to, after }: Region): CodeSpan[] {
    const { text, origins } = this.compact(from, to);
    if (!/\d{4}/.test(text)) return [];
    return codesUsedIn(before + text + after, this.languageId).flatMap((span) => {
      const origin = origins[span.start - before.length];
      if (origin === undefined || !this.isLiteral(origin)) return [];
      return { code: span.code, start: origin, end: origin + 4 };
    });
  }

  /** Code without comments and on one line, and where each of its characters came from. */
  private compact(from: number, to: number): { text: string; origins: number[] } {
    let text = '';
    const origins: number[] = [];
    for (let at = from; at < to; at += 1) {
      const sign = this.masked.charAt(at);
      if (/\s/.test(sign)) {
        if (text.endsWith(' ')) continue;
        text += ' ';
      } else text += this.text.charAt(at);
      origins.push(at);
    }
    return { text, origins };
  }

  private isLiteral(at: number): boolean {
    if (this.masked.charAt(at) !== IN_TEXT) return true;
    const { tokens } = this;
    const index = tokens.indexAt(at);
    if (index !== this.string.index) {
      const isWhole =
        tokens.kindAt(index - 1) === 'quote' && tokens.kindAt(index + 1) === 'endQuote';
      this.string = { index, isOfCodes: isWhole && CODES_ONLY.test(tokens.textOf(index)) };
    }
    return this.string.isOfCodes;
  }
}

/** How many of some sorted numbers are below a limit. */
function below(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pairsOf(tokens: Tokens): Brackets[] {
  const pairs: Brackets[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    if (!opensList(tokens, index)) continue;
    const close = tokens.lastOf(index);
    if (close > index) pairs.push({ open: tokens.endOf(index) - 1, close: tokens.startOf(close) });
  }
  return pairs;
}
