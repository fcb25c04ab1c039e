/** What a token is. Strings are several: an opening quote, texts, escapes and code in them, a closing quote. */
export type TokenKind =
  | 'word'
  | 'number'
  | 'punctuation'
  | 'open'
  | 'close'
  | 'quote'
  | 'endQuote'
  | 'text'
  | 'escape'
  | 'comment'
  | 'regexp'
  | 'plain'
  | 'markup';

/** As stored: its index in `KINDS`. */
export const KIND = {
  word: 0,
  number: 1,
  punctuation: 2,
  /** A bracket, or what opens code in a string, such as `${`. */
  open: 3,
  close: 4,
  /** What opens a string, with its prefix: `f"`, `<<<EOT`. */
  quote: 5,
  /** What closes it; of no characters where the text lacks it. */
  endQuote: 6,
  text: 7,
  escape: 8,
  comment: 9,
  regexp: 10,
  /** A value without quotes, in YAML and in settings. */
  plain: 11,
  /** Text of a page, outside of code. */
  markup: 12,
} as const;

const KINDS: readonly TokenKind[] = [
  ...(['word', 'number', 'punctuation', 'open', 'close', 'quote', 'endQuote'] as const),
  ...(['text', 'escape', 'comment', 'regexp', 'plain', 'markup'] as const),
];

/** Several kinds, as a number that has a bit for each: to look for them is quick. */
export const kindSet = (...kinds: readonly TokenKind[]): number =>
  kinds.reduce((all, kind) => all | (1 << KIND[kind]), 0);

/** Where tokens are written, and read again by what decides about the next one. */
export class TokenWriter {
  length = 0;
  /** The last token that is no comment, or -1. */
  lastCode = -1;
  private kinds: Uint8Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private partners: Int32Array;

  constructor(readonly text: string) {
    // More are seldom needed: to grow costs more than what is not used.
    const capacity = 64 + Math.ceil(text.length / 3);
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.partners = new Int32Array(capacity);
  }

  /** Returns the index of the token. */
  add(kind: number, start: number, end: number): number {
    const index = this.length;
    if (index === this.kinds.length) this.grow();
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.partners[index] = -1;
    this.length = index + 1;
    if (kind !== KIND.comment) this.lastCode = index;
    return index;
  }

  pair(open: number, close: number): void {
    this.partners[open] = close;
    this.partners[close] = open;
  }

  /** Makes one the partner of the other, and not the other way round. */
  link(from: number, to: number): void {
    this.partners[from] = to;
  }

  /** Takes back the last token, of which the next one is the rest. */
  dropLast(): void {
    this.length -= 1;
    this.lastCode = this.codeBefore(this.length);
  }

  kindOf(index: number): number {
    return this.kinds[index] ?? -1;
  }

  startOf(index: number): number {
    return this.starts[index] ?? 0;
  }

  endOf(index: number): number {
    return this.ends[index] ?? 0;
  }

  partnerOf(index: number): number {
    return this.partners[index] ?? -1;
  }

  textOf(index: number): string {
    return index < 0 ? '' : this.text.slice(this.startOf(index), this.endOf(index));
  }

  /** The token before this one that is no comment, or -1. */
  codeBefore(index: number): number {
    let before = index - 1;
    while (before >= 0 && this.kinds[before] === KIND.comment) before -= 1;
    return before;
  }

  finish(): Tokens {
    const { length } = this;
    return new Tokens(
      this.text,
      this.kinds.subarray(0, length),
      this.starts.subarray(0, length),
      this.ends.subarray(0, length),
      this.partners.subarray(0, length),
    );
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    const grown = (old: Int32Array): Int32Array => {
      const large = new Int32Array(capacity);
      large.set(old);
      return large;
    };
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
    this.partners = grown(this.partners);
  }
}

/** The tokens of a text in its order. An index outside of it has no kind, no text and no partner. */
export class Tokens {
  readonly length: number;

  constructor(
    readonly text: string,
    private readonly kinds: Uint8Array,
    private readonly starts: Int32Array,
    private readonly ends: Int32Array,
    private readonly partners: Int32Array,
  ) {
    this.length = kinds.length;
  }

  kindAt(index: number): TokenKind | null {
    return KINDS[this.kinds[index] ?? -1] ?? null;
  }

  startOf(index: number): number {
    return this.starts[index] ?? this.text.length;
  }

  endOf(index: number): number {
    return this.ends[index] ?? this.text.length;
  }

  textOf(index: number): string {
    return this.text.slice(this.startOf(index), this.endOf(index));
  }

  /** Of a bracket or a quote, the other one; -1 if there is none. Of Ruby's and a shell's `<<ID`, where its text begins. */
  partnerOf(index: number): number {
    return this.partners[index] ?? -1;
  }

  /** The first token from one on that is of one of some kinds; `length` if none follows. */
  indexOf(kinds: number, from: number): number {
    let index = from;
    while (index < this.length && ((kinds >> (this.kinds[index] ?? 0)) & 1) === 0) index += 1;
    return index;
  }

  /** The last token of the string or the brackets that a token opens; else the token itself. */
  lastOf(index: number): number {
    const kind = this.kinds[index];
    return kind === KIND.open || kind === KIND.quote
      ? Math.max(index, this.partnerOf(index))
      : index;
  }

  /** The first token of the string or the brackets that a token closes; else the token itself. */
  firstOf(index: number): number {
    const kind = this.kinds[index];
    const partner = this.partnerOf(index);
    return (kind === KIND.close || kind === KIND.endQuote) && partner >= 0 ? partner : index;
  }

  /** The first token that ends after the offset: the one there, or else the next one; `length` if none follows. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.endOf(middle) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The next token that is no comment; `length` if none follows. */
  nextCode(index: number): number {
    let next = index + 1;
    while (this.kinds[next] === KIND.comment) next += 1;
    return next;
  }

  /** The token before that is no comment; -1 if there is none. */
  previousCode(index: number): number {
    let before = index - 1;
    while (this.kinds[before] === KIND.comment) before -= 1;
    return before;
  }
}
