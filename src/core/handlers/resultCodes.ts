import { allCodes, allProducts, explain } from '../catalogue/catalogue';
import type { CodeMeaning, ProductKey } from '../catalogue/types';
import { verdictOf } from '../smile/verdict';

/**
 * The documented result codes of a product, one entry for each code, in the catalogue's order. A code with
 * several labels (0001) has the others in `altTexts`. `outcome` is what the code alone says of the job: for
 * Biometric KYC, 1012 is pending, since it settles the ID half only; null where the code decides nothing.
 * `conflict` says only that: what sources disagree on is for a person to read, not for a comment in code.
 * Empty for products whose codes are not documented.
 */
export function resultCodesOf(product: ProductKey): CodeMeaning[] {
  const codes = new Set(allCodes().map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const meanings = resultMeanings(code, product);
    const [first] = meanings;
    if (first === undefined) return [];
    const verdict = verdictOf({ code }, product, true);
    const isHalf = verdict === 'pending' && first.outcome === 'approved';
    return {
      ...first,
      altTexts: meanings.flatMap(({ text, altTexts }) =>
        [text ?? '', ...altTexts].filter((label) => label !== '' && label !== first.text),
      ),
      outcome: verdict === 'unknown' ? null : verdict,
      conflict: isHalf ? 'The ID half only: the selfie is still to come.' : null,
    };
  });
}

/** What a code means as a result of a product's job; empty for errors and for codes of other products. */
export function resultMeanings(code: string, product: ProductKey): CodeMeaning[] {
  return explain(code, product).filter(({ kind }) => kind === 'result');
}

/** The products for which each of these codes is a documented result code. */
export function productsWithAll(codes: readonly string[]): ProductKey[] {
  return allProducts().filter((product) =>
    codes.every((code) => resultMeanings(code, product).length > 0),
  );
}
