import type { CodeTree, TokenRange } from './codeTree';
import { keysOf } from './keys';
import { calleeOf, isJoint, isOperandBefore, operandTo } from './names';
import { kindSet } from './tokens';
import { wordSet } from './wordSet';

/** A table that is read by a key: `reasons[code]`, `sentences.get(code)`. */
export interface Lookup {
  /** The bracket that opens the table's literal. */
  readonly table: number;
  /** What it is read with. */
  readonly key: TokenRange;
}

const READERS = wordSet(
  'get fetch getOrDefault dig has containsKey ContainsKey TryGetValue GetValueOrDefault key? in',
);
const MOST_TOKENS = 60;
const OPEN = kindSet('open');
const nextOpen = ({ tokens }: CodeTree, from: number): number => tokens.indexOf(OPEN, from);

/**
 * All tables of a text that are read by a key, in the order of the lookups. Reads the text once, and again only if there
 * is a lookup.
 * @param isWanted whether a table is to be found that is read with this key
 */
export function lookupsIn(
  code: CodeTree,
  isWanted: (key: TokenRange) => boolean = () => true,
): Lookup[] {
  const reads: { readonly name: string; readonly at: number; readonly key: TokenRange }[] = [];
  const found: Lookup[] = [];
  for (let index = nextOpen(code, 0); index < code.length; index = nextOpen(code, index + 1)) {
    const text = code.textOf(index);
    const key = code.firstPart(index);
    if (key === null || (text !== '[' && text !== '(')) continue;
    const read = text === '[' ? code.before(index) : readBy(code, index);
    if (read < 0 || (text === '[' && !isOperandBefore(code, index))) continue;
    if (!isWanted(key) || isTable(code, index)) continue;
    const base = code.textOf(read) === '?.' ? code.before(read) : read;
    if (code.tokens.kindAt(base) === 'word')
      reads.push({ name: operandTo(code, base).names.at(-1) ?? '', at: index, key });
    else if (code.tokens.kindAt(base) === 'close') {
      const table = literalAt(code, base);
      if (table >= 0) found.push({ table, key });
    }
  }
  const tables = reads.length === 0 ? new Map<string, number[]>() : tablesIn(code);
  for (const { name, at, key } of reads) {
    const known = tables.get(name);
    const before = known === undefined ? -1 : lastBelow(known, at);
    const table = known?.[Math.max(0, before)];
    if (table !== undefined) found.push({ table, key });
  }
  return found.sort((one, other) => one.key.first - other.key.first);
}

/** By their names, in the order of the text. */
function tablesIn(code: CodeTree): Map<string, number[]> {
  const tables = new Map<string, number[]>();
  for (let index = nextOpen(code, 0); index < code.length; index = nextOpen(code, index + 1)) {
    const key = isTable(code, index) ? keysOf(code, index)[0] : undefined;
    if (key === undefined) continue;
    const known = tables.get(key.name);
    if (known) known.push(index);
    else tables.set(key.name, [index]);
  }
  return tables;
}

/** What ends before the dot of a call that reads from it, or -1. */
function readBy(code: CodeTree, open: number): number {
  const callee = calleeOf(code, open);
  const joint = code.before(callee);
  return callee >= 0 && READERS.has(code.textOf(callee)) && isJoint(code, joint)
    ? code.before(joint)
    : -1;
}

/** Whether a bracket opens a list of pairs. Only its first part is read. */
function isTable(code: CodeTree, open: number): boolean {
  if (code.hasStatements(open)) return false;
  if (code.textOf(open) === '(') {
    const { names } = operandTo(code, calleeOf(code, open));
    if (names.at(-2)?.endsWith('Map') === true && names.at(-1) === 'of') return true;
  }
  const { first, last } = code.firstPart(open) ?? { first: -1, last: -1 };
  // `new Map([['0810', 'x']])`, and Go's and C#'s `{"0810", "x"}`
  if (/^[[{]$/.test(code.textOf(first)) && code.textOf(open) !== '(') {
    const close = code.tokens.partnerOf(first);
    const key = code.firstPart(first);
    if (close === last) return key !== null && code.nextPart(key.first) !== null;
  }
  for (
    let at = code.after(first), steps = 0;
    at >= 0 && steps < MOST_TOKENS;
    at = code.after(at), steps += 1
  )
    if (isPair(code, at)) return true;
  return false;
}

function isPair(code: CodeTree, index: number): boolean {
  const sign = code.textOf(index);
  if (code.tokens.kindAt(index) === 'word') return sign === code.language.pairWord;
  return sign === ':' || sign === '=>' || (sign === '=' && code.textOf(code.before(index)) === ']');
}

/** The table whose literal ends here: `{ '0810': 'x' }[code]`, `({ … })[code]` */
function literalAt(code: CodeTree, close: number): number {
  const open = code.tokens.partnerOf(close);
  if (open < 0) return -1;
  if (isTable(code, open)) return open;
  const inner = code.firstPart(open)?.first ?? -1;
  return code.textOf(open) === '(' && isTable(code, inner) ? inner : -1;
}

function lastBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
