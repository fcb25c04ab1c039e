import { explain, officialPage, scopeLabel } from './catalogue';
import type { Certainty, CodeMeaning, CodeOutcome, CodeScope } from './types';

/** What a code means for some products. Several labels only where ResultText tells them apart (0001). */
export interface CodeDescription {
  /** Null where the code says nothing about the outcome. */
  readonly outcome: CodeOutcome | null;
  /** Products and scopes in words. */
  readonly products: readonly string[];
  readonly labels: readonly CodeLabel[];
  readonly certainty: Certainty;
  /** Whether a copy of the official page is among the sources. */
  readonly isFromCopy: boolean;
  readonly conflict: string | null;
  /** An official page that speaks of it. */
  readonly page: string | null;
}

export interface CodeLabel {
  /** Smile ID's own label, or one that is quoted for it. */
  readonly text: string | null;
  readonly meaning: string;
  readonly nextStep: string;
}

/**
 * What a code means, by product, for people: what several meanings share is said once. Empty where the
 * catalogue does not know the code.
 */
export function describeCode(code: string, product?: CodeScope): readonly CodeDescription[] {
  const groups = new Map<string, CodeMeaning[]>();
  for (const meaning of explain(code, product)) {
    const { outcome, products, certainty, conflict, sources } = meaning;
    const shared = JSON.stringify([outcome, products, certainty, conflict, sources]);
    groups.set(shared, [...(groups.get(shared) ?? []), meaning]);
  }
  return [...groups.values()].flatMap(descriptionOf);
}

function descriptionOf(meanings: readonly CodeMeaning[]): CodeDescription[] {
  const [first] = meanings;
  if (first === undefined) return [];
  const { outcome, products, certainty, conflict, sources } = first;
  return [
    {
      outcome,
      products: products.map(scopeLabel),
      labels: meanings.map(({ text, altTexts, meaning, nextStep }) => ({
        text: text ?? altTexts[0] ?? null,
        meaning,
        nextStep,
      })),
      certainty,
      isFromCopy: sources.some((source) => source.startsWith('third-party copy')),
      conflict,
      page: officialPage(sources),
    },
  ];
}
