import { allCodes, allProducts, explain, halfOf, labelsOf } from '../catalogue/catalogue';
import type { CodeMeaning, ProductKey } from '../catalogue/types';

/** A code as one product or several alike have it. */
export interface ProductCode extends CodeMeaning {
  readonly of: readonly ProductKey[];
}

/**
 * The documented result codes of a product, or of several, in the catalogue's order: an entry for each code, and
 * more where products call it different things. `conflict` says only what a comment in code needs: that a code
 * settles the ID half of a job and not the selfie. Empty for products whose codes are not documented.
 */
export function resultCodesOf(products: ProductKey | readonly ProductKey[]): ProductCode[] {
  const codes = new Set(allCodes().map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const found = new Map<string, ProductCode>();
    for (const product of [products].flat())
      for (const meaning of resultMeanings(code, product)) {
        const conflict = halfOf(product, code)?.idFound
          ? 'The ID half only: the selfie is still to come.'
          : null;
        const key = [meaning.outcome, conflict, ...labelsOf(meaning)].join('\n');
        const of = [...(found.get(key)?.of ?? []), product];
        found.set(key, { ...(found.get(key) ?? meaning), conflict, of });
      }
    return [...found.values()];
  });
}

/** What a code means as a result of a product's job; empty for errors and for codes of other products. */
function resultMeanings(code: string, product: ProductKey): CodeMeaning[] {
  return explain(code, product).filter(({ kind }) => kind === 'result');
}

/** The products for which each of these codes is a documented result code. */
export function productsWithAll(codes: readonly string[]): ProductKey[] {
  return allProducts().filter((product) =>
    codes.every((code) => resultMeanings(code, product).length > 0),
  );
}
