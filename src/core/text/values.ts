import type { CodeTree, TokenRange } from './codeTree';
import { wordSet } from './wordSet';

/** What is written as it is: nothing has to run for its value. */
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'constant'; readonly value: 'true' | 'false' | 'null' }
  | { readonly kind: 'list'; readonly items: readonly TokenRange[] }
  | { readonly kind: 'words'; readonly values: readonly string[] };

/**
 * `literal`: one value as it is written. `name`: one name, path or call that is read. `type`: a type of TypeScript.
 * `joined`: anything that is put together, such as `'job_' . $id` and a template with code in it.
 */
export type Shape = 'literal' | 'name' | 'type' | 'joined';

const CONSTANTS = new Map<string, 'true' | 'false' | 'null'>([
  ...['true', 'yes', 'on'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'off'].map((word) => [word, 'false'] as const),
  ...['null', 'none', 'nil', 'undefined', '~'].map((word) => [word, 'null'] as const),
]);
const ONLY_IN_DATA = wordSet('yes no on off ~');
const TYPES = wordSet('string number boolean any unknown never object bigint symbol void');
const ESCAPES = new Map(Object.entries({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' }));
const CODE_POINT = /^\\(?:x([\da-f]{2})|u([\da-f]{4})|[ux]\{([\da-f]{1,6})\}|U([\da-f]{8}))/i;
/** `%w[…]` and `%i[…]` of Ruby. */
const WORD_LIST = /^%[wi]/i;

/** The text that a string stands for, without prefix, quotes and escapes; null for no string, and one with code in it. */
export function stringAt(code: CodeTree, quote: number): string | null {
  const { tokens, language } = code;
  if (tokens.kindAt(quote) !== 'quote') return null;
  const isPlain = language.plainStrings.some((each) => tokens.textOf(quote).startsWith(each));
  const end = tokens.partnerOf(quote);
  let value = '';
  let at = tokens.endOf(quote);
  for (let index = quote + 1; index < end; index += 1) {
    const kind = tokens.kindAt(index);
    if (kind === 'text')
      value += tokens.text.slice(Math.max(at, tokens.startOf(index)), tokens.endOf(index));
    else if (kind !== 'escape') return null;
    else if (isPlain) value += plainEscape(tokens.textOf(index));
    else {
      // The lexer takes two characters for any escape.
      const start = tokens.startOf(index);
      const [all, ...digits] = CODE_POINT.exec(tokens.text.slice(start, start + 12)) ?? [''];
      const point = Number.parseInt(digits.find(Boolean) ?? '', 16);
      if (point <= 0x10ffff) at = start + all.length;
      value += point <= 0x10ffff ? String.fromCodePoint(point) : escaped(code, index);
    }
  }
  return value;
}

/** The text of a name, or what a string stands for; empty for a string with code in it. */
export const wordAt = (code: CodeTree, index: number): string =>
  code.tokens.kindAt(index) === 'quote' ? (stringAt(code, index) ?? '') : code.textOf(index);

function escaped({ tokens }: CodeTree, index: number): string {
  const text = tokens.textOf(index);
  const sign = text.charAt(1);
  if (!text.startsWith('\\')) return sign; // a doubled quote or brace
  if (sign === '\n' || sign === '\r') return ''; // the line goes on
  return ESCAPES.get(sign) ?? sign;
}

const plainEscape = (text: string): string => (/^\\['"\\\])}>]/.test(text) ? text.slice(1) : text);

/** What all of a range is as a literal, or null. */
export function literalOf(code: CodeTree, range: TokenRange): Literal | null {
  const { tokens, language } = code;
  const { first, last } = withoutAssertion(code, range);
  const text = tokens.textOf(first);
  const isData = language.layout === 'yaml' || language.layout === 'settings';
  if (first !== last) {
    if (code.whole(first).last !== last) return signed(code, first, last);
    const value = stringAt(code, first);
    if (WORD_LIST.test(text) && value !== null)
      return { kind: 'words', values: value.split(/\s+/).filter((each) => each !== '') };
    if (value !== null) return { kind: 'string', value };
    return text === '[' ? { kind: 'list', items: code.partsIn(first) } : null;
  }
  switch (tokens.kindAt(first)) {
    case 'number':
      return { kind: 'number', value: text };
    case 'plain':
      return isData && !/[$`]/.test(text) ? { kind: 'string', value: text } : null;
    case 'word': {
      const value = CONSTANTS.get(text.toLowerCase());
      if (value !== undefined && (isData || !ONLY_IN_DATA.has(text)))
        return { kind: 'constant', value };
      return isData ? { kind: 'string', value: text } : null;
    }
    default:
      return null;
  }
}

/** Words after a literal that make it a part of an expression. */
const JOINS = wordSet('if else unless or and not in is instanceof to');
/** What may follow a literal that is a whole value; the last ones end a tag. */
const ENDS = wordSet(', ; ! / > />');
const SAME = wordSet('freeze to_string');

/** The literal that begins at a token, if it is all of a value: not of `'job_' + id`. */
export function wholeLiteralAt(code: CodeTree, first: number): Literal | null {
  if (first < 0) return null;
  const { last } = code.whole(first);
  const next = code.after(last);
  const sign = code.textOf(next);
  const isWord = code.tokens.kindAt(next) === 'word';
  const goesOn = isWord ? JOINS.has(sign) : next >= 0 && !ENDS.has(sign);
  const isSame = sign === '.' && SAME.has(code.textOf(code.after(next)));
  return goesOn && !isSame ? null : literalOf(code, { first, last });
}

/** `-1` */
function signed(code: CodeTree, first: number, last: number): Literal | null {
  const isNumber = code.after(first) === last && code.tokens.kindAt(last) === 'number';
  return isNumber && /^[-+]$/.test(code.textOf(first))
    ? { kind: 'number', value: code.textOf(first) + code.textOf(last) }
    : null;
}

/** `'x' as const`, `['x'].freeze` */
function withoutAssertion(code: CodeTree, { first, last }: TokenRange): TokenRange {
  const end = code.whole(first).last;
  const next = code.textOf(code.after(end));
  const isSame =
    next === 'as' || next === 'satisfies' || (next === '.' && code.textOf(last) === 'freeze');
  return { first, last: end < last && isSame ? end : last };
}

/** Whether a range is one literal, one name, a type, or more than that. */
export function shapeOf(code: CodeTree, range: TokenRange): Shape {
  if (literalOf(code, range) !== null) return isType(code, range) ? 'type' : 'literal';
  const { tokens, language } = code;
  if (isType(code, range)) return 'type';
  for (let at = range.first; at >= 0 && at <= range.last; at = code.after(at)) {
    const kind = tokens.kindAt(at);
    const isJoint = /^(?:[?&!]?\.|\??->|::|[$@!:])$/.test(tokens.textOf(at));
    if (kind === 'quote' || (kind === 'punctuation' && !isJoint) || kind === 'plain')
      return 'joined';
    if (kind === 'open' && tokens.textOf(at).endsWith('{')) return 'joined';
    // two words without a sign between them
    const next = code.after(at);
    if (kind === 'word' && tokens.kindAt(next) === 'word' && next <= range.last)
      if (!/^(?:await|new)$/.test(tokens.textOf(at))) return 'joined';
  }
  return language.layout === 'settings' ? 'joined' : 'name';
}

/** In an interface, a type or an annotation of TypeScript. */
function isType(code: CodeTree, { first, last }: TokenRange): boolean {
  if (code.language.regexps !== 'script') return false;
  const opener = code.openerOf(first);
  const head = code.firstOf(opener);
  for (
    let at = head, steps = 0;
    at >= 0 && at < opener && steps < 6;
    at = code.after(at), steps += 1
  )
    if (
      /^(?:interface|type)$/.test(code.textOf(at)) &&
      /^(?::|\?:)$/.test(code.textOf(code.before(first)))
    )
      return true;
  for (let at = first; at >= 0 && at <= last; at = code.after(at)) {
    const text = code.textOf(at);
    const isPart = TYPES.has(text) || /^(?:[|[\]]|null|undefined)$/.test(text);
    if (!isPart) return false;
  }
  return TYPES.has(code.textOf(first));
}
