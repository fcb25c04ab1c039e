import type { CodeTree, TokenRange } from './codeTree';
import { calleeOf, isJoint, isKeyword, operandTo } from './names';
import { wordSet } from './wordSet';

/** A call as it is written. */
export interface Call {
  /** The name of what is called: `get` of `client.jobs.get(id)`. */
  readonly name: string;
  /** That name after all that it is read from: `client`, `jobs`, `get`; of calls in between, their names. */
  readonly path: readonly string[];
  readonly isNew: boolean;
  /** The word of its name. */
  readonly at: number;
  /** All of it, from the beginning of the path. */
  readonly range: TokenRange;
  /** Its opening bracket; -1 for a call without brackets. */
  readonly open: number;
}

export interface Argument {
  /** If it is given by name: `timeout: 5`, `timeout=5`. */
  readonly name: string | null;
  readonly range: TokenRange;
}

/** Words before a name that is called there, and not declared. */
const BEFORE_CALL = wordSet(
  'return new await throw else in of case yield not and or when if elif elsif while until unless assert print ' +
    'echo do then defer go try from raise is as default lambda typeof void delete async const let var export',
);
const DECLARES = wordSet('function def fun func fn sub init constructor');
const BREAKS = wordSet(
  '= += ||= := && || and or not if unless while until when then else elsif return ? | ! do begin rescue',
);
const MODIFIERS = wordSet('if unless while until rescue do and or then');
const BEFORE_ARGUMENT = wordSet('-> : @ * & ** :: @@ ! ...');
const MOST_TOKENS = 300;
const DEEPEST = 30;

/** The call whose name or opening bracket is at a token; null for a declaration, and for `if (`. */
export function callAt(code: CodeTree, index: number): Call | null {
  const { tokens } = code;
  if (tokens.kindAt(index) === 'open')
    return tokens.textOf(index) === '(' ? callOf(code, index) : null;
  for (
    let at = code.after(index), steps = 0;
    at >= 0 && steps < 60;
    at = code.after(at), steps += 1
  ) {
    const text = tokens.textOf(at);
    if (text === '(') return calleeOf(code, at) === index ? callOf(code, at) : null;
    if (!/^(?:[<>.,?!|&]|\?\.|\w+)$/.test(text)) break;
  }
  return code.language.hasCommands ? commandAt(code, index) : null;
}

/** The innermost call that has a token among its arguments; not past the body of a function. */
export function callAround(code: CodeTree, index: number): Call | null {
  let at = index;
  for (let depth = 0; at >= 0 && depth < DEEPEST; depth += 1) {
    const command = code.language.hasCommands ? commandAround(code, at) : null;
    if (command !== null) return command;
    const opener = code.openerOf(at);
    if (code.hasStatements(opener)) return null;
    const call = code.textOf(opener) === '(' ? callOf(code, opener) : null;
    if (call !== null) return call;
    at = opener;
  }
  return null;
}

/** The arguments of a call in their order. */
export function argumentsOf(code: CodeTree, call: Call): Argument[] {
  const parts = call.open < 0 ? commandArguments(code, call) : code.partsIn(call.open);
  return parts.map(({ first, last }) => {
    const sign = code.after(first);
    const value = code.after(sign);
    const isNamed =
      code.tokens.kindAt(first) === 'word' && /^[:=]$/.test(code.textOf(sign)) && value >= 0;
    return isNamed
      ? { name: code.textOf(first), range: { first: value, last } }
      : { name: null, range: { first, last } };
  });
}

function callOf(code: CodeTree, open: number): Call | null {
  const at = calleeOf(code, open);
  if (at < 0 || isKeyword(code, at)) return null;
  const { names: path, first } = operandTo(code, at);
  const before = code.before(first);
  if (isDeclaration(code, open, before)) return null;
  const isNew = code.textOf(before) === 'new';
  const close = code.tokens.partnerOf(open);
  const last = close < 0 ? code.partOf(open).last : close;
  const name = code.textOf(at);
  return { name, path, isNew, at, range: { first: isNew ? before : first, last }, open };
}

function isDeclaration(code: CodeTree, open: number, before: number): boolean {
  const { tokens, language } = code;
  const word = tokens.textOf(before);
  if (DECLARES.has(word)) return true;
  // the receiver of Go's methods
  if (word === ')' && tokens.textOf(code.before(tokens.partnerOf(before))) === 'func') return true;
  if (language.hasCommands || language.layout === 'prose') return false;
  const callee = calleeOf(code, open);
  const isFirst = code.before(callee) === before;
  if (
    isFirst &&
    tokens.kindAt(before) === 'word' &&
    !BEFORE_CALL.has(word) &&
    !isKeyword(code, before)
  )
    return true;
  // `name(…) {` in a class, and in languages in which no body can be an argument
  if (language.braces !== 'both' || word === 'new' || !isFirst) return false;
  if (isKeyword(code, code.firstOf(open)) || !code.hasStatements(code.openerOf(open))) return false;
  for (
    let at = code.after(tokens.partnerOf(open)), steps = 0;
    at >= 0 && steps < 40;
    at = code.after(at), steps += 1
  ) {
    const sign = tokens.textOf(at);
    if (sign === '{') return code.hasStatements(at);
    if (sign === '=>' || sign === '=' || isJoint(code, at)) return false;
  }
  return false;
}

// --- calls without brackets ---

/** `get_job_status user_id, job_id` */
function commandAt(code: CodeTree, at: number): Call | null {
  const { tokens } = code;
  const argument = code.after(at);
  if (tokens.kindAt(at) !== 'word' || argument < 0 || isKeyword(code, at)) return null;
  const text = tokens.textOf(argument);
  const kind = tokens.kindAt(argument);
  const isSpaced = tokens.startOf(argument) > tokens.endOf(at);
  const isTightAfter = tokens.startOf(argument + 1) === tokens.endOf(argument);
  const begins =
    kind === 'word'
      ? !BREAKS.has(text) && !MODIFIERS.has(text) && text !== 'end' && text !== 'in'
      : kind === 'quote' || kind === 'number' || text === '[';
  if (!isSpaced || !(begins || (BEFORE_ARGUMENT.has(text) && isTightAfter))) return null;
  const { names: path, first } = operandTo(code, at);
  const before = code.before(first);
  const sign = tokens.textOf(before);
  const starts =
    before < 0 || BREAKS.has(sign) || /^(?:,|=>)$/.test(sign) || tokens.kindAt(before) === 'word';
  if (!starts || BREAKS.has(tokens.textOf(at)) || code.closerOf(at) >= 0) return null;
  if (DECLARES.has(tokens.textOf(before))) return null;
  let last = argument;
  for (let next = argument, steps = 0; next >= 0 && steps < MOST_TOKENS; steps += 1) {
    if (MODIFIERS.has(tokens.textOf(next)) && tokens.kindAt(next) === 'word') break;
    last = next;
    next = code.after(next);
  }
  return { name: tokens.textOf(at), path, isNew: false, at, range: { first, last }, open: -1 };
}

function commandAround(code: CodeTree, index: number): Call | null {
  let at = code.before(index);
  for (let steps = 0; at >= 0 && steps < MOST_TOKENS; at = code.before(at), steps += 1) {
    const call = code.tokens.kindAt(at) === 'word' ? commandAt(code, at) : null;
    if (call !== null && index <= call.range.last) return call;
  }
  return null;
}

function commandArguments(code: CodeTree, { at, range }: Call): TokenRange[] {
  const found: TokenRange[] = [];
  let first = code.after(at);
  for (let next = first; next >= 0 && next <= range.last; next = code.after(next)) {
    if (code.textOf(next) === ',') {
      found.push({ first, last: code.before(next) });
      first = code.after(next);
    }
  }
  if (first >= 0) found.push({ first, last: range.last });
  return found;
}
