import { Brackets } from './brackets';
import { BACKSLASH, isDigit, isQuote, isWord, NEWLINE } from './characters';
import { NESTING } from './linesAbove';
import { listed, named, NOTHING_AT, stronger, type Node, type Owner } from './owner';
import { AHEAD, OPERAND, REACH } from './surroundings';

const LABEL = /^\s*(?:case|when|is)\b/;
/** `APPROVED = `, `case enrolled = `, `public const string Approved = `, `approved: `, `'approved' => `. */
const MEMBER = /^\s*(?:[A-Za-z]+\s+){0,5}["'`:]?[A-Za-z_]\w*["'`]?\s*(?:=>?|:)\s*$/;

/**
 * Tells what a value belongs to: what it is beside, compared with, or listed under. Reads at most REACH
 * characters and LINES_ABOVE lines back, and never past the line ahead. The last answers are kept, so that
 * going through a text from front to end takes time in proportion to its length.
 */
export abstract class ValueUse extends Brackets {
  protected isKnown = false;

  private lastNode = -1;
  private lastOwner: Owner = NOTHING_AT(0);
  /** Whether the answer was cut short for a value that is not known. */
  private isCut = false;

  /** Where a value of the same kind begins that ends here, its quotes included, or -1. */
  protected abstract valueEndingAt(end: number): number;
  /** The quote before a value that begins a longer text of several, or -1: '0810,0811'. */
  protected abstract openingQuote(at: number): number;
  /** What words of prose before a value make of it. */
  protected abstract inProse(node: Node): Owner;
  /** The same, where other values of the sentence stand between. */
  protected abstract inSentence(node: Node, line: string): Owner;

  /** @param known whether the value is one of those that may stand in a list or a table */
  protected begin(start: number, known: boolean): void {
    this.isKnown = known;
    this.isCut = false;
    this.floor = Math.max(0, start - REACH);
  }

  protected ownerOf(node: Node): Owner {
    const left = this.leftOf(node, 0);
    this.lastNode = this.isCut ? -1 : node.from;
    this.lastOwner = left;
    return left.strength === 2 ? left : stronger(left, this.rightOf(node));
  }

  /** A value with the quotes around them, escaped ones included. */
  protected valueAt(start: number, end: number): Node {
    const { text } = this;
    const quote = text.charCodeAt(start - 1);
    if (!isQuote(quote)) return { from: start, to: end };
    let from = start - 1;
    while (from > 0 && text.charCodeAt(from - 1) === BACKSLASH && start - from < 9) from -= 1;
    const escapes = start - 1 - from;
    for (let at = end; at < end + escapes; at += 1) {
      if (text.charCodeAt(at) !== BACKSLASH) return { from: start, to: end };
    }
    return text.charCodeAt(end + escapes) === quote
      ? { from, to: end + escapes + 1 }
      : { from: start, to: end };
  }

  protected rightOf({ from, to }: Node): Owner {
    const { text } = this;
    let at = to;
    while (text.charCodeAt(at) === 32) at += 1;
    const next = text.charAt(at);
    if (
      next !== '=' &&
      next !== '!' &&
      next !== '.' &&
      next !== 'i' &&
      next !== '<' &&
      next !== 'n'
    ) {
      return NOTHING_AT(from);
    }
    const rest = this.lineFrom(at, AHEAD);
    const compared =
      /^(?:[=!]==?|<>|(?:not )?in\b|\.(?:equals|equalsIgnoreCase|Equals|eql\?|contentEquals|compareTo)\()\s*/.exec(
        rest,
      );
    if (compared === null) return NOTHING_AT(from);
    return named(this.operandAhead(at + compared[0].length), from);
  }

  protected override leftOf(node: Node, depth: number): Owner {
    const { text, floor } = this;
    let { from } = node;
    if (depth > NESTING) return NOTHING_AT(from);
    let hops = 0;
    for (;;) {
      if (
        from === this.lastNode &&
        Math.max(0, this.lastOwner.origin) >= floor &&
        (hops > 0 || depth > 0)
      ) {
        return listed(this.lastOwner);
      }
      const at = this.blanksBefore(from);
      if (at < floor || text.charCodeAt(at) === NEWLINE) {
        const owner = this.atLineStart(from, 'element', depth);
        return owner.strength > 0 ? owner : this.continued(at, node.to, depth);
      }
      const sibling = this.siblingBefore(at);
      if (sibling >= 0) {
        from = sibling;
        hops += 1;
        continue;
      }
      const owner = this.afterSign(at, { from, to: node.to }, depth);
      return hops > 0 ? listed(owner) : owner;
    }
  }

  /** A list that goes on from the line above: `case '0810',` and on the next line `'0811':` */
  protected continued(lineBreak: number, to: number, depth: number): Owner {
    if (lineBreak < 0) this.reachedTop = true;
    const at = this.blanksBefore(lineBreak);
    if (at < this.floor || this.text.charAt(at) !== ',') return NOTHING_AT(lineBreak);
    const from = this.siblingBefore(at);
    return from < 0 ? NOTHING_AT(at) : listed(this.leftOf({ from, to }, depth + 1));
  }

  /** Another value before a comma, a bar or an "or": where its value begins, or -1. */
  protected siblingBefore(at: number): number {
    const { text } = this;
    let before = at;
    const sign = text.charAt(at);
    if (sign === ',' || sign === '|' || sign === '/' || sign === ':') {
      if (sign === '|' && text.charAt(at - 1) === '|') before -= 1;
    } else if ((sign === 'r' || sign === 'd') && /\b(?:or|and)$/.test(text.slice(at - 4, at + 1))) {
      before -= sign === 'r' ? 1 : 2;
    } else if (isDigit(text.charCodeAt(at))) {
      before += 1; // %w[0810 0811]
    } else if (isQuote(text.charCodeAt(at)) && !isWord(text.charCodeAt(at - 1))) {
      return this.openingQuote(at);
    } else {
      return -1;
    }
    const from = this.valueEndingAt(this.blanksBefore(before));
    if (from < 0 || sign !== ':') return from;
    // a ternary's other half; otherwise it is the key of this value
    return text.charAt(this.blanksBefore(from)) === '?' ? from : -1;
  }

  /** What the sign at a position makes of the value after it. */
  protected afterSign(at: number, node: Node, depth: number): Owner {
    const { text } = this;
    switch (text.charAt(at)) {
      case '=':
        return this.afterEquals(at, node, depth);
      case ':':
        return text.charAt(at - 1) === ':'
          ? NOTHING_AT(at)
          : this.afterKey(text.charAt(at - 1) === '?' ? at - 1 : at, node, depth);
      case '>': {
        const arrow = text.charAt(at - 1);
        if (arrow === '=' || arrow === '-') return this.afterKey(at - 1, node, depth);
        const tag = /<(\w+)$/.exec(this.lineUpTo(at, 60))?.[1] ?? '';
        return named(this.rate(tag), at - 60);
      }
      case '?':
      case '|':
        return this.afterChoice(at, node, depth);
      case '(':
      case '[':
      case '{':
        return this.inBracket(at, node, depth);
      case ',':
        return this.inList(at, node, depth);
      case '-':
        return /^\s*-\s*$/.test(this.lineUpTo(node.from, OPERAND))
          ? this.atLineStart(node.from, 'item', depth)
          : NOTHING_AT(at);
      case ';':
        return this.inSentence(node, this.lineUpTo(node.from, 80));
      default:
        return isWord(text.charCodeAt(at)) || isQuote(text.charCodeAt(at))
          ? this.afterWord(at, node, depth)
          : NOTHING_AT(at);
    }
  }

  protected afterEquals(at: number, node: Node, depth: number): Owner {
    const { text } = this;
    let sign = at;
    while (sign > 0 && '=!<:~'.includes(text.charAt(sign - 1))) sign -= 1;
    const end = this.blanksBefore(sign);
    const strength = this.operand(end, 0);
    if (strength >= 1) return named(strength, end - OPERAND);
    if (sign !== at) return NOTHING_AT(at);
    const declared = this.typedName(end);
    if (declared >= 1) return named(declared, end - OPERAND);
    return stronger(
      this.asMember(end, node, depth),
      named(strength === 0 ? declared : strength, end - OPERAND),
    );
  }

  /** A value under a key: the key's name decides, or else the table that both are in. */
  protected afterKey(at: number, node: Node, depth: number): Owner {
    const end = this.blanksBefore(at);
    const strength = this.operand(end, 0);
    if (strength >= 1) return named(strength, end - OPERAND);
    const spoken = this.inSentence(node, this.lineUpTo(node.from, 80));
    if (spoken.strength > 0) return spoken;
    return stronger(this.asMember(end, node, depth), named(strength, end - OPERAND));
  }

  /**
   * `APPROVED = '0810'` in a class of result codes, `approved: ['0810']` in a table of them.
   *
   * @param end where the key ends
   */
  protected asMember(end: number, node: Node, depth: number): Owner {
    if (!this.isKnown) {
      this.isCut = true;
      return NOTHING_AT(node.from);
    }
    const { text } = this;
    let last = end;
    while (isQuote(text.charCodeAt(last)) || text.charCodeAt(last) === BACKSLASH) last -= 1;
    const key = this.wordEndingAt(last);
    if (key === '' || isDigit(key.charCodeAt(0)) || this.isOtherKey(key))
      return NOTHING_AT(node.from);
    return MEMBER.test(this.lineUpTo(node.from, OPERAND))
      ? this.atLineStart(node.from, 'member', depth)
      : this.inList(node.from, node, depth + 1);
  }

  /** `resultCode ?? '0810'`, and both halves of a ternary that is assigned. */
  protected afterChoice(at: number, node: Node, depth: number): Owner {
    const { text } = this;
    const line = this.lineUpTo(at + 1, OPERAND);
    if (/^\s*\|$/.test(line)) return this.atLineStart(at, 'element', depth);
    if (text.charAt(at) === '|' && text.charAt(at - 1) !== '|') {
      return this.leftOf({ from: at, to: node.to }, depth + 1);
    }
    const twice = text.charAt(at - 1) === text.charAt(at);
    if (twice) {
      const strength = this.operand(this.blanksBefore(at - 1), 0);
      if (strength === 2) return named(strength, at - OPERAND);
    }
    const assigned = /^(.*?[^=!<>])=(?![=>])/.exec(line)?.[1];
    if (assigned === undefined) return NOTHING_AT(at - OPERAND);
    const end = this.blanksBefore(at + 1 - line.length + assigned.length);
    const strength = this.operand(end, 0) || this.typedName(end);
    return strength === 2 ? named(strength, at - OPERAND) : NOTHING_AT(at - OPERAND);
  }

  protected override afterWord(at: number, node: Node, depth: number): Owner {
    const word = this.wordEndingAt(at);
    const start = at - word.length;
    switch (word) {
      case 'case':
      case 'when':
        return this.inSwitch(node, depth);
      case 'is':
      case 'not':
      case 'in':
      case 'IN': {
        let end = this.blanksBefore(start + 1);
        if (this.text.charAt(end) === '!') end -= 1;
        const before = this.wordEndingAt(end);
        if (before === 'is' || before === 'not' || before === 'NOT') {
          return this.afterWord(end, node, depth);
        }
        if (LABEL.test(this.lineUpTo(node.from, OPERAND)) || end < 0 || this.isLineStart(end)) {
          return this.inSwitch(node, depth);
        }
        const strength = this.operand(end, 0);
        return strength > 0 ? named(strength, end - OPERAND) : this.inProse(node);
      }
      case 'eq':
      case 'equal': {
        const strength = this.expected(start);
        return strength > 0 ? named(strength, start - OPERAND) : NOTHING_AT(start);
      }
      case 'new':
      case 'await':
      case 'return':
      case 'const':
        return word === 'return'
          ? NOTHING_AT(start)
          : this.leftOf({ from: start + 1, to: node.to }, depth + 1);
      default:
        return this.inProse(node);
    }
  }
}
