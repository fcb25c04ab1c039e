import { isEnvelopeCode } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import { CodeTree } from '../text/codeTree';
import { languageOf } from '../text/languages';
import { tokensOf } from '../text/lexer';
import { withPlainLines } from '../text/maskedText';
import { Relevance } from '../text/relevance';
import { codeTokensIn } from './codeTokens';
import { onlyProductOf } from './products';
import { structuresAround, type Structure } from './structures';

/** Code that sorts result codes into outcomes. Offsets in UTF-16 units. */
export interface ResultHandler {
  readonly start: number;
  readonly end: number;
  /** Each code it handles once, in order. */
  readonly codes: readonly string[];
  /** The one product whose codes these are; null if they are of several, or may be: see productsHandled(). */
  readonly product: ProductKey | null;
}

/** In characters; what is longer was made by a machine. */
export const LONGEST_WITH_HANDLERS = 200_000;

/**
 * The innermost handler of result codes that encloses a position, or begins on its line: a `switch`, `match`,
 * `case` or `when`, a list or a table, or statements one below the other that each test or list codes. A table of
 * lists is one handler. Null where there is none, where it is about errors of the API alone or of another service,
 * and in languages that are not known. A condition or a list with one code is a comparison, not a handler. Codes in
 * comments, and in texts that hold more than codes, are not handled.
 *
 * Takes time in proportion to the length of the text, and finds nothing in one that is longer than
 * LONGEST_WITH_HANDLERS.
 *
 * @param languageId VS Code's
 */
export function handlerAt(text: string, offset: number, languageId: string): ResultHandler | null {
  return foundAt(text, offset, languageId)?.handler ?? null;
}

export interface FoundHandler {
  readonly handler: ResultHandler;
  readonly structure: Structure;
  readonly code: CodeTree;
}

/** As handlerAt(), with how the handler is built. */
export function foundAt(text: string, offset: number, languageId: string): FoundHandler | null {
  const language = languageOf(languageId);
  if (language?.features.includes('handlers') !== true) return null;
  if (text.length > LONGEST_WITH_HANDLERS) return null;
  const code = new CodeTree(tokensOf(withPlainLines(text), language), language);
  const sorted = codeTokensIn(code, languageId);
  if (sorted.length === 0) return null;
  const found = structuresAround(code, sorted, offset)
    .map((structure) => ({ structure, codes: namesOf(structure) }))
    .filter(
      ({ structure, codes }) =>
        codes.length > (structure.kind === 'switch' ? 0 : 1) &&
        codes.some((one) => !isEnvelopeCode(one)),
    )
    .sort((one, other) => length(one.structure) - length(other.structure));
  const branching = found.find(({ structure }) => structure.kind !== 'list');
  const tables = found.filter(
    ({ structure }) =>
      structure.kind === 'list' &&
      (branching === undefined || isInBody(structure, branching.structure)),
  );
  const most = Math.max(...tables.map(({ codes }) => codes.length));
  const chosen = tables.find(({ codes }) => codes.length === most) ?? branching;
  if (chosen === undefined) return null;
  if (new Relevance(text, languageId).isOthersAt(offset)) return null;
  const { structure, codes } = chosen;
  const { start, end } = structure;
  return {
    handler: { start, end, codes, product: onlyProductOf(text, start, codes) },
    structure,
    code,
  };
}

const namesOf = ({ codes }: Structure): string[] => [...new Set(codes.map(({ code }) => code))];

const length = ({ start, end }: Structure): number => end - start;

/** Whether a list is in a branch; one in a label or a condition is part of that. */
function isInBody(list: Structure, { start, end, codes }: Structure): boolean {
  const own = new Set(codes.map(({ at }) => at));
  return list.start >= start && list.end <= end && !list.codes.some(({ at }) => own.has(at));
}
