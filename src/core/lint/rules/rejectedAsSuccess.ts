import * as l10n from '../../l10n';
import { explain } from '../../catalogue/catalogue';
import { anyOf } from '../patterns';
import { removeFromList } from '../removeFromList';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Source } from '../source';
import { AS_SUCCESS, treatmentOf } from '../treatment';

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
    const treatment = treatmentOf(source, { start, end }, AS_SUCCESS);
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

export const rule = defineRule({
  id: 'rejected-as-success',
  title: 'Rejected result code treated as success',
  check,
  fix: removeFromList,
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
