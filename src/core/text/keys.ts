import type { CodeTree, TokenRange } from './codeTree';
import {
  bareName,
  calleeOf,
  CONVERSIONS,
  isJoint,
  isKeyword,
  isOperandBefore,
  namesOf,
  operandTo,
  SAME_VALUE,
} from './names';
import { stringAt, wordAt } from './values';
import { wordSet } from './wordSet';

/** A name that a value belongs to. */
export interface Key {
  readonly name: string;
  /** The token of the name, or its first one. */
  readonly at: number;
  /**
   * How the value belongs to it: as its value, as one of those that it may have, as an element of its list, or
   * within an entry of its table, list or class.
   */
  readonly as: 'value' | 'choice' | 'element' | 'entry';
}

const COMPARES = wordSet(
  '== === != !== < > <= >= <=> =~ !~ <> is not instanceof eq ne like matches',
);
const ASSIGNS = wordSet('= := => -> ??= ||= += &&=');
const CHOOSES = wordSet('?? || or');
const STOPS = wordSet('return throw yield case when echo print puts raise');
/** Calls and types around a list, by the last word of their names: `listOf`, `HashSet`, `frozenset`. */
const WRAPPERS = wordSet(
  'of list set map dict dictionary array enum freeze tuple from frozenset literal new collection entries vec seq',
);
/** Calls that add their argument to the list that they are called on. */
const ADDS = /^(?:append|push|add|addall)$/i;
const LAST_WORD = /[A-Z]?[a-z]+$|[A-Z]+$/;
/** Calls that give a value, their second argument, to the name that is their first one, or that name's default. */
const SETTERS = wordSet(
  'set put define env getenv setitem append add header setheader setproperty putstring addproperty setdefault get ' +
    'getordefault fetch getstring optstring config setenv putextra store assign tryadd entry pair query queryparam',
);
/** Their argument is a list, and they answer something else. */
const ASKS = /^(?:in_|is|has|contains|array_key)/i;
const LOOPS = wordSet('forEach each map for_each some every filter each_with_index');
const CONSTANT = /^[A-Z][A-Z\d_]*$/;
const CLASSES = wordSet('class enum interface object struct record trait module namespace');
const WORD_LIST = /^%[wi]/i;
const MOST_TOKENS = 300;
const DEEPEST = 12;

/**
 * The names that a value belongs to, from the inside out: for the code in `const A = { passed: ['0810'] }`, `passed`
 * and `A`. Nothing for what is compared, called or passed to a call that does something else with it.
 * @param index of a token of the value
 */
export function keysOf(code: CodeTree, index: number): Key[] {
  const reader = new KeyReader(code);
  reader.read(code.whole(index));
  return reader.found;
}

/**
 * The names that get the result of a test which a value is in: for both codes in
 * `const passed = a === '0810' || ['0811'].includes(a)`, `passed`.
 */
export function keysOfTest(code: CodeTree, index: number): Key[] {
  const reader = new KeyReader(code, true);
  reader.read(code.whole(index));
  return reader.found;
}

/** The token of the name that a sign gives a value to, such as `:` or `=`; before a type, if there is one. -1 for none. */
export function targetOf(code: CodeTree, sign: number): number {
  const { tokens, language } = code;
  let last = code.before(sign);
  if (code.textOf(sign) === '=') {
    const word = code.textOf(code.firstOf(sign));
    if (language.hasTypesLast && (word === 'var' || word === 'const'))
      return code.after(code.firstOf(sign));
    for (let at = last, steps = 0; at >= 0 && steps < MOST_TOKENS; steps += 1) {
      const isSymbol = language.hasCommands && tokens.startOf(at + 1) === tokens.endOf(at);
      if (tokens.textOf(at) === ':' && !isSymbol) last = code.before(at);
      at = code.before(at);
    }
  }
  if (/^[?!]$/.test(code.textOf(last))) last = code.before(last);
  if (language.hasInitializers && code.textOf(last) === '}')
    last = code.before(tokens.partnerOf(last));
  return last;
}

/** Signs that give what is after them to what is before them. */
export const GIVES = wordSet('= := => : ||= ??=');

/** What a sign gives a value to, from the outside in: `config`, `apiKey` of `config.apiKey = `. */
export function namesBefore(code: CodeTree, sign: number): readonly string[] {
  const last = code.language.layout === 'prose' ? code.before(sign) : targetOf(code, sign);
  const { names } = operandTo(code, last);
  return names.length > 0 ? names : [bareName(wordAt(code, code.whole(last).first))];
}

/** Where the value begins that a sign gives to a name; -1 if there is none. */
export function valueAfter(code: CodeTree, sign: number): number {
  const below = code.language.layout === 'yaml' ? code.firstPart(code.before(sign)) : null;
  return below?.first ?? code.after(sign);
}

class KeyReader {
  readonly found: Key[] = [];
  private as: Key['as'] = 'value';

  constructor(
    private readonly code: CodeTree,
    private readonly isTest = false,
  ) {}

  read(value: TokenRange): void {
    const { code } = this;
    let range: TokenRange | null = value;
    if (WORD_LIST.test(code.textOf(value.first))) this.as = 'element';
    for (let depth = 0; range !== null && depth < DEEPEST; depth += 1) range = this.outward(range);
  }

  private add(name: string, at: number, as = this.as): void {
    if (name !== '') this.found.push({ name, at, as });
  }

  /** Adds the key of an expression, and returns what the expression is in; null where nothing more can be said. */
  private outward(range: TokenRange): TokenRange | null {
    const { code } = this;
    const value = this.withCalls(this.typed(range));
    if (value === null) return null;
    const sign = this.signBefore(value.first);
    if (sign === null) return null;
    const next = code.textOf(code.after(value.last));
    if (sign < 0) {
      const isKey = this.isPair(next) && !this.isChoice;
      if (!isKey && (this.isCompared(next) || next === '?')) return null;
      if (isKey) this.as = 'entry';
      if (isKey && next === ':' && code.language.layout === 'yaml')
        return this.inside(code.openerOf(value.first));
    } else {
      if (this.isCompared(next) || (next === '?' && !this.isChoice)) return null;
      this.addTarget(sign);
      this.as = 'entry';
    }
    return this.around(value.first, sign >= 0);
  }

  private isChoice = false;

  private isCompared(sign: string): boolean {
    return !this.isTest && (COMPARES.has(sign) || sign === 'in');
  }

  private isPair(sign: string): boolean {
    const isWord = sign !== '' && sign === this.code.language.pairWord;
    return isWord || sign === ':' || sign === '=>' || sign === '->';
  }

  /** The value with the calls on it that give it back; null if another one is called on it. */
  private withCalls({ first, last }: TokenRange): TokenRange | null {
    const { code } = this;
    let end = last;
    for (let links = 0; links < 10; links += 1) {
      const joint = code.after(end);
      const sign = code.textOf(joint);
      if (sign === '!' || sign === '?.') end = sign === '!' ? joint : end;
      if (sign === '!') continue;
      if (sign === 'as' && code.textOf(code.before(code.openerOf(end))) === 'foreach') {
        this.addLoop(code.partOf(end).last);
        return null;
      }
      if (sign === '[' || sign === '(')
        return code.tokens.startOf(joint) === code.tokens.endOf(end) ? null : { first, last: end };
      if (joint < 0 || !isJoint(code, joint)) return { first, last: end };
      const member = code.after(joint);
      const open = code.after(member);
      if (LOOPS.has(code.textOf(member))) this.addLoop(this.parameterIn(open));
      if (!SAME_VALUE.has(code.textOf(member)) && !this.isTest) return null;
      const hasBrackets = code.textOf(open) === '(';
      end = hasBrackets ? code.tokens.partnerOf(open) : member;
      if (end < 0) return null;
    }
    return null;
  }

  /** The first parameter of the function that a loop calls: `.each do |code|`, `.forEach((code) =>`. */
  private parameterIn(open: number): number {
    const { code } = this;
    let at = open + 1;
    while (/^[(|{]$|^(?:async|function|do)$/.test(code.textOf(at)) && at < open + 6) at += 1;
    return code.tokens.kindAt(at) === 'word' ? at : -1;
  }

  private addLoop(name: number): void {
    if (name >= 0) this.add(bareName(this.code.textOf(name)), name, 'element');
  }

  /**
   * The sign before a value that gives it to a name; -1 if the value is alone in its part, null if it is compared
   * or answered. Adds the names of what it stands in for: `code ?? '0810'`.
   */
  private signBefore(first: number): number | null {
    const { code } = this;
    const { tokens, language } = code;
    const isScript = language.regexps === 'script';
    let colon = -1;
    let isCondition = false;
    this.isChoice = false;
    const choose = (): void => {
      this.isChoice = true;
      if (this.as === 'value') this.as = 'choice';
    };
    let steps = 0;
    for (let at = code.before(first); at >= 0; at = code.before(at)) {
      steps += 1;
      const kind = tokens.kindAt(at);
      const text = tokens.textOf(at);
      if (steps > MOST_TOKENS) return null;
      if (kind !== 'punctuation' && (kind !== 'word' || isJoint(code, code.before(at)))) continue;
      if (text === '>' && tokens.textOf(code.after(at)) === '(') {
        const callee = calleeOf(code, code.after(at));
        if (callee >= 0) at = callee; // `get<string>('…')`
      } else if (text === '?') {
        choose();
        isCondition = true;
        colon = -1;
      } else if (text === ':' || (text === '?:' && isScript)) {
        const isSymbol = language.hasCommands && tokens.startOf(at + 1) === tokens.endOf(at);
        const isSpaced = tokens.startOf(at) > tokens.endOf(code.before(at));
        if (!(isSymbol && (isSpaced || code.before(at) < 0)) && colon < 0) colon = at;
      } else if (ASSIGNS.has(text) || text === language.pairWord) {
        if (text === '->' && isJoint(code, at)) continue;
        return text === '=>' && language.hasArrows ? null : at;
      } else if (text === 'else') {
        choose();
        isCondition = true;
      } else if (text === 'then') isCondition = true;
      else if (text === 'if') isCondition = false;
      else if (text === '&&' || text === 'and') {
        choose();
        isCondition = true;
      } else if (isCondition) continue;
      else if (CHOOSES.has(text) || text === '?:') {
        choose();
        const before = code.before(at);
        for (const name of this.isTest ? [] : namesOf(code, before))
          this.add(name, before, 'choice');
      } else if (text === 'of' || text === 'in') {
        const loop = this.loopName(at);
        if (loop >= 0) this.addLoop(loop);
        if (loop >= 0 || !this.isTest) return null;
      } else if (this.isCompared(text) || STOPS.has(text)) return null;
    }
    return colon;
  }

  /** The name of a loop over what follows `in` or `of`. */
  private loopName(sign: number): number {
    const { code } = this;
    const first = code.firstOf(sign);
    const head = code.textOf(first) === 'for' ? first : code.before(code.openerOf(sign));
    if (!/^for(?:each)?$/.test(code.textOf(head))) return -1;
    return code.before(sign);
  }

  private addTarget(sign: number): void {
    const { code } = this;
    const last = targetOf(code, sign);
    const kind = code.tokens.kindAt(last);
    const isElement = this.as === 'value' && /^(?:\+=)$/.test(code.textOf(sign));
    const as = isElement ? 'element' : this.as;
    if (kind === 'word' || kind === 'number') this.add(bareName(code.textOf(last)), last, as);
    else if (kind === 'plain') this.add(code.textOf(last), last, as);
    else if (kind === 'endQuote') {
      const quote = code.tokens.partnerOf(last);
      this.addNameBeside(quote);
      this.add(wordAt(code, quote), quote, as);
    } else if (code.textOf(last) === ']') {
      const open = code.tokens.partnerOf(last);
      const [name] = namesOf(code, last);
      // a key that is computed, and an array: `[Type.BVN]:`, `codes[] =`
      const inner = code.openerOf(last - 1) === open ? code.tokens.previousCode(last) : -1;
      const word = inner >= 0 ? code.textOf(inner) : code.textOf(code.before(open));
      const text = inner >= 0 ? stringAt(code, code.whole(inner).first) : null;
      this.add(name ?? text ?? bareName(word), open, inner < 0 ? 'element' : as);
    }
  }

  /** What the part of an expression is in, as an expression. */
  private around(first: number, hasKey: boolean): TokenRange | null {
    const { code } = this;
    const opener = code.openerOf(first);
    const sign = code.textOf(opener);
    if (opener < 0) return null;
    if (code.language.layout === 'yaml' && code.hasStatements(opener)) return this.inside(opener);
    if (code.language.layout === 'settings') {
      this.add(sign, opener, 'entry');
      return null;
    }
    if (code.hasStatements(opener)) {
      this.addClass(opener);
      return null;
    }
    if (
      code.tokens.kindAt(opener) !== 'open' ||
      code.tokens.kindAt(code.openerOf(opener)) === 'quote'
    )
      return null;
    if (sign === '(') return this.aroundCall(opener, first, hasKey);
    if (sign === '[' && isOperandBefore(code, opener) && !isKeyword(code, code.before(opener)))
      return null;
    const pair = this.keyOfPair(opener, first);
    if (pair >= 0) {
      this.add(wordAt(code, pair), pair);
      this.as = 'entry';
    }
    if (this.as !== 'entry') this.as = 'element';
    return code.whole(opener);
  }

  /** `new Map([['0810', 'approved']])`, `new Dictionary<…> { { "0810", "approved" } }` */
  private keyOfPair(opener: number, first: number): number {
    const { code } = this;
    const key = code.firstPart(opener)?.first ?? first;
    const value = code.nextPart(key);
    if (value?.first !== code.firstOf(first) || code.nextPart(value.first) !== null) return -1;
    let before = code.openerOf(opener);
    if (code.textOf(code.openerOf(before)) === '(') before = code.openerOf(before);
    for (let steps = 0; before >= 0 && steps < 20; before = code.before(before), steps += 1)
      if (/^(?:Map|Dictionary|fromEntries)$/.test(code.textOf(before))) return key;
    return -1;
  }

  /** `- name: SMILE_API_KEY` before `value: …`, as deployments and collections of requests write it. */
  private addNameBeside(key: number): void {
    const { code } = this;
    const opener = code.openerOf(key);
    if (wordAt(code, key) !== 'value') return;
    let part = code.firstPart(opener);
    for (let parts = 0; part !== null && part.first < key && parts < 6; parts += 1) {
      const isBlock = code.textOf(part.last) === ':';
      const last = isBlock ? code.partOf(part.last + 1).last : part.last;
      const { first } = code.whole(last);
      if (/^(?:name|key)$/.test(wordAt(code, part.first))) this.add(wordAt(code, first), first);
      part = code.nextPart(part.first);
    }
  }

  /** In YAML, the key that a value is below. */
  private inside(below: number): TokenRange | null {
    const { code } = this;
    let opener = below;
    for (let dashes = 0; code.textOf(opener) === '-'; dashes += 1) {
      if (this.as !== 'entry') this.as = 'element';
      if (dashes > DEEPEST) return null;
      opener = code.openerOf(opener);
    }
    if (opener < 0) return null;
    this.addNameBeside(opener);
    this.add(wordAt(code, opener), opener);
    this.as = 'entry';
    return code.whole(opener);
  }

  /** `[]string{…}`, `new Set<string> {…}`, `mapOf(…)`: the literal with its type. */
  private typed({ first, last }: TokenRange): TokenRange {
    const { code } = this;
    const callee = code.textOf(first) === '(' ? calleeOf(code, first) : -1;
    if (callee >= 0 && !isKeyword(code, callee)) return { first: this.startOfCall(callee), last };
    let at = first;
    for (let steps = 0; steps < 40; steps += 1) {
      const before = code.before(at);
      const isType =
        before >= 0 &&
        code.textOf(first) === '{' &&
        (/^[\]\[<>.,*]$/.test(code.textOf(before)) || code.tokens.kindAt(before) === 'word') &&
        !isKeyword(code, before);
      if (!isType) break;
      at = before;
    }
    return { first: at, last };
  }

  private aroundCall(open: number, first: number, hasKey: boolean): TokenRange | null {
    const { code } = this;
    const callee = calleeOf(code, open);
    const last = code.tokens.partnerOf(open);
    if (callee < 0) {
      // a tuple, and not brackets around one value
      const part = code.firstOf(first);
      const isTuple =
        code.firstPart(open)?.first !== part ||
        code.nextPart(part) !== null ||
        code.textOf(code.tokens.previousCode(last)) === ',';
      if (isTuple && this.as === 'value') this.as = 'element';
      return { first: open, last };
    }
    if (isKeyword(code, callee)) {
      const isGrouping = /^(?:return|in|of|and|or|not|await|yield|else|case|when)$/.test(
        code.textOf(callee),
      );
      return isGrouping ? { first: open, last } : null;
    }
    const name = code.textOf(callee);
    const start = this.startOfCall(callee);
    const argument = code.firstPart(open)?.first ?? first;
    const isSecond = code.nextPart(argument)?.first === code.firstOf(first);
    const isSetter = !hasKey && isSecond && SETTERS.has(name.toLowerCase());
    const text = isSetter ? stringAt(code, argument) : null;
    if (text !== null) {
      this.add(text, argument);
      this.as = 'choice';
      return { first: start, last };
    }
    if (CONVERSIONS.has(name) && !hasKey) return { first: start, last };
    const statement = code.openerOf(callee);
    if (callee === code.firstOf(callee) && code.hasStatements(statement) && CONSTANT.test(name)) {
      this.add(name, callee); // of an enum: `APPROVED("0810")`
      this.addClass(statement);
      return null;
    }
    if (this.isTest && !hasKey) return { first: start, last };
    const joint = code.before(callee);
    const isAdded = ADDS.test(name) && isJoint(code, joint);
    // Go's `append(codes, "0810")` is a longer list
    const isLonger = name === 'append' && !isAdded && argument !== code.firstOf(first);
    const word = LAST_WORD.exec(name.slice(-20))?.[0] ?? '';
    const isList = isAdded || isLonger || WRAPPERS.has(word.toLowerCase());
    if (ASKS.test(name) || !isList) return null;
    if (this.as !== 'entry') this.as = 'element';
    if (!isAdded) return { first: start, last };
    const holder = code.before(joint);
    for (const each of namesOf(code, holder)) this.add(each, holder);
    return null;
  }

  private startOfCall(callee: number): number {
    const { code } = this;
    const { first } = operandTo(code, callee);
    const before = code.before(first);
    return code.textOf(before) === 'new' ? before : first;
  }

  /** `class ResultCodes { const A = '0810'; }`, `enum ResultCode { A = '0810' }` */
  private addClass(opener: number): void {
    const { code } = this;
    const isWord = code.tokens.kindAt(opener) === 'word';
    let at = isWord ? opener : code.firstOf(opener);
    for (let steps = 0; at >= 0 && (isWord || at < opener) && steps < 12; steps += 1) {
      let name = code.after(at);
      if (CLASSES.has(code.textOf(at)) && code.tokens.kindAt(name) === 'word') {
        if (CLASSES.has(code.textOf(name))) name = code.after(name); // enum class
        this.add(code.textOf(name), name, 'entry');
        return;
      }
      at = code.after(at);
    }
  }
}
