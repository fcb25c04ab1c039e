import { isWordCode, type Cursor } from './cursor';
import { StringForm } from './stringForm';
import { KIND } from './tokens';

const ATTRIBUTE = new Map(
  ['"', "'"].map((quote) => [quote, new StringForm(quote, { escapes: 'none', hasLines: true })]),
);

/** Where markup goes on: in a tag or between tags, and in how many elements. */
interface Place {
  readonly inTag: boolean;
  readonly depth: number;
  readonly isPage: boolean;
}

const isNameCode = (code: number): boolean =>
  isWordCode(code) || code === 45 || code === 36 || code === 58 || code === 46;

function nameEnd(cursor: Cursor, from: number): number {
  let end = from;
  while (end < cursor.end && isNameCode(cursor.text.charCodeAt(end))) end += 1;
  return end;
}

/** Whether `<` here begins an element: in TypeScript, `<T,>` and `<T>(` begin functions. */
export function opensElement({ text, at, end }: Cursor): boolean {
  if (!/[A-Za-z_$>]/.test(text.charAt(at + 1))) return false;
  let after = at + 1;
  while (after < end && isNameCode(text.charCodeAt(after))) after += 1;
  const name = text.slice(at + 1, after);
  if (/^[A-Z]\w?$/.test(name) && text.startsWith('>(', after)) return false;
  while (after < end && ' \n\r\t'.includes(text.charAt(after))) after += 1;
  return text.charAt(after) !== ',' && !/^extends\s+[^=\s]/.test(text.slice(after, after + 20));
}

/** Reads tags and what is between them, until code begins or the outermost element ends. */
export function readMarkup(cursor: Cursor, place: Place): void {
  let { inTag, depth } = place;
  const { isPage } = place;
  while (cursor.at < cursor.end) {
    if (inTag) {
      const ending = readTag(cursor, depth, isPage);
      if (ending === null) return;
      if (isPage && ending === 'script') {
        cursor.enterFrame('page', 0, { close: '</script' });
        return;
      }
      if (isPage && ending === 'style') {
        const end = cursor.text.indexOf('</style', cursor.at);
        cursor.add(KIND.markup, end < 0 ? cursor.end : Math.min(end, cursor.end));
      }
      inTag = false;
      if (ending !== '/') depth += 1;
    } else {
      const sign = readChildren(cursor, depth, isPage);
      if (sign === null) return;
      if (sign === '<') {
        cursor.add(KIND.punctuation, cursor.at + 1);
        inTag = true;
        continue;
      }
      depth -= 1;
    }
    if (depth <= 0 && !isPage) return;
  }
}

/** What ends the tag: `/`, or else its name; null if code begins. */
function readTag(cursor: Cursor, depth: number, isPage: boolean): string | null {
  const { text, out } = cursor;
  let name = '';
  let angles = 0;
  while (cursor.at < cursor.end) {
    const { at } = cursor;
    const sign = text.charAt(at);
    const attribute = ATTRIBUTE.get(sign);
    if (' \t\r\n'.includes(sign)) {
      cursor.at += 1;
    } else if (isNameCode(text.charCodeAt(at))) {
      const isName = out.textOf(out.lastCode) === '<' && out.endOf(out.lastCode) === at;
      const index = cursor.add(KIND.word, nameEnd(cursor, at));
      if (isName) name = out.textOf(index).toLowerCase();
    } else if (attribute !== undefined) {
      cursor.string(attribute, 1);
    } else if (sign === '{' && !isPage) {
      cursor.enterFrame('tag', 1, { close: '}', depth });
      return null;
    } else if (text.startsWith('/*', at) && !isPage) {
      const end = text.indexOf('*/', at + 2);
      cursor.add(KIND.comment, end < 0 ? cursor.end : Math.min(end + 2, cursor.end));
    } else if (text.startsWith('//', at) && !isPage) {
      const end = text.indexOf('\n', at);
      cursor.add(KIND.comment, end < 0 ? cursor.end : Math.min(end, cursor.end));
    } else if (text.startsWith('/>', at)) {
      cursor.add(KIND.punctuation, at + 2);
      return '/';
    } else {
      cursor.add(KIND.punctuation, at + 1);
      if (sign === '<') angles += 1;
      if (sign !== '>') continue;
      if (angles === 0) return name;
      angles -= 1;
    }
  }
  return null;
}

/** `<` where an element begins, `>` after the tag that ends one; null if code begins. */
function readChildren(cursor: Cursor, depth: number, isPage: boolean): '<' | '>' | null {
  const { text, end } = cursor;
  let { at } = cursor;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 123) {
      const length = isPage ? 2 : 1;
      if (isPage && text.charCodeAt(at + 1) !== 123) continue;
      if (at > cursor.at) cursor.add(KIND.markup, at);
      const frame = { close: '}'.repeat(length), depth };
      cursor.enterFrame(isPage ? 'page' : 'children', length, frame);
      return null;
    }
    if (code !== 60) continue;
    if (isPage && text.startsWith('<!--', at)) {
      if (at > cursor.at) cursor.add(KIND.markup, at);
      const close = text.indexOf('-->', at + 4);
      cursor.add(KIND.comment, close < 0 ? end : Math.min(close + 3, end));
      at = cursor.at - 1;
    } else if (text.charAt(at + 1) === '/') {
      if (at > cursor.at) cursor.add(KIND.markup, at);
      cursor.add(KIND.punctuation, at + 2);
      while (' \n'.includes(text.charAt(cursor.at)) && cursor.at < end) cursor.at += 1;
      const name = nameEnd(cursor, cursor.at);
      if (name > cursor.at) cursor.add(KIND.word, name);
      while (' \n'.includes(text.charAt(cursor.at)) && cursor.at < end) cursor.at += 1;
      if (text.charAt(cursor.at) === '>') cursor.add(KIND.punctuation, cursor.at + 1);
      return '>';
    } else if (/[A-Za-z_$>]/.test(text.charAt(at + 1))) {
      if (at > cursor.at) cursor.add(KIND.markup, at);
      return '<';
    }
  }
  if (at > cursor.at) cursor.add(KIND.markup, at);
  return null;
}
