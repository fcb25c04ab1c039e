import { StringForm, type Hole, type Terminator } from './stringForm';
import { KIND, TokenWriter } from './tokens';

/** What goes on when the code in a hole ends. */
export type Resume = 'string' | 'format' | 'children' | 'tag' | 'page' | 'code';

/** Code inside something else: of a string, or of tags. */
export interface Frame {
  readonly resume: Resume;
  /** The token that opened it. */
  readonly token: number;
  readonly close: string;
  readonly form: StringForm | null;
  /** The opening quote of the string. */
  readonly quote: number;
  /** How many brackets of the string's own, or elements, are open around it. */
  readonly depth: number;
  readonly hasFormat: boolean;
  /** How many brackets were open before it. */
  readonly floor: number;
  /** The heredocs that the line around it still waits for. */
  readonly heredocs: HeredocQueue;
}

export interface PendingHeredoc {
  readonly mark: number;
  readonly form: StringForm;
}

/** The heredocs of a line, and how many of them have been read. */
export interface HeredocQueue {
  readonly items: PendingHeredoc[];
  next: number;
}

export const ROUND = 0;
export const SQUARE = 1;
export const CURLY = 2;
/** A shell's `case`, in which a closing bracket needs no opening one. */
export const CASE = 3;

const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;
const DOLLAR = 36;
const NO_FORMAT: readonly Hole[] = [{ open: '{', close: '}' }];

export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    (code > 127 && isWideLetter(code))
  );
}

/** Beyond ASCII everything is a letter but spaces, and the punctuation of all languages. */
export function isWideLetter(code: number): boolean {
  return (
    code > 0xa0 &&
    !(code >= 0x2000 && code <= 0x206f) &&
    !(code >= 0x3000 && code <= 0x303f) &&
    code !== 0xfeff
  );
}

/** A place in a text with all that is open there. Reads strings; what else there is comes from its callers. */
export class Cursor {
  readonly out: TokenWriter;
  readonly frames: Frame[] = [];
  top: Frame | null = null;
  heredocs: HeredocQueue = { items: [], next: 0 };
  private readonly tokens: number[] = [];
  private readonly types: number[] = [];
  /** For each open bracket, the one of its type before it; for each type, its last one. */
  private readonly before: number[] = [];
  private readonly last = new Int32Array([-1, -1, -1, -1]);

  constructor(
    readonly text: string,
    public at: number,
    readonly end: number,
  ) {
    this.out = new TokenWriter(text);
  }

  /** How many brackets are open. */
  get open(): number {
    return this.tokens.length;
  }

  /** The token that opened the innermost bracket of this frame, or -1. */
  get innermost(): number {
    return this.open > this.floor ? (this.tokens[this.open - 1] ?? -1) : -1;
  }

  get innermostType(): number {
    return this.open > this.floor ? (this.types[this.open - 1] ?? -1) : -1;
  }

  private get floor(): number {
    return this.top?.floor ?? 0;
  }

  /** Adds a token from here to `end`, and goes there. */
  add(kind: number, end: number): number {
    const index = this.out.add(kind, this.at, end);
    this.at = end;
    return index;
  }

  openBracket(type: number, length: number): void {
    this.enter(type, this.add(KIND.open, this.at + length));
  }

  /** Remembers that something is open since a token. */
  enter(type: number, token: number): void {
    this.before.push(this.last[type] ?? -1);
    this.last[type] = this.tokens.length;
    this.tokens.push(token);
    this.types.push(type);
  }

  /** A round or square one does not close what is around a curly one that is still open. */
  closeBracket(type: number): void {
    const token = this.add(KIND.close, this.at + 1);
    const opener = this.last[type] ?? -1;
    const wall = type === CURLY ? -1 : (this.last[CURLY] ?? -1);
    if (opener < this.floor || opener < wall) return;
    while (this.tokens.length > opener + 1) this.leave();
    this.out.pair(this.leave(), token);
  }

  /** Whether a bracket of the type is open in this frame. */
  isOpen(type: number): boolean {
    return (this.last[type] ?? -1) >= this.floor;
  }

  leave(): number {
    const type = this.types.pop() ?? 0;
    this.last[type] = this.before.pop() ?? -1;
    return this.tokens.pop() ?? -1;
  }

  /** Opens a hole whose opening sign is here; one of no characters has no token. */
  enterFrame(resume: Resume, length: number, hole: Partial<Frame> & { close: string }): void {
    const token = length > 0 ? this.add(KIND.open, this.at + length) : -1;
    const frame: Frame = {
      form: null,
      quote: -1,
      depth: 0,
      hasFormat: false,
      ...hole,
      resume,
      token,
      floor: this.open,
      heredocs: this.heredocs,
    };
    this.heredocs = { items: [], next: 0 };
    this.frames.push(frame);
    this.top = frame;
  }

  /** Leaves the innermost frame; its closing sign, if it has one, is here. */
  leaveFrame(closing: number): Frame | null {
    const frame = this.frames.pop();
    if (frame === undefined) return null;
    while (this.open > frame.floor) this.leave();
    if (closing > 0) this.out.pair(frame.token, this.add(KIND.close, this.at + closing));
    this.heredocs = frame.heredocs;
    this.top = this.frames[this.frames.length - 1] ?? null;
    return frame;
  }

  /** At the end of a line: strings of one line end, with the code in them. */
  endLine(): void {
    for (let top = this.top; top !== null; top = this.top) {
      const isOfLine = top.form !== null && !top.form.hasLines;
      if (!isOfLine || this.open > top.floor) return;
      this.leaveFrame(0);
      if (top.resume === 'string') this.endString(top.quote, 0);
    }
  }

  /** The string that opens here. */
  string(form: StringForm, length: number): void {
    this.continueString(form, this.add(KIND.quote, this.at + length), 0);
  }

  /** A text that ends with a word on a line of its own, and begins at the start of a line. */
  heredoc({ form, mark }: PendingHeredoc): void {
    const quote = this.add(KIND.quote, this.at);
    this.out.link(mark, quote);
    this.continueHeredoc(form, quote);
  }

  continueHeredoc(form: StringForm, quote: number): void {
    if (form.terminator !== null && this.endHeredoc(form.terminator, quote)) return;
    this.continueString(form, quote, 0);
  }

  /** After the opening quote, or after code in the string. */
  continueString(form: StringForm, quote: number, nesting: number): void {
    const { text, end } = this;
    const { stops, close, terminator } = form;
    const closeCode = close === '' ? -1 : close.charCodeAt(0);
    let depth = nesting;
    let at = this.at;
    for (;;) {
      while (at < end) {
        const code = text.charCodeAt(at);
        if (code < 128 && stops[code] === 1) break;
        at += 1;
      }
      if (at >= end) break;
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        if (terminator === null) {
          if (text.charCodeAt(at - 1) === RETURN && at > this.at) at -= 1;
          break;
        }
        at += 1;
        this.flush(at);
        if (this.endHeredoc(terminator, quote)) return;
        continue;
      }
      if (code === closeCode && text.startsWith(close, at)) {
        if (depth > 0) {
          depth -= 1;
          at += 1;
          continue;
        }
        if (form.isDoubled && text.startsWith(close, at + close.length)) {
          at = this.escape(at, 2);
          continue;
        }
        if (form.isGreedy) while (text.charCodeAt(at + close.length) === closeCode) at += 1;
        this.flush(at);
        let after = at + close.length;
        if (form.hasFlags) while (isWordCode(text.charCodeAt(after))) after += 1;
        this.endString(quote, after - at);
        return;
      }
      if (form.nests !== '' && text.startsWith(form.nests, at)) {
        depth += 1;
        at += 1;
        continue;
      }
      const next = this.holeOrName(form, at, code, quote, depth);
      if (next < 0) return;
      if (next > at) {
        at = next;
      } else if (code === BACKSLASH && form.escapes !== 'none') {
        // A backslash before a line end keeps a string of one line open.
        const isReturn = text.charCodeAt(at + 1) === RETURN && text.charCodeAt(at + 2) === NEWLINE;
        const isHeredocLine = terminator !== null && text.charCodeAt(at + 1) === NEWLINE;
        const length = isHeredocLine ? 1 : isReturn ? 3 : 2;
        at = form.escapes === 'kept' ? Math.min(end, at + length) : this.escape(at, length);
      } else {
        at += 1;
      }
    }
    this.flush(Math.min(at, end));
    this.endString(quote, 0);
  }

  /** Code in a string at `at`: -1 if a hole opens, `at` if there is none, or the offset after it. */
  private holeOrName(
    form: StringForm,
    at: number,
    code: number,
    quote: number,
    depth: number,
  ): number {
    const { text } = this;
    for (const hole of form.holes) {
      const sign = hole.open;
      if (hole.isDoubled === true && (code === 123 || code === 125)) {
        if (text.charCodeAt(at + 1) === code) return this.escape(at, 2);
      }
      if (code !== sign.charCodeAt(0) || !text.startsWith(sign, at)) continue;
      // of more braces than C# needs, the last ones open it
      const first = text.charCodeAt(at + sign.length);
      if (sign.length > 1 && code === 123 && first === 123) return at + 1;
      this.flush(at);
      // `{$` of PHP: the name begins with the dollar sign
      const length = sign === '{$' ? 1 : sign.length;
      const { close, hasFormat = false } = hole;
      this.enterFrame('string', length, { close, form, quote, depth, hasFormat });
      return -1;
    }
    if (code === DOLLAR && form.names !== null) return this.name(form.names, at);
    return at;
  }

  /** A variable in a string without brackets. */
  private name(names: 'plain' | 'php' | 'shell', at: number): number {
    const { text } = this;
    let end = at + 1;
    while (end < this.end && isWordCode(text.charCodeAt(end))) end += 1;
    const first = text.charCodeAt(at + 1);
    const isDigit = first >= 48 && first <= 57;
    if (end === at + 1 || (isDigit && names !== 'shell')) {
      if (names !== 'shell' || !'?#@*!$-'.includes(text.charAt(at + 1))) return at;
      end = at + 2;
    }
    this.flush(at);
    if (names === 'plain') this.add(KIND.punctuation, at + 1);
    this.add(KIND.word, end);
    return names === 'php' ? this.memberInPhp() : end;
  }

  private memberInPhp(): number {
    const { text } = this;
    if (text.startsWith('->', this.at) && isWordCode(text.charCodeAt(this.at + 2))) {
      this.add(KIND.punctuation, this.at + 2);
      let end = this.at;
      while (end < this.end && isWordCode(text.charCodeAt(end))) end += 1;
      this.add(KIND.word, end);
    } else if (text.charAt(this.at) === '[') {
      let end = this.at + 1;
      while (isWordCode(text.charCodeAt(end)) || '$-'.includes(text.charAt(end) || ' ')) end += 1;
      if (text.charAt(end) !== ']' || end === this.at + 1) return this.at;
      const open = this.add(KIND.open, this.at + 1);
      this.add(KIND.word, end);
      this.out.pair(open, this.add(KIND.close, end + 1));
    }
    return this.at;
  }

  /** A format after `:` in a hole: text up to the end of the hole, and holes. */
  continueFormat(): void {
    const { text, end } = this;
    let at = this.at;
    while (at < end) {
      const sign = text.charAt(at);
      if (sign === '}' || sign === '{' || sign === '\n') break;
      at += 1;
    }
    this.flush(at);
    if (text.charAt(at) === '{') {
      this.enterFrame('format', 1, { close: '}', form: FORMAT });
      return;
    }
    const frame = this.leaveFrame(text.startsWith('}', at) ? 1 : 0);
    if (frame?.form) this.continueString(frame.form, frame.quote, frame.depth);
  }

  private endHeredoc({ word, indent, isWholeLine }: Terminator, quote: number): boolean {
    const { text } = this;
    let at = this.at;
    if (indent !== 'none') {
      while (text.charAt(at) === '\t' || (indent === 'any' && text.charAt(at) === ' ')) at += 1;
    }
    const after = at + word.length;
    if (!text.startsWith(word, at) || after > this.end) return false;
    const next = text.charCodeAt(after);
    const isEnd = after === this.end || next === NEWLINE || next === RETURN;
    if (isWholeLine ? !isEnd : isWordCode(next)) return false;
    this.at = at;
    this.endString(quote, word.length);
    return true;
  }

  private endString(quote: number, length: number): void {
    this.out.pair(quote, this.add(KIND.endQuote, this.at + length));
  }

  private escape(at: number, length: number): number {
    this.flush(at);
    this.add(KIND.escape, Math.min(this.end, at + length));
    return this.at;
  }

  /** The text since the last token. */
  flush(end: number): void {
    if (end > this.at) this.add(KIND.text, end);
  }
}

const FORMAT = new StringForm('}', { holes: NO_FORMAT });
