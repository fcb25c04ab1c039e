import type { CodeTree, TokenRange } from '../text/codeTree';
import { calleeOf, isJoint } from '../text/names';
import { wordSet } from '../text/wordSet';
import type { BranchSign } from './branches';

/** A `switch`, `match`, `case` or `when`, from its keyword on. */
export interface Switch extends TokenRange {
  /** What its branches are for, each from its first token to the sign that ends it. */
  readonly labels: readonly TokenRange[];
  /** The branch for everything else. */
  readonly otherwise: Otherwise | null;
}

export interface Otherwise {
  /** The first token of its label. */
  readonly at: number;
  /** What ends its label. */
  readonly sign: BranchSign;
  /** The token that opens the branches. */
  readonly opener: number;
}

/** Nobody writes more before a brace. */
const MOST_TOKENS = 60;
const KEYWORDS = wordSet('switch match when');
const WITHOUT_BRACKETS = wordSet('switch when');
const BEFORE_ANOTHER_BRACE = wordSet('{ } -> =>');
const OTHERWISE = wordSet('default else _');
const SIGNS: readonly BranchSign[] = [':', '->', '=>'];
/** A name takes whatever it is. */
const PYTHON_NAME = /^[a-z_]\w*$/;

/** All of a text, outer ones before those in them. Of each, only its own level is read. */
export function switchesIn(code: CodeTree): Switch[] {
  const found: Switch[] = [];
  const { blocks } = code.language;
  for (let index = 0; index < code.length; index += 1) {
    if (code.closerOf(index) < 0) continue;
    const kind = code.tokens.kindAt(index);
    const text = code.textOf(index);
    let read: Switch | null = null;
    if (blocks === 'brackets')
      read = kind === 'open' && text === '{' ? inBraces(code, index) : null;
    else if (kind !== 'word') continue;
    else if (blocks === 'end') read = text === 'case' ? ofRuby(code, index) : null;
    else read = text === 'match' ? ofPython(code, index) : null;
    if (read !== null) found.push(read);
  }
  return found;
}

/** Whether a label holds values alone: no conditions, no guards, no names. */
export function isPlain(code: CodeTree, { first, last }: TokenRange): boolean {
  for (let at = first; at <= last; at += 1) {
    const text = code.textOf(at);
    const kind = code.tokens.kindAt(at);
    if (kind === 'word' && !/^(?:case|when|in|or|then)$/.test(text)) return false;
    if (kind === 'punctuation' && !/^(?:[,|:]|->|=>)$/.test(text)) return false;
    if ((kind === 'open' && text !== '(') || kind === 'number') return false;
  }
  return true;
}

// --- in braces ---

function inBraces(code: CodeTree, open: number): Switch | null {
  const first = keywordBefore(code, open);
  const last = code.tokens.partnerOf(open);
  if (first < 0 || last < 0) return null;
  const parts = code.partsIn(open);
  const cases = parts.filter((part) => code.textOf(part.first) === 'case');
  const labels =
    cases.length > 0 ? cases.map((part) => ofCase(code, part)) : labelsOfArms(code, parts);
  const all = cases.length > 0 ? parts : labels;
  const otherwise = all.flatMap(({ first: at }): Otherwise[] => {
    const text = code.textOf(code.after(at));
    const sign = SIGNS.find((each) => each === text);
    return sign !== undefined && OTHERWISE.has(code.textOf(at)) ? [{ at, sign, opener: open }] : [];
  });
  return { first, last, labels, otherwise: otherwise[0] ?? null };
}

/** The keyword whose block a brace opens, or -1. */
function keywordBefore(code: CodeTree, open: number): number {
  const isKeyword = (at: number, words: ReadonlySet<string>): boolean =>
    words.has(code.textOf(at)) && !isJoint(code, code.before(at));
  const close = code.before(open);
  if (code.textOf(close) === ')') {
    const callee = calleeOf(code, code.tokens.partnerOf(close));
    if (isKeyword(callee, KEYWORDS)) return callee;
  }
  // `switch code {` in Go, `when {`, `code switch {` in C#
  let at = close;
  for (let steps = 0; at >= 0 && steps < MOST_TOKENS; at = code.before(at), steps += 1) {
    if (BEFORE_ANOTHER_BRACE.has(code.textOf(at))) return -1;
    if (isKeyword(at, WITHOUT_BRACKETS)) return at;
  }
  return -1;
}

/** `case '0810':`, `case "0810", "0811" ->`, without what is behind an arrow. */
function ofCase(code: CodeTree, { first, last }: TokenRange): TokenRange {
  for (let at = first; at >= 0; at = code.after(at))
    if (/^[-=]>$/.test(code.textOf(at))) return { first, last: at };
  return { first, last };
}

/** `'0810', '0811' =>`: from where the value of the arm before ends. */
function labelsOfArms(code: CodeTree, parts: readonly TokenRange[]): TokenRange[] {
  const labels: TokenRange[] = [];
  let first = -1;
  for (const part of parts) {
    let isValue = false;
    for (let at = part.first; at >= 0; at = code.after(at)) {
      const text = code.textOf(at);
      if (isValue) {
        if (text === ',') isValue = false;
        continue;
      }
      if (first < 0) first = at;
      if (text !== '=>' && text !== '->') continue;
      labels.push({ first, last: at });
      first = -1;
      isValue = true;
    }
  }
  return labels;
}

// --- where blocks are told by their indentation, or end with a word ---

function ofPython(code: CodeTree, opener: number): Switch {
  const labels = code.partsIn(opener).filter(({ first }) => code.textOf(first) === 'case');
  const otherwise = labels.find(({ first, last }) => {
    const name = code.after(first);
    return code.after(name) === last && PYTHON_NAME.test(code.textOf(name));
  });
  return {
    first: opener,
    last: code.tokens.previousCode(code.closerOf(opener)),
    labels,
    otherwise: otherwise ? { at: otherwise.first, sign: '', opener } : null,
  };
}

/** Null for a `case` without its `end`. */
function ofRuby(code: CodeTree, opener: number): Switch | null {
  const labels: TokenRange[] = [];
  let otherwise: Otherwise | null = null;
  let first = -1;
  for (let at = code.after(opener); at >= 0; at = code.after(at)) {
    const text = code.textOf(at);
    const isEnd = text === 'end';
    if (!isEnd && (code.closerOf(at) < 0 || !/^(?:when|in|else|case)$/.test(text))) continue;
    if (text === 'case') return null; // one whose `end` is missing goes on into the next one
    if (first >= 0) labels.push({ first, last: code.before(at) });
    if (isEnd) return { first: opener, last: at, labels, otherwise };
    first = text === 'else' ? -1 : at;
    if (text === 'else') otherwise = { at, sign: '', opener };
  }
  return null;
}
