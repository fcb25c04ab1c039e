import {
  BACKSLASH,
  isDigit,
  isLink,
  isQuote,
  isWord,
  mayFollow,
  mayPrecede,
  NEWLINE,
} from './characters';
import { isOtherKey, strengthOf, type NameStrength } from './codeNames';
import { digitsAt, isEnvelope, isKnown } from './knownDigits';
import { named, NOTHING_AT, type Node, type Owner } from './owner';
import { AHEAD, REACH } from './surroundings';
import { ValueUse } from './valueUse';
import { BEFORE_BARE_CODE, OTHERS_CODE } from './vocabulary';

const SPACE = 32;
const DOUBLE_QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const COLON = 58;
const BRACE = 125;
const NAME = /code|smile|approv|accept|pass|reject|fail|pend|provis/gi;
/** Words between a name and its code, in prose and logs. */
const PROSE =
  /(?:^|[^\w-])(?:(?!(?:smile|result|error)\b)([A-Za-z]+)[ -])?((?:(?:smile|result|error)[ _-]?(?:id |result )?)?codes?)["'`]?(?:[\s:=([]|\b(?:is|are|was|were|of|like|as|equals?|value|got|returned)\b)*["'`]?$/i;
/** "Smile ID 2205: You are not authorized" in logs. */
const AFTER_SMILE = /\bsmile[ _-]?id(?:entity)?(?: error)?:? $/i;
/** "Result code(s)" spelled in words, and later in the sentence a place where another code may stand. */
const SENTENCE =
  /\b(?:result|smile) codes\b[^.\n"'`=]*(?:[:;,(]|\b(?:and|or|for|not|is|are|like|than|as))\s*$|\b(?:result|smile) code \d{4}\b[^.\n"'`=]*;\s*$/i;
const SENTENCE_GOES_ON = /^\s*(?:[.,;:)]|$|(?:and|or|is|are|was|means?|counts?)\b)/;
const PROSE_LAST = /(?:codes?|is|are|was|were|of|like|as|equals?|value|got|returned)$/i;

/** Tells from the text around four digits whether they are used as a code. */
export class CodeUse extends ValueUse {
  protected override readonly expressions = /[\w$.>?&@['"\]:]*\b\w*code\w*\b/gi;
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
    const node = this.valueAt(start, end);
    const quoted = node.to > end;
    if (!quoted && !mayEnd(text, end, after)) return false;
    // Only beside a name are unknown digits a code: the quick way out for all other numbers.
    if (!known && !quoted && !this.mayBeNamed(node.from)) return false;

    this.begin(start, known);
    const owner = this.ownerOf(node);
    if (owner.strength === 2)
      return known || quoted || (owner.direct && !this.isJsonNumber(node.from));
    // Smile ID sends codes as text. A plain number beside a bare `code` is what sockets and databases use,
    // unless it is one of the envelope's.
    if (owner.strength === 0 || !known) return false;
    if (owner.strength === 0.5 && (owner.direct || !quoted)) return false;
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
    if (strength < 1 || !quoted) return undefined;
    return !this.isOthersCode({ from: start - 1, to: next }, true);
  }

  /** Every name has one of a few words in it: far from them there is nothing to find, and most of a log is far. */
  isNearName(start: number): boolean {
    if (this.mention < start - REACH) {
      NAME.lastIndex = Math.max(0, start - REACH);
      this.mention = NAME.test(this.text) ? NAME.lastIndex - 4 : Infinity;
    }
    return this.mention <= start + AHEAD * 2;
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

  protected override rate(name: string): NameStrength {
    return strengthOf(name);
  }

  protected override isOtherKey(key: string): boolean {
    return isOtherKey(key);
  }

  protected override valueEndingAt(at: number): number {
    if (at < this.floor + 4) return -1;
    const { text } = this;
    let end = at;
    if (isQuote(text.charCodeAt(end))) {
      end -= 1;
      while (text.charCodeAt(end) === BACKSLASH) end -= 1;
    }
    for (let digit = end; digit > end - 4; digit -= 1) {
      if (!isDigit(text.charCodeAt(digit))) return -1;
    }
    return isWord(text.charCodeAt(end - 4)) ? -1 : this.valueAt(end - 3, end + 1).from;
  }

  protected override openingQuote(at: number): number {
    const next = this.text.charAt(at + 5);
    return next === ',' || next === '|' || next === ' ' ? at : -1;
  }

  protected override inProse(node: Node): Owner {
    const { from } = node;
    const line = this.lineUpTo(from, 80);
    if (AFTER_SMILE.test(line)) return named(1, from - 80);
    const found = PROSE.exec(line);
    if (found === null) return this.inSentence(node, line);
    const [, before, name = ''] = found;
    const strength = this.rate(name);
    const isBare = /^codes?$/i.test(name);
    if (isBare && before !== undefined && !BEFORE_BARE_CODE.has(before.toLowerCase())) {
      return NOTHING_AT(from - 80);
    }
    return named(strength, from - 80);
  }

  /** "Result codes that end a job: 0810", "result code 0812 is not final; 0814 is": the same sentence. */
  protected override inSentence({ from }: Node, line: string): Owner {
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
