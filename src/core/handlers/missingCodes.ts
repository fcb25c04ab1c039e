import type { ProductKey } from '../catalogue/types';
import type { CodeTree, TokenRange } from '../text/codeTree';
import { languageOf } from '../text/languages';
import { branchesOf, branchLines } from './branches';
import { withIndent } from './generateHandler';
import { foundAt, type ResultHandler } from './handlerAt';
import { HANDLER_STYLES, type HandlerLanguage } from './handlerStyles';
import { resultCodesOf, type ProductCode } from './resultCodes';
import type { Otherwise } from './switches';

/** The documented result codes of a product, or of several, that a handler does not handle; see resultCodesOf(). */
export function missingCodes(
  handler: ResultHandler,
  products: ProductKey | readonly ProductKey[],
): ProductCode[] {
  return resultCodesOf(products).filter(({ code }) => !handler.codes.includes(code));
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
  products: ProductKey | readonly ProductKey[],
  languageId: string,
): Insertion | null {
  const missing = missingCodes(handler, products);
  const language = handlerLanguageOf(languageId);
  const found = foundAt(text, handler.start, languageId);
  const otherwise = found?.structure.otherwise;
  if (missing.length === 0 || language === null || !found || !otherwise) return null;
  const { code, structure } = found;
  if (structure.start !== handler.start || structure.end !== handler.end) return null;
  const label = code.tokens.startOf(otherwise.at);
  const lineStart = text.lastIndexOf('\n', label) + 1;
  const margin = text.slice(lineStart, label);
  if (margin.trim() !== '' || fallsThrough(code, otherwise, language)) return null;

  const { sign } = otherwise;
  const style = HANDLER_STYLES[language];
  const lines = branchLines(style, sign, branchesOf(missing), (outcome) =>
    style.raise(outcome, sign),
  );
  if (lines === null) return null;
  const indent = bodyIndent(text, label, margin) ?? style.indent;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    offset: aboveComments(code, otherwise.at, lineStart),
    text: withIndent(lines, indent)
      .map((line) => margin + line + lineEnd)
      .join(''),
  };
}

/** The language to write in, for VS Code's language ID. */
export const handlerLanguageOf = (languageId: string): HandlerLanguage | null =>
  languageOf(languageId)?.generated ?? null;

const LEAVES = /^(?:return|throw|break|continue|exit|die|goto)$/;
/** How many blocks may be in each other at the end of a branch. */
const DEEPEST = 20;

/** Whether the branch before the last one may run on into it: then nothing can be between them. */
function fallsThrough(
  code: CodeTree,
  { at, sign, opener }: Otherwise,
  language: HandlerLanguage,
): boolean {
  if (sign !== ':') return false;
  const before = code.partsIn(opener).findLast(({ last }) => last < at);
  if (before === undefined) return false;
  if (language === 'go') return code.textOf(before.first) === 'fallthrough';
  return !leaves(code, before);
}

/** Whether a statement leaves its branch for certain. */
function leaves(code: CodeTree, { first, last }: TokenRange, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (code.textOf(first) !== '{' || code.tokens.partnerOf(first) !== last)
    return LEAVES.test(code.textOf(first));
  const inner = code.partsIn(first).at(-1);
  return inner !== undefined && leaves(code, inner, depth + 1);
}

/** Where the comment begins that is right above a line, or the line itself. */
function aboveComments({ tokens }: CodeTree, label: number, lineStart: number): number {
  const { text } = tokens;
  let at = lineStart;
  for (let index = label - 1; tokens.kindAt(index) === 'comment'; index -= 1) {
    const start = text.lastIndexOf('\n', tokens.startOf(index)) + 1;
    const isAlone = text.slice(start, tokens.startOf(index)).trim() === '';
    if (!isAlone || text.slice(tokens.endOf(index), at).trimEnd() !== '') break;
    if (text.slice(tokens.endOf(index), at).split('\n').length > 2) break;
    at = start;
  }
  return at;
}

/** How much further the last branch is indented than its label; null where it shares the label's line. */
function bodyIndent(text: string, label: number, margin: string): string | null {
  const found = /^[^\n]*\n([ \t]+)\S/.exec(text.slice(label, label + 400))?.[1];
  if (found === undefined || !found.startsWith(margin) || found === margin) return null;
  return found.slice(margin.length);
}
