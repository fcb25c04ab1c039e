import * as l10n from '../../l10n';
import { wordSet } from '../../text/wordSet';
import { namesOtherService } from '../../text/relevance';
import type { Fix } from '../finding';
import { wordsOf } from '../nameWords';
import { anyOf, inOrder } from '../patterns';
import { CODE, defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import { HMAC } from '../signing';
import { messageOf, signingCallsIn } from '../signingCalls';
import type { Source } from '../source';
import { statementStart } from '../statementStart';

/** The text that ends what is signed, and what it is taken for in callbacks. */
const LAST_PART = /sid_re(?:quest|sponse)/g;
const SIGNS = /hmac|\bmac\b|doFinal|sign|hash/i;
const TIME = /time_?stamp|(?<![a-z])ts(?![a-z])/gi;
const PARTNER = /partner/gi;
/** The time now as a number of seconds or milliseconds. */
const AS_NUMBER = anyOf(
  '',
  inOrder('', /\bMath\.\w+\(\s*/, /(?:Date\.now\(\)|new Date\(\)\.getTime\(\))\s*\/\s*1000\s*\)/),
  /\bDate\.now\(\)|\+new Date\(\)/,
  /(?:\bnew Date\(\)|\b\w*[dD]ate|\bnow)\.getTime\(\)/,
  /\bint\(time\.time\(\)\)|\btime\.time\(\)|(?<![\w$.>:])time\(\)/,
  /\bTime\.now(?:\.utc)?\.to_[if]\b|\btime\.Now\(\)(?:\.UTC\(\))?\.Unix\w*\(\)/,
  /\bSystem\.currentTimeMillis\(\)/,
  /\bInstant\.now\(\)\.(?:getEpochSecond|toEpochMilli)\(\)/,
  /\bDateTimeOffset\.(?:Utc)?Now\.ToUnixTime\w+\(\)/,
);
/** What makes a text of such a number. */
const IS_FORMATTED = anyOf(
  '',
  /[iI][sS][oO]|strftime|[fF]ormat\(|\b(?:gm)?date\(/,
  /\bnew Date\(\w|\bfrom_?timestamp\(|Time\.at/,
);
/** What makes bytes of a text, or holds it, in the message of a signature. */
const CARRIERS = wordSet(
  'buffer from bytes utf utf8 encode encoder encoding get string str to byte array value standard charsets',
);

interface Message {
  readonly range: Stretch;
  readonly text: string;
}

/** The detail is what replaces the range. */
function* check(source: Source): Generator<Problem<string>> {
  for (const { 0: word, index: start } of source.matches(LAST_PART, /sid_re/)) {
    const end = start + word.length;
    const unit = source.unitAt(start);
    const around = source.slice(unit);
    if (!source.isInString(start) || !SIGNS.test(around)) continue;
    if (word === 'sid_response') {
      // Code that tries both knows what it does.
      if (around.includes('sid_request')) continue;
      const message = l10n.t(
        'Smile ID signs callbacks with "sid_request", too: a signature over "sid_response" never matches.',
      );
      yield { start, end, message, detail: 'sid_request' };
      continue;
    }
    const signed = signedWith(source, { start, end }, unit);
    if (isOutOfOrder(signed.text)) {
      const message = l10n.t(
        'Smile ID signs timestamp, partner ID and "sid_request" in this order: in another one, the signature never matches.',
      );
      yield { ...signed.range, message };
    }
    const number = numberIn(source, signed, unit);
    if (number === null) continue;
    const message = l10n.t(
      'Smile ID expects the timestamp in ISO 8601, such as 2025-01-31T12:00:00.000Z, where it is signed and where it is sent.',
    );
    const isScript = source.language.sdk === 'javascript';
    const isWhole = /^\s*(?:;|$)/m.test(source.code.slice(number.end, number.end + 40));
    const detail = isScript && isWhole ? 'new Date().toISOString()' : undefined;
    yield { ...number, message, detail };
  }
  yield* withoutLastPart(source);
}

/** Signatures over timestamp and partner ID alone. */
function* withoutLastPart(source: Source): Generator<Problem<never>> {
  if (source.says(/sid_re(?:quest|sponse)/) || source.says(/\/v3\b|usesmileid|sec_?key/i)) return;
  for (const call of signingCallsIn(source)) {
    const unit = source.unitAt(call.start);
    const around = source.slice(unit);
    const argument = messageOf(source, call);
    if (argument === null || !HMAC.test(around) || namesOtherService(around)) continue;
    const range = givenTo(source, argument, unit) ?? argument;
    if (!isTimeAndPartner(source.slice(range))) continue;
    const message = l10n.t(
      'Smile ID signs timestamp, partner ID and "sid_request", in this order: without "sid_request" the signature never matches.',
    );
    yield { ...range, message };
  }
}

/** Alone, in a call that makes bytes of it, or before one. */
const VARIABLE = /(?<![\w$.>])\$?([A-Za-z_]\w*)(?:\.\w+\([^()]*\))?\)*$/;

/** Where the message is a variable, what it was given in the same function. */
function givenTo(source: Source, argument: Stretch, unit: Stretch): Stretch | null {
  const name = VARIABLE.exec(source.slice(argument))?.[1];
  if (name === undefined) return null;
  const above = source.code.slice(unit.start, argument.start);
  const given = new RegExp(`(?<![\\w$.])\\$?${name}\\s*(?::\\s*\\w+\\s*)?:?=(?!=)\\s*([^;\\n]+)`);
  const found = given.exec(above);
  if (found?.[1] === undefined) return null;
  const start = unit.start + found.index + found[0].length - found[1].length;
  return { start, end: start + found[1].trimEnd().length };
}

/** A name that ends its path: no call, and no letter before a string. PHP joins texts with a dot. */
const LAST_NAME = /[A-Za-z_]\w*(?!\w*(?:["'`]|\s*(?:\.\w|->|\?\.|::|\()))/g;

/** Whether a message is made of these two, and of nothing else that could be the last part. */
function isTimeAndPartner(text: string): boolean {
  const names = (text.match(LAST_NAME) ?? []).filter(
    (name) => !wordsOf(name).every((word) => CARRIERS.has(word)),
  );
  const isTime = (name: string): boolean => name.search(TIME) >= 0;
  const isPartner = (name: string): boolean => name.search(PARTNER) >= 0;
  return names.length === 2 && names.filter(isTime).length === 1 && names.some(isPartner);
}

/** The expression that a last part stands in; where that is nothing else, with what was signed before it. */
function signedWith(source: Source, last: Stretch, unit: Stretch): Message {
  const range = expressionAround(source, last);
  const own = source.slice(range);
  if (own.search(TIME) >= 0 || own.search(PARTNER) >= 0) return { range, text: own };
  const before = [...signingCallsIn(source)].filter(
    ({ start }) => start >= unit.start && start < unit.end,
  );
  const parts = before.flatMap((call) => messageOf(source, call) ?? []);
  return { range, text: parts.map((part) => source.slice(part)).join(' ') };
}

/** An argument, a list that is joined, or what a name is given. */
function expressionAround(source: Source, { start, end }: Stretch): Stretch {
  const open = source.openerBefore(start);
  const bracket = source.bare.charAt(open);
  if (bracket === '(') {
    const argument = source.argumentsAt(open).find((one) => one.start <= start && one.end >= end);
    if (argument) return argument;
  }
  const list = bracket === '[' ? source.groupAt(start) : null;
  if (list) return { start: list.start + 1, end: list.end };
  const from = statementStart(source, start);
  const head = source.code.slice(from, start);
  const given = /^[^=]*[^=!<>]=(?![=>])\s*|^\s*(?:return\b\s*)?/.exec(head)?.[0].length ?? 0;
  const rest = source.code.slice(end, source.lineEnd(end) ?? end + 40).split(';', 1)[0] ?? '';
  return { start: from + given, end: end + rest.trimEnd().length };
}

/** Whether each part is there once, and they are in another order than that in which they are signed. */
function isOutOfOrder(text: string): boolean {
  const [time, partner, last] = [TIME, PARTNER, LAST_PART].map((part) => [...text.matchAll(part)]);
  if (time?.length !== 1 || partner?.length !== 1 || last?.length !== 1) return false;
  const [timeAt = 0, partnerAt = 0, lastAt = 0] = [time, partner, last].map(
    ([match]) => match?.index,
  );
  return !(timeAt < partnerAt && partnerAt < lastAt);
}

/** A number of seconds in a message, or in what a name of the message was given. */
function numberIn(source: Source, { range, text }: Message, unit: Stretch): Stretch | null {
  const inline = AS_NUMBER.exec(source.slice(range));
  if (inline) return rangeOf(range.start + inline.index, inline[0]);
  const above = source.code.slice(unit.start, range.start);
  for (const [, name = ''] of text.matchAll(/(?<![\w$.>])\$?([A-Za-z_]\w*)/g)) {
    if (name.search(/time|ts$|now/i) < 0) continue;
    const line = new RegExp(`(?<![\\w$.>])\\$?${name}\\s*(?::\\s*\\w+\\s*)?:?=(?!=)[^;\\n]+`, 'g');
    const given = [...above.matchAll(line)].at(-1);
    const number = given && AS_NUMBER.exec(given[0]);
    if (number && !IS_FORMATTED.test(given[0]))
      return rangeOf(unit.start + given.index + number.index, number[0]);
  }
  return null;
}

const rangeOf = (start: number, text: string): Stretch => ({ start, end: start + text.length });

function fix(_source: Source, range: Stretch, right: string): Fix[] {
  return [{ title: l10n.t('Use {0}', right), edits: [{ ...range, text: right }] }];
}

export const rule = defineRule({
  id: 'wrong-signed-text',
  title: 'Signature over another text',
  languages: CODE,
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a signed text that is not timestamp, partner ID and `sid_request`',
  setting:
    'The signed text is not timestamp (ISO 8601), partner ID and `sid_request`, in this order.',
  text: `
What is signed is the timestamp, the partner ID and the text \`sid_request\`, in this order and with
nothing between them. That is so for requests and for callbacks: there is no \`sid_response\`. The
timestamp is the text that is sent, in ISO 8601, and no number of seconds. With any other text the
signature does not match (2205).
`,
  wrong: `
const message = timestamp + partnerId + 'sid_response';
const signature = crypto.createHmac('sha256', smileApiKey).update(message).digest('base64');
`,
  right: `
const message = timestamp + partnerId + 'sid_request';
const signature = crypto.createHmac('sha256', smileApiKey).update(message).digest('base64');
`,
};
