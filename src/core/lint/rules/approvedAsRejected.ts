import * as l10n from '../../l10n';
import { explain } from '../../catalogue/catalogue';
import { wordSet } from '../../text/wordSet';
import { wordsOf } from '../nameWords';
import { wholeWord } from '../patterns';
import { removeFromList } from '../removeFromList';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import type { Source } from '../source';
import { statementStart } from '../statementStart';
import { AS_FAILURE, treatmentOf, type Treatment } from '../treatment';

/** What is taken out of a list of failures, or is looked for elsewhere. */
const EXCLUDES = wholeWord(
  String.raw`\w*except \w*difference \w*without \w*exclud\w* \w*omit \w*diff \w*reject \w*not_?in none ne`,
);
/** With more conditions, a rejection may be for another reason than the code. */
const MORE_CONDITIONS = /&&|\band\b/i;
const NESTED = /\b(?:if|unless|case|when|catch)\b|\?/;
/** Names that speak of a failure without saying that it is one. */
const ABOUT_FAILURE = wordSet(
  'if unless on when handle handler count reason reasons message messages label labels text texts total ' +
    'number attempts log last previous retries',
);
const TEST_FILE = /(?:^|\/)(?:tests?|specs?|__tests__)\/|[._-](?:test|spec)s?\./i;

/** A code that only ever means approved, where code treats it as a failure. */
function* check(source: Source): Generator<Problem<true>> {
  if (TEST_FILE.test(source.path)) return;
  for (const { code, start, end } of source.codes) {
    if (!isOnlyGood(code)) continue;
    const treatment = treatmentOf(source, { start, end }, AS_FAILURE);
    if (treatment === null || isForAnotherReason(source, { start, end }, treatment)) continue;
    const { by, isList } = treatment;
    const message =
      by === ''
        ? l10n.t('{0} means approved, but this code treats it as a failure.', code)
        : l10n.t('{0} means approved, but "{1}" treats it as a failure.', code, by);
    yield { start, end, message, detail: isList || undefined };
  }
}

function isOnlyGood(code: string): boolean {
  const meanings = explain(code);
  return meanings.length > 0 && meanings.every(({ outcome }) => outcome === 'approved');
}

function isForAnotherReason(
  source: Source,
  { start, end }: Stretch,
  { by, branch }: Treatment,
): boolean {
  const { code } = source;
  const head = code.slice(statementStart(source, start), start);
  const after = code.slice(end, end + 160).split(/[\n{;]/, 1)[0] ?? '';
  return (
    EXCLUDES.test(head.replace(/_?codes?\b/gi, '')) ||
    /[\w)\]]\s*-\s*[[{(]/.test(head) ||
    MORE_CONDITIONS.test(head + after) ||
    NESTED.test(branch) ||
    wordsOf(by).some((word) => ABOUT_FAILURE.has(word))
  );
}

export const rule = defineRule({
  id: 'approved-as-rejected',
  title: 'Approved result code treated as a failure',
  severity: 'hint',
  check,
  fix: removeFromList,
});

export const documentation: RuleDocumentation = {
  summary: 'a code that only means approved, treated as a failure',
  setting: 'A code that only means approved is treated as a failure.',
  text: `
The code has only meanings that end in an approval, and is used where the code around it says
"rejected". People who passed would be turned down. In a list, the fix takes the code out;
elsewhere, look at what the branch does. There may be a reason for it, so it is only a hint.
`,
  wrong: `
// Smile ID
const REJECTED_CODES = ['0811', '0820'];
`,
  right: `
// Smile ID
const REJECTED_CODES = ['0811', '0821'];
`,
};
