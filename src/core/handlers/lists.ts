import type { CodeTree, TokenRange } from '../text/codeTree';
import { opensList } from '../text/maskedText';
import { calleeOf, isKeyword } from '../text/names';
import { kindSet } from '../text/tokens';
import { wordSet } from '../text/wordSet';

/** In characters; a longer list or table is data. */
const LONGEST_LIST = 50_000;
const SIGNS = kindSet('punctuation', 'word');
const TESTS = wordSet('== != === !== && || ? ; and or');

/** The brackets of a text that hold values and nothing else, at any depth: lists, tables, arguments. */
export class Lists {
  /** By what opens one, the outermost list that it is in; else -1. */
  private readonly outermost: Int32Array;

  constructor(private readonly code: CodeTree) {
    const { tokens, length } = code;
    const isTest = new Uint8Array(length);
    for (
      let index = tokens.indexOf(SIGNS, 0);
      index < length;
      index = tokens.indexOf(SIGNS, index + 1)
    )
      if (TESTS.has(tokens.textOf(index))) isTest[code.openerOf(index)] = 1;
    const isList = new Uint8Array(length);
    for (let index = length - 1; index >= 0; index -= 1) {
      if (!opensList(tokens, index)) continue;
      // what is no list itself makes none of what it is in: it was marked as one before
      if (isTest[index] !== 2 && this.holdsValues(index, isTest[index] === 1)) isList[index] = 1;
      else isTest[code.openerOf(index)] = 2;
    }
    this.outermost = new Int32Array(length).fill(-1);
    for (let index = 0; index < length; index += 1) {
      const outer = this.outermost[code.openerOf(index)] ?? -1;
      if (isList[index] === 1) this.outermost[index] = outer < 0 ? index : outer;
    }
  }

  private holdsValues(open: number, hasTests: boolean): boolean {
    const { code } = this;
    const close = code.tokens.partnerOf(open);
    if (close < 0 || code.hasStatements(open)) return false;
    if (code.tokens.kindAt(code.openerOf(open)) === 'quote') return false;
    if (code.tokens.startOf(close) - code.tokens.startOf(open) > LONGEST_LIST) return false;
    return code.textOf(open) !== '(' || !(hasTests || isKeyword(code, calleeOf(code, open)));
  }

  has(opener: number): boolean {
    return (this.outermost[opener] ?? -1) >= 0;
  }

  /** The outermost list that a token is in, or -1. */
  around(index: number): number {
    return this.outermost[this.openerOf(index)] ?? -1;
  }

  /** What opens the innermost brackets, or words of Ruby, that a literal is in. */
  openerOf(index: number): number {
    const { code } = this;
    const opener = code.openerOf(index);
    return code.tokens.kindAt(opener) === 'quote' && !this.has(opener)
      ? code.openerOf(opener)
      : opener;
  }

  rangeOf(opener: number): TokenRange {
    return { first: opener, last: this.code.tokens.partnerOf(opener) };
  }
}
