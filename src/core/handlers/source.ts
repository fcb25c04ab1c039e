import { codesUsedIn } from '../catalogue/scan/codesUsed';
import type { CodeSpan } from '../catalogue/types';
import { IN_TEXT, mask, type Syntax } from './syntax';

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

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** A string literal that holds codes and nothing else: `0810`, `0810,0811`. */
const CODES_ONLY = /^\d{4}(?:[\s,|]+\d{4})*$/;

/** A text of a language, read as code: where its brackets, lines and codes are. */
export class Source {
  /** The text without comments and without what stands in strings; see mask(). */
  readonly masked: string;
  /** All pairs, an outer one before those in it. */
  readonly brackets: readonly Brackets[];
  private readonly closers: ReadonlyMap<number, number>;
  private readonly openers: ReadonlyMap<number, number>;
  /** Where each line begins: a search back for it takes too long on the endless lines that machines write. */
  private readonly lineStarts: readonly number[];
  private readonly digits: readonly number[];
  /** The string literal that was read last: many codes may stand in one. */
  private literal = { start: 0, end: 0, isOfCodes: false };

  constructor(
    readonly text: string,
    private readonly languageId: string,
    syntax: Syntax,
  ) {
    this.masked = mask(text, syntax);
    const pairs = pairsOf(this.masked);
    this.brackets = pairs.sort((one, other) => one.open - other.open);
    this.closers = new Map(pairs.map(({ open, close }) => [open, close]));
    this.openers = new Map(pairs.map(({ open, close }) => [close, open]));
    this.digits = Array.from(text.matchAll(/\d{4}/g), ({ index }) => index);
    this.lineStarts = [0, ...Array.from(this.masked.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  closerOf(open: number): number | null {
    return this.closers.get(open) ?? null;
  }

  openerOf(close: number): number | null {
    return this.openers.get(close) ?? null;
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
      const close = this.closers.get(from + index);
      if (close === undefined || close >= to) continue;
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
    if (at < this.literal.start || at >= this.literal.end) {
      let start = at;
      let end = at;
      while (this.masked.charAt(start - 1) === IN_TEXT) start -= 1;
      while (this.masked.charAt(end) === IN_TEXT) end += 1;
      this.literal = { start, end, isOfCodes: CODES_ONLY.test(this.text.slice(start, end)) };
    }
    return this.literal.isOfCodes;
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

function pairsOf(masked: string): Brackets[] {
  const pairs: Brackets[] = [];
  const open: { readonly at: number; readonly closer: string }[] = [];
  const waiting = new Map<string, number>();
  const count = (closer: string, by: number): void => {
    waiting.set(closer, (waiting.get(closer) ?? 0) + by);
  };
  for (const { 0: sign, index } of masked.matchAll(/[()[\]{}]/g)) {
    const closer = CLOSERS[sign];
    if (closer !== undefined) {
      open.push({ at: index, closer });
      count(closer, 1);
    } else if ((waiting.get(sign) ?? 0) > 0) {
      // brackets in between were never closed
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        count(last.closer, -1);
        if (last.closer !== sign) continue;
        pairs.push({ open: last.at, close: index });
        break;
      }
    }
  }
  return pairs;
}
