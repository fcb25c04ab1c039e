import * as l10n from '../l10n';
import { explain, isKnownCode } from '../catalogue/catalogue';
import { strengthOf } from '../codes/codeNames';
import type { CodeSpan } from '../catalogue/types';
import { kindSet } from '../text/tokens';
import { claimOf, statementStart, wordsOf, type Claim } from './claim';
import type { Finding, Fix, TextEdit } from './finding';
import { matchesIn } from './search';
import type { Stretch } from './search';
import type { Source } from './source';

const CONVERSION = String.raw`(?:\b(?:parseInt|parseFloat|Number|int|intval|Integer|Int|int\.Parse|ToInt32|Atoi)\s*\(|\(int\)\s*)`;
/** Where a code itself is made a number, a number is what it has to be compared with. */
const CONVERTED = new RegExp(
  String.raw`${CONVERSION}|\.to_?i(?:nt)?\b|\.toInt\(|(?:^|[(\s])\+\$?[A-Za-z_]`,
  'i',
);
const CONVERTED_CODE = new RegExp(String.raw`${CONVERSION}[^()\n]{0,60}code`, 'i');
/** Names that are given such a number, or are declared as one. */
const MADE_NUMBER = new RegExp(
  String.raw`(?<![\w$])([\w$]{1,40})["'\]]{0,2}\s*(?::\s*\w+\s*)?:?=(?!=)\s*(?:\(\s*)?${CONVERSION}[^;\n]{0,80}?code` +
    String.raw`|(?<![\w$])([\w$]{1,40})["'\]]{0,2}\s*:?=(?!=)[^;\n=]{0,80}code["'\])]{0,3}\.to_?i(?:nt)?\b` +
    String.raw`|(?<!\w)(\w{0,40}code)["'\]]{0,2}\??\s{0,3}:\s{0,3}(?:number|int|Int|Integer)\b` +
    String.raw`|(?<!\w)(\w{0,40}code)\s{1,9}\*?int\d{0,2}\b|\bint(?:eger)?\s+\$?(\w{0,40}code)`,
  'gi',
);
/** What such names have on their line. */
const NUMBER_NEAR_CODE =
  /(?:int|float|number|atoi)[^;\n]{0,90}code|code["'\])]{0,3}\??[\s:.*]{1,12}(?:to_?i|number|int)/;
const LIST_CALL = /\b(?:List\.of|Set\.of|asList|Stream\.of)\($/;
/** What somebody answers or throws under a bare `code` is that service's own. */
const BARE_CODE = /(?<![\w$.>-])["']?code["']?\s*(?::|=>)\s*$/i;

/** A result code compared with, or listed as, a number. */
export function codeAsNumber(source: Source): Finding[] {
  const { code, language } = source;
  const numeric = new Set(source.fact('made numbers', madeNumbers));
  const found: Finding[] = [];
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
    const text = `${language.quote}${digits}${language.quote}`;
    found.push({
      rule: 'code-as-number',
      start,
      end,
      message: isShort
        ? l10n.t(
            'Smile ID sends result codes as text: this one is "{0}". The number {1} has lost its zero, and is equal to no code.',
            digits,
            written,
          )
        : l10n.t(
            'Smile ID sends result codes as text: a strict comparison of "{0}" with the number {1} never matches.',
            digits,
            written,
          ),
      fixes:
        /^\.\.|^.?\.\./.test(code.slice(end, end + 3)) || code.slice(start - 2, start) === '..'
          ? []
          : [{ title: l10n.t('Convert to string {0}', text), edits: [{ start, end, text }] }],
    });
  }
  return found;
}

function madeNumbers({ code }: Source): readonly string[] {
  const whole = { start: 0, end: code.length };
  const found = matchesIn(code, MADE_NUMBER, whole, NUMBER_NEAR_CODE);
  return [...found].map(([, ...names]) => names.find(Boolean) ?? '');
}

const SUBJECT = /\b(?:switch|match|when|case)\b[ \t]*([^\n{:]{1,100})/g;

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
  const left = /([^\n;&|{}]{1,120}?)\s*(?:[!=]==?|<>|\b(?:not )?in\b\s*[[({]?[^\n]*)\s*$/.exec(
    before,
  )?.[1];
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

const DOCUMENT = /document_?verification|doc_?v\b|job_?type\W{1,9}(?:6|11)\b|\bdocument/i;
const OTHER_PRODUCT = /biometric|smart_?selfie|(?:basic|enhanced)_?kyc|job_?type\W{1,9}[1245]\b/i;

/** A code that only ever means rejected or failed, where code treats it as success. */
export function rejectedAsSuccess(source: Source): Finding[] {
  const found: Finding[] = [];
  for (const { code, start, end } of source.codes) {
    const what = onlyBad(code, source);
    if (what === null) continue;
    const claim = claimOf(source, { start, end });
    if (claim === null) continue;
    found.push({
      rule: 'rejected-as-success',
      start,
      end,
      message:
        claim.by === ''
          ? l10n.t('{0} means {1}, but this code treats it as approved.', code, what)
          : l10n.t('{0} means {1}, but "{2}" treats it as approved.', code, what, claim.by),
      fixes: claim.isList ? outOfList(source, { start, end }) : [],
    });
  }
  return found;
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
function outOfList(source: Source, { start, end }: Stretch): Fix[] {
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

const SUCCEEDED = /\b(?:is)?(job_?success)\b/gi;
const RESULT_CODE = /result_?code/i;
/** What repeats the name of the field says nothing about the identity. */
const WEAK: ReadonlySet<string> = new Set(
  'success successes successful succeeded ok okay pass passed'.split(' '),
);

/** The envelope of a job status answer taken for what it does not say. No fix: it depends on the product. */
export function envelopeAsVerdict(source: Source): Finding[] {
  const { code } = source;
  const found: Finding[] = [];
  const check = (start: number, end: number, to: number, message: string): void => {
    const claim = claimOf(source, { start, end: to }, WEAK);
    if (claim === null) return;
    const from = statementStart(source, start);
    const around =
      code.slice(from, end) +
      code
        .slice(end, end + 160)
        .split('\n', 1)
        .join('') +
      claim.branch;
    const isOneOfSeveral =
      /(?:&&|\band\b)\s*(?:[\w.]*\b(?:code|is(?!Job(?:Complete|Success))[A-Z]\w*\())/.test(around);
    if (!RESULT_CODE.test(around) && !isOneOfSeveral)
      found.push({ rule: 'envelope-as-verdict', start, end, message, fixes: [] });
  };
  if (source.isData) return found;
  for (const { 0: match, 1: name = '', index } of source.matches(SUCCEEDED)) {
    const start = index + match.length - name.length;
    const end = index + match.length;
    const to =
      /^(?:["']\s*(?:,\s*\w+\s*)?[\])]+)?(?:\(\))?(?:\s*(?:===?|is)\s*(?:true|True)\b)?/.exec(
        code.slice(end, end + 40),
      );
    check(
      start,
      end,
      end + (to?.[0].length ?? 0),
      l10n.t(
        'job_success is not a verdict on the identity: it can be true for a provisional result. Decide by the ResultCode.',
      ),
    );
  }
  for (const { code: digits, start, end } of source.codes) {
    if (digits !== '2302') continue;
    check(
      start,
      end,
      end,
      l10n.t(
        '2302 says that the request succeeded, not that the identity was verified. Decide by the ResultCode.',
      ),
    );
  }
  return found;
}

const TYPE_ONE = /\bjob_?type["']?\]?\s{0,3}(?:=>|:|={1,3})\s{0,3}["']?1\b|\bbiometric_?kyc\b/i;
const OTHER_TYPE =
  /\bjob_?type["']?[\])]{0,2}\s{0,3}(?:=>|:|[!=]={0,2})\s{0,3}["']?(?:[2-9]|1\d)\b|\b(?:enhanced|basic)_?kyc\b|\bbusiness_?verification\b/i;
const ID_ONLY = new Set('id ids number lookup found first half intermediate validated'.split(' '));
const ID_ONLY_TEXT = /\bid_?(?:number)?_?(?:is_?)?(?:verified|valid|found|ok)|selfie|half/i;

/** 1012 taken as the end of a Biometric KYC, whose selfie part is still to come. */
export function provisionalAsFinal(source: Source): Finding[] {
  if (!source.says(TYPE_ONE) || source.says(OTHER_TYPE)) return [];
  const isIdOnly = (claim: Claim): boolean =>
    wordsOf(claim.by).some((word) => ID_ONLY.has(word)) || ID_ONLY_TEXT.test(claim.branch);
  return source.codes.flatMap(({ code: digits, start, end }): Finding[] => {
    if (digits !== '1012') return [];
    const claim = claimOf(source, { start, end });
    if (claim === null || isIdOnly(claim)) return [];
    return [
      {
        rule: 'provisional-as-final',
        start,
        end,
        message: l10n.t(
          'In Biometric KYC (job type 1), 1012 only says that the ID number exists. The selfie comparison is still pending: wait for 0810 or 1210.',
        ),
        fixes: [],
      },
    ];
  });
}
