import { Brackets } from './brackets';
import {
  mayFollow,
  BACKSLASH,
  mayPrecede,
  isDigit,
  isLink,
  NEWLINE,
  isQuote,
  isWord,
} from './characters';
import { isOtherKey, strengthOf } from './codeNames';
import { digitsAt, isEnvelope, isKnown } from './knownDigits';
import { NESTING } from './linesAbove';
import { listed, named, NOTHING_AT, stronger, type Node, type Owner } from './owner';
import { AHEAD, OPERAND, REACH } from './surroundings';
import { BEFORE_BARE_CODE, OTHERS_CODE } from './vocabulary';

const SPACE = 32;
const DOUBLE_QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const COLON = 58;
const BRACE = 125;
const NAME = /code/gi;
const LABEL = /^\s*(?:case|when|is)\b/;
/** `APPROVED = `, `case enrolled = `, `public const string Approved = `, `approved: `, `'approved' => `. */
const MEMBER = /^\s*(?:[A-Za-z]+\s+){0,5}["'`:]?[A-Za-z_]\w*["'`]?\s*(?:=>?|:)\s*$/;
/** Words between a name and its code, in prose and logs. */
const PROSE =
  /(?:^|[^\w-])(?:(?!(?:smile|result|error)\b)([A-Za-z]+)[ -])?((?:(?:smile|result|error)[ _-]?(?:id |result )?)?codes?)["'`]?(?:[\s:=([]|\b(?:is|are|was|were|of|like|as|equals?|value|got|returned)\b)*["'`]?$/i;
/** "Result code(s)" spelled in words, and later in the sentence a place where another code may stand. */
const SENTENCE =
  /\b(?:result|smile) codes\b[^.\n"'`=]*(?:[:;,(]|\b(?:and|or|for|not|is|are|like|than|as))\s*$|\b(?:result|smile) code \d{4}\b[^.\n"'`=]*;\s*$/i;
const SENTENCE_GOES_ON = /^\s*(?:[.,;:)]|$|(?:and|or|is|are|was|means?|counts?)\b)/;
const PROSE_LAST = /(?:codes?|is|are|was|were|of|like|as|equals?|value|got|returned)$/i;

/**
 * Tells from the text around four digits whether they are used as a code. Reads at most REACH characters and
 * LINES_ABOVE lines back, and never past the line ahead. The last answers are kept, so that going through a
 * text from front to end takes time in proportion to its length.
 */
export class CodeUse extends Brackets {
  private lastNode = -1;
  private lastOwner: Owner = NOTHING_AT(0);
  private isKnown = false;
  /** Whether the answer was cut short for digits that the catalogue does not know. */
  private isCut = false;
  /** The last mention of a name that was looked for. */
  private mention = -Infinity;

  constructor(
    text: string,
    private readonly languageId?: string,
  ) {
    super(text);
  }

  /** @param start where the four digits begin */
  isCode(start: number): boolean {
    const { text } = this;
    const end = start + 4;
    const before = start === 0 ? NEWLINE : text.charCodeAt(start - 1);
    const after = end === text.length ? NEWLINE : text.charCodeAt(end);
    if (!mayPrecede(before) || !mayFollow(after)) return false;
    const digits = digitsAt(text, start);
    const known = isKnown(digits);
    const keyed = this.underKey(start, known);
    if (keyed !== undefined) return keyed;
    const node = this.valueAt(start);
    const quoted = node.to > end;
    if (!quoted && !mayEnd(text, end, after)) return false;
    // Only beside a name are unknown digits a code: the quick way out for all other numbers.
    if (!known && !quoted && !this.mayBeNamed(node.from)) return false;

    this.isKnown = known;
    this.isCut = false;
    this.floor = Math.max(0, start - REACH);
    const owner = this.ownerOf(node);
    if (owner.strength === 2) {
      return known || quoted || (owner.direct && !this.isJsonNumber(node.from));
    }
    // Smile ID sends codes as text. A plain number beside a bare `code` is what sockets and databases use,
    // unless it is one of the envelope's.
    if (owner.strength === 0 || !known) return false;
    return (
      (quoted ||
        owner.isText === true ||
        this.languageId === 'yaml' ||
        text.charCodeAt(start) === ZERO ||
        isEnvelope(digits)) &&
      !this.isOthersCode(node, quoted)
    );
  }

  /**
   * The quick answer for what JSON is full of, a value right after its key: `"ResultCode":"0810",` is one,
   * `"port":1024,` is none. Undefined where more has to be read.
   */
  private underKey(start: number, known: boolean): boolean | undefined {
    const { text } = this;
    const quoted = text.charCodeAt(start - 1) === DOUBLE_QUOTE;
    let at = quoted ? start - 2 : start - 1;
    if (text.charCodeAt(at) === SPACE) at -= 1;
    if (text.charCodeAt(at) !== COLON || text.charCodeAt(at - 1) !== DOUBLE_QUOTE) return undefined;
    let next = start + 4;
    if (quoted) {
      if (text.charCodeAt(next) !== DOUBLE_QUOTE) return undefined;
      next += 1;
    }
    const after = text.charCodeAt(next);
    if (after !== COMMA && after !== BRACE) return undefined;
    const last = at - 1;
    let first = last - 1;
    while (last - first < 40 && isWord(text.charCodeAt(first))) first -= 1;
    if (text.charCodeAt(first) !== DOUBLE_QUOTE) return undefined;
    const strength = strengthOf(text.slice(first + 1, last));
    if (!known) return strength === 2 && quoted;
    if (strength === 2) return true;
    if (strength === 0 || !quoted) return undefined;
    return !this.isOthersCode({ from: start - 1, to: next }, true);
  }

  /** Every name has "code" in it: far from one there is nothing to find, and most of a log is far. */
  isNearName(start: number): boolean {
    if (this.mention < start - REACH) {
      NAME.lastIndex = Math.max(0, start - REACH);
      this.mention = NAME.test(this.text) ? NAME.lastIndex - 4 : Infinity;
    }
    return this.mention <= start + AHEAD * 2;
  }

  private ownerOf(node: Node): Owner {
    const left = this.leftOf(node, 0);
    this.lastNode = this.isCut ? -1 : node.from;
    this.lastOwner = left;
    return left.strength === 2 ? left : stronger(left, this.rightOf(node));
  }

  /** The digits with the quotes around them, escaped ones included. */
  private valueAt(start: number): Node {
    const { text } = this;
    const end = start + 4;
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

  /** Whether unquoted digits stand after an operator, or a word that could name them. */
  private mayBeNamed(from: number): boolean {
    const at = this.blanksBefore(from);
    const last = this.text.charCodeAt(at);
    if (isWord(last)) return PROSE_LAST.test(this.text.slice(Math.max(0, at - 8), at + 1));
    return isLink(last);
  }

  private isJsonNumber(from: number): boolean {
    const at = this.blanksBefore(from);
    return this.text.charAt(at) === ':' && isQuote(this.text.charCodeAt(this.blanksBefore(at)));
  }

  private isOthersCode(node: Node, quoted: boolean): boolean {
    const before = this.lineUpTo(node.from, 60);
    if (OTHERS_CODE.test(before) || OTHERS_CODE.test(this.lineFrom(node.to, 30))) return true;
    return !quoted && /(?:\b|_)(?:close|errno|event)/i.test(before);
  }

  private rightOf({ from, to }: Node): Owner {
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
  private continued(lineBreak: number, to: number, depth: number): Owner {
    if (lineBreak < 0) this.reachedTop = true;
    const at = this.blanksBefore(lineBreak);
    if (at < this.floor || this.text.charAt(at) !== ',') return NOTHING_AT(lineBreak);
    const from = this.siblingBefore(at);
    return from < 0 ? NOTHING_AT(at) : listed(this.leftOf({ from, to }, depth + 1));
  }

  /** Another code before a comma, a bar or an "or": where its value begins, or -1. */
  private siblingBefore(at: number): number {
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
    let end = this.blanksBefore(before);
    if (end < this.floor + 4) return -1;
    const quote = text.charCodeAt(end);
    if (isQuote(quote)) {
      end -= 1;
      while (text.charCodeAt(end) === BACKSLASH) end -= 1;
    }
    for (let digit = end; digit > end - 4; digit -= 1) {
      if (!isDigit(text.charCodeAt(digit))) return -1;
    }
    if (isWord(text.charCodeAt(end - 4))) return -1;
    const from = this.valueAt(end - 3).from;
    if (sign !== ':') return from;
    // a ternary's other half; otherwise the digits are a key of this value
    return text.charAt(this.blanksBefore(from)) === '?' ? from : -1;
  }

  /** The quote that opens a longer text: '0810,0811'. */
  private openingQuote(at: number): number {
    const next = this.text.charAt(at + 5);
    return next === ',' || next === '|' || next === ' ' ? at : -1;
  }

  /** What the sign at a position makes of the value after it. */
  private afterSign(at: number, node: Node, depth: number): Owner {
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
        return named(strengthOf(tag), at - 60);
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
        return this.inSentence(node.from, this.lineUpTo(node.from, 80));
      default:
        return isWord(text.charCodeAt(at)) || isQuote(text.charCodeAt(at))
          ? this.afterWord(at, node, depth)
          : NOTHING_AT(at);
    }
  }

  private afterEquals(at: number, node: Node, depth: number): Owner {
    const { text } = this;
    let sign = at;
    while (sign > 0 && '=!<:~'.includes(text.charAt(sign - 1))) sign -= 1;
    const end = this.blanksBefore(sign);
    const strength = this.operand(end, 0);
    if (strength > 0) return named(strength, end - OPERAND);
    if (sign !== at) return NOTHING_AT(at);
    const declared = this.typedName(end);
    if (declared > 0) return named(declared, end - OPERAND);
    return this.asMember(end, node, depth);
  }

  /** A value under a key: the key's name decides, or else the table that both are in. */
  private afterKey(at: number, node: Node, depth: number): Owner {
    const end = this.blanksBefore(at);
    const strength = this.operand(end, 0);
    if (strength > 0) return named(strength, end - OPERAND);
    const spoken = this.inSentence(node.from, this.lineUpTo(node.from, 80));
    if (spoken.strength > 0) return spoken;
    return this.asMember(end, node, depth);
  }

  /**
   * `APPROVED = '0810'` in a class of result codes, `approved: ['0810']` in a table of them.
   *
   * @param end where the key ends
   */
  private asMember(end: number, node: Node, depth: number): Owner {
    if (!this.isKnown) {
      this.isCut = true;
      return NOTHING_AT(node.from);
    }
    const { text } = this;
    let last = end;
    while (isQuote(text.charCodeAt(last)) || text.charCodeAt(last) === BACKSLASH) last -= 1;
    const key = this.wordEndingAt(last);
    if (key === '' || isDigit(key.charCodeAt(0)) || isOtherKey(key)) return NOTHING_AT(node.from);
    return MEMBER.test(this.lineUpTo(node.from, OPERAND))
      ? this.atLineStart(node.from, 'member', depth)
      : this.inList(node.from, node, depth + 1);
  }

  /** `resultCode ?? '0810'`, and both halves of a ternary that is assigned. */
  private afterChoice(at: number, node: Node, depth: number): Owner {
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
        return strength > 0 ? named(strength, end - OPERAND) : this.inProse(node.from);
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
        return this.inProse(node.from);
    }
  }

  private inProse(from: number): Owner {
    const line = this.lineUpTo(from, 80);
    const found = PROSE.exec(line);
    if (found === null) return this.inSentence(from, line);
    const [, before, name = ''] = found;
    const strength = strengthOf(name);
    const isBare = /^codes?$/i.test(name);
    if (isBare && before !== undefined && !BEFORE_BARE_CODE.has(before.toLowerCase())) {
      return NOTHING_AT(from - 80);
    }
    return named(strength, from - 80);
  }

  /** "Result codes that end a job: 0810", "result code 0812 is not final; 0814 is": the same sentence. */
  private inSentence(from: number, line: string): Owner {
    const spoken =
      this.isKnown &&
      SENTENCE.test(line) &&
      SENTENCE_GOES_ON.test(this.text.slice(from + 4, from + 16));
    return { strength: spoken ? 2 : 0, direct: false, origin: from - 80 };
  }
}

/** A sign after unquoted digits that makes them part of a time, a date, a decimal or a longer number. */
function mayEnd(text: string, end: number, after: number): boolean {
  const sign = String.fromCharCode(after);
  if (sign !== ':' && sign !== '.' && sign !== '/') return true;
  return !isWord(text.charCodeAt(end + 1)) || (sign === '/' && isDigit(text.charCodeAt(end + 1)));
}
