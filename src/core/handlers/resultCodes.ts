import { allCodes, allProducts, explain, halfOf } from '../catalogue/catalogue';
import type { CodeMeaning, ProductKey } from '../catalogue/types';

/**
 * The documented result codes of a product, one entry for each code, in the catalogue's order. `conflict` says
 * only what a comment in code needs: that a code settles the ID half of a job and not the selfie. Empty for
 * products whose codes are not documented.
 */
export function resultCodesOf(product: ProductKey): CodeMeaning[] {
  const codes = new Set(allCodes().map(({ code }) => code));
  return [...codes].flatMap((code) =>
    resultMeanings(code, product).map((meaning) => ({
      ...meaning,
      conflict: halfOf(product, code)?.idFound
        ? 'The ID half only: the selfie is still to come.'
        : null,
    })),
  );
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
