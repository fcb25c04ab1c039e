import { strengthOf } from '../codes/codeNames';
import { codesUsedIn } from '../codes/codesIn';
import type { CodeSpan } from '../catalogue/types';
import { languageOf, type Language } from '../text/languages';
import { tokensOf } from '../text/lexer';
import { maskedText, opensList, silentRanges, withPlainLines } from '../text/maskedText';
import { Relevance } from '../text/relevance';
import type { Tokens } from '../text/tokens';
import type { LintDocument } from './finding';
import { matchesIn, type Stretch } from './search';

/** What stands for a character in a string. */
const IN_STRING = '\x01';

const TEST_NAME = /(?:^|_)(?:sandbox|test|testing|staging)(?:_|$)/;
const PRODUCTION_NAME = /(?:^|_)(?:prod|production|live)(?:_|$)/;

const UNIT =
  /^[ \t]*(?:(?:(?:export|default|async|public|private|protected|internal|static|final|override|suspend|abstract)[ \t]+)*(?:function|def|fun|func|class)\b|(?:public|private|protected|internal)\b[^\n;={]*\(|(?:export[ \t]+)?(?:const|let|var)[ \t]+\w+[ \t]*=[ \t]*(?:async[ \t]*)?(?:function\b|\([^()\n]*\)[ \t]*(?::[^=\n]+)?=>|\w+[ \t]*=>)|(?:app|server|fastify|\w*[rR]outer?)\.(?:post|get|put|use|all)\(|@\w|\[Http)/gm;

/** How far from a place its lines are read, in characters: a line that a machine wrote may be endless. */
const NEARBY = 1500;
/** How far from a position its function is read, in characters. */
const UNIT_WITHIN = 4000;
/** How far from each other brackets may be, in characters. */
const BRACKETS_WITHIN = 1000;

/** What the whole file says about something, and how that is read. */
interface Fact {
  readonly value: unknown;
  readonly read: (source: Source) => unknown;
}

/**
 * A file as the rules look at it. `code` is the text with blanks for comments, `bare` also without what stands
 * inside quotes; offsets are those of the text.
 */
export class Source {
  readonly tokens: Tokens;
  readonly code: string;
  readonly bare: string;
  /** Where the rules look, in whole lines: everywhere, or around what was changed since the last check. */
  region: Stretch;
  private readonly facts = new Map<string, Fact>();
  private units: readonly number[] | null = null;
  private aliases: ReadonlySet<string> | null = null;
  private foundCodes: readonly CodeSpan[] | null = null;

  private constructor(
    readonly text: string,
    readonly languageId: string,
    readonly path: string,
    readonly language: Language,
    private readonly relevance: Relevance,
  ) {
    this.tokens = tokensOf(text, language);
    const silent = silentRanges(this.tokens, language);
    const plain = withPlainLines(text);
    this.code = maskedText(plain, silent, ({ isComment }) => (isComment ? ' ' : null), true);
    this.bare = maskedText(plain, silent, ({ isComment }) => (isComment ? ' ' : IN_STRING), true);
    this.region = { start: 0, end: text.length };
  }

  /** Null for a language that the rules do not know, and for a file that does not surely concern Smile ID. */
  static of({ text, languageId, path }: LintDocument): Source | null {
    const isDotenv = /(?:^|\/)\.env(?:\.[^/]*)?$|\.env$/.test(path);
    const id = isDotenv ? 'dotenv' : languageId;
    const language = languageOf(id);
    if (language?.features.includes('lint') !== true) return null;
    const relevance = new Relevance(text, id, path);
    return relevance.strength === 'sure' ? new Source(text, id, path, language, relevance) : null;
  }

  get isData(): boolean {
    return this.language.readVariable === null;
  }

  /**
   * What the rules ask of the whole file. It is kept, so that the next check can tell whether it still holds.
   * @param name the same for the same question
   */
  fact<Value>(name: string, read: (source: Source) => Value): Value {
    const known = this.facts.get(name);
    if (known) return known.value as Value;
    const value = read(this);
    this.facts.set(name, { value, read });
    return value;
  }

  /** Whether a pattern is anywhere in the code. */
  says(pattern: RegExp): boolean {
    return this.fact(String(pattern), ({ code }) => pattern.test(code));
  }

  /** Where a pattern is first found in the code, or -1. */
  placeOf(pattern: RegExp): number {
    return this.fact(`at ${String(pattern)}`, ({ code }) => code.search(pattern));
  }

  /** Whether this is the same file as another one, as far as the rules treat files differently. */
  isLike({ languageId, path }: Source): boolean {
    return this.languageId === languageId && this.path === path;
  }

  /** Whether what is at a position surely concerns Smile ID. */
  isSureAt(offset: number): boolean {
    return this.relevance.strengthAt(offset) === 'sure';
  }

  /** Whether all that the rules asked of an earlier text still has the same answer. */
  agreesWith(earlier: Source): boolean {
    return [...earlier.facts].every(
      ([name, { value, read }]) => JSON.stringify(this.fact(name, read)) === JSON.stringify(value),
    );
  }

  /**
   * What a pattern finds in the code where the rules look.
   * @param word stands on the line where each match begins: to look for it first is much quicker
   */
  matches(pattern: RegExp, word?: RegExp): Generator<RegExpExecArray> {
    return matchesIn(this.code, pattern, this.region, word);
  }

  /** All codes that are used as codes where the rules look. */
  get codes(): readonly CodeSpan[] {
    return (this.foundCodes ??= this.codesIn(this.slice(this.region)));
  }

  /** @param text what the rules look at, or something as long that differs from it */
  codesIn(text: string): readonly CodeSpan[] {
    const { start } = this.region;
    return codesUsedIn(text, this.languageId).map((span) => ({
      ...span,
      start: span.start + start,
      end: span.end + start,
    }));
  }

  isInString(at: number): boolean {
    return this.bare.charAt(at) === IN_STRING;
  }

  /** Whether a name can hardly hold anything but a result code, or was given one somewhere in the file. */
  isCodeName(name: string): boolean {
    if (strengthOf(name) === 2) return true;
    this.aliases ??= new Set(this.fact('aliases', aliasesIn));
    return this.aliases.has(name);
  }

  /** What stands before a position on its line. */
  lineBefore(at: number): string {
    const near = this.code.slice(Math.max(0, at - NEARBY), at);
    return near.slice(near.lastIndexOf('\n') + 1);
  }

  /** Where the line of a position ends; null where that is further away than anything is read. */
  lineEnd(at: number): number | null {
    const length = this.code.slice(at, at + NEARBY).indexOf('\n');
    return length < 0 ? null : at + length;
  }

  /** The text around a position: `lines` up and as many down. */
  near(at: number, lines: number, text = this.code): string {
    const from = Math.max(0, at - NEARBY);
    const before = this.code.slice(from, at);
    const after = this.code.slice(at, at + NEARBY);
    let start = before.length;
    let end = -1;
    for (let line = 0; line <= lines; line += 1) {
      start = start <= 0 ? 0 : Math.max(0, before.lastIndexOf('\n', start - 1));
      end = end >= after.length ? end : after.indexOf('\n', end + 1);
      if (end < 0) end = after.length;
    }
    return text.slice(from + start, at + end);
  }

  lineAt(at: number): string {
    const after = this.code.slice(at, at + NEARBY);
    return this.lineBefore(at) + (after.split('\n', 1)[0] ?? '');
  }

  /** The function, handler or class head around a position. */
  unitAt(at: number): Stretch {
    this.units ??= unitsIn(this.bare, this.region);
    let low = 0;
    let high = this.units.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.units[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const start = this.units[low - 1] ?? 0;
    const end = this.units[low] ?? this.code.length;
    return { start: Math.max(start, at - UNIT_WITHIN), end: Math.min(end, at + UNIT_WITHIN) };
  }

  /** The innermost brackets around a position, or null. */
  groupAt(at: number): Stretch | null {
    const open = this.openerBefore(at);
    if (open < 0) return null;
    return { start: open, end: this.closerOf(open) };
  }

  /** Where the innermost bracket is that is open before a position; -1 if there is none near it. */
  openerBefore(at: number): number {
    const { tokens } = this;
    const least = at - BRACKETS_WITHIN;
    let index = tokens.indexAt(at) - 1;
    while (index >= 0 && tokens.startOf(index) > least) {
      if (opensList(tokens, index)) return tokens.endOf(index) - 1;
      index = tokens.firstOf(index) - 1;
    }
    return -1;
  }

  /** Where the bracket at a position closes; if it does not near it, as far as is read. */
  private closerOf(open: number): number {
    const last = Math.min(this.bare.length, open + BRACKETS_WITHIN);
    return Math.min((this.afterCloser(open) ?? Infinity) - 1, last);
  }

  /** Past the bracket that closes the one at a position; null where it is not closed. */
  afterCloser(open: number): number | null {
    const { tokens } = this;
    const close = tokens.partnerOf(tokens.indexAt(open));
    return close < 0 ? null : tokens.endOf(close);
  }

  /** The arguments between the brackets that open at a position, without comments around them. */
  argumentsAt(open: number): Stretch[] {
    const { tokens } = this;
    const opener = tokens.indexAt(open);
    const close = this.closerOf(open);
    const found: Stretch[] = [];
    if (tokens.kindAt(opener) !== 'open') return found;
    let start = -1;
    let end = -1;
    for (let index = tokens.nextCode(opener); ; index = tokens.nextCode(index)) {
      const isLast = tokens.startOf(index) >= close;
      if (isLast || tokens.textOf(index) === ',') {
        if (start >= 0) found.push({ start, end });
        if (isLast) return found;
        start = -1;
      } else {
        if (start < 0) start = tokens.startOf(index);
        index = tokens.lastOf(index);
        end = Math.min(close, tokens.endOf(index));
      }
    }
  }

  slice({ start, end }: Stretch): string {
    return this.code.slice(start, end);
  }

  /**
   * The words before each bracket, or above each indentation in YAML, that a position stands in, from the
   * inside out: `smile: {`, `new WebApi(`.
   */
  *owners(at: number): Generator<string> {
    if (this.languageId === 'yaml') {
      let lineStart = at - this.lineBefore(at).length;
      let indent = indentOf(this.code, lineStart);
      for (let line = 0; line < 60 && lineStart > 0 && indent > 0; line += 1) {
        lineStart -= 1 + this.lineBefore(lineStart - 1).length;
        const above = indentOf(this.code, lineStart);
        if (above >= indent || /\s/.test(this.code.charAt(lineStart + above))) continue;
        indent = above;
        yield this.lineAt(lineStart);
      }
      return;
    }
    let open = at;
    for (let depth = 0; depth < 6; depth += 1) {
      open = this.openerBefore(open);
      if (open < 0) return;
      const left = this.code.slice(Math.max(0, open - 80), open).trimEnd();
      yield left.slice(left.lastIndexOf('\n') + 1);
    }
  }

  /** What a name or a path says of the environment. */
  static environmentIn(name: string): 'sandbox' | 'production' | null {
    const words = name
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z]+/g, '_')
      .toLowerCase();
    const isTest = TEST_NAME.test(words);
    return isTest === PRODUCTION_NAME.test(words) ? null : isTest ? 'sandbox' : 'production';
  }
}

/** `const code = body.ResultCode;`, `{ ResultCode: code } =` */
const ALIAS =
  /\b(\w{1,40})[ \t]*:?=[ \t]*[^\n;=(){}]{0,60}\b(?:ResultCode|resultCode|result_code)\b["'\]]{0,2}[ \t]*(?:;|$)|\b(?:ResultCode|resultCode)[ \t]*:[ \t]*(\w{1,40})[ \t]*[,}]/gm;

function aliasesIn({ code }: Source): readonly string[] {
  const found = matchesIn(code, ALIAS, { start: 0, end: code.length }, /result_?code/);
  return [...found].map(([, left = '', right = '']) => left || right);
}

function indentOf(code: string, lineStart: number): number {
  let at = lineStart;
  while (code.charAt(at) === ' ' || code.charAt(at) === '\t') at += 1;
  return at - lineStart;
}

/**
 * Where functions, handlers and classes begin in a region and around it; what is marked with `@` or `[Http...]`
 * begins at the mark.
 */
function unitsIn(bare: string, region: Stretch): number[] {
  const starts: number[] = [];
  let last = -1;
  const near = {
    start: bare.lastIndexOf('\n', region.start - 2 * UNIT_WITHIN) + 1,
    end: region.end + 2 * UNIT_WITHIN,
  };
  for (const { index } of matchesIn(bare, UNIT, near)) {
    const between = last < 0 || index - last > 300 ? '' : bare.slice(last, index).trim();
    if (/^[@[]/.test(between) && !/\n\s*[^@[\s]/.test(between)) {
      last = index;
      continue;
    }
    starts.push(index);
    last = index;
  }
  return starts;
}
