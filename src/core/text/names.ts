import type { CodeTree, TokenRange } from './codeTree';
import { stringAt } from './values';
import { wordSet } from './wordSet';

/** What an expression reads: `$r['ResultCode']` is of `r` and `ResultCode`. */
export interface Path {
  /** From the outside in; of a longer path the last ones. What is no name is left out. */
  readonly names: readonly string[];
  readonly first: number;
}

/** Calls on a value that give it back, whatever its type is then. */
export const SAME_VALUE = wordSet(
  'trim Trim strip to_s to_str toString ToString toUpperCase toLowerCase upper lower upcase downcase value ' +
    'rawValue orEmpty unwrap orElse freeze to_i to_sym asString getAsString padStart not_nil valueOf strip_edges',
);
/** Calls that give their first argument back as another type. */
export const CONVERSIONS = wordSet(
  'String str int Number parseInt strval intval trim Integer Int format isset Some Optional ofNullable ' +
    'valueOf toString strtoupper strtolower unicode',
);
/** Calls that read what their first argument names. */
const READERS = wordSet(
  'get getString optString getOrDefault fetch getStringExtra getValue GetValue GetString GetProperty getProperty ' +
    'getItem input query data_get asString path opt',
);
const CHOICES = wordSet('?? || or ?:');
const PREFIXES = wordSet('await & * ... yield new return');
const MOST_TOKENS = 300;
const MOST_NAMES = 30;
const DEEPEST = 8;

/** A name without the signs of variables: `$code`, `@code`, `#code`. */
export const bareName = (word: string): string => word.replace(/^[$@#]+/, '');

export function isJoint(code: CodeTree, index: number): boolean {
  const sign = code.textOf(index);
  if (sign === '->') return code.language.accessor.test(sign);
  return sign === '.' || sign === '?.' || sign === '&.' || sign === '?->' || sign === '::';
}

/** Whether an expression ends at a token that has the next one right behind it: then a bracket there belongs to it. */
export function isOperandBefore(code: CodeTree, open: number): boolean {
  const { tokens } = code;
  const last = code.before(open);
  if (last < 0) return false;
  const kind = tokens.kindAt(last);
  if (kind === 'punctuation')
    return (
      tokens.textOf(last) === '?.' || (/^[!?]$/.test(tokens.textOf(last)) && isTight(code, last))
    );
  return (kind === 'word' || kind === 'close' || kind === 'endQuote') && isTight(code, open);
}

/** Whether nothing is between a token and the one before it. */
const isTight = ({ tokens }: CodeTree, index: number): boolean =>
  tokens.endOf(tokens.previousCode(index)) === tokens.startOf(index);

/** The word that a round bracket belongs to, after its type arguments; -1 if there is none. */
export function calleeOf(code: CodeTree, open: number): number {
  const { tokens } = code;
  let at = code.before(open);
  if (tokens.textOf(at) === '>') {
    let depth = 0;
    for (let steps = 0; at >= 0 && steps < 60; steps += 1, at = code.before(at)) {
      const sign = tokens.textOf(at);
      if (sign === '>') depth += 1;
      else if (sign === '<') depth -= 1;
      else if (!/^(?:\w+|[.,?[\]|&{}:]|\W?\w+)$/.test(sign)) return -1;
      if (depth === 0) break;
    }
    at = code.before(at);
  } else if (/^(?:\?\.|!|\?)$/.test(tokens.textOf(at)) && isTight(code, at)) at = code.before(at);
  return tokens.kindAt(at) === 'word' ? at : -1;
}

/** The operand that ends at a token. */
export function operandTo(code: CodeTree, last: number): Path {
  const { tokens } = code;
  const names: string[] = [];
  let first = last;
  let at = last;
  for (let links = 0; at >= 0 && links < MOST_NAMES; links += 1) {
    const kind = tokens.kindAt(at);
    const text = tokens.textOf(at);
    first = at;
    if (kind === 'word') {
      names.push(bareName(text));
      const sign = code.before(at);
      if (/^@{1,2}$/.test(tokens.textOf(sign))) first = sign;
    } else if (kind === 'close') {
      const open = tokens.partnerOf(at);
      if (open < 0) break;
      first = open;
      if (text === ')') {
        const callee = calleeOf(code, open);
        if (callee >= 0 && !isKeyword(code, callee)) {
          at = callee;
          continue;
        }
        break;
      }
      if (!isOperandBefore(code, open) && text !== '}') break;
      if (text === ']') names.push(indexName(code, open) ?? '');
      at = code.before(open);
      if (tokens.textOf(at) === '?.') at = code.before(at);
      if (at >= 0 && (text === ']' || tokens.kindAt(at) === 'word' || tokens.textOf(at) === ')'))
        continue;
      break;
    } else if (kind === 'endQuote') {
      first = tokens.partnerOf(at);
      break;
    } else if (/^[!?]$/.test(text) && isTight(code, at)) {
      at = code.before(at);
      continue;
    } else break;
    const joint = code.before(first);
    if (!isJoint(code, joint)) break;
    at = code.before(joint);
    if (at < 0) first = joint;
  }
  return { names: names.filter((name) => name !== '').reverse(), first };
}

const KEYWORDS = wordSet(
  'if while for switch match when catch elseif elif elsif unless until return in of and or not await yield else ' +
    'case function fn func fun throw foreach typeof print echo is as',
);
export const isKeyword = (code: CodeTree, index: number): boolean =>
  KEYWORDS.has(code.textOf(index)) && !isJoint(code, code.before(index));

/** What is in square brackets after a value, if it is a name: `['a']`, `[:a]`. */
function indexName(code: CodeTree, open: number): string | null {
  const part = code.firstPart(open);
  if (part === null) return null;
  const text = stringAt(code, part.first);
  if (text !== null) return code.whole(part.first).last === part.last ? text : null;
  return code.textOf(part.first) === ':' && code.after(part.first) === part.last
    ? code.textOf(part.last)
    : null;
}

/** The names that an operand which ends at a token may have its value from; its last one, as a rule. */
export function namesOf(code: CodeTree, last: number, depth = 0): string[] {
  const { tokens } = code;
  const kind = tokens.kindAt(last);
  const text = tokens.textOf(last);
  if (depth > DEEPEST) return [];
  if (kind === 'word') {
    const joint = code.before(last);
    const isSame = SAME_VALUE.has(text) && isJoint(code, joint);
    return isSame ? namesOf(code, code.before(joint), depth + 1) : [bareName(text)];
  }
  if (/^[!?]$/.test(text)) return namesOf(code, code.before(last), depth + 1);
  const open = tokens.partnerOf(last);
  if (kind !== 'close' || open < 0) return [];
  if (text === ']') {
    const name = isOperandBefore(code, open) ? indexName(code, open) : null;
    return name === null ? [] : [name];
  }
  if (text !== ')') return [];
  const callee = calleeOf(code, open);
  const argument = code.firstPart(open);
  if (callee < 0 || isKeyword(code, callee))
    return argument === null ? [] : namesIn(code, argument, depth + 1);
  const name = tokens.textOf(callee);
  const joint = code.before(callee);
  const read = argument === null ? null : stringAt(code, argument.first);
  if (name === 'dig') return lastOfDig(code, open);
  if (READERS.has(name) && read !== null) return [read];
  if (SAME_VALUE.has(name) && isJoint(code, joint))
    return namesOf(code, code.before(joint), depth + 1);
  if (CONVERSIONS.has(name) && argument !== null) return namesIn(code, argument, depth + 1);
  return [bareName(name)];
}

function lastOfDig(code: CodeTree, open: number): string[] {
  const last = code.tokens.previousCode(code.closerOf(open));
  const { first } = code.partOf(last);
  const text = stringAt(code, first) ?? code.textOf(last);
  return [text];
}

/**
 * The names that all of an expression may have its value from: of `a.ResultCode ?? b.code` both, of
 * `ok ? String(code) : null` the one, and of `a + b` none.
 */
export function namesIn(code: CodeTree, range: TokenRange, depth = 0): string[] {
  if (depth > DEEPEST) return [];
  const { tokens } = code;
  let operands: number[][] = [[]];
  let hasChoice = false;
  let isCondition = false;
  let steps = 0;
  for (let at = range.first; at >= 0 && at <= range.last; at = code.after(at)) {
    steps += 1;
    if (steps > MOST_TOKENS) return [];
    const text = tokens.textOf(at);
    const isText = tokens.kindAt(at) === 'endQuote' || tokens.kindAt(at) === 'quote';
    if (text === 'else' && isCondition) {
      isCondition = false;
      operands.push([]);
    } else if (isCondition) continue;
    else if (text === 'if' || text === 'unless') {
      // after a value in Python and Ruby; before one in Kotlin
      if (operands.at(-1)?.length === 0) at = code.after(code.after(at));
      else isCondition = true;
    } else if (text === 'else') operands.push([]);
    else if (!isText && CHOICES.has(text)) operands.push([]);
    else if (text === '?' && !isTight(code, at)) {
      operands = [[]];
      hasChoice = true;
    } else if (text === ':' && hasChoice) operands.push([]);
    else operands.at(-1)?.push(at);
    if (at < 0) break;
  }
  return operands.flatMap((operand) => namesOfOperand(code, operand, depth));
}

function namesOfOperand(code: CodeTree, operand: readonly number[], depth: number): string[] {
  let start = 0;
  for (;;) {
    const at = operand[start] ?? -1;
    const next = operand[start + 2] ?? -1;
    const isCast =
      code.textOf(at) === '(' &&
      next >= 0 &&
      code.tokens.partnerOf(at) === operand[start + 1] &&
      !isJoint(code, next) &&
      !(/^[[(]$/.test(code.textOf(next)) && isTight(code, next));
    if (isCast) start += 2;
    else if (PREFIXES.has(code.textOf(at))) start += 1;
    else break;
  }
  const assertion = operand.findIndex((at) => /^(?:as|satisfies)$/.test(code.textOf(at)));
  const last = operand[(assertion < 0 ? operand.length : assertion) - 1] ?? -1;
  if (last < 0) return [];
  return operandTo(code, last).first === operand[start] ? namesOf(code, last, depth) : [];
}
