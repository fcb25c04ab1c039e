import { explain } from './catalogue';
import type { CodeOutcome, ProductKey } from './types';

const OUTCOMES: Readonly<Record<CodeOutcome, string>> = {
  approved: 'approved',
  provisional: 'provisional',
  rejected: 'rejected',
  pending: 'pending',
  error: 'error',
};

/**
 * A code in a few words: its label, or all of them where products differ ("Enroll User / Document Verified").
 * Null where the catalogue does not know it.
 *
 * @param product the one it is used for, where that is known and the code has a meaning for it
 */
export function shortMeaning(code: string, product: ProductKey | null = null): string | null {
  const all = explain(code);
  if (all.length === 0) return null;
  const ofProduct = product === null ? [] : explain(code, product);
  const meanings = ofProduct.length > 0 ? ofProduct : all;
  const labels = new Set(
    meanings.map(
      ({ text, altTexts, outcome }) =>
        text ?? altTexts[0] ?? (outcome === null ? 'no text' : OUTCOMES[outcome]),
    ),
  );
  const [one, two, ...others] = [...labels];
  return (
    [one, two].filter((label) => label !== undefined).join(' / ') +
    (others.length > 0 ? ' / …' : '')
  );
}

/** Four digits that stand alone in a value as a debugger shows it: `'0810'`, `"0810"`, `0810`. */
export function codesIn(value: string): string[] {
  return [...value.slice(0, 1000).matchAll(/(?<![\d.])\d{4}(?![\d.])/g)].map(([code]) => code);
}
