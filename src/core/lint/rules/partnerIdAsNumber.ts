import * as l10n from '../../l10n';
import { namesOtherService } from '../../text/relevance';
import type { Fix } from '../finding';
import { isInOurs } from '../ownersNear';
import { anyOf, inOrder, eitherOf } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import { sdkCallsIn } from '../sdkCalls';
import type { Stretch } from '../search';
import type { Source } from '../source';

const PARTNER = /[\w$.]{0,40}?partner_?id\b/;
const PARTNER_NUMBER = inOrder(
  'gi',
  /(?<![\w$])["':]?(\w{0,40}?partner_?-?id)/,
  /(?:["']?\]?[ \t]{0,9}(?:=>|:=|=(?!=)|:(?!:))|["'],)[ \t]{0,9}/,
  /(\d{1,6})(?![\w.'"])/,
);
const CONVERTERS = eitherOf(
  String.raw`parseInt Number int intval Integer\.parseInt Integer\.valueOf int\.Parse Convert\.ToInt32 strconv\.Atoi`,
);
const TO_NUMBER = anyOf(
  'gi',
  inOrder(
    '',
    new RegExp(String.raw`\b${CONVERTERS}\(|\(int\)\s*`),
    anyOf(
      '',
      inOrder('', /\$?/, PARTNER),
      /[\w.>$-]{1,40}[([]["'][\w:.]{0,30}partner_?id["'][)\]]/,
    ),
    /(?:,\s*10)?\)?/,
  ),
  inOrder('', /\b(?:\w+[([]["'])?/, PARTNER, /["')\]]{0,2}\.(?:to_i|toInt\(\))/),
);
const REQUEST = /smile|sid_server|sid_request|\bsignature\b|job_?type|WebApi/i;
const V3 = /\/v3\b|usesmileid|smileid-partner-id/i;
const NO_REQUEST = /":"|':'|sec_?key|Partner\.find/;

function* check(source: Source): Generator<Problem<true>> {
  const { languageId } = source;
  // v3 wants no leading zeros, and a .env file knows only text.
  if (languageId === 'dotenv' || source.says(V3)) return;
  const problem = (start: number, end: number, isLiteral: boolean): Problem<true> => ({
    start,
    end,
    message: l10n.t(
      'The partner ID is text: a number loses its leading zeros, which are part of what is signed. Compare it with the ID in the portal.',
    ),
    detail: isLiteral || undefined,
  });
  for (const match of source.matches(PARTNER_NUMBER, /partner/)) {
    const [whole, name = '', digits = ''] = match;
    const end = match.index + whole.length;
    const start = end - digits.length;
    if (source.isInString(start) || !isRequest(source, name, match.index)) continue;
    yield problem(start, end, true);
  }
  for (const { 0: whole, index } of source.matches(TO_NUMBER, /partner/)) {
    if (source.isInString(index) || NO_REQUEST.test(source.lineAt(index))) continue;
    if (isRequest(source, whole, index)) yield problem(index, index + whole.length, false);
  }
  for (const call of sdkCallsIn(source)) {
    const first = call.arguments[0];
    if (first && /^\d{1,6}$/.test(source.slice(first))) yield problem(first.start, first.end, true);
  }
}

function fix(source: Source, range: Stretch): Fix[] {
  // A number's own type would have to go with it.
  if (/\b(?:int|long|Int|Long|Integer|uint\w*)\b[^\n=]*=\s*$/.test(source.lineBefore(range.start)))
    return [];
  const { quote } = source.language;
  const text = `${quote}${source.slice(range)}${quote}`;
  return [{ title: l10n.t('Convert partner ID to a string'), edits: [{ ...range, text }] }];
}

function isRequest(source: Source, name: string, at: number): boolean {
  if (/smile/i.test(name)) return true;
  if (namesOtherService(name)) return false;
  const group = source.groupAt(at);
  const around = group ? source.slice(group) : source.near(at, 4);
  return (
    REQUEST.test(around) ||
    (isInOurs(source, at) ?? (REQUEST.test(source.lineAt(at)) || REQUEST.test(source.near(at, 2))))
  );
}

export const rule = defineRule({
  id: 'partner-id-as-number',
  title: 'Partner ID as a number',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a partner ID that loses its leading zeros',
  setting: 'The partner ID is a number and loses its leading zeros.',
  text: `
The leading zeros that the portal shows belong to the partner ID, and the signature covers it as
text. A number loses them. The fix writes the number as text: compare it with the portal. (API v3
wants the ID without leading zeros, and is not checked.)
`,
  wrong: `
import { WebApi } from 'smile-identity-core';
const partner_id = 85;
`,
  right: `
import { WebApi } from 'smile-identity-core';
const partner_id = '085';
`,
};
