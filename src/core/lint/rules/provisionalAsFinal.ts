import * as l10n from '../../l10n';
import { wordSet } from '../../text/wordSet';
import { wordsOf } from '../nameWords';
import { anyOf, inOrder } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Source } from '../source';
import { AS_SUCCESS, treatmentOf, type Treatment } from '../treatment';

const TYPE_ONE = anyOf(
  'i',
  /\bjob_?type["']?\]?\s{0,3}(?:=>|:|={1,3})\s{0,3}["']?1\b/,
  /\bbiometric_?kyc\b/,
);
const OTHER_TYPE = anyOf(
  'i',
  inOrder(
    '',
    /\bjob_?type["']?[\])]{0,2}\s{0,3}(?:=>|:|[!=]={0,2})/,
    /\s{0,3}["']?(?:[2-9]|1\d)\b/,
  ),
  /\b(?:enhanced|basic)_?kyc\b|\bbusiness_?verification\b/,
);
const ID_ONLY = wordSet('id ids number lookup found first half intermediate validated');
const ID_ONLY_TEXT = /\bid_?(?:number)?_?(?:is_?)?(?:verified|valid|found|ok)|selfie|half/i;

const isIdOnly = ({ by, branch }: Treatment): boolean =>
  wordsOf(by).some((word) => ID_ONLY.has(word)) || ID_ONLY_TEXT.test(branch);

/** 1012 taken as the end of a Biometric KYC, whose selfie part is still to come. */
function* check(source: Source): Generator<Problem<never>> {
  if (!source.says(TYPE_ONE) || source.says(OTHER_TYPE)) return;
  for (const { code: digits, start, end } of source.codes) {
    if (digits !== '1012') continue;
    const treatment = treatmentOf(source, { start, end }, AS_SUCCESS);
    if (treatment === null || isIdOnly(treatment)) continue;
    const message = l10n.t(
      'In Biometric KYC (job type 1), 1012 only says that the ID number exists. The selfie comparison is still pending: wait for 0810 or 1210.',
    );
    yield { start, end, message };
  }
}

export const rule = defineRule({
  id: 'provisional-as-final',
  title: 'First half of Biometric KYC used as final',
  severity: 'information',
  check,
});

export const documentation: RuleDocumentation = {
  summary: '1012 used as the final result of Biometric KYC',
  setting:
    '`1012` is used as the final result of a Biometric KYC job, whose second half is still pending.',
  text: `
A Biometric KYC job (job type 1) has two results: 1012 says that the ID number was found, and the
comparison of the selfie is still to come (081x, or 121x after a human looked). Wait for the second
one.
`,
  wrong: `
// Smile ID, Biometric KYC
const params = { job_type: 1 };
if (result.ResultCode === '1012') approve(user);
`,
  right: `
// Smile ID, Biometric KYC
const params = { job_type: 1 };
if (['0810', '1210'].includes(result.ResultCode)) approve(user);
`,
};
