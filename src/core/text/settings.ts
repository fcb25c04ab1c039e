import { isWordCode, type Cursor } from './cursor';
import type { Language } from './languages';
import { KIND } from './tokens';

/** Reads files with a setting a line: `NAME=value`, `name: value`, `export NAME="value"`, `[section]`. */
export function readSettings(cursor: Cursor, language: Language): void {
  const { text } = cursor;
  while (cursor.at < cursor.end) {
    skipBlanks(cursor, '\n');
    if (cursor.at >= cursor.end) return;
    if (language.lineComments.includes(text.charAt(cursor.at))) {
      cursor.add(KIND.comment, lineEnd(cursor));
    } else if (text.charAt(cursor.at) === '[') {
      readSection(cursor);
    } else {
      readName(cursor);
      readValue(cursor, language);
    }
  }
}

function skipBlanks(cursor: Cursor, more: string): void {
  const { text, end } = cursor;
  while (cursor.at < end && ` \t\r${more}`.includes(text.charAt(cursor.at))) cursor.at += 1;
}

/** Without the blanks at the end of the line. */
function lineEnd({ text, at, end }: Cursor): number {
  const line = text.indexOf('\n', at);
  let last = line < 0 ? end : Math.min(line, end);
  while (last > at && ' \t\r'.includes(text.charAt(last - 1))) last -= 1;
  return last;
}

function readSection(cursor: Cursor): void {
  const open = cursor.add(KIND.open, cursor.at + 1);
  const close = cursor.text.slice(cursor.at, lineEnd(cursor)).indexOf(']');
  if (close > 0) cursor.add(KIND.plain, cursor.at + close);
  if (close >= 0) cursor.out.pair(open, cursor.add(KIND.close, cursor.at + 1));
  const rest = lineEnd(cursor);
  if (rest > cursor.at) cursor.add(KIND.plain, rest);
}

/** The name, with `export` before it, and the sign after it. */
function readName(cursor: Cursor): void {
  const { text, end } = cursor;
  for (;;) {
    let after = cursor.at;
    while (after < end && (isWordCode(text.charCodeAt(after)) || '.-'.includes(text.charAt(after))))
      after += 1;
    if (after === cursor.at) break;
    cursor.add(KIND.word, after);
    skipBlanks(cursor, '');
    if (text.slice(after - 6, after) !== 'export') break;
  }
  if ('=:'.includes(text.charAt(cursor.at)) && cursor.at < end)
    cursor.add(KIND.punctuation, cursor.at + 1);
  skipBlanks(cursor, '');
}

function readValue(cursor: Cursor, language: Language): void {
  const { text } = cursor;
  const quote = text.charAt(cursor.at);
  const form = language.strings.find(([open]) => open === quote)?.[1];
  if (form !== undefined && quote !== '' && isClosed(cursor, quote, form.hasLines)) {
    cursor.string(form, 1);
    skipBlanks(cursor, '');
  }
  const end = lineEnd(cursor);
  const value = text.slice(cursor.at, end);
  const comment = /(?:^|\s)#/.exec(value);
  const stop = comment === null ? end : cursor.at + comment.index + comment[0].length - 1;
  const last = cursor.at + text.slice(cursor.at, stop).trimEnd().length;
  if (last > cursor.at) cursor.add(KIND.plain, last);
  cursor.at = stop;
  if (comment !== null) cursor.add(KIND.comment, end);
}

/** A quote without a second one is part of a value; the second one may be in a line below. */
function isClosed({ text, at, end }: Cursor, quote: string, hasLines: boolean): boolean {
  for (let after = at + 1; after < end; after += 1) {
    const sign = text.charAt(after);
    if (sign === quote) return true;
    if (sign === '\\' && quote === '"') after += 1;
    // a line with a setting of its own: the quote was forgotten
    if (
      sign === '\n' &&
      (!hasLines || /^(?:export )?\w{1,80}=/.test(text.slice(after + 1, after + 90)))
    )
      return false;
  }
  return false;
}
