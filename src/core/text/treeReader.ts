import type { Language } from './languages';
import type { Tokens } from './tokens';
import { wordSet } from './wordSet';

/** What is in a group. */
export const GROUP = { values: 0, statements: 1 } as const;

/** What is known of each token, by its index; -1 for none. */
export interface TreeArrays {
  readonly openers: Int32Array;
  readonly firsts: Int32Array;
  /** By the first token of a part. */
  readonly lasts: Int32Array;
  readonly nextParts: Int32Array;
  readonly befores: Int32Array;
  readonly afters: Int32Array;
  /** By what opens a group: where it ends, and its kind. */
  readonly closers: Int32Array;
  readonly kinds: Uint8Array;
  /** By what opens a group: the token around it, or it, that is in a statement and in no brackets of that. */
  readonly holders: Int32Array;
  /** By 1 more than what opens a group: its first part. */
  readonly firstParts: Int32Array;
}

/** A group that is open. */
interface Group {
  readonly opener: number;
  readonly hasStatements: boolean;
  /** Whether a comma ends a part, and whether a line end does. */
  readonly hasCommas: boolean;
  readonly hasLines: boolean;
  /** Of a block that ends with its indentation: the column of its head; else -1. */
  readonly column: number;
  /** Whether `end`, or the next word such as `else`, closes it. */
  readonly isBlock: boolean;
  lastPart: number;
  first: number;
  last: number;
  /** The word at which the head of a block begins; its body follows. */
  head: number;
  /** How many question marks of the part wait for their colon. */
  choices: number;
}

/** After these at the end of a line, the statement may be over. */
const MAY_END = wordSet('++ -- ! ? > ; /> ?>');
/** With these at the start of a line, the statement goes on. */
const GOES_ON = wordSet(
  '. ?. &. -> ?-> :: && || ?? ? ?: : + - = == === != !== => , | instanceof as satisfies and or',
);
const EXPECTS_MORE = wordSet('instanceof in of extends implements await new typeof as and or not');
const NEXT_BRANCH = wordSet('else catch finally elseif');
const BEFORE_NEXT_BRANCH = wordSet('if else try catch elseif unless');
/** What follows the body of an expression: it belongs to the same statement. */
const AFTER_BODY = wordSet('while as satisfies instanceof is in to and or from else catch finally');
const BEFORE_VALUES = wordSet(
  'return default yield await case of in typeof import export const let var type throw as new ' +
    'extends keyof satisfies is',
);
const PYTHON_HEADS = wordSet(
  'if elif else for while with try except finally def class match case async',
);
const RUBY_HEADS = wordSet('if unless while until for case def class module begin');
const RUBY_STATEMENTS = wordSet('if unless while until for');
const RUBY_BRANCHES = wordSet('else elsif when in rescue ensure');
const RUBY_BEFORE_HEAD = wordSet('then else do return and or not begin');
const PHP_TAG = wordSet('<?php <?= <? ?>');

export function readTree(tokens: Tokens, language: Language): TreeArrays {
  return new TreeReader(tokens, language).read();
}

class TreeReader {
  private readonly arrays: TreeArrays;
  private readonly groups: Group[] = [];
  private top: Group;
  private previous = -1;
  /** Whether a line begins with the token, and its column; then that of the line's first token. */
  private isNewLine = false;
  private column = 0;
  private lineStart = 0;
  private lineColumn = 0;
  private readonly isYaml: boolean;
  private readonly isRuby: boolean;
  private readonly isPython: boolean;

  constructor(
    private readonly tokens: Tokens,
    private readonly language: Language,
  ) {
    const { length } = tokens;
    const array = (): Int32Array => new Int32Array(length + 1).fill(-1);
    this.arrays = {
      openers: array(),
      firsts: array(),
      lasts: array(),
      befores: array(),
      afters: array(),
      nextParts: array(),
      closers: array(),
      kinds: new Uint8Array(length),
      firstParts: array(),
      holders: array(),
    };
    this.isYaml = language.layout === 'yaml';
    this.isRuby = language.blocks === 'end';
    this.isPython = language.blocks === 'indentation' && language.layout === 'code';
    this.top = this.enter(-1, { hasStatements: true, hasLines: this.endsWithLine });
  }

  private get endsWithLine(): boolean {
    return this.language.linesEnd !== 'never';
  }

  read(): TreeArrays {
    const { tokens, arrays } = this;
    for (let index = 0; index < tokens.length; index += 1) {
      if (tokens.kindAt(index) === 'comment') {
        arrays.openers[index] = this.top.opener;
        arrays.firsts[index] = index;
        continue;
      }
      this.findLine(index);
      this.token(index);
      this.previous = index;
    }
    while (this.groups.length > 0) this.leave(tokens.length);
    return arrays;
  }

  private findLine(index: number): void {
    const { text } = this.tokens;
    const start = this.tokens.startOf(index);
    let at = start - 1;
    const least = this.previous < 0 ? 0 : this.tokens.endOf(this.previous);
    while (at >= least && text.charCodeAt(at) !== 10) at -= 1;
    this.isNewLine = at >= least || this.previous < 0;
    if (this.isNewLine) this.lineStart = at + 1;
    this.column = start - this.lineStart;
    if (this.isNewLine) this.lineColumn = this.column;
  }

  private enter(opener: number, group: Partial<Group>): Group {
    const entered: Group = {
      hasStatements: false,
      hasCommas: false,
      hasLines: false,
      column: -1,
      isBlock: false,
      first: -1,
      last: -1,
      head: -1,
      choices: 0,
      lastPart: -1,
      ...group,
      opener,
    };
    const outer = this.groups[this.groups.length - 1];
    if (outer !== undefined)
      this.arrays.holders[opener] = outer.hasStatements
        ? opener
        : (this.arrays.holders[outer.opener] ?? -1);
    this.groups.push(entered);
    this.top = entered;
    if (opener >= 0)
      this.arrays.kinds[opener] = entered.hasStatements ? GROUP.statements : GROUP.values;
    return entered;
  }

  private leave(closer: number): void {
    const left = this.groups.pop();
    if (left === undefined) return;
    if (left.opener >= 0) this.arrays.closers[left.opener] = closer;
    this.top = this.groups[this.groups.length - 1] ?? left;
  }

  private place(index: number): void {
    const { top, arrays } = this;
    arrays.openers[index] = top.opener;
    if (top.first < 0) {
      top.first = index;
      if (top.lastPart < 0) arrays.firstParts[top.opener + 1] = index;
      else arrays.nextParts[top.lastPart] = index;
      top.lastPart = index;
    } else {
      arrays.befores[index] = top.last;
      arrays.afters[top.last] = index;
    }
    arrays.firsts[index] = top.first;
    arrays.lasts[top.first] = index;
    top.last = index;
  }

  private separator(index: number): void {
    this.arrays.openers[index] = this.top.opener;
    this.arrays.firsts[index] = index;
    this.arrays.lasts[index] = index;
    this.endPart();
  }

  private endPart(): void {
    this.top.first = -1;
    this.top.head = -1;
    this.top.choices = 0;
  }

  private token(index: number): void {
    const kind = this.tokens.kindAt(index);
    if (kind === 'close' || kind === 'endQuote') {
      this.close(index);
      return;
    }
    if (this.isYaml && (this.top.column >= 0 || this.groups.length === 1)) this.yamlLine(index);
    else if (kind !== 'quote' || !this.isHeredoc(index)) this.boundary(index);
    switch (kind) {
      case 'open':
      case 'quote':
        this.open(index, kind === 'quote');
        break;
      case 'punctuation':
        this.punctuation(index);
        break;
      case 'word':
        if (this.isRuby && this.rubyWord(index)) break;
        this.place(index);
        if (
          this.isPython &&
          this.top.hasStatements &&
          this.top.first === index &&
          PYTHON_HEADS.has(this.tokens.textOf(index))
        )
          this.top.head = index;
        break;
      case 'markup':
        if (this.language.markup === 'php') this.separator(index);
        else this.place(index);
        break;
      default:
        this.place(index);
    }
  }

  private close(index: number): void {
    const opener = this.tokens.partnerOf(index);
    if (opener < 0) {
      this.place(index);
      return;
    }
    while (this.groups.length > 1 && this.top.opener !== opener) this.leave(index);
    this.leave(index);
    if (this.isHeredoc(opener)) this.aside(opener, index);
    else this.place(index);
  }

  private isHeredoc(quote: number): boolean {
    return this.tokens.startOf(quote) === this.tokens.endOf(quote);
  }

  /** The text of Ruby's and a shell's `<<ID`, which is in no statement. */
  private aside(quote: number, last: number): void {
    const { arrays, top } = this;
    for (const index of [quote, last]) {
      arrays.openers[index] = top.opener;
      arrays.firsts[index] = quote;
    }
    arrays.lasts[quote] = last;
  }

  private open(index: number, isQuote: boolean): void {
    if (isQuote) {
      if (this.isHeredoc(index)) this.aside(index, index);
      else this.place(index);
      if (this.tokens.partnerOf(index) >= 0) this.enter(index, {});
      return;
    }
    const isCurly = this.tokens.textOf(index).endsWith('{');
    const inString = this.tokens.kindAt(this.top.opener) === 'quote';
    const hasStatements = isCurly && !inString && this.opensStatements(index);
    const isListed = hasStatements && this.isEnumOrMatch();
    this.place(index);
    if (this.language.layout === 'settings') {
      this.enter(index, {});
      return;
    }
    this.enter(index, {
      hasStatements,
      hasCommas: !inString && (!hasStatements || isListed),
      hasLines: isCurly && !inString && this.language.linesEnd === 'unless open',
    });
  }

  // --- where a part ends ---

  private boundary(index: number): void {
    const { top, tokens, language } = this;
    if (this.isPython && this.isNewLine) this.dedent(index);
    if (this.isRuby && this.isNewLine && top.head >= 0 && !this.goesOn(index)) this.openBody();
    const group = this.top;
    if (group.first < 0) return;
    if (group.opener >= 0 && !group.hasStatements && !group.hasLines) return;
    if (this.isNewLine && group.hasLines && !this.goesOn(index)) {
      this.endPart();
      if (language.layout === 'settings') this.settingsLine(index);
    } else if (language.blocks === 'brackets' && group.hasStatements && this.endsWithBody(index))
      this.endPart();
    else if (
      language.blocks === 'brackets' &&
      NEXT_BRANCH.has(tokens.textOf(index)) &&
      BEFORE_NEXT_BRANCH.has(tokens.textOf(group.first))
    )
      this.endPart();
  }

  /** Whether a statement goes on in a new line. */
  private goesOn(index: number): boolean {
    const { tokens, language, previous } = this;
    if (language.layout === 'settings' || previous < 0) return false;
    const last = tokens.textOf(previous);
    if (language.linesEnd === 'always') return last === '\\';
    const kind = tokens.kindAt(previous);
    if (kind === 'punctuation' && !MAY_END.has(last) && !(this.isRuby && last === '|')) return true;
    if (kind === 'word' && EXPECTS_MORE.has(last)) return true;
    const next = tokens.textOf(index);
    if (next === '{') return !this.isRuby;
    if (!GOES_ON.has(next)) return false;
    // Ruby's symbols
    return !(this.isRuby && next === ':');
  }

  /** Whether a statement ended with the body before this token. */
  private endsWithBody(index: number): boolean {
    const { tokens, arrays, previous, top } = this;
    if (previous !== top.last || tokens.textOf(previous) !== '}') return false;
    const opener = tokens.partnerOf(previous);
    if (opener < 0 || arrays.kinds[opener] !== GROUP.statements) return false;
    const text = tokens.textOf(index);
    switch (tokens.kindAt(index)) {
      case 'word':
        return !AFTER_BODY.has(text);
      case 'punctuation':
        return this.isNewLine && ['@', '#', '++', '--', '&', '*', '!', '...', '?>'].includes(text);
      default:
        return this.isNewLine;
    }
  }

  private punctuation(index: number): void {
    const { top, tokens, language } = this;
    const sign = tokens.textOf(index);
    if (sign === ';' && language.heads.has(tokens.textOf(top.first))) {
      this.place(index); // in the head of an `if`
      return;
    }
    if (sign === ';' || sign === ';;' || (language.markup === 'php' && PHP_TAG.has(sign))) {
      // brackets that are not closed end with the statement
      while (this.groups.length > 1 && !this.top.hasStatements && this.isUnclosed(this.top.opener))
        this.leave(index);
      if (this.isRuby && this.top.head >= 0) this.openBody();
      this.separator(index);
      return;
    }
    if (sign === ',' && top.hasCommas) {
      this.separator(index);
      return;
    }
    if (this.isYaml && top.hasStatements) {
      this.yamlSign(index, sign);
      return;
    }
    this.place(index);
    if (sign === '?') top.choices += 1;
    if (sign === '=' && this.isRuby && top.head >= 0 && tokens.textOf(top.head) === 'def') {
      // `def name = value` has no body; `def name=(value)` has
      if (tokens.startOf(index) > tokens.endOf(this.previous)) top.head = -1;
    }
    if (sign !== ':') return;
    if (top.choices > 0) top.choices -= 1;
    else if (this.isPython && top.head >= 0) {
      const { head } = top;
      top.head = -1;
      this.enter(head, { hasStatements: true, hasLines: true, column: this.lineColumn });
    } else if (language.blocks === 'brackets' && this.isLabel()) this.endPart();
  }

  private isLabel(): boolean {
    const { top, tokens } = this;
    return top.hasStatements && /^(?:case|default)$/.test(tokens.textOf(top.first));
  }

  private isUnclosed(opener: number): boolean {
    return this.tokens.kindAt(opener) === 'open' && this.tokens.partnerOf(opener) < 0;
  }

  // --- what a brace opens ---

  private opensStatements(open: number): boolean {
    const { tokens, top } = this;
    const { braces, heads, hasInitializers } = this.language;
    if (braces === 'statements' || braces === 'values') return braces === 'statements';
    const last = top.first < 0 ? -1 : top.last;
    if (last < 0) return top.hasStatements;
    const text = tokens.textOf(last);
    if (braces === 'by distance') {
      if (tokens.kindAt(last) === 'punctuation') return false;
      const isTight = tokens.endOf(last) === tokens.startOf(open);
      return !isTight || text === ')' || heads.has(text);
    }
    switch (tokens.kindAt(last)) {
      case 'punctuation':
        if (text === '>') return !this.isAfterNew() && this.isTypeArgument(last);
        return text === '->' || (text === '=>' && !this.isRuby);
      case 'word':
        if (BEFORE_VALUES.has(text)) return false;
        return !(hasInitializers && this.isAfterNew());
      case 'close':
        if (text === ')') return !(hasInitializers && this.isAfterNew());
        return text === '}';
      default:
        return false;
    }
  }

  /** Whether `>` ends the arguments of a type that has a name: `Set<T> {`, and not `= <T>{`. */
  private isTypeArgument(close: number): boolean {
    const { tokens, arrays } = this;
    let depth = 0;
    for (let at = close; at >= 0 && close - at < 100; at = arrays.befores[at] ?? -1) {
      const sign = tokens.textOf(at);
      if (sign === '>') depth += 1;
      if (sign !== '<') continue;
      depth -= 1;
      if (depth > 0) continue;
      const before = arrays.befores[at] ?? -1;
      return tokens.kindAt(before) === 'word' && !BEFORE_VALUES.has(tokens.textOf(before));
    }
    return true;
  }

  /** Whether the part ends with `new Type`, `new Type<…>` or `new Type(…)`. */
  private isAfterNew(): boolean {
    const { tokens, arrays, top } = this;
    let at = top.last;
    for (let steps = 0; at >= 0 && steps < 40; steps += 1) {
      const text = tokens.textOf(at);
      if (text === 'new') return true;
      if (tokens.kindAt(at) === 'punctuation' && !'.<>,?'.includes(text)) return false;
      at = arrays.befores[at] ?? -1;
    }
    return false;
  }

  /** Whether commas are between the parts of a body: in an enum, and between the arms of `match`. */
  private isEnumOrMatch(): boolean {
    const { tokens, arrays, top } = this;
    let at = top.first < 0 ? -1 : top.last;
    if (tokens.textOf(at) === ')') {
      const callee = arrays.befores[tokens.partnerOf(at)] ?? -1;
      if (tokens.textOf(callee) === 'match') return true;
    }
    // `code switch {`, and not `switch {`
    if (tokens.textOf(at) === 'switch' && (arrays.befores[at] ?? -1) >= 0) return true;
    for (let steps = 0; at >= 0 && steps < 12; steps += 1) {
      if (tokens.textOf(at) === 'enum') return true;
      at = arrays.befores[at] ?? -1;
    }
    return false;
  }

  // --- blocks that end with their indentation, or with a word ---

  private dedent(index: number): void {
    while (this.top.column >= this.column) this.leave(index);
  }

  private openBody(): void {
    const { head } = this.top;
    this.top.head = -1;
    if (head >= 0) this.enter(head, { hasStatements: true, hasLines: true, isBlock: true });
  }

  /** Whether a word of Ruby was all that a block begins, goes on or ends with. */
  private rubyWord(index: number): boolean {
    const { tokens, top } = this;
    const word = tokens.textOf(index);
    const sign = this.previous < 0 ? '' : tokens.textOf(this.previous);
    const isTight = this.previous >= 0 && tokens.endOf(this.previous) === tokens.startOf(index);
    const isName = (sign === '.' || sign === '&.' || sign === ':' || sign === '::') && isTight;
    const { text } = tokens;
    const end = tokens.endOf(index);
    const isKey = text.charAt(end) === ':' && text.charAt(end + 1) !== ':';
    if (isName || isKey) return false;
    if (word === 'end') {
      if (top.head >= 0) this.openBody();
      while (this.groups.length > 1 && this.isUnclosed(this.top.opener)) this.leave(index);
      if (!this.top.isBlock) return false;
      this.leave(index);
      this.place(index);
      return true;
    }
    if (word === 'then' || (word === 'do' && top.head >= 0 && this.isLoop(top.head))) {
      this.place(index);
      this.openBody();
      return true;
    }
    if (top.isBlock && RUBY_BRANCHES.has(word) && (top.first < 0 || !/^(?:in|rescue)$/.test(word)))
      this.leave(index);
    else if (word === 'do') {
      this.place(index);
      this.enter(index, { hasStatements: true, hasLines: true, isBlock: true });
      return true;
    } else if (!RUBY_HEADS.has(word) || !this.isRubyHead(word, sign)) return false;
    this.place(index);
    this.top.head = index;
    if (/^(?:else|ensure|begin)$/.test(word)) this.openBody();
    return true;
  }

  private isLoop(head: number): boolean {
    return /^(?:while|until|for)$/.test(this.tokens.textOf(head));
  }

  /** `if` after a statement has no `end`. */
  private isRubyHead(word: string, sign: string): boolean {
    if (!RUBY_STATEMENTS.has(word) || this.top.first < 0) return true;
    if (this.tokens.kindAt(this.previous) === 'punctuation') return true;
    return RUBY_BEFORE_HEAD.has(sign);
  }

  // --- YAML and settings ---

  private yamlLine(index: number): void {
    if (!this.isNewLine) return;
    const isDash = this.tokens.textOf(index) === '-';
    while (
      this.top.column > this.column ||
      (this.top.column === this.column && !(isDash && this.tokens.textOf(this.top.opener) !== '-'))
    )
      this.leave(index);
    if (this.tokens.textOf(index) === '---') while (this.groups.length > 1) this.leave(index);
    this.endPart();
  }

  private yamlSign(index: number, sign: string): void {
    const { top } = this;
    const key = sign === '-' ? index : top.first;
    const column = this.tokens.startOf(key) - this.lineStart;
    this.place(index);
    if (sign === '-' || (sign === ':' && key !== index))
      this.enter(key, { hasStatements: true, hasLines: true, column: Math.max(0, column) });
  }

  /** The lines below `[section]` are in it. */
  private settingsLine(index: number): void {
    const { tokens } = this;
    if (tokens.textOf(index) === '[') {
      while (this.groups.length > 1) this.leave(index);
      return;
    }
    const name = this.previous - 1;
    if (tokens.textOf(this.previous) === ']' && tokens.kindAt(name) === 'plain')
      this.enter(name, { hasStatements: true, hasLines: true });
  }
}
