import * as l10n from '../l10n';
import { explain, labelsOf } from './catalogue';
import { outcomeLabel } from './outcomeLabel';
import type { ProductKey } from './types';

/**
 * A code in a few words: its label, or several if products or texts differ ("Enroll User; Document Verified").
 * Null if the catalogue does not know it.
 *
 * @param product for which it is used, if that is known and the code has a meaning for it
 */
export function shortMeaning(code: string, product: ProductKey | null = null): string | null {
  const all = explain(code);
  if (all.length === 0) return null;
  const ofProduct = product === null ? [] : explain(code, product);
  const meanings = ofProduct.length > 0 ? ofProduct : all;
  const labels = new Set(
    meanings.flatMap((meaning) => {
      const own = labelsOf(meaning);
      if (own.length > 0) return own;
      return meaning.outcome === null ? l10n.t('No text') : outcomeLabel(meaning.outcome);
    }),
  );
  const [one, two, ...others] = [...labels];
  return (
    [one, two].filter((label) => label !== undefined).join('; ') + (others.length > 0 ? '; …' : '')
  );
}

/** Groups of exactly four digits in a value as a debugger shows it: `'0810'`, `"0810"`, `0810`. */
export function codesIn(value: string): string[] {
  return [...value.slice(0, 1000).matchAll(/(?<![\d.])\d{4}(?![\d.])/g)].map(([code]) => code);
}
