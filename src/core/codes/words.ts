import { explain } from '../catalogue/catalogue';
import { strengthOf } from './codeNames';
import { isKnown } from './knownDigits';
import { NO_USE, type Use } from './usesOf';
import { BEFORE_BARE_CODE } from './vocabulary';

/** Words between a name and its code. */
const LINK = '(?:[\\s:=([]|\\b(?:is|are|was|were|of|like|as|equals?|value|got|returned)\\b)*';
const NAME = '(?:(?:smile|result|error)[ _-]?(?:id |result )?)?codes?';
const NAMED = new RegExp(
  `(?:^|[^\\w-])(?:(?!(?:smile|result|error)\\b)([A-Za-z]+)[ -])?(${NAME})["'\`]?${LINK}["'\`]?$`,
  'i',
);
/** "Smile ID 2205: You are not authorized" in logs. */
const AFTER_SMILE = /\bsmile[ _-]?id(?:entity)?(?: error)?:? $/i;
/** "Result code(s)" spelled in words, and later in the sentence a place where another code may stand. */
const SENTENCES = [
  /\b(?:result|smile) codes\b[^.\n"'`=]*(?:[:;,(]|\b(?:and|or|for|not|is|are|like|than|as))\s*$/i,
  /\b(?:result|smile) code \d{4}\b[^.\n"'`=]*;\s*$/i,
];
const GOES_ON = /^\s*(?:[.,;:)(]|$|(?:and|or|is|are|was|means?|counts?)\b)/;
/** Other codes of the same list, up to the end. */
const SIBLING = /(?<!\w)["'`]?(\d{4})["'`]?\s*(?:,|\/|\||(?:,\s*)?\b(?:and|or))\s*$/;
const AFTER_SIBLING = /(?:[,/|]|\b(?:and|or))\s*$/;
const MOST_SIBLINGS = 30;
const REACH = 160;

/** The line up to a position, as far as it is near. */
function lineBefore(text: string, position: number): string {
  const near = text.slice(Math.max(0, position - REACH), position);
  return near.slice(near.lastIndexOf('\n') + 1);
}

const NAME_OF_VALUE = new RegExp(
  `((?:\\w+[ -])?\\w+)["'\`]?${LINK.replace('|of|', '|of|ended|with|')}["'\`]?$`,
);

/** The last words before a value: `job type 6`, `Liveness_Check is "Passed"`. */
export function nameInWords(text: string, start: number): string {
  const line = lineBefore(text, start).slice(-80);
  return NAME_OF_VALUE.exec(line)?.[1] ?? '';
}

/** What the words before a code make of it. @param start where the digits begin, in a text that is read as words */
export function useInWords(text: string, start: number): Use {
  let line = lineBefore(text, start).replace(/["'`([]$/, '');
  const isFirst = !AFTER_SIBLING.test(line) || !SIBLING.test(line);
  for (let count = 0; count < MOST_SIBLINGS && AFTER_SIBLING.test(line); count += 1) {
    const shorter = line.replace(SIBLING, '');
    if (shorter === line) break;
    line = shorter;
  }
  const named = (strength: Use['strength']): Use => ({
    kind: 'words',
    strength,
    isDirect: isFirst,
  });
  if (AFTER_SMILE.test(line)) return named(1);
  const [, before, name] = NAMED.exec(line) ?? [];
  if (name !== undefined) {
    const isOthers = before !== undefined && !BEFORE_BARE_CODE.has(before.toLowerCase());
    return /^codes?$/i.test(name) && isOthers ? NO_USE : named(strengthOf(name));
  }
  const isSpoken =
    isKnown(Number(text.slice(start, start + 4))) &&
    SENTENCES.some((sentence) => sentence.test(line)) &&
    GOES_ON.test(text.slice(start + 4, start + 16).replace(/^["'`]/, ''));
  return isSpoken ? { kind: 'words', strength: 2, isDirect: false } : NO_USE;
}

/** What may be before a line of a table, and between the codes of one. */
const MARGIN = '[\\s/*#|>•-]*';
const AND = '(?:\\s*[,/|]\\s*|\\s+(?:and|or)\\s+)';
/** `0810 = passed`, `- 0811: rejected`, `0810, 0820 = passed`: a line of a table, up to one of its codes. */
const TABLE_LINE = new RegExp(`^${MARGIN}["'\`]?(?:\\d{4}["'\`]?${AND}["'\`]?){0,20}$`);
/** `1020 = exact match, 1021 = partial match`: several entries in a line. */
const LATER_ENTRY = new RegExp(
  `^${MARGIN}["'\`]?\\d{4}["'\`]?\\s*(?:=|:|->)[^\\n]*[,;]\\s*["'\`]?$`,
);
const TABLE_SIGN = /^["'`]?\s{0,8}(?:=>?|:|->|[-–—→|(])\s*["'`(]?[A-Za-z]/;
const MORE_CODES = new RegExp(`^(?:["'\`]?${AND}["'\`]?\\d{4})+`);
/** What tells that digits are something else. */
const OTHERS_BEFORE =
  /(?:\b(?:ports?|jobs?|line|user|ticket|room|pin|year|page|id|no\.?)\s*|[$€£+.-]|.#)$/i;
const OTHERS_AFTER =
  /^["'`]?\s*(?:ms|s|sec|bytes?|px|kb|mb|%|times|rows|files|lines|users|[\d./-])\b/i;

/**
 * What a comment makes of a known code: a line of a table, a code with its own text, or a word about one that the code
 * of the file has.
 * @param from where the comment begins
 * @param isUsed whether the code of the file has it
 */
export function useInComment(text: string, from: number, start: number, isUsed: boolean): Use {
  const found: Use = { kind: 'comment table', strength: 2, isDirect: false };
  const whole = lineBefore(text, start);
  const line = whole.slice(-(start - from));
  const after = text.slice(start + 4, start + 44).split('\n', 1)[0] ?? '';
  if (OTHERS_BEFORE.test(line) || OTHERS_AFTER.test(after)) return NO_USE;
  if (isUsed || hasOwnText(text.slice(start, start + 4), line, after))
    return { ...found, kind: 'words' };
  const isListed = TABLE_LINE.test(line);
  if (!isListed && !LATER_ENTRY.test(line)) return NO_USE;
  // `string('result_code') // 1020, 1021`
  if (isListed && /(?:result|smile)_?code/i.test(whole.slice(0, whole.length - line.length)))
    return found;
  return TABLE_SIGN.test(after.replace(MORE_CODES, '')) ? found : NO_USE;
}

/** Whether the text of a code is beside it: "Exact Match (1020)". */
function hasOwnText(code: string, before: string, after: string): boolean {
  const near = `${before.slice(-40)} ${after}`.toLowerCase();
  return explain(code).some(({ text }) => text !== null && near.includes(text.toLowerCase()));
}
