import * as l10n from '../../l10n';
import { isKnownCode } from '../../catalogue/catalogue';
import { strengthOf } from '../../codes/codeNames';
import type { CodeSpan } from '../../catalogue/types';
import { kindSet } from '../../text/tokens';
import { anyOf, inOrder, eitherOf } from '../patterns';
import type { Fix } from '../finding';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import { matchesIn, type Stretch } from '../search';
import type { Source } from '../source';

const CONVERTERS = eitherOf(
  String.raw`parseInt parseFloat Number int intval Integer Int int\.Parse ToInt32 Atoi`,
);
const CONVERSION = new RegExp(String.raw`\b${CONVERTERS}\s*\(|\(int\)\s*`);
/** Where a code itself is made a number, a number is what it has to be compared with. */
const CONVERTED = anyOf('i', CONVERSION, /\.to_?i(?:nt)?\b|\.toInt\(|(?:^|[(\s])\+\$?[A-Za-z_]/);
const CONVERTED_CODE = inOrder('i', CONVERSION, /[^()\n]{0,60}code/);
/** Names that are given such a number, or are declared as one. */
const MADE_NUMBER = anyOf(
  'gi',
  inOrder(
    '',
    /(?<![\w$])([\w$]{1,40})["'\]]{0,2}\s*(?::\s*\w+\s*)?:?=(?!=)\s*(?:\(\s*)?/,
    CONVERSION,
    /[^;\n]{0,80}?code/,
  ),
  inOrder(
    '',
    /(?<![\w$])([\w$]{1,40})["'\]]{0,2}\s*:?=(?!=)/,
    /[^;\n=]{0,80}code["'\])]{0,3}\.to_?i(?:nt)?\b/,
  ),
  /(?<!\w)(\w{0,40}code)["'\]]{0,2}\??\s{0,3}:\s{0,3}(?:number|int|Int|Integer)\b/,
  /(?<!\w)(\w{0,40}code)\s{1,9}\*?int\d{0,2}\b|\bint(?:eger)?\s+\$?(\w{0,40}code)/,
);
/** What such names have on their line. */
const NUMBER_NEAR_CODE = anyOf(
  '',
  /(?:int|float|number|atoi)[^;\n]{0,90}code/,
  /code["'\])]{0,3}\??[\s:.*]{1,12}(?:to_?i|number|int)/,
);
const LIST_CALL = /\b(?:List\.of|Set\.of|asList|Stream\.of)\($/;
/** What somebody answers or throws under a bare `code` is that service's own. */
const BARE_CODE = /(?<![\w$.>-])["']?code["']?\s*(?::|=>)\s*$/i;

/** A result code compared with, or listed as, a number. */
function* check(source: Source): Generator<Problem<string>> {
  const { code, language } = source;
  const numeric = new Set(source.fact('made numbers', madeNumbers));
  for (const { start, end, code: digits } of numbersUsedAsCodes(source)) {
    const isShort = end - start < 4;
    if (language.isTyped) {
      const open = source.openerBefore(start);
      if (!LIST_CALL.test(code.slice(Math.max(0, open - 20), open + 1))) continue;
    }
    if (language.layout === 'yaml' && digits.startsWith('0') && !isShort) continue;
    if (!isShort && BARE_CODE.test(code.slice(Math.max(0, start - 20), start))) continue;
    if (isMadeNumber(source, { start, end }, numeric)) continue;
    // These languages make text of such a key, or a number of such a text.
    const isKey = /^\s*(?::|=>)/.test(code.slice(end, end + 9)) && !isLabel(source, start);
    if (isKey && !digits.startsWith('0') && language.hasLooseKeys) continue;
    const written = code.slice(start, end);
    const message = isShort
      ? l10n.t(
          'Smile ID sends result codes as text: this one is "{0}". The number {1} has lost its zero, and is equal to no code.',
          digits,
          written,
        )
      : l10n.t(
          'Smile ID sends result codes as text: a strict comparison of "{0}" with the number {1} never matches.',
          digits,
          written,
        );
    yield { start, end, message, detail: digits };
  }
}

function fix({ code, language }: Source, { start, end }: Stretch, digits: string): Fix[] {
  // One end of a range of numbers.
  if (/^\.\.|^.?\.\./.test(code.slice(end, end + 3)) || code.slice(start - 2, start) === '..')
    return [];
  const text = `${language.quote}${digits}${language.quote}`;
  return [{ title: l10n.t('Convert to string {0}', text), edits: [{ start, end, text }] }];
}

function madeNumbers({ code }: Source): readonly string[] {
  const whole = { start: 0, end: code.length };
  const found = matchesIn(code, MADE_NUMBER, whole, NUMBER_NEAR_CODE);
  return [...found].map(([, ...names]) => names.find(Boolean) ?? '');
}

const SUBJECT = /\b(?:switch|match|when|case)\b[ \t]*([^\n{:]{1,100})/g;
const COMPARED_LEFT = /([^\n;&|{}]{1,120}?)\s*(?:[!=]==?|<>|\b(?:not )?in\b\s*[[({]?[^\n]*)\s*$/;

/** Whether what a number is compared with was made a number before, as far as the names tell. */
function isMadeNumber(
  source: Source,
  { start, end }: Stretch,
  numeric: ReadonlySet<string>,
): boolean {
  const { code } = source;
  const isNumeric = (operand: string): boolean =>
    CONVERTED.test(operand) || numeric.has(/([\w$]+)["'\])\s]*$/.exec(operand)?.[1] ?? '');
  const before = code.slice(Math.max(0, start - 200), start);
  const after = code.slice(end, end + 80);
  const left = COMPARED_LEFT.exec(before)?.[1];
  if (left !== undefined) return isNumeric(left);
  const right = /^\s*[!=]==?\s*([^\n;&|{}]{1,120})/.exec(after)?.[1];
  if (right !== undefined) {
    return (
      CONVERTED.test(right) ||
      numeric.has(/^[\w$.>[\]"'-]*?([\w$]+)["'\]]{0,2}(?![\w$.[>-])/.exec(right)?.[1] ?? '')
    );
  }
  if (isLabel(source, start)) {
    const heads = [...code.slice(Math.max(0, start - 1500), start).matchAll(SUBJECT)];
    const head = heads.findLast(([, subject = '']) => /^[^\s"'`\d]/.test(subject))?.[1];
    if (head !== undefined) return isNumeric(head.replace(/[)\s:{]*$/, ''));
  }
  // A list, a table: nobody can say what it is compared with.
  return numeric.size > 0 || (source.says(CONVERTED) && source.says(CONVERTED_CODE));
}

function isLabel({ code }: Source, at: number): boolean {
  return /\b(?:case|when)\s[^:\n]*$/.test(code.slice(Math.max(0, at - 60), at));
}

const EQUALITY = new Set(['==', '===', '!=', '!==']);
const NUMBERS = kindSet('number');

/** Variables that were given a result code, compared with a number: beside `code`, the search leaves those alone. */
function comparedNumbers(source: Source): CodeSpan[] {
  const { tokens, region } = source;
  const found: CodeSpan[] = [];
  for (
    let index = tokens.indexOf(NUMBERS, tokens.indexAt(region.start));
    tokens.startOf(index) < region.end;
    index = tokens.indexOf(NUMBERS, index + 1)
  ) {
    const code = tokens.textOf(index);
    if (code.length !== 4 || !isKnownCode(code)) continue;
    const operator = tokens.previousCode(index);
    const name = tokens.previousCode(operator);
    if (!EQUALITY.has(tokens.textOf(operator)) || tokens.kindAt(name) !== 'word') continue;
    const variable = tokens.textOf(name).replace('$', '');
    if (strengthOf(variable) === 2 || !source.isCodeName(variable)) continue;
    if (tokens.textOf(tokens.previousCode(name)) === '.') continue;
    found.push({ code, start: tokens.startOf(index), end: tokens.endOf(index) });
  }
  return found;
}

/** Codes without quotes, those with a lost zero included; `code` is always the four digits. */
function numbersUsedAsCodes(source: Source): CodeSpan[] {
  const { code } = source;
  const isNumber = ({ start, end }: Stretch): boolean =>
    !source.isInString(start) &&
    !/["'`\w]/.test(code.charAt(start - 1)) &&
    !/["'`]/.test(code.charAt(end)) &&
    !/%[wi][[({][^\])}]*$/.test(code.slice(Math.max(0, start - 200), start));
  const found = source.codes.filter((span) => isKnownCode(span.code) && isNumber(span));
  const known = new Set(found.map(({ start }) => start));
  found.push(...comparedNumbers(source).filter(({ start }) => !known.has(start)));
  // With the zero put back, the search for codes finds those that lost it, too.
  const starts: number[] = [];
  const { start: from } = source.region;
  const looked = source.slice(source.region);
  const padded = looked.replace(/(?<![\w.'"`$-])[89]\d\d(?![\w.'"`])/g, (digits, at: number) => {
    if (!isKnownCode(`0${digits}`) || source.isInString(from + at)) return digits;
    starts.push(from + at);
    return `0${digits}`;
  });
  if (starts.length === 0) return found;
  const byStart = new Map(source.codesIn(padded).map((span) => [span.start, span]));
  starts.forEach((start, index) => {
    const span = byStart.get(start + index);
    if (span && isNumber({ start, end: start + 3 }))
      found.push({ code: span.code, start, end: start + 3 });
  });
  return found.sort((a, b) => a.start - b.start);
}

export const rule = defineRule({
  id: 'code-as-number',
  title: 'Result code as a number',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a result code compared with a number',
  setting: 'A result code is compared with, or listed as, a number: the zero at its front is lost.',
  text: `
Result codes are text. \`0810\` as a number is 810 (or, with its zero, an octal number or no number at
all), and a strict comparison with text is never true. The fix writes the code in quotes. A
comparison with a code that was made a number, as in \`int(code) == 810\`, is left alone.
`,
  wrong: `
// Smile ID
if (result.ResultCode === 810) approve(user);
`,
  right: `
// Smile ID
if (result.ResultCode === '0810') approve(user);
`,
};
