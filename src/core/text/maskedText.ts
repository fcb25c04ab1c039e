import type { Language } from './languages';
import type { Range } from './range';
import { kindSet, type Tokens } from './tokens';

/** A part of a text in which nothing is code: a comment, or what is in a string or a regular expression. */
export interface Silent extends Range {
  readonly isComment: boolean;
}

const PERCENT = 37;

/** Whether a token opens one of Ruby's lists of words: `%w[`. It is a string, and a list of them. */
export function opensWordList(tokens: Tokens, index: number): boolean {
  if (tokens.text.charCodeAt(tokens.startOf(index)) !== PERCENT) return false;
  return tokens.kindAt(index) === 'quote' && /^%[wi]/i.test(tokens.textOf(index));
}

/** Whether a token opens brackets, those of a list of words among them. Its last character is the bracket. */
export const opensList = (tokens: Tokens, index: number): boolean =>
  tokens.kindAt(index) === 'open' || opensWordList(tokens, index);

/**
 * All that is no code, in the order of the text: comments, and what is in quotes, without these. A docstring is a
 * comment, with its quotes. Words of a list are code.
 */
export function silentRanges(tokens: Tokens, { hasDocstrings }: Language): Silent[] {
  const found: Silent[] = [];
  const { text } = tokens;
  let listEnd = -1;
  let index = tokens.indexOf(SILENT, 0);
  for (; index < tokens.length; index = tokens.indexOf(SILENT, index + 1)) {
    const start = tokens.startOf(index);
    const end = tokens.endOf(index);
    switch (tokens.kindAt(index)) {
      case 'comment':
        found.push({ start, end, isComment: true });
        break;
      case 'quote':
        if (hasDocstrings && isDocstring(tokens, index)) {
          index = tokens.partnerOf(index);
          found.push({ start, end: tokens.endOf(index), isComment: true });
        } else if (opensWordList(tokens, index)) listEnd = tokens.partnerOf(index);
        break;
      case 'text':
      case 'escape':
        if (index > listEnd) found.push({ start, end, isComment: false });
        break;
      case 'regexp':
        found.push({ start: start + 1, end: text.lastIndexOf('/', end - 1), isComment: false });
        break;
      default:
    }
  }
  return found;
}

const SILENT = kindSet('comment', 'quote', 'text', 'escape', 'regexp');

/** Three quotes that begin a line of Python are prose. */
function isDocstring(tokens: Tokens, index: number): boolean {
  const { text } = tokens;
  const start = tokens.startOf(index);
  if (!/^[rbu]*(?:"""|''')$/i.test(text.slice(start, tokens.endOf(index)))) return false;
  return index === 0 || text.slice(tokens.endOf(index - 1), start).includes('\n');
}

/** Lines end with \n alone, as in VS Code; regular expressions would end them with these, too. */
const NO_LINE_ENDS = ['\r', '\u2028', '\u2029'];

/** A text in which \n alone ends lines. */
export const withPlainLines = (text: string): string =>
  NO_LINE_ENDS.reduce((plain, sign) => plain.replaceAll(sign, ' '), text);

/**
 * A text in the same length without some of its parts.
 * @param signFor what replaces each character of a part; null to leave the part as it is
 */
export function maskedText(
  text: string,
  parts: readonly Silent[],
  signFor: (part: Silent) => string | null,
  keepsLines: boolean,
): string {
  let masked = '';
  let done = 0;
  let line = keepsLines ? -1 : Infinity;
  for (const part of parts) {
    const sign = signFor(part);
    if (sign === null) continue;
    const { start, end } = part;
    if (line < start) {
      line = text.indexOf('\n', start);
      if (line < 0) line = Infinity;
    }
    masked += text.slice(done, start);
    masked +=
      line < end ? text.slice(start, end).replace(/[^\n]/g, sign) : sign.repeat(end - start);
    done = end;
  }
  return masked + text.slice(done);
}
