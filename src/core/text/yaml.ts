import { CURLY, SQUARE, type Cursor } from './cursor';
import type { Language } from './languages';
import { KIND } from './tokens';

/** Reads YAML: its blocks by indentation, and its brackets. */
export function readYaml(cursor: Cursor, language: Language): void {
  new YamlReader(cursor, language).run();
}

const BLOCK_HEADER = /[|>][-+\d]{0,2}(?=[ \t]*(?:[ \t]#[^\n]*)?(?:\r?\n|$))/y;
const SIMPLE_WORD = /^[A-Za-z_][\w-]*$/;
const NUMBER = /^[-+]?\d[\w.]*$/;

const isBlank = (sign: string): boolean => sign === ' ' || sign === '\t' || sign === '\r';
const isBlankOrEnd = (sign: string): boolean => sign === '' || sign === '\n' || isBlank(sign);

class YamlReader {
  private lineStart = 0;
  /** The column of the key or of the dash to which the next value belongs. */
  private parent = -1;

  constructor(
    private readonly cursor: Cursor,
    private readonly language: Language,
  ) {
    this.lineStart = cursor.at;
  }

  run(): void {
    const { cursor } = this;
    const { text, end } = cursor;
    while (cursor.at < end) {
      const { at } = cursor;
      const sign = text.charAt(at);
      if (sign === '\n') {
        cursor.at += 1;
        this.lineStart = cursor.at;
      } else if (isBlank(sign)) {
        cursor.at += 1;
      } else if (sign === '#' && (at === 0 || isBlankOrEnd(text.charAt(at - 1)))) {
        cursor.add(KIND.comment, this.lineEnd(at));
      } else if (at !== this.lineStart || !this.documentMark(sign)) {
        this.node(sign);
      }
    }
  }

  /** Whether the brackets of a list or a map are open. */
  private get inFlow(): boolean {
    return this.cursor.open > 0;
  }

  /** `---`, `...` and directives. */
  private documentMark(sign: string): boolean {
    const { cursor } = this;
    const { text, at } = cursor;
    if (sign === '%') {
      cursor.add(KIND.plain, this.lineEnd(at));
      return true;
    }
    const isMark = text.startsWith('---', at) || text.startsWith('...', at);
    if (!isMark || !isBlankOrEnd(text.charAt(at + 3))) return false;
    while (cursor.open > 0) cursor.leave();
    cursor.add(KIND.punctuation, at + 3);
    this.parent = -1;
    return true;
  }

  private node(sign: string): void {
    const { cursor, inFlow } = this;
    const { text, at } = cursor;
    const form = this.language.strings.find(([open]) => open === sign)?.[1];
    const isSpaced = isBlankOrEnd(text.charAt(at + 1));
    if (form !== undefined) {
      const column = at - this.lineStart;
      cursor.string(form, 1);
      this.afterString(at, column);
    } else if (sign === '[' || sign === '{') {
      cursor.openBracket(sign === '[' ? SQUARE : CURLY, 1);
    } else if (inFlow && (sign === ']' || sign === '}')) {
      cursor.closeBracket(sign === ']' ? SQUARE : CURLY);
    } else if (inFlow && (sign === ',' || sign === ':')) {
      cursor.add(KIND.punctuation, at + 1);
    } else if (isSpaced && (sign === '-' || sign === '?' || sign === ':')) {
      if (sign !== ':' && !inFlow) this.parent = at - this.lineStart;
      cursor.add(KIND.punctuation, at + 1);
    } else if ('&*!'.includes(sign)) {
      this.property();
    } else if (inFlow || !'|>'.includes(sign) || !this.blockText()) {
      this.plain();
    }
  }

  /** An anchor, an alias or a tag. */
  private property(): void {
    const { cursor } = this;
    const { text, end } = cursor;
    const column = cursor.at - this.lineStart;
    let after = cursor.at + 1;
    const stops = this.inFlow ? ',[]{}' : '';
    while (
      after < end &&
      !isBlankOrEnd(text.charAt(after)) &&
      !stops.includes(text.charAt(after) || ' ')
    )
      after += 1;
    cursor.add(KIND.word, after);
    let next = after;
    while (isBlank(text.charAt(next))) next += 1;
    // an alias as a key: `*name : value`
    if (!this.inFlow && text.charAt(next) === ':') this.parent = column;
  }

  private afterString(start: number, column: number): void {
    const { cursor } = this;
    const { text } = cursor;
    const line = text.slice(start, cursor.at).lastIndexOf('\n');
    if (line >= 0) this.lineStart = start + line + 1;
    let next = cursor.at;
    while (isBlank(text.charAt(next))) next += 1;
    if (!this.inFlow && text.charAt(next) === ':') this.parent = column;
  }

  /** `|` and `>`: all lines below that are further to the right than their parent. */
  private blockText(): boolean {
    const { cursor } = this;
    const { text, out, end } = cursor;
    BLOCK_HEADER.lastIndex = cursor.at;
    const header = BLOCK_HEADER.exec(text);
    if (header === null) return false;
    const quote = cursor.add(KIND.quote, cursor.at + header[0].length);
    const headEnd = this.lineEnd(cursor.at);
    while (isBlank(text.charAt(cursor.at))) cursor.at += 1;
    if (cursor.at < headEnd) cursor.add(KIND.comment, headEnd);
    cursor.at = this.nextLine(headEnd);
    let last = cursor.at;
    for (let line = cursor.at; line < end; line = this.nextLine(line)) {
      let first = line;
      while (text.charAt(first) === ' ') first += 1;
      if (isBlankOrEnd(text.charAt(first)) && this.isBlankFrom(first)) continue;
      if (first - line <= this.parent) break;
      if (first === line && this.parent < 0 && /^(?:---|\.\.\.)\s/.test(text.slice(line, line + 4)))
        break;
      last = this.nextLine(line);
    }
    if (last > cursor.at) cursor.add(KIND.text, Math.min(last, end));
    this.lineStart = cursor.at;
    out.pair(quote, cursor.add(KIND.endQuote, cursor.at));
    return true;
  }

  private isBlankFrom(at: number): boolean {
    let after = at;
    while (isBlank(this.cursor.text.charAt(after))) after += 1;
    return after >= this.cursor.end || this.cursor.text.charAt(after) === '\n';
  }

  private plain(): void {
    const { cursor } = this;
    const { text, at } = cursor;
    const column = at - this.lineStart;
    let after = this.plainEnd(at);
    if (!this.inFlow) {
      if (text.charAt(after) === ':' || this.isColonAfter(after)) {
        this.parent = column;
      } else {
        after = this.continued(after);
      }
    }
    const value = text.slice(at, Math.min(after, at + 100));
    const isWhole = after - at <= 100;
    const kind =
      isWhole && SIMPLE_WORD.test(value)
        ? KIND.word
        : isWhole && NUMBER.test(value)
          ? KIND.number
          : KIND.plain;
    cursor.add(kind, Math.max(after, at + 1));
  }

  private isColonAfter(at: number): boolean {
    let next = at;
    while (isBlank(this.cursor.text.charAt(next))) next += 1;
    return this.cursor.text.charAt(next) === ':';
  }

  /** Where a value without quotes ends in this line. */
  private plainEnd(from: number): number {
    const { cursor, inFlow } = this;
    const { text, end } = cursor;
    let last = from;
    for (let at = from; at < end; at += 1) {
      const sign = text.charAt(at);
      if (sign === '\n') break;
      if (isBlank(sign)) continue;
      if (sign === '#' && at > from && isBlank(text.charAt(at - 1))) break;
      const next = text.charAt(at + 1);
      if (sign === ':' && (isBlankOrEnd(next) || (inFlow && ',[]{}'.includes(next)))) break;
      if (inFlow && ',[]{}'.includes(sign)) break;
      last = at + 1;
    }
    return last;
  }

  /** Where it ends if the lines below belong to it: those further to the right, up to a comment or a key. */
  private continued(from: number): number {
    const { cursor } = this;
    const { text, end } = cursor;
    let last = from;
    if (text.charAt(last) === '#' || !this.isBlankFrom(last)) return last;
    for (let line = this.nextLine(from); line < end; line = this.nextLine(line)) {
      let first = line;
      while (isBlank(text.charAt(first))) first += 1;
      if (first >= end || text.charAt(first) === '\n') continue;
      if (first - line <= this.parent || text.charAt(first) === '#') break;
      if (first === line && this.documentMarkAt(line)) break;
      const after = this.plainEnd(first);
      if (text.charAt(after) === ':') break;
      last = after;
      this.lineStart = line;
      if (!this.isBlankFrom(last)) break;
    }
    return last;
  }

  private documentMarkAt(at: number): boolean {
    return /^(?:---|\.\.\.)\s/.test(this.cursor.text.slice(at, at + 4));
  }

  private lineEnd(at: number): number {
    const { text, end } = this.cursor;
    const line = text.indexOf('\n', at);
    const last = line < 0 || line > end ? end : line;
    return text.charCodeAt(last - 1) === 13 ? last - 1 : last;
  }

  private nextLine(at: number): number {
    const { text, end } = this.cursor;
    const line = text.indexOf('\n', at);
    return line < 0 ? end : Math.min(end, line + 1);
  }
}
