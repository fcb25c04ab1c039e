import { explain, officialPage, scopeLabel } from './catalogue';
import type { Certainty, CodeOutcome, CodeScope } from './types';

/** One meaning of a code, with everything it holds for. */
export interface CodeDescription {
  /** Null where the code says nothing about the outcome. */
  readonly outcome: CodeOutcome | null;
  /** Smile ID's own label, or one that is quoted for it. */
  readonly label: string | null;
  readonly products: readonly string[];
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty: Certainty;
  readonly conflict: string | null;
  /** An official page that speaks of it. */
  readonly page: string | null;
}

/** What a code means, by product: the same meaning is said once, with all products that share it. */
export function describeCode(code: string, product?: CodeScope): readonly CodeDescription[] {
  return explain(code, product).map((meaning) => ({
    outcome: meaning.outcome,
    label: meaning.text ?? meaning.altTexts[0] ?? null,
    products: meaning.products.map(scopeLabel),
    meaning: meaning.meaning,
    nextStep: meaning.nextStep,
    certainty: meaning.certainty,
    conflict: meaning.conflict,
    page: officialPage(meaning.sources),
  }));
}
