import { BACKSLASH, isQuote, isWord } from './characters';
import type { NameStrength } from './codeNames';
import { named, NOTHING_AT, type Node, type Owner } from './owner';
import { ValueUse } from './valueUse';
import { HOLDERS } from './vocabulary';

/** What a kind of terms is called in code, and which values it has. */
export interface Naming {
  readonly rate: (name: string) => NameStrength;
  readonly isValue: (text: string) => boolean;
  readonly isOtherKey: (key: string) => boolean;
  /** Expressions that are such a value although their last name does not say so: `actions.DOB`. */
  readonly expression?: RegExp;
}

/** A name and what may link it to its value in prose: `job type 6`, `Liveness_Check is "Passed"`. */
const PROSE =
  /((?:\w+[ -])?\w+)["'`]?(?:[\s:=([]|\b(?:is|are|was|were|of|ended|with|as|equals?|value|got|returned)\b)*["'`]?$/;
/** What may hold a `status` or a `reason` of Smile ID, beside what may hold a `code`. */
const MORE_HOLDERS = new Set(['event', 'check', 'fixture', 'expected', 'fields', 'request', 'v']);

/** Tells from the text around a word or a number what it is the value of. */
export class TermUse extends ValueUse {
  protected override readonly expressions = /[\w$.>?&@['"\]:]*\b\w+\b/g;

  constructor(
    text: string,
    private readonly naming: Naming,
  ) {
    super(text);
  }

  /** @returns the value with its quotes, and what it belongs to */
  of(start: number, end: number, known: boolean): { node: Node; owner: Owner } {
    this.begin(start, known);
    const node = this.valueAt(start, end);
    return { node, owner: this.ownerOf(node) };
  }

  protected override rate(name: string): NameStrength {
    return this.naming.rate(name);
  }

  protected override isOtherKey(key: string): boolean {
    return this.naming.isOtherKey(key);
  }

  protected override operand(end: number, depth: number): NameStrength {
    const { expression } = this.naming;
    return expression?.test(this.lineUpTo(end + 1, 100)) === true ? 2 : super.operand(end, depth);
  }

  protected override heldBy(at: number): NameStrength {
    const words = this.wordEndingAt(at).match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
    const last = (words.at(-1) ?? '').toLowerCase();
    return HOLDERS.has(last) || MORE_HOLDERS.has(last) ? 1 : 0;
  }

  protected override valueEndingAt(end: number): number {
    const { text } = this;
    if (end <= this.floor) return -1;
    if (!isQuote(text.charCodeAt(end))) {
      const word = this.wordEndingAt(end);
      return this.naming.isValue(word) ? end - word.length + 1 : -1;
    }
    let last = end;
    while (text.charCodeAt(last - 1) === BACKSLASH) last -= 1;
    const near = text.slice(Math.max(this.floor, last - 60), last);
    const content = near.slice(near.lastIndexOf(text.charAt(end)) + 1);
    if (content === near || !this.naming.isValue(content)) return -1;
    return last - content.length - 1 - (end - last);
  }

  protected override openingQuote(): number {
    return -1;
  }

  protected override inProse({ from }: Node): Owner {
    const name = PROSE.exec(this.lineUpTo(from, 80))?.[1] ?? '';
    const strength = this.rate(name.split(/[ -]/).at(-1) ?? '') || this.rate(name);
    return strength === 2 ? named(2, from - 80) : NOTHING_AT(from - 80);
  }

  protected override inSentence({ from }: Node): Owner {
    return NOTHING_AT(from);
  }

  /** Whether a word without quotes stands for itself: not part of a longer name, a path or a number. */
  isApart(start: number, end: number): boolean {
    const { text } = this;
    return !isWord(text.charCodeAt(start - 1)) && !isWord(text.charCodeAt(end));
  }
}
