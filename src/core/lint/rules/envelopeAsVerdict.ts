import * as l10n from '../../l10n';
import { wordSet } from '../../text/wordSet';
import { inOrder } from '../patterns';
import { CODE, defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Source } from '../source';
import { statementStart } from '../statementStart';
import { AS_SUCCESS, treatmentOf } from '../treatment';

const SUCCEEDED = /\b(?:is)?(job_?success)\b/gi;
const COMPARISON = inOrder(
  '',
  /^(?:["']\s*(?:,\s*\w+\s*)?[\])]+)?(?:\(\))?/,
  /(?:\s*(?:===?|is)\s*(?:true|True)\b)?/,
);
const RESULT_CODE = /result_?code/i;
const AND_MORE = inOrder(
  '',
  /(?:&&|\band\b)\s*/,
  /[\w.]*\b(?:code|is(?!Job(?:Complete|Success))[A-Z]\w*\()/,
);
/** What repeats the name of the field says nothing about the identity. */
const VERDICT = {
  ...AS_SUCCESS,
  words: wordSet('approved approve approves approval accepted passes passing verified'),
};

/** The envelope of a job status response taken for what it does not say. No fix: it depends on the product. */
function* check(source: Source): Generator<Problem<never>> {
  const { code } = source;
  const isVerdict = (start: number, end: number, to: number): boolean => {
    const treatment = treatmentOf(source, { start, end: to }, VERDICT);
    if (treatment === null) return false;
    const after = code.slice(end, end + 160).split('\n', 1)[0] ?? '';
    const around = code.slice(statementStart(source, start), end) + after + treatment.branch;
    return !RESULT_CODE.test(around) && !AND_MORE.test(around);
  };
  for (const { 0: match, 1: name = '', index } of source.matches(SUCCEEDED)) {
    const end = index + match.length;
    const start = end - name.length;
    const compared = COMPARISON.exec(code.slice(end, end + 40))?.[0] ?? '';
    if (!isVerdict(start, end, end + compared.length)) continue;
    const message = l10n.t(
      'job_success is not a verdict on the identity: it can be true for a provisional result. Decide by the ResultCode.',
    );
    yield { start, end, message };
  }
  for (const { code: digits, start, end } of source.codes) {
    if (digits !== '2302' || !isVerdict(start, end, end)) continue;
    const message = l10n.t(
      '2302 says that the request succeeded, not that the identity was verified. Decide by the ResultCode.',
    );
    yield { start, end, message };
  }
}

export const rule = defineRule({
  id: 'envelope-as-verdict',
  title: 'Response status used as the verdict',
  languages: CODE,
  check,
});

export const documentation: RuleDocumentation = {
  summary: '`code` 2302 or `job_success` used as the verdict',
  setting: 'The response status (code `2302`, `job_success`) is used as the verdict of the job.',
  text: `
\`code\` 2302 and \`job_success\` are part of the envelope: they say how the request or the job went,
not who the user is. A provisional job can be a success in this sense. Decide by \`ResultCode\`, read
for the job's product.
`,
  wrong: `
// Smile ID
if (response.job_success) approve(user);
`,
  right: `
// Smile ID
if (response.result.ResultCode === '0810') approve(user);
`,
};
