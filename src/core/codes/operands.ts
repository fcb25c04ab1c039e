import type { CodeTree, TokenRange } from '../text/codeTree';
import {
  bareName,
  calleeOf,
  isJoint,
  isOperandBefore,
  namesIn,
  namesOf,
  operandTo,
} from '../text/names';
import { stringAt } from '../text/values';
import type { NameStrength } from './codeNames';
import { BEFORE_EXPECTED, EXPECTERS } from './vocabulary';

/** What a kind of values is called in code. */
export interface Naming {
  readonly rate: (name: string) => NameStrength;
  /** What may hold a value whose name others use, too. */
  readonly holders: ReadonlySet<string>;
  /** Whether a value under this key is plainly something else. */
  readonly isOtherKey: (key: string) => boolean;
  readonly isValue: (text: string) => boolean;
  /** Whether a path is such a value although its last name does not say so: `actions.DOB`. */
  readonly isPath?: (names: readonly string[]) => boolean;
  /** Whether a name was given such a value, as it is known at a token. */
  readonly isGiven?: (name: string, at: number) => boolean;
}

const LAST_WORD = /[A-Z]?[a-z]+$|[A-Z]+$/;
const PREFIXES = /^(?:!|await|&|\*|new|typeof|\.\.\.|not)$/;
const MOST_LINKS = 30;

/** Tells how surely an expression is what is looked for, by the names in it. */
export class Operands {
  constructor(
    private readonly code: CodeTree,
    private readonly naming: Naming,
  ) {}

  /** Of the operand that ends at a token. */
  rateTo(last: number): NameStrength {
    const { code, naming } = this;
    const end = this.expected(last);
    if (end === null) return 0;
    const { names } = operandTo(code, end);
    if (naming.isPath?.(names) === true) return 2;
    return this.best(namesOf(code, end), end, names);
  }

  /** Of the operand that begins at a token. */
  rateFrom(first: number): NameStrength {
    return first < 0 ? 0 : this.rateTo(this.endOf(first));
  }

  /** Of all that may be the value of a range; of a text, what it names. */
  rateIn(range: TokenRange): NameStrength {
    const { code, naming } = this;
    const text = stringAt(code, range.first);
    if (text !== null && code.whole(range.first).last === range.last) return naming.rate(text);
    const { names } = operandTo(code, range.last);
    if (naming.isPath?.(names) === true) return 2;
    return this.best(namesIn(code, range), range.last, names);
  }

  /** Of a name at a token: a common one counts only where what holds it can hold such a value. */
  rateName(name: string, at: number): NameStrength {
    const strength = this.naming.rate(name);
    return strength === 1 ? this.best([name], -1, operandTo(this.code, at).names) : strength;
  }

  private best(names: readonly string[], at: number, path: readonly string[]): NameStrength {
    let best: NameStrength = 0;
    for (const name of names) {
      let strength = this.naming.rate(name);
      if (strength === 1 && path.at(-1) === name && !this.isHeld(path)) strength = 0;
      if (strength < 2 && at >= 0 && this.naming.isGiven?.(name, at) === true) strength = 2;
      if (strength > best) best = strength;
    }
    return best;
  }

  private isHeld(path: readonly string[]): boolean {
    const holder = path.at(-2);
    if (holder === undefined || holder === '') return true;
    return this.naming.holders.has((LAST_WORD.exec(holder.slice(-40))?.[0] ?? '').toLowerCase());
  }

  /** The last token of the operand that begins at a token. */
  private endOf(first: number): number {
    const { code } = this;
    let at = first;
    while (PREFIXES.test(code.textOf(at)) && code.after(at) >= 0) at = code.after(at);
    let last = Math.max(at, code.whole(at).last);
    for (let links = 0; links < MOST_LINKS; links += 1) {
      const next = code.after(last);
      if (next < 0) break;
      const isMember = isJoint(code, next);
      const member = isMember ? code.after(next) : next;
      if (member < 0) break;
      if (!isMember && !(code.tokens.kindAt(next) === 'open' && isOperandBefore(code, next))) break;
      last = Math.max(member, code.whole(member).last);
    }
    return last;
  }

  /** What `expect(x).to` expects something of; else the token itself. Null where that cannot be told. */
  private expected(last: number): number | null {
    const { code } = this;
    let at = last;
    for (let links = 0; links < 5; links += 1) {
      if (!BEFORE_EXPECTED.has(bareName(code.textOf(at))) || !isJoint(code, code.before(at))) break;
      at = code.before(code.before(at));
    }
    if (code.textOf(at) !== ')') return at;
    const open = code.tokens.partnerOf(at);
    const callee = open < 0 ? -1 : calleeOf(code, open);
    if (callee < 0 || !EXPECTERS.has(code.textOf(callee))) return at;
    return code.firstPart(open)?.last ?? null;
  }
}
