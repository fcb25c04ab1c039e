import * as l10n from '../../l10n';
import type { Fix } from '../finding';
import { anyOf, inOrder } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import type { Source } from '../source';
import { statementStart } from '../statementStart';

/** The time now, in the ways in which it is written as text. */
const NOW = anyOf(
  'g',
  /\bnew Date\(\)\.to(?:ISO|UTC|JSON)?String\(\)|\bDate\.now\(\)/,
  inOrder('', /\bdatetime\.(?:datetime\.)?(?:utc)?now\([^()\n]*\)/, /(?:\.\w+\([^()\n]*\)){0,4}/),
  /\bTime\.now(?:\.\w+)*|\b(?:gm)?date\(\s*(?:DATE_\w+|["'][\w:\\.-]+["'])\s*\)/,
  /\bInstant\.now\(\)(?:\.toString\(\))?/,
  /\bDateTime(?:Offset)?\.(?:Utc)?Now(?:\.ToString\([^()\n]*\))?/,
  /\btime\.Now\(\)(?:\.\w+\([^()\n]*\)){0,4}/,
);
const TIMESTAMP_KEY = inOrder(
  'i',
  /(?:[{,([]\s*["']?|\n\s*["']?|[{,(]\s*:)timestamp/,
  /["']?\]?\s*(?::|=>|=|,|\bto\b)\s*$/,
);
const SIGNS = /sid_request|confirm_?signature|generate_?signature|hmac/i;
/** What is read of a timestamp, up to the bracket that closes. */
const TIMESTAMP = /[^()\n]{0,60}timestamp/;
/** A timestamp that is read, and written again. */
const AGAIN = anyOf(
  'gi',
  inOrder('', /\bnew Date\(/, TIMESTAMP, /[^()\n]{0,9}\)\.to(?:ISO|UTC|JSON)?String\(\)/),
  inOrder(
    '',
    /\b(?:moment|dayjs)\(/,
    TIMESTAMP,
    /[^()\n]{0,9}\)(?:\.utc\(\))?\.(?:format|toISOString)\([^()\n]*\)/,
  ),
  inOrder(
    '',
    /\b(?:datetime\.)?(?:fromisoformat|strptime|parse)\(/,
    TIMESTAMP,
    /[^()\n]{0,40}\)(?:\.astimezone\([^()\n]*\))?/,
    /\.(?:isoformat|strftime)\([^()\n]*\)/,
  ),
  inOrder(
    '',
    /\b(?:Time|DateTime)\.(?:parse|iso8601)\(/,
    TIMESTAMP,
    /[^()\n]{0,9}\)(?:\.utc)?\.(?:iso8601|to_s|strftime|xmlschema)/,
  ),
  inOrder('', /\b(?:gm)?date\([^()\n]{0,40},\s*strtotime\(/, TIMESTAMP, /[^()\n]{0,9}\)\)/),
  inOrder(
    '',
    /\b(?:Instant|OffsetDateTime|ZonedDateTime)\.parse\(/,
    TIMESTAMP,
    /(?:\(\))?[^()\n]{0,9}\)\.(?:toString|format)\([^()\n]*\)/,
  ),
  inOrder('', /\bDateTime(?:Offset)?\.Parse\(/, TIMESTAMP, /[^()\n]{0,9}\)\.ToString\([^()\n]*\)/),
);
const PARSED = inOrder(
  'gi',
  /\b(\w+),\s*\w+\s*:?=\s*time\.Parse\([^()\n]{0,40},\s*/,
  TIMESTAMP,
  /\)/,
);

/** The detail is the function around it. */
function* check(source: Source): Generator<Problem<Stretch>> {
  const { code } = source;
  for (const { 0: now, index: start } of source.matches(NOW)) {
    if (source.isInString(start) || !TIMESTAMP_KEY.test(code.slice(Math.max(0, start - 60), start)))
      continue;
    const unit = source.unitAt(start);
    const around = source.slice(unit);
    const group = source.groupAt(start);
    const isPut =
      group !== null && /\(\s*["']timestamp["']\s*,\s*$/.test(code.slice(group.start, start));
    const beside = group !== null && !isPut ? source.slice(group) : source.near(start, 2);
    if (!/\bsignature\b/i.test(beside)) continue;
    const isSigned = around.includes('sid_request') && (around.match(NOW) ?? []).length > 1;
    const isSdk = /generate_?signature\(/i.test(around);
    if (!isSigned && !isSdk) continue;
    const message = l10n.t(
      'This timestamp differs from the signed one. Send exactly the string that was signed.',
    );
    yield { start, end: start + now.length, message, detail: unit };
  }
  const again = (start: number, length: number): Problem<Stretch> => ({
    start,
    end: start + length,
    message: l10n.t(
      'Parsing a timestamp and formatting it again changes its text, and the signature no longer matches. Sign the original string.',
    ),
  });
  for (const { 0: written, index } of source.matches(AGAIN, /timestamp/)) {
    if (isSigned(source, index)) yield again(index, written.length);
  }
  for (const { 1: name = '', index } of source.matches(PARSED, /timestamp/)) {
    const format = new RegExp(`\\b${name}(?:\\.UTC\\(\\))?\\.Format\\([^()\\n]*\\)`).exec(
      code.slice(index, source.unitAt(index).end),
    );
    if (format && isSigned(source, index + format.index))
      yield again(index + format.index, format[0].length);
  }
}

/** Where the same expression was kept in a variable above, that one. */
function fix(source: Source, range: Stretch, unit: Stretch): Fix[] {
  const above = source.code.slice(unit.start, range.start);
  const expression = source.slice(range);
  for (const [whole, name = ''] of above.matchAll(/(\$?\b[a-zA-Z_]\w*)\s*:?=\s*(?=[^\s=])/g)) {
    if (!above.includes(`${whole}${expression}`)) continue;
    const isUsed = new RegExp(`\\b${name.replace('$', '')}\\b[^;]{0,300}sid_request`).test(above);
    if (isUsed)
      return [
        { title: l10n.t("Use signed variable '{0}'", name), edits: [{ ...range, text: name }] },
      ];
  }
  return [];
}

/** Whether an expression, or the variable that it is given to, takes part in a signature. */
function isSigned(source: Source, at: number): boolean {
  const { code } = source;
  const from = statementStart(source, at);
  const head = code.slice(from, at);
  const line = code.slice(at, at + 200).split(/[\n;]/, 1)[0] ?? '';
  if (
    /confirm_?signature\(|generate_?signature\(|hmac[^;]*\(/i.test(head) ||
    line.includes('sid_request')
  )
    return true;
  const name = /([a-zA-Z_]\w*)\s*:?=\s*$/.exec(head)?.[1];
  if (name === undefined) return false;
  const rest = code.slice(at, source.unitAt(at).end).split('\n').slice(1);
  const used = new RegExp(`\\b${name}\\b`);
  return rest.some((one) => SIGNS.test(one) && used.test(one));
}

export const rule = defineRule({
  id: 'timestamp-twice',
  title: 'Timestamp regenerated after signing',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a timestamp that is not the one that was signed',
  setting:
    'The timestamp that is sent is regenerated after signing and differs from the signed one.',
  text: `
The timestamp that is sent must be the text that was signed, to the last character. A second call of
the clock, or reading the text as a date and writing it again, gives another text, and the signature
does not fit (2205).
`,
  wrong: `
// Smile ID
const { signature } = new Signature(partnerId, apiKey).generate_signature(new Date().toISOString());
const body = { partner_id: partnerId, timestamp: new Date().toISOString(), signature };
`,
  right: `
// Smile ID
const timestamp = new Date().toISOString();
const { signature } = new Signature(partnerId, apiKey).generate_signature(timestamp);
const body = { partner_id: partnerId, timestamp, signature };
`,
};
