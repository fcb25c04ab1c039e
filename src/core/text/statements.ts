import type { CodeTree, TokenRange } from './codeTree';

/** Statements that belong together: the parts of a group. */
export interface Block {
  readonly opener: number;
  /** The statement that has the block: `if (ok) { … }`, `def verify(body):`. */
  readonly head: TokenRange;
}

/** Nobody writes longer conditions. */
const MOST_TOKENS = 300;
/** Nor more statements for one label. */
const MOST_STATEMENTS = 100;
const LABELS = /^(?:case|default)$/;
const CONDITIONS = /^(?:if|elif|elsif|elseif|unless|when|while|until|guard|else)$/;

/** The statement around a token; in YAML, the entry. */
export const statementAt = (code: CodeTree, index: number): TokenRange =>
  code.partOf(code.inStatement(index));

/** The block that holds the statement of a token; null in none. */
export function blockAround(code: CodeTree, index: number): Block | null {
  const opener = code.openerOf(code.inStatement(index));
  if (opener < 0) return null;
  return { opener, head: code.partOf(opener) };
}

/** What runs for the condition or the label that a token is in, as the statements or the value; empty if nothing does. */
export function branchOf(code: CodeTree, index: number): TokenRange[] {
  const at = code.inStatement(index);
  const { first, last } = code.partOf(at);
  if (code.textOf(last) === ':' && LABELS.test(code.textOf(first))) return afterLabel(code, first);
  const head = headBefore(code, at);
  const { blocks } = code.language;
  if (head >= 0 && blocks !== 'brackets') {
    if (code.closerOf(head) >= 0) return code.partsIn(head);
    // `approve if code == '0810'`
    return head > first ? [{ first, last: code.before(head) }] : [];
  }
  for (let next = code.after(at), steps = 0; next >= 0 && steps < MOST_TOKENS; steps += 1) {
    const sign = code.textOf(next);
    if (sign === '{' && code.hasStatements(next)) return code.partsIn(next);
    if (sign === '->' || sign === '=>' || sign === 'then')
      return bodyFrom(code, code.after(next), last);
    next = code.after(next);
  }
  if (head < 0) return [];
  // the bracket of the condition, and what is right behind it
  const open =
    code.after(head) >= 0 && code.textOf(code.after(head)) !== '('
      ? code.after(code.after(head))
      : code.after(head);
  const close = code.tokens.partnerOf(open);
  const body = code.after(close);
  if (body >= 0) return [{ first: body, last }];
  const next = code.nextPart(first);
  return next === null ? [] : [next];
}

/** The word at which the condition of a token begins. */
function headBefore(code: CodeTree, at: number): number {
  let head = at;
  for (let steps = 0; head >= 0 && steps < MOST_TOKENS; head = code.before(head), steps += 1)
    if (CONDITIONS.test(code.textOf(head))) return head;
  return -1;
}

function bodyFrom(code: CodeTree, first: number, last: number): TokenRange[] {
  if (first < 0) return [];
  return code.hasStatements(first) && code.closerOf(first) >= 0
    ? code.partsIn(first)
    : [{ first, last }];
}

/** The statements up to the next label, of several labels for the same ones from the last. */
function afterLabel(code: CodeTree, label: number): TokenRange[] {
  const found: TokenRange[] = [];
  let part = code.nextPart(label);
  for (let count = 0; part !== null && count < MOST_STATEMENTS; count += 1) {
    const isLabel = LABELS.test(code.textOf(part.first)) && code.textOf(part.last) === ':';
    if (isLabel && found.length > 0) break;
    if (!isLabel) found.push(part);
    if (/^(?:break|return|continue|throw)$/.test(code.textOf(part.first))) break;
    part = code.nextPart(part.first);
  }
  return found;
}
