import * as l10n from '../../l10n';
import { explain } from '../../catalogue/catalogue';
import type { Fix, TextEdit } from '../finding';
import { anyOf } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import type { Source } from '../source';
import { treatmentOf } from '../treatment';

const DOCUMENT = /document_?verification|doc_?v\b|job_?type\W{1,9}(?:6|11)\b|\bdocument/i;
const OTHER_PRODUCT = anyOf(
  'i',
  /biometric|smart_?selfie|(?:basic|enhanced)_?kyc/,
  /job_?type\W{1,9}[1245]\b/,
);

/** A code that only ever means rejected or failed, where code treats it as success. */
function* check(source: Source): Generator<Problem<true>> {
  for (const { code, start, end } of source.codes) {
    const what = onlyBad(code, source);
    if (what === null) continue;
    const treatment = treatmentOf(source, { start, end });
    if (treatment === null) continue;
    const { by, isList } = treatment;
    const message =
      by === ''
        ? l10n.t('{0} means {1}, but this code treats it as approved.', code, what)
        : l10n.t('{0} means {1}, but "{2}" treats it as approved.', code, what, by);
    yield { start, end, message, detail: isList || undefined };
  }
}

/** What a code says where all of its meanings are bad ones; else null. */
function onlyBad(code: string, source: Source): string | null {
  // what needs attention is no success, but not turned down either
  let meanings = explain(code).filter(({ outcome }) => outcome !== 'attention');
  if (code === '0812') {
    if (!source.says(DOCUMENT) || source.says(OTHER_PRODUCT)) return null;
    meanings = explain(code, 'document_verification');
  }
  const first = meanings[0];
  if (
    first === undefined ||
    meanings.some(({ outcome }) => outcome !== 'rejected' && outcome !== 'error')
  )
    return null;
  const labels = new Set(meanings.map(({ text }) => text));
  const word = first.outcome === 'error' ? l10n.t('an error') : l10n.t('rejected');
  return labels.size === 1 && first.text !== null ? `${word} (${first.text})` : word;
}

/** Takes an element out of a list that has others, with its comma, and with its line where it has one of its own. */
function fix(source: Source, { start, end }: Stretch): Fix[] {
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

export const rule = defineRule({
  id: 'rejected-as-success',
  title: 'Rejected result code treated as success',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a code that only means rejected, treated as success',
  setting: 'A code that only means rejected or failed is treated as success.',
  text: `
The code has only meanings that end in a rejection or an error, and is used where the code around it
says "approved". People who were turned down would pass. In a list, the fix takes the code out;
elsewhere, look at what the branch does.
`,
  wrong: `
// Smile ID
const APPROVED_CODES = ['0810', '0811'];
`,
  right: `
// Smile ID
const APPROVED_CODES = ['0810', '1210'];
`,
};
