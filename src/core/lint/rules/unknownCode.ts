import * as l10n from '../../l10n';
import { isKnownCode } from '../../catalogue/catalogue';
import type { CodeSpan } from '../../catalogue/types';
import { hasSign, namesOtherService } from '../../text/relevance';
import { eitherOf } from '../patterns';
import { removeFromList } from '../removeFromList';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Source } from '../source';
import { IS_LIST } from '../statementStart';
import { AS_SUCCESS, treatmentOf } from '../treatment';

/** Other services have result codes, too: those of payments and messages are mostly beside words like these. */
const OTHERS =
  'pay(?:ment|out|ments)?s? transfers? transactions? wallets? bank(?:ing)? airtime otp sms stk invoices? ' +
  'charges? checkout loans? refunds? balance';
const OTHER_SERVICE = new RegExp(String.raw`(?<![a-z])${eitherOf(OTHERS)}(?![a-z])`, 'i');

/** In camel case, each word is one: `sendPayment`. */
const separated = (text: string): string => text.replace(/(?<=[a-z])(?=[A-Z])/g, '_');

/** Digits that Smile ID never sends, where code treats them as success. */
function* check(source: Source): Generator<Problem<true>> {
  for (const { code, start, end } of unknownCodes(source)) {
    const treatment = treatmentOf(source, { start, end }, AS_SUCCESS);
    if (treatment === null || isOfOtherService(source, start)) continue;
    const { by, isList } = treatment;
    const message =
      by === ''
        ? l10n.t('Smile ID has no result code {0}, but this code treats it as approved.', code)
        : l10n.t('Smile ID has no result code {0}, but "{1}" treats it as approved.', code, by);
    yield { start, end, message, detail: isList || undefined };
  }
}

function isOfOtherService(source: Source, at: number): boolean {
  const unit = source.slice(source.unitAt(at));
  const near = source.near(at, 8);
  return (
    namesOtherService(unit) ||
    (OTHER_SERVICE.test(separated(near)) && !hasSign(unit) && !/kyc|selfie|identity/i.test(unit))
  );
}

/** Those beside a name that only stands for result codes, and those in a list with codes that exist. */
function* unknownCodes(source: Source): Generator<CodeSpan> {
  const seen = new Set<number>();
  for (const span of source.codes) {
    const found = isKnownCode(span.code) ? besideKnown(source, span.start) : [span];
    for (const one of found) {
      const isQuoted = /["'`]/.test(source.code.charAt(one.start - 1));
      const isInWords = source.isInString(one.start) && !isQuoted;
      if (seen.has(one.start) || isInWords) continue;
      seen.add(one.start);
      yield one;
    }
  }
}

/** The unknown ones of a list in which more are known. */
function besideKnown(source: Source, at: number): CodeSpan[] {
  const group = source.groupAt(at);
  if (group === null || !IS_LIST.test(source.bare.slice(group.start + 1, group.end))) return [];
  const all = Array.from(source.slice(group).matchAll(/(["'`])(\d{4})\1/g), (match) => {
    const start = group.start + match.index + 1;
    return { code: match[2] ?? '', start, end: start + 4 };
  });
  const unknown = all.filter(({ code }) => !isKnownCode(code));
  return unknown.length * 2 < all.length ? unknown : [];
}

export const rule = defineRule({
  id: 'unknown-code',
  title: 'Unknown result code treated as success',
  check,
  fix: removeFromList,
});

export const documentation: RuleDocumentation = {
  summary: 'digits that Smile ID does not have, treated as success',
  setting: 'Digits that are no result code of Smile ID are treated as success.',
  text: `
Smile ID has no such result code, and the code around it says "approved". Such digits come from
another service or from an old example: \`0000\` is not how Smile ID says that all is well. What they
were meant to approve is never approved. In a list, the fix takes them out; elsewhere, compare with
a code that exists.
`,
  wrong: `
// Smile ID
const isVerified = (ResultCode) => ResultCode === '0000';
`,
  right: `
// Smile ID
const isVerified = (ResultCode) => ['0810', '1210'].includes(ResultCode);
`,
};
