import { explain } from './catalogue';
import type { CodeOutcome } from './types';

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
 */
export function shortMeaning(code: string): string | null {
  const meanings = explain(code);
  if (meanings.length === 0) return null;
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
