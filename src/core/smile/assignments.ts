import type { Steps } from '../slicedWork';

/** Brackets, a section or a level of indentation: what is in it belongs together. */
export interface Scope {
  readonly parent: Scope | null;
  /** Its name: `smile` in `smile: {`, in `[smile]` and in YAML's `smile:`. */
  readonly name: string;
  /** What is right before its bracket: `WebApi` in `new WebApi(`. */
  readonly callee: string;
  /** Whether it has brackets or a name; the rest of a file, and paragraphs, have neither. */
  readonly isGroup: boolean;
}

/** A name and what is assigned to it. */
export interface Assignment {
  readonly name: string;
  /** The text of a literal; null for what is computed or read from elsewhere. */
  readonly value: string | null;
  /** Where the value begins. */
  readonly start: number;
  readonly scope: Scope;
}

/** A call with arguments by position; arguments that are not literals are null. */
export interface Call {
  readonly scope: Scope;
  readonly values: readonly (string | null)[];
  readonly starts: readonly number[];
}

export interface Assignments {
  readonly assignments: readonly Assignment[];
  readonly calls: readonly Call[];
}

/** How a kind of file is read. */
interface Format {
  readonly comments: readonly ('#' | '//' | ';')[];
  readonly layout: 'brackets' | 'paragraphs' | 'indentation';
  /** When a value may be without quotes. `tight`: only in `NAME=value` without blanks, as in a shell. */
  readonly bare: 'never' | 'tight' | 'always';
}

const SLASHES: Format = { comments: ['//'], layout: 'brackets', bare: 'never' };
const HASH: Format = { comments: ['#'], layout: 'brackets', bare: 'never' };
const BOTH: Format = { comments: ['//', '#'], layout: 'brackets', bare: 'never' };
const SETTINGS: Format = { comments: ['#', ';'], layout: 'paragraphs', bare: 'always' };
const YAML: Format = { comments: ['#'], layout: 'indentation', bare: 'always' };
/** A file of no known type may contain any of them: a README, a note, a text without a name. */
const MIXED: Format = { comments: ['//', '#'], layout: 'brackets', bare: 'tight' };

const FORMATS: readonly (readonly [Format, ...string[]])[] = [
  [SLASHES, 'js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'vue', 'svelte', 'java', 'kt'],
  [SLASHES, 'kts', 'cs', 'go', 'swift', 'dart', 'rs', 'gradle', 'json', 'jsonc', 'xml', 'config'],
  [HASH, 'py', 'rb', 'ex', 'exs'],
  [BOTH, 'php'],
  [SETTINGS, 'properties', 'ini', 'cfg', 'conf', 'toml', 'sh', 'bash', 'zsh'],
  [YAML, 'yml', 'yaml'],
];

function formatOf(path: string): Format {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/(?:^|\.)env(?:\.|rc$|$)/.test(name)) return SETTINGS;
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return FORMATS.find(([, ...endings]) => endings.includes(ending))?.[0] ?? MIXED;
}

const WORD = /[\w$@][\w.$-]*/y;
const LITERAL_WORD = /^(?:\d+|true|false)$/i;
/** A value without quotes, and what may follow it: with anything else, a shell or a template would change it. */
const BARE = /[^\s"'`,;()[\]{}<>#$]+/y;
const AFTER_BARE = /[\s,;"')\]}]/;
/** What follows a literal that is only the beginning of an expression. */
const GOES_ON = /\s*[+.?|&%*=:[(]|[ \t]*(?:if|or|and|unless)\b/y;
/** Before "=", they make a comparison, or more than a plain assignment. */
const CHANGES_SIGN = new Set('!<>+-*/%|&^~?'.split(''));
const CHOICE = /(?<=\s)\?(?![.?:])/y;
const HARMLESS = /\.(?:freeze\b|to_string\(\))/y;
const DEEPEST = 200;
/** Comments of properties files, SQL, Lua, Lisp and batch files, if the format does not say which one it is. */
const LINE_COMMENT = /^(?:!|--|;;|%|rem\b)/i;

/**
 * The mark before a text of several lines in shells, Ruby, PHP, Terraform and Docker. With a blank it is a mark only
 * in capitals: Ruby adds to a list with the same characters.
 */
const TEXT_MARK =
  /<<<?[-~]?(?:\\?(["'`]?)([A-Za-z_]\w*)\1|[ \t]+\\?(["'`]?)([A-Z_][A-Z\d_]*)\b\3)/y;
/** The same mark on a line of its own, which ends the text. */
const END_MARK = /^[ \t]*(\w+)[;,)\]]*[ \t]*\r?$/gm;
const REST_OF_WORD = /\S*/y;

class OpenScope implements Scope {
  /** Of the argument that is read now. */
  literal: string | null = null;
  start = 0;
  tokens = 0;
  isNamed = false;
  values: (string | null)[] | null = null;
  starts: number[] | null = null;

  constructor(
    readonly parent: OpenScope | null,
    readonly name: string,
    readonly callee: string,
    readonly isGroup: boolean,
    readonly bracket: string,
    /** If indentation decides what belongs together: the column of the line above it. */
    readonly column = -1,
  ) {}

  endArgument(): void {
    if (this.tokens > 0) {
      (this.values ??= []).push(this.tokens === 1 && !this.isNamed ? this.literal : null);
      (this.starts ??= []).push(this.start);
    }
    this.literal = null;
    this.tokens = 0;
    this.isNamed = false;
  }
}

/**
 * Reads a file once from its beginning to its end, without the grammar of its language: names with the literal that
 * is assigned to each, and calls with their literals. Comments are skipped. A string ends with its line at the
 * latest, so that a stray quote affects only its own line.
 * @param path of the file, for its format
 */
export const readAssignmentsSteps = (text: string, path: string): Steps<Assignments> =>
  new Reader(text, formatOf(path)).read();

function endMarksIn(text: string): Map<string, number[]> {
  const ends = new Map<string, number[]>();
  for (const { 0: line, 1: mark = '', index } of text.matchAll(END_MARK)) {
    const end = index + line.indexOf(mark) + mark.length;
    const before = ends.get(mark);
    if (before) before.push(end);
    else ends.set(mark, [end]);
  }
  for (const each of ends.values()) each.reverse();
  return ends;
}

class Reader {
  private readonly assignments: Assignment[] = [];
  private readonly calls: Call[] = [];
  private scope = new OpenScope(null, '', '', false, '');
  /** How many brackets are open beyond the deepest level that is tracked. */
  private deeper = 0;
  private at = 0;
  private isLineStart = true;
  /** The word that a sign or bracket after it would belong to. */
  private word = '';
  /** The name before the last sign, while its value may continue, and whether a type may still follow it. */
  private name = '';
  private mayBeTyped = false;
  private hasBegun = false;
  /** The scope in which "?" was read and ":" has not come yet. */
  private choice: OpenScope | null = null;
  /** Where the names of this line begin. */
  private column = 0;
  private noBareBefore = 0;
  private depth = 0;
  /** Marks of the texts that begin after this line. */
  private textMarks: string[] = [];
  /** Where each mark on a line of its own ends, last first. */
  private endMarks: Map<string, number[]> | null = null;

  constructor(
    private readonly text: string,
    private readonly format: Format,
  ) {}

  *read(): Steps<Assignments> {
    const { text } = this;
    this.startLine();
    for (; this.at < text.length; yield) {
      const char = text.charAt(this.at);
      if (char === '\n') {
        this.at += 1;
        this.skipTexts();
        this.startLine();
      } else if (char <= ' ') this.at += 1;
      else if (!this.skipComment(char)) {
        this.readToken(char);
        this.isLineStart = false;
      }
    }
    while (this.scope.parent !== null) this.leave();
    return { assignments: this.assignments, calls: this.calls };
  }

  private readToken(char: string): void {
    const hasBrackets = this.format.layout === 'brackets';
    if (char === '"' || char === "'" || char === '`') this.readText(char);
    else if (char === '=' || char === ':') this.readSign(char);
    else if (hasBrackets && '({['.includes(char)) this.open(char);
    else if (hasBrackets && ')}]'.includes(char)) this.close();
    else if (char === ',' || char === ';') this.endPart();
    else if (char !== '<' || !this.readTextMark()) this.readWord();
  }

  /** In other languages the same characters shift numbers, and no text begins with them. */
  private readTextMark(): boolean {
    if (!this.format.comments.includes('#')) return false;
    TEXT_MARK.lastIndex = this.at;
    const found = TEXT_MARK.exec(this.text);
    if (!found) return false;
    this.at = TEXT_MARK.lastIndex;
    this.textMarks.push(found[2] ?? found[4] ?? '');
    return true;
  }

  /** A text without an end mark is not skipped. */
  private skipTexts(): void {
    for (const mark of this.textMarks) {
      const ends = (this.endMarks ??= endMarksIn(this.text)).get(mark) ?? [];
      while ((ends.at(-1) ?? Infinity) < this.at) ends.pop();
      this.at = ends.pop() ?? this.at;
    }
    this.textMarks = [];
  }

  private startLine(): void {
    const { text, format } = this;
    this.isLineStart = true;
    this.mayBeTyped = false;
    if (this.hasBegun) this.name = '';
    if (format.layout === 'brackets') return;
    this.name = '';
    this.word = '';
    let first = this.at;
    while (text.charAt(first) === ' ' || text.charAt(first) === '\t') first += 1;
    const char = text.charAt(first);
    const isBlank = char === '\n' || char === '\r' || char === '';
    if (format.layout === 'paragraphs') {
      if (isBlank) this.startParagraph();
      else if (char === '[') this.startSection(first);
    } else if (!isBlank && char !== '#') this.indent(first);
  }

  private startParagraph(): void {
    if (this.scope.column === 0) this.leave();
    this.enter(new OpenScope(this.scope, '', '', false, '', 0));
  }

  private startSection(from: number): void {
    const end = this.text.indexOf('\n', from);
    const line = this.text.slice(from, end < 0 ? undefined : end);
    const name = /^\[+([^[\]]{1,100})\]+/.exec(line)?.[1];
    if (name === undefined) return;
    while (this.scope.parent !== null) this.leave();
    this.enter(new OpenScope(this.scope, name.trim(), '', true, ''));
    this.at = from + line.length;
  }

  /** Leaves the scopes that end before a line with this indentation; each item of a list has its own scope. */
  private indent(first: number): void {
    this.column = first - this.at;
    while (this.scope.column >= this.column) this.leave();
    if (!this.text.startsWith('- ', first)) return;
    this.enter(new OpenScope(this.scope, '', '', true, '', this.column));
    this.at = first + 2;
    this.column += 2;
  }

  private skipComment(char: string): boolean {
    const { text, format, at } = this;
    const before = at === 0 ? '\n' : text.charAt(at - 1);
    if (char === '/' && format.comments.includes('//')) {
      if (text.startsWith('//', at)) return this.skipTo('\n', 0);
      if (text.startsWith('/*', at)) return this.skipTo('*/', 2);
    }
    if (char === '#' && format.comments.includes('#') && /[\s);\]},'"]/.test(before)) {
      return this.skipTo('\n', 0);
    }
    if (char === '#' && format.layout !== 'brackets') return this.skipWord(); // part of a URL
    if (char === ';' && format.comments.includes(';') && this.isLineStart) {
      return this.skipTo('\n', 0);
    }
    if (this.isLineStart && format.bare !== 'never' && LINE_COMMENT.test(text.slice(at, at + 3))) {
      return this.skipTo('\n', 0);
    }
    return char === '<' && text.startsWith('<!--', at) && this.skipTo('-->', 3);
  }

  private skipWord(): true {
    this.take(REST_OF_WORD);
    return true;
  }

  private skipTo(end: string, length: number): true {
    const found = this.text.indexOf(end, this.at + length);
    this.at = found < 0 ? this.text.length : found + length;
    return true;
  }

  /** A string that follows no sign: an argument, or a name in quotes. */
  private readText(quote: string): void {
    const start = this.at + 1;
    const value = this.takeText(quote);
    this.token(this.goesOn() ? null : value, start);
    this.word = value ?? '';
  }

  /** @returns null for a string with escapes, or one of several lines */
  private takeText(quote: string): string | null {
    const { text } = this;
    const start = this.at + 1;
    if (quote !== '`' && text.startsWith(quote.repeat(3), this.at)) {
      this.skipTo(quote.repeat(3), 3);
      return null;
    }
    for (let end = start; end < text.length; end += 1) {
      const char = text.charAt(end);
      if (char === '\\') end += 1;
      else if (char === '\n') {
        this.at = end;
        return null;
      } else if (char === quote) {
        this.at = end + 1;
        const value = text.slice(start, end);
        return value.includes('\\') ? null : value;
      }
    }
    this.at = text.length;
    return null;
  }

  /** Whether an expression continues after what was just read. */
  private goesOn(): boolean {
    if (this.format.layout !== 'brackets') {
      return !/[\s,;#)}\]]/.test(this.text.charAt(this.at) || ' ');
    }
    this.take(HARMLESS);
    GOES_ON.lastIndex = this.at;
    return GOES_ON.test(this.text);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private readWord(): void {
    const start = this.at;
    const word = this.take(WORD);
    const isLiteral = LITERAL_WORD.test(word);
    if (word === '') {
      if (this.take(CHOICE) !== '') this.choice = this.scope;
      else this.at += 1;
    }
    this.word = isLiteral ? '' : word;
    this.token(isLiteral && !this.goesOn() ? word : null, start);
  }

  private token(literal: string | null, start: number): void {
    const { scope } = this;
    if (scope.tokens === 0) scope.start = start;
    scope.literal = scope.tokens === 0 ? literal : null;
    scope.tokens += 1;
    this.hasBegun = true;
  }

  private readSign(char: string): void {
    const { text, at } = this;
    const before = text.charAt(at - 1);
    const next = text.charAt(at + 1);
    if (char === ':' && this.choice === this.scope) {
      // This ":" is between two values to choose from, not between a name and its value.
      this.choice = null;
      this.word = '';
    }
    if (this.format.layout !== 'brackets' && text.startsWith('://', at)) {
      this.skipWord(); // a URL that is not a value: its parts are not settings
      return;
    }
    const isOther = char === '=' ? next === '=' || CHANGES_SIGN.has(before) : next === ':';
    if (isOther) {
      while (text.charAt(this.at) === char) this.at += 1;
      this.word = '';
      this.name = '';
      return;
    }
    this.at += (char === '=' && next === '>') || (char === ':' && next === '=') ? 2 : 1;
    const isTyped = char === '=' && next !== '>' && this.mayBeTyped;
    if (!isTyped) this.name = this.word;
    const isTight = char === '=' && before > ' ';
    this.mayBeTyped = char === ':' && next === ' ';
    this.word = '';
    this.hasBegun = false;
    this.scope.isNamed = true;
    this.readValue(char, isTight);
  }

  private readValue(sign: string, isTight: boolean): void {
    const { name, format, scope } = this;
    const from = this.at;
    this.skipBlanks();
    const start = this.at;
    let value: string | null = null;
    const char = this.text.charAt(start);
    const isQuoted = char === '"' || char === "'" || char === '`';
    if (isQuoted) {
      value = this.takeText(char);
      if (this.goesOn()) value = null;
    } else {
      const isTightHere = sign === '=' && isTight && start === from;
      if (format.bare === 'always' || (format.bare === 'tight' && isTightHere)) {
        value = this.takeBare();
      }
      value ??= this.takeLiteralWord();
      if (value !== null && this.goesOn()) value = null;
    }
    const isEmpty = start === this.at;
    if (format.layout === 'indentation' && sign === ':' && isEmpty && this.isLineEnd()) {
      this.enter(new OpenScope(scope, name, '', true, '', this.column));
      return;
    }
    if (name !== '') {
      this.assignments.push({ name, value, start: isQuoted ? start + 1 : start, scope });
    }
    if (isEmpty) return;
    this.token(null, start);
    // A literal that continues may be a type: `server: 0 | 1 = 0`.
    if (value === null) return;
    this.name = '';
    this.mayBeTyped = false;
  }

  private takeBare(): string | null {
    const start = this.at;
    if (start < this.noBareBefore) return null;
    const value = this.take(BARE);
    if (value !== '' && AFTER_BARE.test(this.text.charAt(this.at) || ' ')) return value;
    // Avoids reading it again from each sign in it.
    this.noBareBefore = this.at;
    this.at = start;
    return null;
  }

  private takeLiteralWord(): string | null {
    const start = this.at;
    const word = this.take(WORD);
    if (LITERAL_WORD.test(word)) return word;
    this.at = start;
    return null;
  }

  /** In a settings file, the value is on the line of its name. */
  private skipBlanks(): void {
    const isAnywhere = this.format.layout === 'brackets';
    const { text } = this;
    for (; this.at < text.length; this.at += 1) {
      const char = text.charAt(this.at);
      if (char > ' ' || (char === '\n' && !isAnywhere)) break;
    }
    const prefix = /[A-Za-z@]/.test(text.charAt(this.at)) && /["']/.test(text.charAt(this.at + 1));
    if (isAnywhere && prefix) this.at += 1;
  }

  private isLineEnd(): boolean {
    const char = this.text.charAt(this.at);
    return char === '' || char === '\n' || char === '#' || char === '|' || char === '>';
  }

  private endPart(): void {
    this.at += 1;
    this.scope.endArgument();
    this.choice = null;
    this.word = '';
    this.name = '';
    this.mayBeTyped = false;
  }

  private open(bracket: string): void {
    this.at += 1;
    this.token(null, this.at - 1);
    const { word, name } = this;
    this.word = '';
    this.name = '';
    this.mayBeTyped = false;
    if (this.deeper > 0 || this.depth === DEEPEST) this.deeper += 1;
    else this.enter(new OpenScope(this.scope, name, word, true, bracket));
  }

  private close(): void {
    this.at += 1;
    const { scope } = this;
    this.choice = null;
    this.name = '';
    this.mayBeTyped = false;
    if (this.deeper > 0) this.deeper -= 1;
    else if (scope.parent !== null) {
      scope.endArgument();
      const [only] = scope.values ?? [];
      // In `ENV['SMILE_API_KEY'] =` the name is in the brackets; in `function smile() {` it is before them.
      this.word =
        scope.bracket === '[' && scope.values?.length === 1 && typeof only === 'string'
          ? `${scope.callee}.${only}`
          : scope.callee;
      this.leave();
    }
  }

  private enter(scope: OpenScope): void {
    this.depth += 1;
    this.scope = scope;
  }

  private leave(): void {
    const { scope } = this;
    scope.endArgument();
    const { values, starts, parent, callee } = scope;
    if (scope.bracket === '(' && callee !== '' && values?.some((value) => value !== null)) {
      this.calls.push({ scope, values, starts: starts ?? [] });
    }
    this.depth -= 1;
    if (parent) this.scope = parent;
  }
}
