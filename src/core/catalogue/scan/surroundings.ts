import { BACKSLASH, isCloser, NEWLINE, isOpener, isWord } from './characters';

/** How far from a place anything is read, in characters and in lines. */
export const REACH = 4000;
export const LINES_ABOVE = 60;
/** How far to the right of a place anything is read; never past its line. */
export const AHEAD = 400;
export const OPERAND = 160;

/** Reads a text around a place, never further back than a floor, so that no text can make it slow. */
export class Surroundings {
  /** Whether more lines above could have changed an answer. */
  reachedTop = false;
  protected floor = 0;

  constructor(protected readonly text: string) {}

  protected wordEndingAt(end: number): string {
    const { text } = this;
    let start = end;
    while (start >= 0 && end - start < 80 && isWord(text.charCodeAt(start))) start -= 1;
    return text.slice(start + 1, end + 1);
  }

  /** Where a call's expression begins: `new Set` is left at `new`, `map[string]` at `map`. */
  protected chainStart(end: number): number {
    const { text } = this;
    let at = end;
    const least = Math.max(this.floor, end - OPERAND);
    while (at >= least) {
      const sign = text.charAt(at);
      if (isWord(text.charCodeAt(at)) || '.%$@:?*&'.includes(sign)) {
        if (sign === ':' && text.charAt(at - 1) !== ':' && text.charAt(at + 1) !== ':') break;
        at -= 1;
      } else if (sign === ']' || sign === '>') {
        if (sign === '>' && '=-'.includes(text.charAt(at - 1))) break;
        at = this.openerOf(at) - 1;
      } else break;
    }
    return at + 1;
  }

  protected openerOf(close: number): number {
    const { text } = this;
    const closer = text.charAt(close);
    const opener = closer === ')' ? '(' : closer === ']' ? '[' : closer === '}' ? '{' : '<';
    let nesting = 0;
    for (let at = close; at >= this.floor && close - at < OPERAND; at -= 1) {
      const sign = text.charAt(at);
      if (sign === closer) nesting += 1;
      else if (sign === opener) {
        nesting -= 1;
        if (nesting === 0) return at;
      } else if (sign === '\n') break;
    }
    return -1;
  }

  /** Where the bracket that holds a value ends, if that is on its line. */
  protected closerOf(open: number, from: number): number {
    const { text } = this;
    let nesting = 0;
    for (let at = from; at < from + AHEAD && at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (isOpener(code)) nesting += 1;
      else if (isCloser(code)) {
        if (nesting === 0) return at + 1;
        nesting -= 1;
      }
    }
    return Math.max(open + 1, from);
  }

  /** The quote that begins the text which ends at this one; the same place where there is none. */
  protected quoteBefore(end: number, least: number): number {
    const { text } = this;
    const quote = text.charCodeAt(end);
    for (let at = end - 1; at >= least && end - at < 200; at -= 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === quote && text.charCodeAt(at - 1) !== BACKSLASH) return at;
    }
    return end;
  }

  /** The last place before a position that is no blank; a line break ends the search. */
  protected blanksBefore(position: number): number {
    const { text } = this;
    let at = position - 1;
    const least = position - OPERAND;
    for (; at >= 0 && at > least; at -= 1) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 9 && code !== 13) return at;
    }
    return at < 0 ? -1 : at;
  }

  /** Where the line of a position begins; -1 where that is too far away. */
  protected lineStart(position: number): number {
    const least = Math.max(0, position - REACH);
    const near = this.text.slice(least, position);
    const at = near.lastIndexOf('\n');
    return at >= 0 ? least + at + 1 : least === 0 ? 0 : -1;
  }

  protected isLineStart(at: number): boolean {
    return at < 0 || this.text.charCodeAt(at) === NEWLINE;
  }

  protected isAlone(at: number): boolean {
    return /^[^\S\n]*(?:\n|$)/.test(this.text.slice(at + 1, at + 40));
  }

  protected skipUp(at: number): number {
    let up = at;
    while (up >= this.floor && /\s/.test(this.text.charAt(up))) up -= 1;
    if (up < 0) this.reachedTop = true;
    return up;
  }

  protected indentAt(lineStart: number): number {
    const { text } = this;
    let at = lineStart;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
    return at - lineStart;
  }

  protected lineUpTo(position: number, length: number): string {
    const near = this.text.slice(Math.max(this.floor, position - length), position);
    return near.slice(near.lastIndexOf('\n') + 1);
  }

  protected lineFrom(position: number, length: number): string {
    const near = this.text.slice(position, position + length);
    const end = near.indexOf('\n');
    return end < 0 ? near : near.slice(0, end);
  }
}
