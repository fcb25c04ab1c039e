import { isEnvelopeCode, isKnownCode, productLabel } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import { languageOf } from '../text/languages';
import { Relevance } from '../text/relevance';
import { productsWithAll } from './resultCodes';
import { Source } from './source';
import { structuresAround, type Structure } from './structures';

/** Code that sorts result codes into outcomes. Offsets in UTF-16 units. */
export interface ResultHandler {
  readonly start: number;
  readonly end: number;
  /** Each code it handles once, in order. */
  readonly codes: readonly string[];
  /** The product whose codes these are; null where the codes and the names above them do not decide. */
  readonly product: ProductKey | null;
}

/** In characters; what is longer was made by a machine. */
export const LONGEST_WITH_HANDLERS = 200_000;

/** How far above a handler a product may be named. */
const NAMED_WITHIN = 800;

/**
 * The innermost handler of result codes that encloses a position, or begins on its line: a `switch`, `match`,
 * `case` or `when`, a chain of conditions, a list or a table. A table of lists is one handler. Null where
 * there is none, where it is about errors of the API alone or of another service, and in languages that are not known. A condition
 * or a list with one code is a comparison, not a handler. Codes in comments, and in texts that hold more than
 * codes, are not handled.
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
  readonly source: Source;
}

/** As handlerAt(), with how the handler is built. */
export function foundAt(text: string, offset: number, languageId: string): FoundHandler | null {
  const language = languageOf(languageId);
  if (language?.features.includes('handlers') !== true) return null;
  if (text.length > LONGEST_WITH_HANDLERS) return null;
  const source = new Source(text, languageId, language);
  const found = structuresAround(source, language, offset)
    .map((structure) => ({ structure, codes: codesOf(source, structure) }))
    .filter(
      ({ structure, codes }) =>
        codes.length > (structure.kind === 'switch' ? 0 : 1) &&
        codes.some((code) => !isEnvelopeCode(code)),
    )
    .sort((one, other) => length(one.structure) - length(other.structure));
  const branching = found.find(({ structure }) => structure.kind !== 'list');
  const tables = found.filter(
    ({ structure }) =>
      structure.kind === 'list' &&
      (branching === undefined || isInBody(structure, branching.structure)),
  );
  // of lists in lists, the one that has them all
  const most = Math.max(...tables.map(({ codes }) => codes.length));
  const chosen = tables.find(({ codes }) => codes.length === most) ?? branching;
  if (chosen === undefined) return null;
  const { structure, codes } = chosen;
  const { start, end } = structure;
  if (new Relevance(text, languageId).isOthersAt(offset)) return null;
  return {
    handler: { start, end, codes, product: productOf(text, start, codes) },
    structure,
    source,
  };
}

function codesOf(source: Source, { regions }: Structure): string[] {
  return [...new Set(regions.flatMap((region) => source.codesIn(region)).map(({ code }) => code))];
}

const length = ({ start, end }: Structure): number => end - start;

/** Whether a list stands in a branch; one in a label or a condition is part of that. */
function isInBody(list: Structure, branching: Structure): boolean {
  return (
    list.start >= branching.start &&
    list.end <= branching.end &&
    !branching.regions.some(({ from, to }) => from < list.end && list.start < to)
  );
}

/** By the codes alone, or among the products that have them all, the one named last above the handler. */
function productOf(text: string, start: number, codes: readonly string[]): ProductKey | null {
  const possible = productsWithAll(
    codes.filter(isKnownCode).filter((code) => !isEnvelopeCode(code)),
  );
  const [only, ...others] = possible;
  if (only === undefined || others.length === 0) return only ?? null;
  const lineEnd = text.indexOf('\n', start);
  const above = letters(
    text.slice(Math.max(0, start - NAMED_WITHIN), lineEnd < 0 ? undefined : lineEnd),
  );
  let named: { product: ProductKey; name: string; end: number } | null = null;
  for (const product of possible) {
    for (const name of [letters(product), letters(productLabel(product))]) {
      const at = above.lastIndexOf(name);
      if (at < 0) continue;
      const end = at + name.length;
      // "enhanced document verification" ends like "document verification"
      if (
        named === null ||
        end > named.end ||
        (end === named.end && name.length > named.name.length)
      ) {
        named = { product, name, end };
      }
    }
  }
  return named?.product ?? null;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
