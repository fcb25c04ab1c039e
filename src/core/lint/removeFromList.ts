import * as l10n from '../l10n';
import type { Fix, TextEdit } from './finding';
import type { Stretch } from './search';
import type { Source } from './source';

/** Takes an element out of a list that has others, with its comma, and with its line where it has one of its own. */
export function removeFromList(source: Source, { start, end }: Stretch): Fix[] {
  const { code, bare, languageId } = source;
  const group = source.groupAt(start);
  const around = group ? source.slice(group) : source.near(start, 1);
  const size = (around.match(/\b\d{4}\b/g) ?? []).length;
  // With one element left, the brackets of a tuple in Python would be nothing but brackets.
  const isTuple = languageId === 'python' && group !== null && bare.charAt(group.start) === '(';
  if (size < (isTuple ? 3 : 2)) return [];
  const quotes = /["'`]/.test(code.charAt(start - 1)) ? 1 : 0;
  const from = start - quotes;
  const to =
    end + quotes + (/^\s*:\s*true\b/i.exec(code.slice(end + quotes, end + 20))?.[0].length ?? 0);
  // The key of an entry goes only with its value.
  if (/^\s*(?:=>|:(?!:)|->)/.test(code.slice(to, to + 20))) return [];
  const comma = /^[ \t]*,[ \t]*/.exec(bare.slice(to, to + 20))?.[0] ?? '';
  const previous = bare.slice(Math.max(0, from - 200), from).search(/,\s*$/);
  const lineStart = from - source.lineBefore(from).length;
  const lineEnd = (source.lineEnd(to) ?? -1) + 1;
  const isAlone =
    /^[ \t]*(?:- )?$/.test(bare.slice(lineStart, from)) &&
    lineEnd > 0 &&
    bare.slice(to + comma.length, lineEnd).trim() === '';
  const cut = (at: number, until: number): TextEdit => ({ start: at, end: until, text: '' });
  const commaAt = Math.max(0, from - 200) + previous;
  const edits: TextEdit[] = [];
  if (comma === '' && previous >= 0) edits.push(cut(commaAt, isAlone ? commaAt + 1 : to));
  else if (comma === '' && quotes === 0 && !isAlone) {
    const isFirst = !/\s/.test(code.charAt(from - 1));
    edits.push(cut(isFirst ? from : from - 1, isFirst ? to + 1 : to));
  } else if (!isAlone) edits.push(cut(from, to + comma.length));
  if (isAlone) edits.push(cut(lineStart, lineEnd));
  return [{ title: l10n.t("Remove '{0}' from list", code.slice(start, end)), edits }];
}
