import { isObject } from './fields';
import {
  isQuote,
  unescaped,
  unescapedOnce,
  withoutPartOfEscape,
  type QuotedText,
} from './quotedText';
import { READING_LIMITS } from './readingLimits';

/** What a text has that JSON does not, or what only some languages print. */
export type Trait =
  | 'Python'
  | 'PHP'
  | 'Ruby'
  | 'Java'
  | 'JavaScript'
  | 'words of JSON'
  | 'trailing commas'
  | 'missing commas'
  | 'comments'
  | 'single quotes'
  | 'curly quotes'
  | 'unquoted keys'
  | 'unquoted text'
  | 'line breaks in strings'
  | 'exact digits';

/** An object or a list of a text, in the notation of JSON or of a language that prints such values. */
export interface LooseValue {
  /** Null if there is none, or none with a field. */
  readonly value: object | null;
  /** Where reading ended: after the value, or at what does not belong to it. Up to there is nothing else. */
  readonly end: number;
  /** The end, or a part, is missing. */
  readonly cutOff: boolean;
  readonly traits: ReadonlySet<Trait>;
  /** Names of fields that an object has more than once: the last of each counts, as for every parser of JSON. */
  readonly repeated: ReadonlySet<string>;
  /** How many values it has; at most READING_LIMITS.values. */
  readonly values: number;
  readonly hasTooMany: boolean;
}

/** An object, or a text in quotes, that is inside of what is read. */
export type Seen = (value: unknown, start: number, end: number) => void;

interface Options {
  /** The text begins inside of an object, of which the start is missing. */
  readonly isInside?: boolean | undefined;
  /** Variables and other words without quotes are left out, as in source code, instead of read as text. */
  readonly onlyLiterals?: boolean | undefined;
  readonly seen?: Seen | undefined;
}

/**
 * Reads the object or list that begins at an offset: JSON with all that people do to it, or what Python, PHP, Ruby,
 * Java, Dart, Swift and JavaScript print. Never throws, and never recurses. The time is proportional to what is read.
 */
export const readLoose = (
  text: string,
  quotes: QuotedText,
  start: number,
  options: Options = {},
): LooseValue => new LooseReader(text, quotes, start, options).read();

/** What a value is that is not there, such as `[Object]` in a dump of Node. */
/** In characters: how far a value is read from its first comment to its first field. */
const MOST_BEFORE_FIELD = 200;

const LEFT_OUT = Symbol('left out');

type Kind = 'object' | 'list' | 'call' | 'print_r';

/** An object or list that is open. */
class Frame {
  readonly entries: [string, unknown][] = [];
  readonly items: unknown[] = [];
  /** Of the value that comes next. */
  key: string | null = null;
  /** After a value, up to a comma. */
  needsComma = false;
  /** The last of what was read is a comma. */
  comma = false;
  hasCommas = false;
  isClosed = false;

  constructor(
    readonly kind: Kind,
    /** Empty for an object of which the start is missing: it ends with what closes another. */
    readonly close: '}' | ']' | ')' | '',
    readonly start: number,
    /** Of a call, or of the class that a dump names. */
    readonly name: string,
    /** An array of PHP, whose keys may be positions. */
    public isArray: boolean,
    /** Single quotes as in PHP. */
    public isRaw: boolean,
    /** In print_r, each field has lines of its own. */
    readonly hasLines: boolean,
  ) {}
}

const BLANKS = /[\s\u200b▼▶]+/y;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|#(?!<)[^\n]*/y;
/** Before the first field, a brace may belong to code: what is read twice is bounded. */
const COMMENT_BEFORE = /\/\/[^\n]{0,500}(?:\n|$)|\/\*[^]{0,500}?\*\/|#(?!<)[^\n]{0,500}(?:\n|$)/y;

/** Longer strings are no keys. */
const LONGEST_KEY = 1000;
const LONGEST_CALL = 500;

const BARE_KEY = /[\p{L}_$@][\p{L}\p{N}_$.-]*|:[\w?!]+|-?\d+/uy;
/** `["key"]=>` of var_dump, `['__proto__']:` of Node. */
const BRACKET_KEY = new RegExp(
  [
    // a quote inside would be the end of a string in a list
    String.raw`\[(?:"([^"\n]{0,200})(?<!\\)"|'([^'\n]{0,200})(?<!\\)'|([\w-]{0,200}))`,
    String.raw`(?::[^\]\n]{0,100})?\]\s*(?:=>|:)`,
  ].join(''),
  'y',
);
const PRINT_R_KEY = /\[([^\]\n]{0,200}?)(?::[^\]\n]{0,100})?\]\s*=>[ \t]?/y;
const SEPARATORS: Readonly<Record<Kind, RegExp>> = {
  object: /\s*(?:=>|:(?![:=]))|=(?![=>~])/y,
  list: /\s*(?:=>|:(?=\s))/y,
  call: /\s*(?:=>|:(?=\s)|=(?!=))/y,
  print_r: /$^/y,
};
const DOUBLE_ARROW = /\s*=>/y;

const OPENER = new RegExp(
  [
    // print_r
    String.raw`(?<printed>Array|(?:[\w\\]+ )?Object)\s*\((?=\s*[[)])`,
    // var_dump
    String.raw`(?<dumped>array|object)\([^()\n]{0,200}\)(?:#\d+)?(?: ?\(\d+\))?\s*\{`,
    // var_export, and array() of PHP
    String.raw`(?<exported>\(object\)\s*array|array)\s*\(`,
    String.raw`(?<list>array:\d+\s*)\[`,
    // a class or a tag before an object or a list
    [
      String.raw`(?<named>(?:<ref \*\d+> )?(?:\[\w{1,40}: null prototype\] )?`,
      String.raw`(?:%|[\w$.\\]{1,100}(?:\(\d+\))?)?(?: <[^>\n]{1,60}>)?(?: \[[\w ]{1,60}\])? ?)[{[]`,
    ].join(''),
    String.raw`(?<called>[\w.$\\:]{0,100})\(`,
  ].join('|'),
  'y',
);
/** What the dump of Laravel names an object by. */
const OBJECT_NUMBER = /#\d+/y;
const NO_PROTOTYPE = /\[\w{1,40}: null prototype\]/y;
const LINE_END = /[ \t]{0,100}\r?\n/y;
const PART_LEFT_OUT = /\[(?:Object|Array|Circular[^\]\n]{0,20}|…|\.\.\.)\]|\{(?:…|\.\.\.)\}/y;
const MORE = /(?:…|\.\.\.)[^,\n\]})]{0,200}/y;
const CODE = /\[(?:(?:Async)?(?:Generator)?Function|class|Getter|Setter)[^\]\n]{0,100}\]/y;
/** `<Buffer 7b>`, `<Response [200]>`, `#<Date: 2026-10-05>`, `<placeholder>`. */
const ANGLED = /#?<[^>\n]{0,500}>/y;
const STRING_PREFIX = /(?:[uUbBrRfF]{1,2})?(?=["'`“”„‟‘’‚‛])/y;
const TRIPLE = '"""';
const CONCATENATED = /\s*(?:\+\s*|\.\s+)(?=["'`])/y;
/** As pprint of Python breaks long strings. */
const ADJACENT = /[ \t]*\r?\n\s*(?=["'])/y;
const COUNTED = /string\((\d+)\)\s*"/y;
const BARE = { ')': /[^\s,;{}[\])"'`][^,;{}[\])\r\n]*/y, other: /[^\s,;{}[\]"'`][^,;{}[\]\r\n]*/y };
/** The numbers of lines that web pages copy with the lines. */
const LINE_NUMBER = /\d{1,4}[ \t]*\r?\n/y;
/** `...other` of JavaScript, also of a call. */
const SPREAD = /\.\.\.(?:new )?[A-Za-z_$][\w$.]*(?:\([^()\n]{0,200}\)[\w$.]*){0,5}/y;
const REST_OF_CODE = /[^\s,;{}[\]()][^,;{}[\]\n]*/y;
const BARE_ENTRY = /[A-Za-z_$][\w$.]*[ \t]*(?=[,}])/y;

/** Where a value of print_r ends. */
const END_OF_LINE_VALUE = /\r?\n[ \t]*(?=\[[^\]\n]{0,200}\]\s*=>|\)[ \t]*(?:\r?\n|$))/g;
const END_OF_VALUE = /(?=\[[^\]\n]{1,200}\]\s*=>)|[ \t](?=\)(?:\s|$))/g;

const OF_PYTHON = /^(?:datetime|Decimal|OrderedDict|defaultdict|UUID|collections)/;
/** What a dump puts around a number or a string. A call of source code is not its argument. */
const WRAPPERS = /^(?:int|float|bool|Decimal|UUID|ObjectId|ISODate|Number\w+|BigInt|Some)$/;

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS: ReadonlyMap<string, readonly [unknown, Trait]> = new Map<
  string,
  readonly [unknown, Trait]
>([
  ['true', [true, 'words of JSON']],
  ['false', [false, 'words of JSON']],
  ['null', [null, 'words of JSON']],
  ['True', [true, 'Python']],
  ['False', [false, 'Python']],
  ['None', [null, 'Python']],
  ['TRUE', [true, 'PHP']],
  ['FALSE', [false, 'PHP']],
  ['NULL', [null, 'PHP']],
  ['nil', [null, 'Ruby']],
  ['undefined', [null, 'JavaScript']],
]);
/** What is left of such a word where a text was cut off says nothing. */
const isPartOfWord = (text: string): boolean =>
  text === '-' || [...WORDS.keys()].some((word) => word !== text && word.startsWith(text));

/** print_r shows true as 1, and false as nothing. */
const FLAGS: ReadonlySet<string> = new Set(['job_complete', 'job_success', 'success']);

class LooseReader {
  private readonly frames: Frame[] = [];
  /** How many frames end with a bracket. */
  private readonly open = { '}': 0, ']': 0, ')': 0, '': 0 };
  private readonly traits = new Set<Trait>();
  private readonly repeated = new Set<string>();
  private at: number;
  private values = 0;
  private hasFields = false;
  private hasJsonKeys = false;
  /** Of a comment before the first field, which may contain a value of its own. */
  private firstComment: number | null = null;
  private cutOff = false;
  private root: unknown = LEFT_OUT;

  constructor(
    private readonly text: string,
    private readonly quotes: QuotedText,
    private readonly start: number,
    private readonly options: Options,
  ) {
    this.at = start;
  }

  read(): LooseValue {
    if (this.options.isInside) this.push('object', '', this.start);
    else this.opens();
    while (this.frames.length > 0 && this.values < READING_LIMITS.values) {
      if (!this.step()) break;
    }
    const { at, values, traits, repeated } = this;
    if (this.frames.length > 0 || this.options.isInside) this.cutOff = true;
    while (this.frames.length > 0) this.pop();
    const { root, cutOff } = this;
    const isFound = this.hasFields && typeof root === 'object' && root !== null;
    const end = Math.max(this.hasFields ? at : (this.firstComment ?? at), this.start + 1);
    const hasTooMany = values >= READING_LIMITS.values;
    return { value: isFound ? root : null, end, cutOff, traits, repeated, values, hasTooMany };
  }

  /** Reads one bracket, comma, key or value. False if what comes next does not belong to the value. */
  private step(): boolean {
    const frame = this.frames.at(-1);
    if (!frame) return false;
    if (frame.kind === 'print_r') return this.stepOfPrintR(frame);
    this.skipBlanks();
    const { firstComment } = this;
    // Each comment may begin a value of its own, and is read again as one: a long way would be read many times.
    if (!this.hasFields && firstComment !== null && this.at - firstComment > MOST_BEFORE_FIELD)
      return false;
    const char = this.text.charAt(this.at);
    if (char === '') return false;
    if (char === ',' || char === ';') return this.comma(frame);
    if (char === '}' || char === ']' || char === ')') return this.close(char);
    if (frame.key !== null) return this.value(frame);
    const key = this.key(frame);
    if (key !== null) return this.beginField(frame, key);
    if (frame.kind === 'object' && this.noise(frame)) return true;
    const isSet = this.hasFields && frame.entries.length === 0 && this.frames.length > 1;
    if (frame.needsComma || (frame.kind === 'object' && !isSet)) return false;
    // Before the first field, only brackets: what else there is may contain a value of its own.
    const mayBeText = this.hasFields || this.frames[0]?.kind === 'call';
    return mayBeText ? this.value(frame) : this.opens();
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private test(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private take(pattern: RegExp): boolean {
    const isFound = this.test(pattern);
    if (isFound) this.at = pattern.lastIndex;
    return isFound;
  }

  private skipBlanks(): void {
    this.take(BLANKS);
    for (let from = this.at; this.take(this.hasFields ? COMMENT : COMMENT_BEFORE); from = this.at) {
      this.firstComment ??= from;
      this.traits.add('comments');
      this.take(BLANKS);
    }
  }

  private comma(frame: Frame): boolean {
    if (frame.key !== null) this.add(frame, null);
    this.at += 1;
    frame.needsComma = false;
    frame.comma = true;
    frame.hasCommas = true;
    return true;
  }

  private beginField(frame: Frame, key: string): boolean {
    if (frame.needsComma) this.traits.add('missing commas');
    this.hasFields = true;
    frame.key = key;
    frame.comma = false;
    return true;
  }

  // Keys

  private key(frame: Frame): string | null {
    const from = this.at;
    const quoted = this.quotedKey();
    const key = quoted ?? this.bareKey();
    if (key !== null) {
      const isArrow = this.test(DOUBLE_ARROW);
      const mayBeBare = isArrow || frame.kind !== 'list';
      if ((quoted !== null || mayBeBare) && this.take(SEPARATORS[frame.kind])) {
        if (isArrow) this.noteArrow(frame);
        else if (quoted === null && frame.kind === 'object') {
          this.traits.add(this.text.charAt(this.at - 1) === '=' ? 'Java' : 'unquoted keys');
        }
        return key;
      }
    }
    this.at = from;
    if (this.text.charAt(from) !== '[') return null;
    const bracketed = this.match(BRACKET_KEY);
    if (!bracketed) return null;
    this.at = BRACKET_KEY.lastIndex;
    if (bracketed[0].endsWith('>')) {
      this.traits.add('PHP');
      frame.isRaw = true;
    } else this.traits.add('JavaScript');
    return bracketed[1] ?? bracketed[2] ?? bracketed[3] ?? '';
  }

  private noteArrow(frame: Frame): void {
    if (frame.kind === 'object' && !frame.isArray) this.traits.add('Ruby');
    else {
      this.traits.add('PHP');
      frame.isArray = !frame.name.startsWith('(');
      frame.isRaw = true;
    }
  }

  private quotedKey(): string | null {
    const mark = /[+~:-](?=")/y; // of Ruby and of Laravel
    this.take(mark);
    this.take(STRING_PREFIX);
    let key = '';
    do {
      const quote = this.text.charAt(this.at);
      if (!isQuote(quote)) return null;
      const quoted = this.quotes.at(this.at);
      if (quoted.isCut || quoted.hasLineBreak || quoted.inner.length > LONGEST_KEY) return null;
      this.at = quoted.end;
      this.noteQuote(quote);
      this.hasJsonKeys ||= quote === '"';
      key += unescaped(quoted.inner);
    } while (this.take(CONCATENATED));
    return key;
  }

  private bareKey(): string | null {
    this.take(/\+/y); // of a field of an object, in Laravel
    const word = this.match(BARE_KEY)?.[0];
    if (word === undefined) return null;
    this.at += word.length;
    return word.startsWith(':') ? word.slice(1) : word;
  }

  /** Skips what stands between fields and is none. */
  private noise(frame: Frame): boolean {
    if (this.take(LINE_NUMBER) || this.take(SPREAD)) return true;
    if (this.take(MORE)) {
      this.cutOff = true;
      frame.needsComma = false;
      return true;
    }
    // In source code, what follows a call belongs to the same value.
    if (frame.needsComma) return this.options.onlyLiterals === true && this.take(REST_OF_CODE);
    return this.take(BARE_ENTRY);
  }

  // Brackets

  private opens(): boolean {
    const start = this.at;
    const char = this.text.charAt(start);
    if (/[\d"'-]/.test(char)) return false;
    if (char === '{' || (char === '[' && !this.test(NO_PROTOTYPE))) {
      this.at += 1;
      if (char === '{') this.take(OBJECT_NUMBER);
      this.push(char === '{' ? 'object' : 'list', char === '{' ? '}' : ']', start);
      return true;
    }
    const found = this.match(OPENER);
    // Classes are not named in JSON: there, it is the next line of a log.
    if (!found || (this.hasJsonKeys && /^\w+ /.test(found.groups?.named ?? ''))) return false;
    const { printed, dumped, exported, list, called } = found.groups ?? {};
    this.at = OPENER.lastIndex;
    const bracket = this.text.charAt(this.at - 1);
    const close = bracket === '(' ? ')' : bracket === '[' ? ']' : '}';
    if (called !== undefined) {
      this.push('call', close, start, called);
      return true;
    }
    const php = printed ?? dumped ?? exported ?? list;
    this.traits.add(php === undefined ? 'JavaScript' : 'PHP');
    const isArray = /^array/i.test(php ?? '');
    if (printed !== undefined) this.push('print_r', close, start, '', isArray);
    else if (dumped !== undefined) this.push('object', close, start, '', isArray, true);
    else if (php !== undefined) this.push('list', close, start, exported, isArray, true);
    else this.push(bracket === '{' ? 'object' : 'list', close, start);
    return true;
  }

  private push(
    kind: Kind,
    close: '}' | ']' | ')' | '',
    start: number,
    name = '',
    isArray = false,
    isRaw = this.frames.at(-1)?.isRaw ?? false,
  ): void {
    const hasLines = kind === 'print_r' && this.test(LINE_END);
    this.frames.push(new Frame(kind, close, start, name, isArray, isRaw, hasLines));
    this.open[close] += 1;
    this.values += 1;
  }

  /** A bracket closes what it belongs to, and what was not closed in there. */
  private close(char: '}' | ']' | ')'): boolean {
    if (this.open[char] === 0) return false;
    this.at += 1;
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      if (frame.comma && frame.close === char) this.traits.add('trailing commas');
      if (frame.close !== char) this.cutOff = true;
      frame.isClosed = frame.close === char;
      this.pop();
      if (frame.close === char) break;
    }
    return true;
  }

  private pop(): void {
    const frame = this.frames.pop();
    if (!frame) return;
    this.open[frame.close] -= 1;
    const value = this.valueOf(frame);
    if (isObject(value)) this.options.seen?.(value, frame.start, this.at);
    const parent = this.frames.at(-1);
    if (parent) this.add(parent, value);
    else this.root = value;
  }

  private valueOf(frame: Frame): unknown {
    if (frame.kind === 'call') return this.valueOfCall(frame);
    const { kind, entries, items, isArray, name } = frame;
    if (entries.length === 0) {
      // Where the text ends, a string may be the beginning of a key.
      if (items.length > 0 && (kind !== 'object' || frame.isClosed)) return items;
      return kind === 'list' && !name.startsWith('(') ? [] : isArray ? [] : {};
    }
    if (isArray && items.length === 0 && entries.every(([key], at) => key === String(at))) {
      return entries.map(([, value]) => value);
    }
    const positions = items.map((value, at): [string, unknown] => [String(at), value]);
    return { ...Object.fromEntries(positions), ...this.objectOf(entries) };
  }

  /** A call is the value that it wraps, such as `Decimal('1.5')`; or the fields that it names; or its text. */
  private valueOfCall({ name, entries, items, start, hasCommas }: Frame): unknown {
    const [only] = items;
    if (name === '') {
      this.traits.add('Python');
      return items.length === 1 && !hasCommas ? only : items;
    }
    if (OF_PYTHON.test(name)) this.traits.add('Python');
    if (entries.length > 0 && items.length === 0) return this.objectOf(entries);
    if (name.endsWith('OrderedDict') && Array.isArray(only)) {
      this.hasFields = true;
      const pairs = pairsOf(only);
      return pairs ? this.objectOf(pairs) : only;
    }
    const last = items.at(-1);
    const isWrapper =
      items.length === 1 && (isObject(only) || Array.isArray(only) || WRAPPERS.test(name));
    if (entries.length === 0 && (isWrapper || name.endsWith('defaultdict'))) return last;
    if (this.options.onlyLiterals) return LEFT_OUT;
    return this.text.slice(start, Math.min(this.at, start + LONGEST_CALL));
  }

  private objectOf(entries: readonly (readonly [string, unknown])[]): object {
    const object = Object.fromEntries(entries);
    if (Object.keys(object).length < entries.length) {
      const seen = new Set<string>();
      for (const [name] of entries) {
        if (seen.has(name)) this.repeated.add(name);
        seen.add(name);
      }
    }
    return object;
  }

  private add(frame: Frame, value: unknown): void {
    if (typeof value !== 'object') this.values += 1; // others were counted when they began
    if (value === LEFT_OUT) {
      // neither a field nor an item
    } else if (frame.key === null) frame.items.push(value);
    else frame.entries.push([frame.key, value]);
    frame.key = null;
    frame.needsComma = true;
    frame.comma = false;
  }

  // Values

  private value(frame: Frame): boolean {
    if (this.take(PART_LEFT_OUT) || this.take(MORE)) {
      this.cutOff = true;
      this.add(frame, LEFT_OUT);
      return true;
    }
    if (this.take(CODE)) {
      this.add(frame, LEFT_OUT);
      return true;
    }
    if (this.countedString(frame) || this.quotedString(frame)) return true;
    if (this.opens()) return true;
    if (this.take(ANGLED)) return this.addText(frame, this.text.slice(this.atOf(ANGLED), this.at));
    return this.bareValue(frame);
  }

  private atOf(pattern: RegExp): number {
    return this.text.lastIndexOf('<', pattern.lastIndex);
  }

  private addText(frame: Frame, text: string): boolean {
    this.add(frame, this.options.onlyLiterals ? LEFT_OUT : text);
    return true;
  }

  /** `string(5) "clear"` of var_dump: as many bytes of UTF-8, in which quotes are not escaped. */
  private countedString(frame: Frame): boolean {
    const found = this.match(COUNTED);
    if (!found) return false;
    const from = COUNTED.lastIndex;
    const end = this.quotes.endOfBytes(from, Number(found[1]));
    if (end === null) return this.quotedString(frame, from - 1);
    if (end >= this.text.length) this.cutOff = true;
    this.at = Math.min(end + 1, this.text.length);
    this.add(frame, this.text.slice(from, end));
    return true;
  }

  private quotedString(frame: Frame, from?: number): boolean {
    const start = from ?? this.at;
    this.at = start;
    this.take(STRING_PREFIX);
    if (this.at > start && this.text.charAt(start).toLowerCase() !== 'r') this.traits.add('Python');
    const quote = this.text.charAt(this.at);
    if (!isQuote(quote)) return false;
    if (this.text.startsWith(TRIPLE, this.at)) return this.tripleQuoted(frame);
    let value = '';
    do value += this.nextString(frame);
    while (this.take(CONCATENATED) || this.goesOn());
    this.options.seen?.(value, start, this.at);
    this.add(frame, value);
    return true;
  }

  /** Whether the next line has the rest of a string, which is not the key of the next field. */
  private goesOn(): boolean {
    const from = this.at;
    if (!this.take(ADJACENT)) return false;
    const next = this.quotes.at(this.at);
    const separator = new RegExp(SEPARATORS.object);
    separator.lastIndex = next.end;
    if (!next.isCut && !separator.test(this.text)) return true;
    this.at = from;
    return false;
  }

  private nextString(frame: Frame): string {
    const quote = this.text.charAt(this.at);
    const { inner, end, isCut, hasLineBreak } = this.quotes.at(this.at);
    this.at = end;
    this.noteQuote(quote);
    if (hasLineBreak) this.traits.add('line breaks in strings');
    if (isCut) this.cutOff = true;
    const whole = isCut ? withoutPartOfEscape(inner) : inner;
    return frame.isRaw && quote === "'" ? unescapedOnce(whole) : unescaped(whole);
  }

  private tripleQuoted(frame: Frame): boolean {
    const from = this.at + TRIPLE.length;
    const close = this.text.indexOf(TRIPLE, from);
    if (close < 0) this.cutOff = true;
    this.at = close < 0 ? this.text.length : close + TRIPLE.length;
    this.add(frame, unescaped(this.text.slice(from, close < 0 ? this.at : close)).trim());
    return true;
  }

  private noteQuote(quote: string): void {
    if (/['‘’‚‛]/.test(quote)) this.traits.add('single quotes');
    if (/[“”„‟‘’‚‛]/.test(quote)) this.traits.add('curly quotes');
    if (quote === '`') this.traits.add('JavaScript');
  }

  private bareValue(frame: Frame): boolean {
    const found = this.match(frame.close === ')' ? BARE[')'] : BARE.other);
    // What stands before a bracket is code, or the next line of a log.
    if (!found || /[{[]/.test(this.text.charAt(this.at + found[0].length))) return false;
    this.at += found[0].length;
    // A comment is none of the value; `//` after a colon belongs to an address.
    const comment = found[0].search(/\s(?:\/\/|#|\/\*)/);
    const text = (comment < 0 ? found[0] : found[0].slice(0, comment)).trim();
    if (comment >= 0) this.at -= found[0].length - comment;
    const word = WORDS.get(text);
    if (word) {
      this.traits.add(word[1]);
      this.add(frame, word[0]);
      return true;
    }
    if (this.at >= this.text.length && isPartOfWord(text)) return false;
    if (JSON_NUMBER.test(text)) {
      const number = Number(text);
      const isExact =
        Number.isFinite(number) && (!/^-?\d{16,}$/.test(text) || String(number) === text);
      if (!isExact) this.traits.add('exact digits');
      this.add(frame, isExact ? number : text);
      return true;
    }
    if (/^-?\d+n?$/.test(text)) {
      this.traits.add('exact digits');
      this.add(frame, text.replace('n', ''));
      return true;
    }
    this.traits.add('unquoted text');
    return this.addText(frame, /^:\w+$/.test(text) ? text.slice(1) : text);
  }

  // print_r of PHP, whose texts have no quotes

  private stepOfPrintR(frame: Frame): boolean {
    this.take(BLANKS);
    if (this.text.charAt(this.at) === ')') return this.close(')');
    const found = this.match(PRINT_R_KEY);
    if (!found) return false;
    this.at = PRINT_R_KEY.lastIndex;
    this.hasFields = true;
    frame.key = found[1] ?? '';
    const opener = this.match(OPENER);
    if (opener?.groups?.printed !== undefined) return this.opens();
    const end = frame.hasLines ? END_OF_LINE_VALUE : END_OF_VALUE;
    const stop = this.match(end);
    const stopAt = stop?.index ?? this.endOfLine();
    const text = this.text.slice(this.at, stopAt).trim();
    this.at = stopAt;
    this.options.seen?.(text, this.at - text.length, this.at);
    this.add(frame, FLAGS.has(frame.key) && /^1?$/.test(text) ? text === '1' : text);
    return stop !== null;
  }

  private endOfLine(): number {
    const newline = this.text.indexOf('\n', this.at);
    return newline < 0 ? this.text.length : newline;
  }
}

/** The fields of `[('name', value), …]`; null if the list has anything else. */
function pairsOf(list: readonly unknown[]): [string, unknown][] | null {
  const pairs = list.flatMap((pair): [string, unknown][] =>
    Array.isArray(pair) && typeof pair[0] === 'string' ? [[pair[0], pair[1]]] : [],
  );
  return pairs.length === list.length ? pairs : null;
}
