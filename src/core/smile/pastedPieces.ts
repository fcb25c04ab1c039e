import { readLoose, type LooseValue, type Seen, type Trait } from './looseJson';
import { QuotedText, unescaped } from './quotedText';
import { READING_LIMITS } from './readingLimits';

/** An object or list that was found in a text. Offsets in UTF-16 units. */
export interface Piece {
  readonly value: object;
  readonly start: number;
  readonly end: number;
  /** The end, or a part, is missing. */
  readonly cutOff: boolean;
  readonly traits: ReadonlySet<Trait>;
  /** Names of fields that an object has more than once. */
  readonly repeated: ReadonlySet<string>;
  /** It was in a string, in which its quotes are escaped. */
  readonly isInString: boolean;
  /** Its fields are there, but not the start of the object. */
  readonly isOpen: boolean;
  readonly values: number;
  readonly hasTooMany: boolean;
}

interface Options {
  /** As in source code: see readLoose(). Objects of which the start is missing are not read. */
  readonly onlyLiterals?: boolean | undefined;
  readonly seen?: Seen | undefined;
}

/**
 * Where a value may begin: at a bracket; at an array of PHP or a dump; at a field, where the start of its object is
 * missing.
 */
const START = new RegExp(
  [
    String.raw`[{[]|\(object\)\s*array\s*\(|\b(?:[aA]rray|Object|OrderedDict)\s*\(`,
    String.raw`["'](?=[A-Za-z_]\w{0,100}["']\s*(?::|=>))`,
  ].join('|'),
  'g',
);
const PRINT_R_FIELD = /\[\w{1,100}\]\s*=>/y;

/** Finds the objects and lists of a text, the outermost of each. The time is proportional to the text. */
export function* piecesOf(text: string, options: Options = {}, level = 0): Generator<Piece> {
  const lines = new PrefixedLines(text);
  const whole: View = { text, quotes: new QuotedText(text), start: 0, end: text.length };
  const starts = new RegExp(START);
  for (let found = starts.exec(text); found !== null; found = starts.exec(text)) {
    const start = found.index;
    const encoded = encodedAt(text, start);
    if (encoded) {
      starts.lastIndex = encoded.end;
      if (level < READING_LIMITS.strings) yield* piecesIn(encoded, start, options, level + 1);
      continue;
    }
    const isOpen = /["']/.test(found[0]) || matches(PRINT_R_FIELD, text, start);
    if (isOpen && options.onlyLiterals) continue;
    const view = lines.viewAt(start) ?? whole;
    const { onlyLiterals, seen } = options;
    const shifted: Seen = (value, from, to) => {
      seen?.(value, from + view.start, to + view.start);
    };
    const read = readLoose(view.text, view.quotes, start - view.start, {
      onlyLiterals,
      seen: seen && shifted,
      isInside: isOpen,
    });
    const end = read.end + view.start;
    starts.lastIndex = end;
    const value = strictly(read, () => text.slice(start, end));
    if (value) yield { ...read, value, start, end, isInString: false, isOpen };
  }
}

/** What is JSON is parsed as such. */
function strictly({ value, traits, cutOff }: LooseValue, json: () => string): object | null {
  if (!value || cutOff || [...traits].some((trait) => trait !== 'words of JSON')) return value;
  try {
    const parsed: unknown = JSON.parse(json());
    return typeof parsed === 'object' ? parsed : value;
  } catch {
    return value; // JSON has no control characters in strings, for example
  }
}

function* piecesIn(
  encoded: Encoded,
  start: number,
  options: Options,
  level: number,
): Generator<Piece> {
  const { end } = encoded;
  const { seen } = options;
  const outer: Seen = (value) => {
    seen?.(value, start, end);
  };
  for (const piece of piecesOf(encoded.text, { ...options, seen: seen && outer }, level)) {
    yield { ...piece, start, end, isInString: true };
  }
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** A part of a text in which quotes are escaped once more. */
interface Encoded {
  readonly text: string;
  readonly end: number;
}

/** An object whose first key has escaped quotes; brackets before it, and blanks that may be escaped, too. */
const ESCAPED = new RegExp(
  [
    String.raw`[{[](?:[\s{[]|\\{1,7}[nrt]){0,50}(\\{1,7})(["'])[\w .$@-]{1,100}\1\2`,
    String.raw`(?:\s|\\{1,7}[nrt]){0,9}[:=]`,
  ].join(''),
  'y',
);
/** The same as spreadsheets and databases export it. */
const DOUBLED = /[{[][\s{[]{0,50}""[\w .$@-]{1,100}""\s{0,9}:/y;
const OF_HTML = /[{[][\s{[]{0,50}&(?:quot|#34|#x22);[\w .$@-]{1,100}&(?:quot|#34|#x22);/y;
const HTML_QUOTE = /&(?:quot|#34|#x22);/g;

function encodedAt(text: string, start: number): Encoded | null {
  ESCAPED.lastIndex = start;
  const [, backslashes, quote] = ESCAPED.exec(text) ?? [];
  if (backslashes !== undefined && quote !== undefined) {
    const end = endOfEscaped(text, start, backslashes.length, quote);
    return { text: unescaped(text.slice(start, end)), end };
  }
  if (matches(DOUBLED, text, start)) {
    const end = endOfDoubled(text, start);
    return { text: text.slice(start, end).replaceAll('""', '"'), end };
  }
  if (matches(OF_HTML, text, start)) {
    const length = text.slice(start).search(/["<]/);
    const end = length < 0 ? text.length : start + length;
    const decoded = text.slice(start, end).replace(HTML_QUOTE, '"').replaceAll('&#39;', "'");
    return { text: decoded.replaceAll('&amp;', '&'), end };
  }
  return null;
}

/** At a quote that is escaped less often than those of the keys. */
function endOfEscaped(text: string, start: number, least: number, quote: string): number {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (backslashes < least && text.charAt(at - backslashes - 1) === '\\') backslashes += 1;
    if (backslashes < least) return at - backslashes;
  }
  return text.length;
}

/** At a quote that is not doubled. */
function endOfDoubled(text: string, start: number): number {
  const runs = /"+/g;
  runs.lastIndex = start;
  for (let run = runs.exec(text); run !== null; run = runs.exec(text)) {
    if (run[0].length % 2 === 1) return runs.lastIndex - 1;
  }
  return text.length;
}

/** A text, or some lines of it. */
interface View {
  readonly text: string;
  readonly quotes: QuotedText;
  readonly start: number;
  readonly end: number;
}

/** What comments, quoted mail and the logs of several services have before each line. */
const PREFIX = /[ \t]{0,100}(?:\/\/+|#+|\*+|>+|--|[\w.-]{1,60}[ \t]{0,20}\|)/y;

/** Gives lines that begin alike without those beginnings, so that a value of several lines can be read. */
class PrefixedLines {
  private lineStart = 0;
  private lineEnd: number;
  private view: View | null = null;
  private isKnown = false;

  constructor(private readonly text: string) {
    this.lineEnd = this.endOfLine(0);
  }

  /** The lines around an offset. Offsets may only grow. */
  viewAt(at: number): View | null {
    while (this.lineEnd < at) {
      this.lineStart = this.lineEnd + 1;
      this.lineEnd = this.endOfLine(this.lineStart);
      this.isKnown = false;
    }
    if (this.view && at < this.view.end) return this.view;
    if (!this.isKnown) this.view = this.viewFrom(this.lineStart);
    this.isKnown = true;
    return this.view;
  }

  private endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  private viewFrom(start: number): View | null {
    PREFIX.lastIndex = start;
    const prefix = PREFIX.exec(this.text)?.[0];
    if (prefix === undefined) return null;
    const blank = ' '.repeat(prefix.length);
    const lines: string[] = [];
    let end = start;
    while (end < this.text.length && this.text.startsWith(prefix, end)) {
      const next = this.endOfLine(end) + 1;
      lines.push(blank + this.text.slice(end + prefix.length, next));
      end = Math.min(next, this.text.length);
    }
    if (lines.length < 2) return null;
    const text = lines.join('');
    return { text, quotes: new QuotedText(text), start, end };
  }
}
