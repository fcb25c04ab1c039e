import type { CodeSpan } from '../catalogue/types';
import type { Call } from '../text/calls';
import { CodeTree, type TokenRange } from '../text/codeTree';
import { headsIn, parametersOf, type Head } from '../text/functions';
import { GivenNames } from '../text/givenNames';
import { languageOf, PROSE, type Language } from '../text/languages';
import { tokensOf } from '../text/lexer';
import { lookupsIn } from '../text/lookups';
import type { Range } from '../text/range';
import { isOtherKey, strengthOf, type NameStrength } from './codeNames';
import { digitsAt, isEnvelope, isKnown } from './knownDigits';
import { Operands, type Naming } from './operands';
import { Uses, type Surroundings, type Use } from './usesOf';
import { HOLDERS, OTHERS_CODE } from './vocabulary';
import { useInComment, useInWords } from './words';

/** A code, and how it is used. */
export interface UsedCode extends CodeSpan {
  readonly use: Use['kind'];
  readonly isInComment: boolean;
}

/** Texts in texts, such as a response in a line of a log in a string. */
const DEEPEST = 3;
const INNER = /^(?:text|escape|comment|markup|plain|regexp)$/;
const CODES_ONLY = /^\s*\d{4}(?:[\s,|]+\d{4})*\s*$/;
/** What may be before and after digits; leaves out times, dates, decimals, prices, longer numbers. */
const MAY_PRECEDE = new Set(' \t\n\r=:([{,>|!"\'`/?');
const MAY_FOLLOW = new Set(' \t\n\r=:)]},;|<!"\'`/\\?.&');
const QUOTES = new Set('"\'`\\');
/** A name close enough to be that of digits that nobody knows. */
const NAMED = /code/i;
const SOCKETS = /(?:\b|_)(?:close|errno|event)/i;

const IN_CODE: Naming = {
  rate: strengthOf,
  holders: HOLDERS,
  isOtherKey,
  isValue: (text) => /^\d{4}$/.test(text),
};

/** The codes in a text, each found when it is asked for. */
export class CodesIn {
  private foundCode: CodeTree | null = null;
  private foundUses: Uses | null = null;
  private foundGiven: GivenNames | null = null;
  private foundTables: ReadonlySet<number> | null = null;
  private foundFunctions: ReadonlyMap<string, Head> | null = null;
  readonly language: Language;
  /** The string or comment that was read last: many codes may be in one. */
  private inner: { readonly start: number; readonly codes: CodesIn } | null = null;
  private readonly known = new Map<number, UsedCode | null>();
  private foundDigits: ReadonlySet<number> | null = null;

  /** @param depth in how many texts this one is */
  constructor(
    readonly text: string,
    language: Language | null,
    private readonly depth = 0,
  ) {
    this.language = language ?? PROSE;
  }

  /** The codes that begin between two positions, in their order. */
  *between(first: number, end: number): Generator<UsedCode> {
    for (const start of this.startsFrom(first)) {
      if (start >= end) return;
      const found = this.codeFrom(start);
      if (found) yield found;
    }
  }

  /** Where four digits begin. */
  private *startsFrom(first: number): Generator<number> {
    // V8 looks for four single digits several times as fast as for \d{4}.
    const digits = /\b\d\d\d\d(?=[\s=:)\]},;|<!"'`/\\?.&]|$)/g;
    digits.lastIndex = first;
    while (digits.test(this.text)) yield digits.lastIndex - 4;
  }

  /** The code that touches a position, or null. */
  at(offset: number): UsedCode | null {
    const { text } = this;
    for (
      let start = Math.max(0, offset - 4);
      start <= offset && start + 4 <= text.length;
      start += 1
    )
      if (
        /^(?<!\w)\d{4}(?!\w)/.test(text.slice(start, start + 5)) &&
        !/\w/.test(text.charAt(start - 1))
      )
        return this.codeFrom(start);
    return null;
  }

  /** @param start where the four digits begin */
  private codeFrom(start: number): UsedCode | null {
    const known = this.known.get(start);
    if (known !== undefined) return known;
    const found = this.mayBeCode(start) ? this.read(start) : null;
    this.known.set(start, found);
    return found;
  }

  /** The quick way out for most numbers. Only beside a name are digits a code that nobody knows. */
  private mayBeCode(start: number): boolean {
    const { text } = this;
    const end = start + 4;
    const before = start === 0 ? '\n' : text.charAt(start - 1);
    const after = end === text.length ? '\n' : text.charAt(end);
    if (!MAY_PRECEDE.has(before) || !MAY_FOLLOW.has(after)) return false;
    if (QUOTES.has(after) && QUOTES.has(before)) return true;
    // part of a time, a date, a decimal or a longer number
    if (after === ':' || after === '.' || after === '/') {
      const next = text.charAt(end + 1);
      if (/\w/.test(next) && !(after === '/' && /\d/.test(next))) return false;
    }
    if (isKnown(digitsAt(text, start))) return true;
    return NAMED.test(text.slice(Math.max(0, start - 40), start));
  }

  private read(start: number): UsedCode | null {
    const { text, code } = this;
    const end = start + 4;
    const { tokens } = code;
    const index = tokens.indexAt(start);
    if (tokens.startOf(index) > start) return null;
    const kind = tokens.kindAt(index);
    const isInComment = kind === 'comment';
    const found = (use: Use['kind']): UsedCode => ({
      code: text.slice(start, end),
      start,
      end,
      use,
      isInComment,
    });
    const range = code.whole(index);
    const all = code.rangeOf(range);
    const isText = kind === 'text' || kind === 'plain';
    const isWhole =
      kind === 'number' ? tokens.textOf(index).length === 4 : isText && this.isAlone(range, all);
    if (isWhole) {
      const isQuoted = kind !== 'number';
      const use = this.uses.of(range);
      if (this.isCode(use, start, all, isQuoted)) return found(use.kind);
      if (kind === 'number' && this.language.layout !== 'prose') return null;
    }
    if (this.language.layout === 'prose') {
      const use = useInWords(text, start);
      if (this.isCode(use, start, all, all.start < start)) return found(use.kind);
    }
    if (isWhole) return null;
    const inner = this.innerAt(start);
    const own = inner?.codes.codeFrom(start - inner.start);
    if (own) return found(own.use);
    const digits = digitsAt(text, start);
    if (!isInComment || !isKnown(digits)) return null;
    const use = useInComment(text, tokens.startOf(index), start, this.usedDigits.has(digits));
    return use.strength > 0 ? found(use.kind) : null;
  }

  /** What is in the string, the comment or the markup at a position, read as words. */
  innerAt(offset: number): { readonly start: number; readonly codes: CodesIn } | null {
    const { code, text } = this;
    const { tokens } = code;
    const index = tokens.indexAt(offset);
    const kind = tokens.kindAt(index);
    if (!INNER.test(kind ?? '') || this.depth >= DEEPEST) return null;
    const { first, last } = code.whole(index);
    const start = first === last ? tokens.startOf(first) : tokens.endOf(first);
    if (this.inner?.start !== start) {
      const end = first === last ? tokens.endOf(last) : tokens.startOf(last);
      const codes = new CodesIn(withoutEscapes(text.slice(start, end)), PROSE, this.depth + 1);
      this.inner = { start, codes };
    }
    return this.inner;
  }

  /** Whether digits are all that is in a string, or one of its codes. */
  private isAlone(range: TokenRange, all: Range): boolean {
    const { text } = this;
    if (all.end - all.start > 400) return false;
    const content =
      range.first === range.last
        ? text.slice(all.start, all.end)
        : text.slice(this.code.tokens.endOf(range.first), this.code.tokens.startOf(range.last));
    return CODES_ONLY.test(content.replaceAll('\\', ' '));
  }

  private isCode(use: Use, start: number, all: Range, isQuoted: boolean): boolean {
    const { text, language } = this;
    const digits = digitsAt(text, start);
    const known = isKnown(digits);
    if (use.strength === 2)
      return known || isQuoted || (use.isDirect && use.kind !== 'key' && !this.isJsonNumber(start));
    // Smile ID sends codes as text. A plain number beside a bare `code` is what sockets and databases use,
    // unless it is one of the envelope's.
    if (use.strength === 0 || !known) return false;
    if (use.strength === 0.5 && (use.kind !== 'list' || !isQuoted)) return false;
    if (
      !isQuoted &&
      language.layout !== 'yaml' &&
      text.charAt(start) !== '0' &&
      !isEnvelope(digits)
    )
      return false;
    return !this.isOthers(all, isQuoted);
  }

  private isJsonNumber(start: number): boolean {
    return /["'`]\s*:\s*$/.test(this.text.slice(Math.max(0, start - 12), start));
  }

  private isOthers({ start, end }: Range, isQuoted: boolean): boolean {
    const { text } = this;
    const near = text.slice(Math.max(0, start - 60), start);
    const before = near.slice(near.lastIndexOf('\n') + 1);
    const after = text.slice(end, end + 30).split('\n', 1)[0] ?? '';
    if (OTHERS_CODE.test(before) || OTHERS_CODE.test(after)) return true;
    return !isQuoted && SOCKETS.test(before);
  }

  // --- what the whole text is asked for, once ---

  get code(): CodeTree {
    return (this.foundCode ??= new CodeTree(tokensOf(this.text, this.language), this.language));
  }

  private get uses(): Uses {
    return (this.foundUses ??= new Uses(this.code, this.naming, this.surroundings));
  }

  /** In data and in words, no name is given anything. */
  private get naming(): Naming {
    if (this.language.layout !== 'code') return IN_CODE;
    return { ...IN_CODE, isGiven: (name, at) => this.given.has(name, at) };
  }

  private get surroundings(): Surroundings {
    const isCode = this.language.layout === 'code';
    return {
      isReadBy: (table) => isCode && this.tables.has(table),
      rateParameter: (call, position) => (isCode ? this.rateParameter(call, position) : 0),
    };
  }

  private get given(): GivenNames {
    return (this.foundGiven ??= new GivenNames(this.code, {
      name: (name) => strengthOf(name) === 2,
      list: () => false,
    }));
  }

  private get tables(): ReadonlySet<number> {
    if (this.foundTables === null) {
      const { tokens } = this.code;
      const operands = new Operands(this.code, this.naming);
      const isCode = (key: TokenRange): boolean =>
        !/^(?:number|endQuote)$/.test(tokens.kindAt(key.last) ?? '') && operands.rateIn(key) === 2;
      this.foundTables = new Set(lookupsIn(this.code, isCode).map(({ table }) => table));
    }
    return this.foundTables;
  }

  private rateParameter({ name, path }: Call, position: number): NameStrength {
    if (path.length > 1 && !/^(?:this|self)$/.test(path.at(-2) ?? '')) return 0;
    this.foundFunctions ??= new Map(headsIn(this.code).map((head) => [head.name, head]));
    const head = name === '' ? undefined : this.foundFunctions.get(name);
    return head?.kind !== 'function'
      ? 0
      : strengthOf(parametersOf(this.code, head)[position] ?? '');
  }

  /** The digits that the code uses as a code, without its comments. */
  private get usedDigits(): ReadonlySet<number> {
    if (this.foundDigits === null) {
      const { tokens } = this.code;
      const isComment = (start: number): boolean =>
        tokens.kindAt(tokens.indexAt(start)) === 'comment';
      const used = Array.from(this.startsFrom(0)).filter(
        (start) => !isComment(start) && this.codeFrom(start) !== null,
      );
      this.foundDigits = new Set(used.map((start) => digitsAt(this.text, start)));
    }
    return this.foundDigits;
  }
}

/** A text of the same length in which quotes are as they are outside of a string. */
const withoutEscapes = (text: string): string =>
  text.replace(/\\+(["'`nrt]?)/g, (all: string, sign: string, at: number) => {
    if (!QUOTES.has(sign)) return ' '.repeat(all.length);
    const isClosing = at > 0 && !/[\s{[(,:=]/.test(text.charAt(at - 1));
    return isClosing ? sign.padEnd(all.length) : sign.padStart(all.length);
  });

/**
 * Finds result and error codes in a text that is known to concern Smile ID: four digits count only where they are used as a code. That is
 * beside a name for one (`"ResultCode": "0810"`), compared with one (`'0810' === resultCode`), or in a list,
 * a map, a `case` or an arm that belongs to one. Everything else (years, ports, prices, ...) is not a code,
 * quoted or not.
 *
 * A name that can hardly mean anything else (ResultCode, result_code, smileCode) takes any four digits
 * beside it; a bare `code`, an `errorCode` and unquoted members of lists take only digits that the catalogue
 * knows. Sorted, without overlaps, in time proportional to the length of the text.
 *
 * @param languageId VS Code's, where it is known: in YAML a number without quotes is as good as text
 */
export const codesUsedIn = (text: string, languageId = ''): UsedCode[] => [
  ...new CodesIn(text, languageOf(languageId)).between(0, text.length),
];
