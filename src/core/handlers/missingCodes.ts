import type { CodeMeaning, ProductKey } from '../catalogue/types';
import { languageOf } from '../text/languages';
import { branchesOf, branchLines } from './branches';
import { withIndent } from './generateHandler';
import { HANDLER_STYLES, type HandlerLanguage } from './handlerStyles';
import { foundAt, type ResultHandler } from './handlerAt';
import { resultCodesOf } from './resultCodes';
import type { Source } from './source';
import { caseLabels, type Otherwise } from './structures';

/** The documented result codes of a product that a handler does not handle; see resultCodesOf(). */
export function missingCodes(handler: ResultHandler, product: ProductKey): CodeMeaning[] {
  return resultCodesOf(product).filter(({ code }) => !handler.codes.includes(code));
}

/** Text to insert at an offset (UTF-16 units) of the text that was read. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * Branches for the codes that a handler lacks, to stand before its branch for everything else. What they do
 * is for a person to decide: until then each raises an error that names the outcome, so that none is taken
 * for a pass. Null where nothing is missing, and where an insertion could change what the other branches do
 * or would not parse: lists and conditions, a `switch` without a last branch, one over conditions, and one
 * whose branch before the last falls through.
 *
 * @param handler as handlerAt() found it in this text
 * @param languageId VS Code's
 */
export function insertMissing(
  text: string,
  handler: ResultHandler,
  product: ProductKey,
  languageId: string,
): Insertion | null {
  const missing = missingCodes(handler, product);
  const language = handlerLanguageOf(languageId);
  const found = foundAt(text, handler.start, languageId);
  const otherwise = found?.structure.otherwise;
  if (missing.length === 0 || language === null || !found || !otherwise) return null;
  const { source, structure } = found;
  if (structure.start !== handler.start || structure.end !== handler.end) return null;
  if (source.firstOnLine(otherwise.at) !== otherwise.at) return null;
  if (fallsThrough(source, otherwise, language)) return null;

  const { sign } = otherwise;
  const style = HANDLER_STYLES[language];
  const branches = branchesOf(missing);
  const lines = branchLines(style, sign, branches, (outcome) => style.raise(outcome, sign));
  if (lines === null) return null;
  const offset = aboveComments(source, source.lineStart(otherwise.at));
  const margin = text.slice(source.lineStart(otherwise.at), otherwise.at);
  const indent = bodyIndent(text, otherwise.at, margin) ?? style.indent;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    offset,
    text: withIndent(lines, indent)
      .map((line) => margin + line + lineEnd)
      .join(''),
  };
}

/** The language to write in, for VS Code's language ID. */
export const handlerLanguageOf = (languageId: string): HandlerLanguage | null =>
  languageOf(languageId)?.generated ?? null;

const LEAVES = /^(?:return|throw|break|continue|exit|die|goto)\b/;

/** Whether the branch before the last one may run on into it: then nothing can stand between them. */
function fallsThrough(
  source: Source,
  { from, at, sign }: Otherwise,
  language: HandlerLanguage,
): boolean {
  if (sign !== ':') return false;
  const before = source.flat(from, at);
  if (language === 'go') return /\bfallthrough\s*$/.test(before);
  const label = caseLabels(before, /(?<!:):(?!:)/g).at(-1);
  if (label === undefined) return before.trim() !== '';
  return !leaves(source, from + label.to, at);
}

/** How many blocks may lie in each other at the end of a branch. */
const DEEPEST = 20;

/** Whether the last statement of a range leaves it for certain. */
function leaves(source: Source, from: number, to: number, depth = 0): boolean {
  const code = source.flat(from, to);
  let last = code.length - 1;
  while (/[;\s]/.test(code.charAt(last))) last -= 1;
  if (last < 0 || depth > DEEPEST) return false;
  const before = code.slice(0, last);
  const begin = Math.max(before.lastIndexOf(';'), before.lastIndexOf('\n')) + 1;
  const statement = code.slice(begin).trimStart();
  const start = to - statement.length;
  const close = statement.startsWith('{') ? source.closerOf(start) : null;
  return close === null ? LEAVES.test(statement) : leaves(source, start + 1, close, depth + 1);
}

/** Where the comment begins that stands right above a line, or the line itself. */
function aboveComments(source: Source, lineStart: number): number {
  let at = lineStart;
  while (at > 0) {
    const above = source.lineStart(at - 1);
    const isComment =
      source.masked.slice(above, at).trim() === '' && source.text.slice(above, at).trim() !== '';
    if (!isComment) break;
    at = above;
  }
  return at;
}

/** How much further the last branch is indented than its label; null where it shares the label's line. */
function bodyIndent(text: string, label: number, margin: string): string | null {
  const found = /^[^\n]*\n([ \t]+)\S/.exec(text.slice(label, label + 400))?.[1];
  if (found === undefined || !found.startsWith(margin) || found === margin) return null;
  return found.slice(margin.length);
}
