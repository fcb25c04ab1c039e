import type { Language } from './languages';
import type { Tokens } from './tokens';
import { GROUP, readTree, type TreeArrays } from './treeReader';

/** Tokens from the first to the last one. */
export interface TokenRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The tokens of a text as a tree. A bracket, a quote, a key of YAML, the first word of a block that ends with `end`
 * or with its indentation: each opens a group. A group has parts: statements, arguments, elements, entries. Read once
 * in one pass; every question about one token is answered without reading more than its part.
 */
export class CodeTree {
  private readonly arrays: TreeArrays;

  constructor(
    readonly tokens: Tokens,
    readonly language: Language,
  ) {
    this.arrays = readTree(tokens, language);
  }

  get length(): number {
    return this.tokens.length;
  }

  textOf(index: number): string {
    return this.tokens.textOf(index);
  }

  /** What opened the group that a token is in; -1 for the file. */
  openerOf(index: number): number {
    return this.arrays.openers[index] ?? -1;
  }

  /** The first token after a group: what closes it, or what follows a block that is told by its indentation. */
  closerOf(opener: number): number {
    return this.arrays.closers[opener] ?? -1;
  }

  /** Whether statements are in a group, and not values. */
  hasStatements(opener: number): boolean {
    return opener < 0 || this.arrays.kinds[opener] === GROUP.statements;
  }

  /** The token, or the bracket around it, that is in a statement and in no brackets of that. */
  inStatement(index: number): number {
    const opener = this.openerOf(index);
    return this.hasStatements(opener) ? index : (this.arrays.holders[opener] ?? -1);
  }

  /** The first token of the part that a token is in. A separator is a part of its own. */
  firstOf(index: number): number {
    return this.arrays.firsts[index] ?? -1;
  }

  /** The part that a token is in. Of the groups in it, it has what opens and what closes them. */
  partOf(index: number): TokenRange {
    const first = this.firstOf(index);
    return { first, last: this.arrays.lasts[first] ?? first };
  }

  /** The token before, in the same part and in no group in it; -1 for the first one. */
  before(index: number): number {
    return this.arrays.befores[index] ?? -1;
  }

  /** The token after, in the same part and in no group in it; -1 for the last one. */
  after(index: number): number {
    return this.arrays.afters[index] ?? -1;
  }

  /** The first part of a group, or null. */
  firstPart(opener: number): TokenRange | null {
    const first = this.arrays.firstParts[opener + 1] ?? -1;
    return first < 0 ? null : this.partOf(first);
  }

  /** The parts of a group, without what separates them. */
  partsIn(opener: number): TokenRange[] {
    const found: TokenRange[] = [];
    let part = this.firstPart(opener);
    for (; part !== null; part = this.nextPart(part.first)) found.push(part);
    return found;
  }

  /** The part that follows in the same group, or null. */
  nextPart(index: number): TokenRange | null {
    const next = this.arrays.nextParts[this.firstOf(index)] ?? -1;
    return next < 0 ? null : this.partOf(next);
  }

  /** The string that a token belongs to, or else the token. */
  whole(index: number): TokenRange {
    const kind = this.tokens.kindAt(index);
    const inText = kind === 'text' || kind === 'escape';
    const first = inText
      ? this.openerOf(index)
      : kind === 'endQuote'
        ? this.tokens.partnerOf(index)
        : index;
    const isGroup = this.tokens.kindAt(first) === 'quote' || this.tokens.kindAt(first) === 'open';
    const partner = isGroup ? this.tokens.partnerOf(first) : -1;
    return { first, last: partner < first ? first : partner };
  }

  /** The first character of a range, and the one after its last. */
  rangeOf({ first, last }: TokenRange): { start: number; end: number } {
    return { start: this.tokens.startOf(first), end: this.tokens.endOf(last) };
  }
}
