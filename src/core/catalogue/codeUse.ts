import { isEnvelopeCode, isKnownCode } from './catalogue';
import { isOtherKey, strengthOf, type NameStrength } from './codeNames';

/** How far from the digits anything is read, in characters and in lines. */
export const REACH = 4000;
export const LINES_ABOVE = 60;
/** How far to the right of the digits anything is read; never past their line. */
export const AHEAD = 400;
const OPERAND = 160;
const NESTING = 5;

/** What the digits belong to. `direct` is beside or against a name; else in a list, a case or a call. */
interface Owner {
  readonly strength: NameStrength;
  readonly direct: boolean;
  /** Ruby's %w[]: what stands there is text, although without quotes. */
  readonly isText?: boolean;
  /** Where the name was found, or how far was read: nothing before it mattered. */
  readonly origin: number;
}

/** A stretch on one line that is placed as one value: the digits with quotes, or a bracketed list. */
interface Node {
  readonly from: number;
  readonly to: number;
}

type Placing = 'label' | 'element' | 'member' | 'item';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const char = (one: string): number => one.charCodeAt(0);

const NEWLINE = char('\n');
const BACKSLASH = char('\\');

/** What a character can be, one bit each; looked up by its code, since this runs for every number. */
const QUOTE = 1;
const OPENER = 2;
const CLOSER = 4;
const WORD = 8;
const DIGIT = 16;
/** What digits may follow and precede; leaves out times, dates, decimals, prices, longer numbers. */
const BEFORE_DIGITS = 32;
const AFTER_DIGITS = 64;
/** What stands before digits that a name may be beside. */
const LINK = 128;
const KINDS = kindsOfCharacters();

function kindsOfCharacters(): Uint8Array {
  const kinds = new Uint8Array(128);
  const mark = (characters: string, kind: number): void => {
    for (const one of characters) kinds[char(one)] = (kinds[char(one)] ?? 0) | kind;
  };
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  mark('"\'`', QUOTE);
  mark('([{', OPENER);
  mark(')]}', CLOSER);
  mark(`${letters}${letters.toUpperCase()}0123456789_$`, WORD);
  mark('0123456789', DIGIT);
  mark(' \t\n\r=:([{,>|!"\'`/?', BEFORE_DIGITS);
  mark(' \t\n\r=:)]},;|<!"\'`/\\?.&', AFTER_DIGITS);
  mark('=:>([?|', LINK);
  return kinds;
}

function is(kind: number, code: number): boolean {
  return code < 128 && ((KINDS[code] ?? 0) & kind) !== 0;
}

/** Calls that compare their argument with what they are called on. */
const COMPARERS = words(
  'equals equalsIgnoreCase Equals eql eq equal toBe toEqual toStrictEqual isEqualTo isEqual compareTo ' +
    'contentEquals shouldBe be is startsWith startswith equalTo',
);
/** Calls on a table or a list of codes. */
const LOOKUPS = words(
  'has includes contains Contains include get put set add fetch containsKey ContainsKey TryGetValue ' +
    'indexOf append push insert delete remove getOrDefault',
);
/** Calls that compare their arguments with each other. */
const BETWEEN_ARGUMENTS = words(
  'in_array strcmp strcasecmp hash_equals equal equals Equal Equals deepEqual strictEqual assertEquals ' +
    'assertEqual assertSame assert_equal assertNotEquals XCTAssertEqual where whereIn whereNotIn andWhere orWhere ' +
    'Contains contains includes has eq ne isIn toHaveProperty Where expect assertThat',
);
/** Calls and types that only wrap a list. Checked by their last word. */
const WRAPPERS =
  /(?:^of|list|set|map|dict|dictionary|array|enum|freeze|tuple|of|from|frozenset|literal|new|collection|entries|vec|seq|string|bool|str|const)$/i;
/** Calls and properties that give the same value back. */
const SAME_VALUE = words(
  'trim Trim strip to_s toString ToString toUpperCase upper value rawValue orEmpty unwrap orElse toLowerCase String',
);
const CONVERSIONS = words(
  'String str int Number parseInt strval intval expect assertThat trim Integer Int format',
);
/** What may hold a `code` of Smile ID; anything else has codes of its own. */
const HOLDERS = words(
  'result results response resp res r data body json payload reply answer job smile kyc error err e ex exc ' +
    'exception this self params output callback webhook verification message details status object',
);
const TYPE = /^\s*[A-Za-z[{(][\w\s.<>,?|[\]{}:;&]*$/;
const TYPE_WORDS = words('string String str char text');
const DECLARES =
  /\b(?:enum|class|object|struct|interface|module|record|namespace)\s+(?:class\s+)?(\w+)/;
const ASKS = /\b(?:switch|when|match|select|case)\b/;
const NAME = /code/gi;
const LABEL = /^\s*(?:case|when|is)\b/;
const COMMENT = /^\s*(?:\/\/|#|\/?\*|--)/;
/** A key with an open bracket, or open brackets alone: a nested part of a table. */
const NESTED_HEAD = /^\s*(?:-\s*)?(?:["'`]?([A-Za-z_][\w $-]*)["'`]?\s*(?::|=>|=)\s*)?[[({]*$/;
/** `APPROVED = `, `case enrolled = `, `public const string Approved = `, `approved: `, `'approved' => `. */
const MEMBER = /^\s*(?:[A-Za-z]+\s+){0,5}["'`:]?[A-Za-z_]\w*["'`]?\s*(?:=>?|:)\s*$/;
const CONSTANT_CALL = /^\s*[A-Z][A-Z0-9_]*\(\s*$/;
/** Words between a name and its code, in prose and logs. */
const PROSE =
  /(?:^|[^\w-])(?:(?!(?:smile|result|error)\b)([A-Za-z]+)[ -])?((?:(?:smile|result|error)[ _-]?(?:id |result )?)?codes?)["'`]?(?:[\s:=([]|\b(?:is|are|was|were|of|like|as|equals?|value|got|returned)\b)*["'`]?$/i;
/** "Result code(s)" spelled in words, and later in the sentence a place where another code may stand. */
const SENTENCE =
  /\b(?:result|smile) codes\b[^.\n"'`=]*(?:[:;,(]|\b(?:and|or|for|not|is|are|like|than|as))\s*$|\b(?:result|smile) code \d{4}\b[^.\n"'`=]*;\s*$/i;
const SENTENCE_GOES_ON = /^\s*(?:[.,;:)]|$|(?:and|or|is|are|was|means?|counts?)\b)/;
const PROSE_LAST = /(?:codes?|is|are|was|were|of|like|as|equals?|value|got|returned)$/i;
const BEFORE_BARE_CODE = words(
  'with then error returned returns got gives gave and or if when api received failed smile kyc',
);
const BEFORE_VARIABLE = words(
  'const let var val final static public private protected readonly string str char elif elsif unless while ' +
    'until return not guard case switch match def fun func',
);
/** One-time codes, doors, sockets: a bare `code` near these is theirs. */
const OTHERS_CODE =
  /otp(?![a-z])|(?:\b|_)(?:pin|sms|zip|postal|promo|coupon|voucher|dial|door|websocket|socket|ws|mcc|2fa|mfa|unlock|mysql|oracle|exit|http)(?:\b|_)|[a-z]Pin(?![a-z])/i;

const NOTHING_AT = (origin: number): Owner => ({ strength: 0, direct: false, origin });

/**
 * Tells from the text around four digits whether they are used as a code. Reads at most REACH characters and
 * LINES_ABOVE lines back, and never past the line ahead. The last answers are kept, so that going through a
 * text from front to end takes time in proportion to its length.
 */
export class CodeUse {
  /** Whether more lines above could have changed an answer. */
  reachedTop = false;

  private lastNode = -1;
  private lastOwner: Owner = NOTHING_AT(0);
  private lastLine = { at: -1, indent: -1, placing: '', owner: NOTHING_AT(0), lines: 0 };
  private floor = 0;
  private isKnown = false;
  /** Whether the answer was cut short for digits that the catalogue does not know. */
  private isCut = false;
  /** The last mention of a name that was looked for. */
  private mention = -Infinity;

  constructor(
    private readonly text: string,
    private readonly languageId?: string,
  ) {}

  /** @param start where the four digits begin */
  isCode(start: number): boolean {
    const { text } = this;
    const end = start + 4;
    const before = start === 0 ? NEWLINE : text.charCodeAt(start - 1);
    const after = end === text.length ? NEWLINE : text.charCodeAt(end);
    if (!is(BEFORE_DIGITS, before) || !is(AFTER_DIGITS, after)) return false;
    const node = this.valueAt(start);
    const quoted = node.to > end;
    if (!quoted && !mayEnd(text, end, after)) return false;
    const code = text.slice(start, end);
    const isKnown = isKnownCode(code);
    this.isKnown = isKnown;
    this.isCut = false;
    // Only beside a name are unknown digits a code: the quick way out for all other numbers.
    if (!isKnown && !quoted && !this.mayBeNamed(node.from)) return false;

    this.floor = Math.max(0, start - REACH);
    const owner = this.ownerOf(node);
    if (owner.strength === 2) {
      return isKnown || quoted || (owner.direct && !this.isJsonNumber(node.from));
    }
    // Smile ID sends codes as text. A plain number beside a bare `code` is what sockets and databases use,
    // unless it is one of the envelope's.
    if (owner.strength === 0 || !isKnown) return false;
    return (
      (quoted ||
        owner.isText === true ||
        this.languageId === 'yaml' ||
        code.startsWith('0') ||
        isEnvelopeCode(code)) &&
      !this.isOthersCode(node, quoted)
    );
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
    if (!is(QUOTE, quote)) return { from: start, to: end };
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
    if (is(WORD, last)) return PROSE_LAST.test(this.text.slice(Math.max(0, at - 8), at + 1));
    return is(LINK, last);
  }

  private isJsonNumber(from: number): boolean {
    const at = this.blanksBefore(from);
    return this.text.charAt(at) === ':' && is(QUOTE, this.text.charCodeAt(this.blanksBefore(at)));
  }

  private isOthersCode(node: Node, quoted: boolean): boolean {
    const before = this.lineUpTo(node.from, 60);
    const after = this.text.slice(node.to, node.to + 30);
    if (OTHERS_CODE.test(before) || OTHERS_CODE.test(after.split('\n', 1)[0] ?? '')) return true;
    return !quoted && /(?:\b|_)(?:close|errno|event)/i.test(before);
  }

  // --- to the right: '0810' === resultCode, ['0810'].includes(resultCode) ---

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
    const rest = text.slice(at, at + AHEAD).split('\n', 1)[0] ?? '';
    const compared =
      /^(?:[=!]==?|<>|(?:not )?in\b|\.(?:equals|equalsIgnoreCase|Equals|eql\?|contentEquals|compareTo)\()\s*/.exec(
        rest,
      );
    if (compared === null) return NOTHING_AT(from);
    return this.named(this.operandAhead(at + compared[0].length), from);
  }

  /** `[...]` asked whether it holds a code: `.includes(resultCode)`. */
  private askedOf(list: Node): Owner {
    const next = this.text.charAt(list.to);
    if (next !== '.' && next !== ')' && next !== ' ') return NOTHING_AT(list.from);
    const rest = this.text.slice(list.to, list.to + AHEAD).split('\n', 1)[0] ?? '';
    const asked =
      /^\)*\s*\.\s*(?:includes|contains|Contains|include\?|member\?|indexOf|has|any)\s*\(?\s*/.exec(
        rest,
      );
    if (asked === null) return NOTHING_AT(list.from);
    return this.named(this.operandAhead(list.to + asked[0].length), list.from);
  }

  private operandAhead(from: number): NameStrength {
    const { text } = this;
    let depth = 0;
    let at = from;
    for (; at < from + OPERAND && at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (is(OPENER, code)) depth += 1;
      else if (is(CLOSER, code)) depth -= 1;
      if (depth < 0 || (depth === 0 && ' \t\n;,{&|'.includes(text.charAt(at)))) break;
    }
    return this.operand(at - 1, 0);
  }

  private named(strength: NameStrength, origin: number): Owner {
    return { strength, direct: true, origin };
  }

  // --- to the left ---

  private leftOf(node: Node, depth: number): Owner {
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
    } else if (is(DIGIT, text.charCodeAt(at))) {
      before += 1; // %w[0810 0811]
    } else if (is(QUOTE, text.charCodeAt(at)) && !is(WORD, text.charCodeAt(at - 1))) {
      return this.openingQuote(at);
    } else {
      return -1;
    }
    let end = this.blanksBefore(before);
    if (end < this.floor + 4) return -1;
    const quote = text.charCodeAt(end);
    if (is(QUOTE, quote)) {
      end -= 1;
      while (text.charCodeAt(end) === BACKSLASH) end -= 1;
    }
    for (let digit = end; digit > end - 4; digit -= 1) {
      if (!is(DIGIT, text.charCodeAt(digit))) return -1;
    }
    if (is(WORD, text.charCodeAt(end - 4))) return -1;
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
        return this.named(strengthOf(tag), at - 60);
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
        return is(WORD, text.charCodeAt(at)) || is(QUOTE, text.charCodeAt(at))
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
    if (strength > 0) return this.named(strength, end - OPERAND);
    if (sign !== at) return NOTHING_AT(at);
    const declared = this.typedName(end);
    if (declared > 0) return this.named(declared, end - OPERAND);
    return this.asMember(end, node, depth);
  }

  /** `name: Type` or `name Type` before an equals sign. */
  private typedName(end: number): NameStrength {
    const { text } = this;
    let nesting = 0;
    for (let at = end; at > end - OPERAND && at >= this.floor; at -= 1) {
      const sign = text.charAt(at);
      if (sign === '>' || sign === '}' || sign === ')' || sign === ']') nesting += 1;
      else if (sign === '<' || sign === '{' || sign === '(' || sign === '[') nesting -= 1;
      if (nesting < 0 || sign === '\n' || (nesting === 0 && (sign === ',' || sign === ';'))) break;
      if (sign === ':' && nesting === 0) {
        const type = text.slice(at + 1, end + 1);
        if (!TYPE.test(type)) return 0;
        return this.subject(type) === 2 ? 2 : this.operand(at - 1, 0);
      }
    }
    const type = this.wordEndingAt(end);
    return TYPE_WORDS.has(type) ? this.operand(end - type.length, 0) : 0;
  }

  /** A value under a key: the key's name decides, or else the table that both are in. */
  private afterKey(at: number, node: Node, depth: number): Owner {
    const end = this.blanksBefore(at);
    const strength = this.operand(end, 0);
    if (strength > 0) return this.named(strength, end - OPERAND);
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
    while (is(QUOTE, text.charCodeAt(last)) || text.charCodeAt(last) === BACKSLASH) last -= 1;
    const key = this.wordEndingAt(last);
    if (key === '' || is(DIGIT, key.charCodeAt(0)) || isOtherKey(key)) return NOTHING_AT(node.from);
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
      if (strength === 2) return this.named(strength, at - OPERAND);
    }
    const assigned = /^(.*?[^=!<>])=(?![=>])/.exec(line)?.[1];
    if (assigned === undefined) return NOTHING_AT(at - OPERAND);
    const end = this.blanksBefore(at + 1 - line.length + assigned.length);
    const strength = this.operand(end, 0) || this.typedName(end);
    return strength === 2 ? this.named(strength, at - OPERAND) : NOTHING_AT(at - OPERAND);
  }

  private afterWord(at: number, node: Node, depth: number): Owner {
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
        return strength > 0 ? this.named(strength, end - OPERAND) : this.inProse(node.from);
      }
      case 'eq':
      case 'equal': {
        const strength = this.expected(start);
        return strength > 0 ? this.named(strength, start - OPERAND) : NOTHING_AT(start);
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

  /** `expect(job.result_code).to eq '0810'` */
  private expected(before: number): NameStrength {
    const call = /\.\s*(?:to|not_to|to_not|should)\s+$/.exec(this.lineUpTo(before + 1, 40));
    return call === null ? 0 : this.operand(before - call[0].length, 0);
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
    return this.named(strength, from - 80);
  }

  /** "Result codes that end a job: 0810", "result code 0812 is not final; 0814 is": the same sentence. */
  private inSentence(from: number, line: string): Owner {
    const spoken =
      this.isKnown &&
      SENTENCE.test(line) &&
      SENTENCE_GOES_ON.test(this.text.slice(from + 4, from + 16));
    return { strength: spoken ? 2 : 0, direct: false, origin: from - 80 };
  }

  /** Finds the bracket of the list, the call or the table that a value is in, on the same line. */
  private inList(at: number, node: Node, depth: number): Owner {
    const { text } = this;
    const least = Math.max(this.floor, at - 1500);
    let nesting = 0;
    for (let index = at - 1; index >= least; index -= 1) {
      const code = text.charCodeAt(index);
      if (code === NEWLINE) return NOTHING_AT(index);
      if (is(QUOTE, code)) index = this.quoteBefore(index, least);
      else if (is(CLOSER, code)) nesting += 1;
      else if (is(OPENER, code)) {
        if (nesting === 0) return this.inBracket(index, node, depth);
        nesting -= 1;
      }
    }
    return NOTHING_AT(least);
  }

  /** The quote that begins the text which ends at this one; the same place where there is none. */
  private quoteBefore(end: number, least: number): number {
    const { text } = this;
    const quote = text.charCodeAt(end);
    for (let at = end - 1; at >= least && end - at < 200; at -= 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === quote && text.charCodeAt(at - 1) !== BACKSLASH) return at;
    }
    return end;
  }

  /** What a bracket belongs to, read from what stands before it. */
  private inBracket(open: number, node: Node, depth: number): Owner {
    const { text } = this;
    if (depth > NESTING || open < this.floor) return NOTHING_AT(open);
    let end = this.blanksBefore(open);
    const list: Node = { from: open, to: this.closerOf(open, node.to) };
    if (this.isLineStart(end)) {
      // a brace on a line of its own belongs to the line above
      if (text.charAt(open) !== '{' || !this.isAlone(open)) {
        return stronger(this.atLineStart(open, 'element', depth + 1), this.askedOf(list));
      }
      end = this.skipUp(end);
      if (end < this.floor) return NOTHING_AT(open);
    }
    const line = this.lineUpTo(end + 1, OPERAND);
    if (text.charAt(open) === '{') {
      const head = this.headed(line, end);
      if (head !== null) return head;
    }
    const code = text.charCodeAt(end);
    if (is(WORD, code) || text.charAt(end) === '?' || '>])'.includes(text.charAt(end))) {
      if (!(text.charAt(end) === '>' && '=-'.includes(text.charAt(end - 1)))) {
        return stronger(this.called(end, open, list, node, line, depth), this.askedOf(list));
      }
    }
    return stronger(listed(this.leftOf(list, depth + 1)), this.askedOf(list));
  }

  /** `switch (resultCode) {` and `enum ResultCode {`; null where the line is neither. */
  private headed(line: string, end: number): Owner | null {
    const strength = ASKS.test(line) ? this.subject(line) : null;
    if (strength !== null) return { strength, direct: false, origin: end - OPERAND };
    const declared = DECLARES.exec(line)?.[1];
    if (declared === undefined) return null;
    return { strength: strengthOf(declared), direct: false, origin: end - OPERAND };
  }

  /** How surely a `switch` is over a code. */
  private subject(line: string): NameStrength {
    let best: NameStrength = 0;
    for (const [name] of line.matchAll(/[\w$.>?&@['"\]:]*\b\w*code\w*\b/gi)) {
      const parts = name.split(/[^\w]+/).filter((part) => part !== '');
      const strength = strengthOf(parts.at(-1) ?? '');
      const holder = parts.at(-2);
      if (strength === 1 && holder !== undefined && !HOLDERS.has(holder.toLowerCase())) continue;
      if (strength > best) best = strength;
    }
    return best;
  }

  /** The bracket of a call, an index or a typed list: `Set.of(`, `equals(`, `RESULT_CODES[`, `[]string{`. */
  private called(
    end: number,
    open: number,
    list: Node,
    node: Node,
    line: string,
    depth: number,
  ): Owner {
    const { text } = this;
    const origin = end - OPERAND;
    let last = end;
    if (text.charAt(last) === '?') last -= 1; // Ruby's include?
    if (text.charAt(last) === ')') last = this.openerOf(last) - 1; // new Dictionary<...>() {
    if (text.charAt(last) === '>') {
      const types = this.openerOf(last);
      const typed = this.subject(text.slice(types + 1, last));
      if (typed === 2) return { strength: 2, direct: false, origin };
      last = types - 1;
      if (!is(WORD, text.charCodeAt(last))) {
        return listed(this.leftOf({ from: types, to: list.to }, depth + 1));
      }
    }
    const name = this.wordEndingAt(last);
    const start = last - name.length;
    if (name === 'in' || name === 'IN' || name === 'not' || name === 'is') {
      return listed(this.afterWord(end, list, depth + 1));
    }
    if (name === 'case' || name === 'when') return this.afterWord(end, list, depth + 1);
    const strength = strengthOf(name);
    if (strength > 0 && text.charAt(open) !== '{') {
      return { strength: this.held(strength, start), direct: false, origin };
    }
    if (text.charAt(open) === '(') {
      if (COMPARERS.has(name) || LOOKUPS.has(name)) {
        const object =
          text.charAt(start) === '.' ? this.operand(start - 1, 0) : this.expected(start);
        if (object > 0) return { strength: object, direct: COMPARERS.has(name), origin };
      }
      if (BETWEEN_ARGUMENTS.has(name)) {
        const owner = this.amongArguments(open, node, origin);
        if (owner.strength > 0) return owner;
      }
      if (COMPARERS.has(name) && text.charAt(start) !== '.') {
        return listed(this.leftOf({ from: start + 1, to: list.to }, depth + 1));
      }
      if (CONSTANT_CALL.test(`${line}(`)) return this.atLineStart(start + 1, 'member', depth + 1);
    }
    const isWords = name.length === 1 && text.charAt(start) === '%';
    if (!isWords && !WRAPPERS.test(name) && !/^[A-Z]/.test(name) && text.charAt(last) !== ']') {
      return NOTHING_AT(origin);
    }
    if (text.charAt(open) === '{' && !/\bnew\b|\]|\bof\b|^$/.test(line.slice(-40)) && depth > 2) {
      return NOTHING_AT(origin);
    }
    const owner = listed(this.leftOf({ from: this.chainStart(last), to: list.to }, depth + 1));
    return isWords ? { ...owner, isText: true } : owner;
  }

  /** `in_array($resultCode, ['0810'])`, `assertEquals('0810', resultCode)` */
  private amongArguments(open: number, argument: Node, origin: number): Owner {
    const { text } = this;
    const before = text.slice(open + 1, argument.from);
    for (let at = before.lastIndexOf(','); at > 0; at = before.lastIndexOf(',', at - 1)) {
      const strength = this.operand(this.blanksBefore(open + 1 + at), 0);
      if (strength > 0) return { strength, direct: false, origin };
    }
    const next = /^\s*,\s*/.exec(text.slice(argument.to, argument.to + 20));
    const strength = next === null ? 0 : this.operandAhead(argument.to + next[0].length);
    return { strength, direct: false, origin };
  }

  /** `switch (...) { case` on one line, or the lines above for the head of a `case`. */
  private inSwitch(node: Node, depth: number): Owner {
    const line = this.lineUpTo(node.from, OPERAND);
    const inline = /\b(?:switch|match|when|select)\b(?=.*\b(?:case|when)\b)/.exec(line);
    if (inline !== null) {
      const strength = this.subject(line.slice(inline.index));
      return { strength, direct: false, origin: node.from - OPERAND };
    }
    return this.atLineStart(
      node.from,
      /^\s*(?:case|when|is|in)\b/.test(line) ? 'label' : 'element',
      depth,
    );
  }

  // --- above: the head of a case, a list, a table, a class ---

  private atLineStart(from: number, placing: Placing, depth: number): Owner {
    const lineStart = this.lineStart(from);
    if (lineStart < this.floor || depth > NESTING) return NOTHING_AT(from);
    const indent = this.indentAt(lineStart);
    return this.above(lineStart, indent, placing, depth);
  }

  private above(lineStart: number, indent: number, placing: Placing, depth: number): Owner {
    const { floor, lastLine } = this;
    const origin = lineStart;
    if (indent === 0 && (placing === 'element' || placing === 'member')) return NOTHING_AT(origin);
    let start = lineStart;
    for (let lines = 1; ; lines += 1) {
      if (start === 0) this.reachedTop = true;
      if (start <= floor) return NOTHING_AT(floor);
      const end = start - 1;
      start = this.lineStart(end);
      if (start === lastLine.at && indent === lastLine.indent && placing === lastLine.placing) {
        const total = lastLine.lines + lines;
        const { owner } = lastLine;
        if (total > LINES_ABOVE || Math.max(0, owner.origin) < floor) return NOTHING_AT(floor);
        this.lastLine = { at: lineStart, indent, placing, owner, lines: total };
        return owner;
      }
      if (lines > LINES_ABOVE || start < floor) return NOTHING_AT(floor);
      const found = this.headOf(start, end, indent, placing, depth);
      if (found === null) continue;
      if (depth === 0) this.lastLine = { at: lineStart, indent, placing, owner: found, lines };
      return found;
    }
  }

  /** What the line above makes of a value below it; null where the search goes on. */
  private headOf(
    start: number,
    end: number,
    indent: number,
    placing: Placing,
    depth: number,
  ): Owner | null {
    const { text } = this;
    const own = this.indentAt(start);
    if (start + own >= end || own > indent) return null;
    if (own === indent && placing !== 'label' && placing !== 'item') return null;
    const line = text.slice(start, Math.min(end, start + OPERAND * 2)).trimEnd();
    const trimmed = line.trim();
    if (trimmed === '' || COMMENT.test(line)) return null;
    if (placing === 'label') {
      if (/^[{}]/.test(trimmed) && own === indent) return null;
      const isHead = ASKS.test(line) && !isArm(trimmed);
      if (isHead) return { strength: this.subject(line), direct: false, origin: start };
      return own < indent && trimmed !== '{' ? NOTHING_AT(start) : null;
    }
    if (placing === 'item' && own === indent && trimmed.startsWith('-')) return null;
    if (/^[)\]}]/.test(trimmed) && own === indent) return null;
    return this.ownedBy(start, line, own, depth);
  }

  private ownedBy(start: number, line: string, indent: number, depth: number): Owner {
    const { text } = this;
    const code = line.replace(/\s+(?:\/\/|#).*$/, '').trimEnd();
    const end = start + code.length - 1;
    const last = text.charAt(end);
    const arrow = /\s+->$|\s+in$/.test(code);
    let owner = NOTHING_AT(start);
    const declared = DECLARES.exec(code)?.[1];
    if (declared !== undefined) {
      owner = { strength: strengthOf(declared), direct: false, origin: start };
    } else if (last === '(' || last === '[' || last === '{') {
      const trimmedStart = start + indent;
      if (end === trimmedStart && last === '{')
        return this.inBracket(end, { from: end, to: end }, depth + 1);
      owner = this.inBracket(end, { from: end + 1, to: end + 1 }, depth + 1);
    } else if (last === '=' || last === ':') {
      const strength = this.operand(this.blanksBefore(end), 0) || this.typedName(end - 1);
      owner = { strength, direct: false, origin: start };
    } else if (arrow) {
      return owner;
    }
    if (owner.strength > 0 || depth >= NESTING) return owner;
    const nested = NESTED_HEAD.exec(code.endsWith(':') ? `${code} [` : code);
    if (nested === null || (nested[1] !== undefined && isOtherKey(nested[1]))) return owner;
    return this.above(start, indent, 'member', depth + 2);
  }

  // --- reading the text ---

  /**
   * How surely the expression that ends here is a code: `result.ResultCode`, `$r['ResultCode']`,
   * `json.get("ResultCode")`, `getResultCode()`, `String(resultCode).trim()`.
   */
  private operand(end: number, depth: number): NameStrength {
    const { text } = this;
    let at = this.blanksBefore(end + 1);
    const least = Math.max(this.floor, end - OPERAND);
    if (depth > 3) return 0;
    while (at >= least) {
      const sign = text.charAt(at);
      if (sign === '!' || sign === '?') {
        at -= 1;
      } else if (is(QUOTE, text.charCodeAt(at))) {
        return this.key(at);
      } else if (sign === ']' || sign === ')') {
        const inner = this.blanksBefore(at);
        const open = this.openerOf(at);
        if (open < least) return 0;
        if (is(QUOTE, text.charCodeAt(inner))) {
          const strength = this.key(inner);
          if (strength > 0) return strength === 2 ? 2 : this.held(1, open - 1);
        }
        const symbol = this.wordEndingAt(inner);
        if (symbol !== '' && text.charAt(inner - symbol.length) === ':') {
          const strength = strengthOf(symbol);
          if (strength > 0) return strength;
        }
        if (sign === ']') return 0;
        const name = this.wordEndingAt(open - 1);
        const strength = strengthOf(name);
        if (strength > 0) return strength;
        const before = open - name.length - 1;
        if (SAME_VALUE.has(name) && text.charAt(before) === '.') {
          at = before - 1;
        } else if (name === '' || CONVERSIONS.has(name)) {
          return this.wrapped(open + 1, at, depth);
        } else {
          return 0;
        }
      } else {
        const name = this.wordEndingAt(at);
        if (name === '') return 0;
        const strength = strengthOf(name);
        const before = at - name.length;
        if (strength > 0) return this.held(strength, before);
        if (!SAME_VALUE.has(name) || text.charAt(before) !== '.') return 0;
        at = before - 1;
      }
    }
    return 0;
  }

  /** `(body.ResultCode as string)`, `(resultCode ?? '')` */
  private wrapped(from: number, to: number, depth: number): NameStrength {
    const inner = this.text.slice(from, to);
    const cut = inner.search(/\s+as\s|\s*(?:\?\?|\|\|)/);
    return this.operand(cut < 0 ? to - 1 : from + cut - 1, depth + 1);
  }

  /** The strength of a quoted key whose closing quote is here. */
  private key(end: number): NameStrength {
    const { text } = this;
    const quote = text.charAt(end);
    let last = end;
    while (text.charCodeAt(last - 1) === BACKSLASH) last -= 1;
    const near = text.slice(Math.max(0, last - 66), last);
    return strengthOf(near.slice(near.lastIndexOf(quote) + 1));
  }

  /** A bare `code` counts only where what holds it can hold one of Smile ID's. */
  private held(strength: NameStrength, before: number): NameStrength {
    if (strength !== 1) return strength;
    const { text } = this;
    let at = before;
    if (text.charAt(at) === '>' && text.charAt(at - 1) === '-') at -= 2;
    else if (text.charAt(at) === '.') at -= 1;
    else return this.qualified(at);
    if (text.charAt(at) === '?' || text.charAt(at) === '&' || text.charAt(at) === '!') at -= 1;
    return is(WORD, text.charCodeAt(at)) ? this.heldBy(at) : 1;
  }

  /** "result code" in two words is one name; "door code" is another's. */
  private qualified(before: number): NameStrength {
    const { text } = this;
    const sign = text.charAt(before);
    if (sign !== ' ' && sign !== '-') return 1;
    const word = this.wordEndingAt(this.blanksBefore(before)).toLowerCase();
    if (word === 'result' || word === 'smile') return 2;
    return word === '' || BEFORE_BARE_CODE.has(word) || BEFORE_VARIABLE.has(word) ? 1 : 0;
  }

  private heldBy(at: number): NameStrength {
    const words = this.wordEndingAt(at).match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
    return HOLDERS.has((words.at(-1) ?? '').toLowerCase()) ? 1 : 0;
  }

  private wordEndingAt(end: number): string {
    const { text } = this;
    let start = end;
    while (start >= 0 && end - start < 80 && is(WORD, text.charCodeAt(start))) start -= 1;
    return text.slice(start + 1, end + 1);
  }

  /** Where a call's expression begins: `new Set` is left at `new`, `map[string]` at `map`. */
  private chainStart(end: number): number {
    const { text } = this;
    let at = end;
    const least = Math.max(this.floor, end - OPERAND);
    while (at >= least) {
      const sign = text.charAt(at);
      if (is(WORD, text.charCodeAt(at)) || '.%$@:?*&'.includes(sign)) {
        if (sign === ':' && text.charAt(at - 1) !== ':' && text.charAt(at + 1) !== ':') break;
        at -= 1;
      } else if (sign === ']' || sign === '>') {
        if (sign === '>' && '=-'.includes(text.charAt(at - 1))) break;
        at = this.openerOf(at) - 1;
      } else break;
    }
    return at + 1;
  }

  private openerOf(close: number): number {
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
  private closerOf(open: number, from: number): number {
    const { text } = this;
    let nesting = 0;
    for (let at = from; at < from + AHEAD && at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (is(OPENER, code)) nesting += 1;
      else if (is(CLOSER, code)) {
        if (nesting === 0) return at + 1;
        nesting -= 1;
      }
    }
    return Math.max(open + 1, from);
  }

  /** The last place before a position that is no blank; a line break ends the search. */
  private blanksBefore(position: number): number {
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
  private lineStart(position: number): number {
    const least = Math.max(0, position - REACH);
    const near = this.text.slice(least, position);
    const at = near.lastIndexOf('\n');
    return at >= 0 ? least + at + 1 : least === 0 ? 0 : -1;
  }

  private isLineStart(at: number): boolean {
    return at < 0 || this.text.charCodeAt(at) === NEWLINE;
  }

  private isAlone(at: number): boolean {
    return /^[^\S\n]*(?:\n|$)/.test(this.text.slice(at + 1, at + 40));
  }

  private skipUp(at: number): number {
    let up = at;
    while (up >= this.floor && /\s/.test(this.text.charAt(up))) up -= 1;
    if (up < 0) this.reachedTop = true;
    return up;
  }

  private indentAt(lineStart: number): number {
    const { text } = this;
    let at = lineStart;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
    return at - lineStart;
  }

  private lineUpTo(position: number, length: number): string {
    const near = this.text.slice(Math.max(this.floor, position - length), position);
    return near.slice(near.lastIndexOf('\n') + 1);
  }
}

/** A sign after unquoted digits that makes them part of a time, a date, a decimal or a longer number. */
function mayEnd(text: string, end: number, after: number): boolean {
  const sign = String.fromCharCode(after);
  if (sign !== ':' && sign !== '.' && sign !== '/') return true;
  return (
    !is(WORD, text.charCodeAt(end + 1)) || (sign === '/' && is(DIGIT, text.charCodeAt(end + 1)))
  );
}

/** `case "0810" ->`, `when '0810' then`: a case itself, not the head of the cases. */
function isArm(line: string): boolean {
  return (
    /^(?:case|when|is)\s+(?:\\?["'`\d]|[^(\n]*(?:->|=>))/.test(line) || /^case\b.*:/.test(line)
  );
}

function stronger(one: Owner, other: Owner): Owner {
  return other.strength > one.strength ? other : one;
}

function listed(owner: Owner): Owner {
  return owner.direct ? { ...owner, direct: false } : owner;
}
