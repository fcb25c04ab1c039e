import type { CodeTree, TokenRange } from './codeTree';
import { bareName, calleeOf, isJoint, isKeyword } from './names';
import { targetOf } from './keys';
import { wordSet } from './wordSet';

/** A function or a class, and where its body is. */
export interface Head {
  readonly kind: 'function' | 'class';
  /** Empty for a function without a name. */
  readonly name: string;
  /** The bracket before its parameters, or the only parameter; -1 if there are none. */
  readonly parameters: number;
  readonly body: TokenRange;
}

const CLASSES = wordSet(
  'class interface enum object struct record trait module namespace extension protocol',
);
const FUNCTIONS = wordSet('function def fun func fn init');
const MOST_TOKENS = 80;

/** The function or class whose body a token opens, or null. */
export function headOf(code: CodeTree, opener: number): Head | null {
  if (opener < 0 || !code.hasStatements(opener) || code.closerOf(opener) < 0) return null;
  const body = { first: opener, last: code.closerOf(opener) };
  const word = code.textOf(opener);
  if (!word.endsWith('{')) {
    if (!CLASSES.has(word) && !FUNCTIONS.has(word)) return null;
    const name = lastOfPath(code, code.after(opener));
    const open = code.after(name);
    const kind = CLASSES.has(word) ? 'class' : 'function';
    return {
      kind,
      name: code.textOf(name),
      parameters: code.textOf(open) === '(' ? open : -1,
      body,
    };
  }
  return headBefore(code, opener, body);
}

/** All functions and classes, those around others first. */
export function headsIn(code: CodeTree): Head[] {
  const found: Head[] = [];
  for (let index = 0; index < code.length; index += 1) {
    const isArrow = code.tokens.kindAt(index) === 'punctuation';
    const head = isArrow ? arrowAt(code, index) : headOf(code, index);
    if (head !== null) found.push(head);
  }
  return found;
}

/** An arrow with an expression behind it: `(code) => code === '0810'` */
function arrowAt(code: CodeTree, arrow: number): Head | null {
  const isSign = code.tokens.kindAt(arrow) === 'punctuation' && code.textOf(arrow) === '=>';
  if (!isSign || !code.language.hasArrows) return null;
  const first = code.after(arrow);
  if (first < 0 || code.hasStatements(first)) return null;
  return headBefore(code, first, { first: arrow, last: code.partOf(arrow).last });
}

function lastOfPath(code: CodeTree, first: number): number {
  let at = first;
  while (isJoint(code, code.after(at))) at = code.after(code.after(at));
  return at;
}

function headBefore(code: CodeTree, opener: number, body: TokenRange): Head | null {
  let parameters = -1;
  let name = -1;
  let isArrow = false;
  let isUnnamed = false;
  let at = code.before(opener);
  for (let steps = 0; at >= 0 && steps < MOST_TOKENS; steps += 1, at = code.before(at)) {
    const text = code.textOf(at);
    const isWord = code.tokens.kindAt(at) === 'word';
    if (isWord && CLASSES.has(text)) {
      const next = code.after(at);
      const named = CLASSES.has(code.textOf(next)) ? code.after(next) : next;
      return { kind: 'class', name: code.textOf(named), parameters, body };
    }
    if (isWord && FUNCTIONS.has(text)) {
      const next = code.after(at);
      isUnnamed = code.tokens.kindAt(next) !== 'word';
      if (!isUnnamed) name = lastOfPath(code, next);
      // the receiver of Go's methods
      else if (name >= 0 && code.before(name) > at) isUnnamed = false;
      if (!isUnnamed) break;
      continue;
    }
    if (text === '=>' && parameters < 0) isUnnamed = isArrow = true;
    else if (text === ')') {
      const open = code.tokens.partnerOf(at);
      if (parameters < 0) {
        const callee = calleeOf(code, open);
        const isNamed = callee >= 0 && !isArrow && !FUNCTIONS.has(code.textOf(callee));
        if (isNamed && isKeyword(code, callee)) return null;
        parameters = open;
        if (isNamed) name = callee;
      }
      at = open;
    } else if (isArrow && parameters < 0 && code.textOf(code.after(at)) === '=>')
      parameters = isWord && !/^[:.|&<>]$/.test(code.textOf(code.before(at))) ? at : -1;
    else if (isUnnamed && parameters >= 0 && (text === '=' || text === ':')) {
      name = targetOf(code, at);
      break;
    } else if (text === ',' && parameters >= 0) break;
  }
  if (parameters < 0 || (name < 0 && !isUnnamed)) return null;
  return { kind: 'function', name: name < 0 ? '' : bareName(code.textOf(name)), parameters, body };
}

/** The names of parameters in their order; null for one that is taken apart, or has no name. */
export function parametersOf(code: CodeTree, { parameters }: Head): (string | null)[] {
  if (parameters < 0) return [];
  if (code.textOf(parameters) !== '(') return [bareName(code.textOf(parameters))];
  return code.partsIn(parameters).map((part) => {
    const name = parameterIn(code, part);
    return name < 0 ? null : bareName(code.textOf(name));
  });
}

/** The name in `code: string = ''`, `string $code = ''`, `String code`, `code string`. */
function parameterIn(code: CodeTree, { first, last }: TokenRange): number {
  const { tokens, language } = code;
  let found = -1;
  for (
    let at = first, steps = 0;
    at >= 0 && at <= last && steps < 30;
    at = code.after(at), steps += 1
  ) {
    const text = tokens.textOf(at);
    if (text === '{' || text === '[') return -1;
    if (text === ':' || text === '=' || text === '?:') return found;
    if (tokens.kindAt(at) !== 'word') continue;
    found = at;
    if (language.hasTypesLast) return at;
  }
  return found;
}
