import type { Steps } from '../slicedWork';
import { argumentsOf, callAt } from '../text/calls';
import { CodeTree } from '../text/codeTree';
import { headOf } from '../text/functions';
import { GIVES, keysOf, namesBefore, valueAfter } from '../text/keys';
import { languageOfPath, UNKNOWN } from '../text/languages';
import { tokensOf } from '../text/lexer';
import { wholeLiteralAt, wordAt } from '../text/values';
import { wordSet } from '../text/wordSet';

/** Brackets, a section, a block or a key with what is below it: what is in it belongs together. */
export interface Scope {
  readonly parent: Scope | null;
  /** Its name: `smile` in `smile: {`, in `[smile]` and in YAML's `smile:`. */
  readonly name: string;
  /** What is called or declared there: `WebApi` in `new WebApi(`, `SmileConfig` in `class SmileConfig {`. */
  readonly callee: string;
  /** Whether it has brackets or a name; the rest of a file, and paragraphs, have neither. */
  readonly isGroup: boolean;
  /** Whether it has values, and no statements. */
  readonly isObject: boolean;
}

interface NestedScope {
  readonly scope: Scope;
  readonly depth: number;
}

/** A name and what is assigned to it. */
export interface NamedValue {
  readonly name: string;
  /** The text of a literal; null for what is computed or read from elsewhere. */
  readonly value: string | null;
  /** Where the value begins. */
  readonly start: number;
  readonly scope: Scope;
}

/** A call with arguments by position; arguments that are not literals are null. */
export interface CallWithValues {
  readonly scope: Scope;
  readonly values: readonly (string | null)[];
  readonly starts: readonly number[];
}

export interface NamedValues {
  readonly values: readonly NamedValue[];
  readonly calls: readonly CallWithValues[];
}

const UNNAMED = { name: '', callee: '', isGroup: false, isObject: false };
const FILE: Scope = { parent: null, ...UNNAMED };
/** Nothing is nested deeper on purpose. */
const DEEPEST = 200;
/** Calls that give their second argument to the name that is their first one. */
const SETTERS = wordSet('define set put setenv setitem setproperty store add');
/** Characters of a choice that are read back from its colon. */
const MOST_TOKENS = 60;
const BLANK_LINE = /\n[ \t\r]*\n/;
/** A value without quotes, and what may follow it: with anything else, a shell or a template would change it. */
const BARE = /[^\s"'`,;()[\]{}<>#$]{1,1500}(?=[\s,;"'`)\]}]|$)/y;
const BARE_NAME = /(?:^|[\s"'`(;{|>*])([\w.-]+)$/;
/** `SMILE_PARTNER_ID=085` as one value of a list in YAML. */
const PAIR = /^([\w.-]+)=(\S*)$/;
/** How comments begin a line in properties files, SQL, Lua, Lisp, TeX and batch files. */
const COMMENT = /^(?:!|--|;;|%|rem\b)/i;

/**
 * Reads a file once from its beginning to its end: names with the literal that is assigned to each, and calls with
 * their literals.
 * @param path of the file, for its language
 */
export const readNamedValuesSteps = (text: string, path: string): Steps<NamedValues> =>
  new Reader(text, path).read();

/** The literal at a token as text, if it is all of a value; null for `null`, too. */
function textAt(code: CodeTree, first: number): string | null {
  const literal = wholeLiteralAt(code, first);
  if (literal === null || literal.kind === 'list' || literal.kind === 'words') return null;
  return literal.value === 'null' ? null : literal.value;
}

class Reader {
  private readonly values: NamedValue[] = [];
  private readonly calls: CallWithValues[] = [];
  private readonly code: CodeTree;
  /** By what opens a group. */
  private readonly scopes = new Map<number, NestedScope>();
  /** The lines between two blank ones, in what they are. */
  private paragraph: { readonly inside: Scope; readonly scope: Scope } | null = null;
  private readonly hasParagraphs: boolean;
  private readonly hasBareValues: boolean;

  constructor(
    private readonly text: string,
    path: string,
  ) {
    const known = languageOfPath(path);
    const language = known === null || known.layout === 'prose' ? UNKNOWN : known;
    this.code = new CodeTree(tokensOf(text, language), language);
    this.scopes.set(-1, { scope: FILE, depth: 0 });
    this.hasBareValues = language.layout === 'shell' || language.layout === 'prose';
    this.hasParagraphs = language.layout === 'shell' || language.layout === 'settings';
  }

  *read(): Steps<NamedValues> {
    const { code, text } = this;
    const { tokens } = code;
    let end = 0;
    let isComment = false;
    const isProse = code.language.layout === 'prose';
    for (let index = 0; index < code.length; index += 1) {
      yield;
      const gap = text.slice(end, tokens.startOf(index));
      if (BLANK_LINE.test(gap)) this.paragraph = null;
      if (isProse && (gap.includes('\n') || end === 0)) {
        const start = tokens.startOf(index);
        isComment = COMMENT.test(text.slice(start, start + 4));
      }
      end = tokens.endOf(index);
      if (isComment) continue;
      const sign = tokens.textOf(index);
      const kind = tokens.kindAt(index);
      if (kind === 'punctuation' && GIVES.has(sign)) this.readSign(index);
      else if (kind === 'open' && sign === '(') this.readCall(index);
      else if (kind === 'plain' && code.language.layout === 'yaml') this.readPair(index);
    }
    return { values: this.values, calls: this.calls };
  }

  private add(name: string, value: string | null, start: number, at: number): void {
    if (name !== '') this.values.push({ name, value, start, scope: this.scopeOf(at) });
  }

  private readSign(sign: number): void {
    const { code } = this;
    if (this.hasBareValues && this.readBare(sign)) return;
    if (code.textOf(sign) === ':' && this.isInChoice(sign)) return;
    const first = valueAfter(code, sign);
    this.add(namesBefore(code, sign).join('.'), textAt(code, first), this.startOf(first), sign);
  }

  /** `NAME=value`, as in a shell. */
  private readBare(sign: number): boolean {
    const { code, text } = this;
    const at = code.tokens.endOf(sign);
    const start = code.tokens.startOf(sign);
    if (code.textOf(sign) !== '=' || /^["']/.test(text.charAt(at))) return false;
    const name = BARE_NAME.exec(text.slice(Math.max(0, start - 100), start))?.[1];
    if (name === undefined) return true;
    BARE.lastIndex = at;
    const value = BARE.exec(text)?.[0] ?? null;
    if (value === null && /^[ \t]/.test(text.charAt(at))) return false;
    this.add(name, value, at, sign);
    return true;
  }

  private readPair(index: number): void {
    const [, name = '', value = ''] = PAIR.exec(this.code.textOf(index)) ?? [];
    this.add(name, value, this.code.tokens.endOf(index) - value.length, index);
  }

  private readCall(open: number): void {
    const { code } = this;
    const call = callAt(code, open);
    if (call === null) return;
    const given = argumentsOf(code, call);
    const firsts = given.map(({ range: { first } }) => first);
    const values = given.map(({ name, range: { first, last } }) =>
      name === null && code.whole(first).last === last ? textAt(code, first) : null,
    );
    const [name, value] = values;
    if (SETTERS.has(call.name.toLowerCase()) && values.length >= 2 && name != null)
      this.add(name, value ?? null, this.startOf(firsts[1] ?? -1), call.at);
    else if (values.some((each) => each !== null)) {
      const starts = firsts.map((first) => this.startOf(first));
      this.calls.push({ scope: this.scopeOf(open + 1), values, starts });
    }
  }

  /** Whether a colon is between two values to choose from, and not between a name and its value. */
  private isInChoice(sign: number): boolean {
    const { code } = this;
    let at = code.before(sign);
    if (code.textOf(at) === '?') return false; // `apiKey?: string`
    for (let steps = 0; at >= 0 && steps < MOST_TOKENS; steps += 1, at = code.before(at)) {
      const text = code.textOf(at);
      if (text === ',') return false;
      if (text === '?' && code.tokens.kindAt(at) === 'punctuation') return true;
    }
    return false;
  }

  private startOf(first: number): number {
    const { tokens } = this.code;
    return tokens.kindAt(first) === 'quote' ? tokens.endOf(first) : tokens.startOf(first);
  }

  private scopeOf(index: number): Scope {
    const opener = this.code.openerOf(index);
    const { scope } = this.scopeAt(opener);
    if (!this.hasParagraphs || !this.code.hasStatements(opener)) return scope;
    if (this.paragraph?.inside !== scope)
      this.paragraph = { inside: scope, scope: { parent: scope, ...UNNAMED } };
    return this.paragraph.scope;
  }

  private scopeAt(opener: number): NestedScope {
    const open: number[] = [];
    let known = this.scopes.get(opener);
    for (let at = opener; known === undefined; known = this.scopes.get(at)) {
      open.push(at);
      at = this.code.openerOf(at);
    }
    for (const each of open.reverse()) {
      const isOwn = known.depth < DEEPEST && this.code.tokens.kindAt(each) !== 'quote';
      if (isOwn) known = { scope: new Group(known.scope, this.code, each), depth: known.depth + 1 };
      this.scopes.set(each, known);
    }
    return known;
  }
}

/** What a bracket, a block or a key opens. Its names are read when they are needed: most groups have no credentials. */
class Group implements Scope {
  readonly isGroup = true;
  readonly isObject: boolean;
  private foundName: string | null = null;
  private foundCallee: string | null = null;

  constructor(
    readonly parent: Scope,
    private readonly code: CodeTree,
    private readonly opener: number,
  ) {
    this.isObject = !code.hasStatements(opener);
  }

  get name(): string {
    return (this.foundName ??= this.readName());
  }

  get callee(): string {
    return (this.foundCallee ??= this.readCallee());
  }

  private get isBracket(): boolean {
    return this.code.tokens.kindAt(this.opener) === 'open';
  }

  private readName(): string {
    const { code, opener } = this;
    if (this.isBracket) return keysOf(code, opener)[0]?.name ?? '';
    const isKey = code.language.layout !== 'code' && code.textOf(opener) !== '-';
    return isKey ? wordAt(code, opener) : '';
  }

  private readCallee(): string {
    const { code, opener } = this;
    const call = this.isBracket ? callAt(code, opener) : null;
    const name = call?.path.join('.') ?? headOf(code, opener)?.name;
    return name ?? (this.isBracket ? code.textOf(code.before(opener)) : '');
  }
}
