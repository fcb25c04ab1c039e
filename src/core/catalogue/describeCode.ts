import * as l10n from '../l10n';
import { errorNote, explain, officialPage, scopeLabel } from './catalogue';
import { certaintyWords } from './certaintyWords';
import { counterpartsOf } from './counterparts';
import type { CodeMeaning, CodeOutcome, CodeScope, ReasonStatus } from './types';

/** What a code means for some products. */
export interface CodeDescription {
  /** Null if the code says nothing about the outcome. */
  readonly outcome: CodeOutcome | null;
  /** Products and scopes in words. */
  readonly products: readonly string[];
  /** The official label, or one that was seen; null if none is known or the variants have them. */
  readonly text: string | null;
  readonly meaning: string;
  readonly nextStep: string;
  /** Whether to submit a new job; null where nothing is said of it. */
  readonly resubmit: string | null;
  /** The status with which a reason of API v3 comes; null for all else. */
  readonly status: ReasonStatus | null;
  /** What it means with certain texts. */
  readonly variants: readonly VariantDescription[];
  /** Other facts about it, a sentence each: that it is deprecated, Smile ID's own category, ... */
  readonly notes: readonly string[];
  /** In words. */
  readonly certainty: string;
  /** An official page that describes it. */
  readonly page: string | null;
}

export interface VariantDescription {
  readonly text: string | null;
  /** Null if it is the same as that of the code. */
  readonly outcome: CodeOutcome | null;
  readonly meaning: string;
  readonly nextStep: string;
}

/** What a code means, by product. Empty if the catalogue does not know the code. */
export function describeCode(code: string, product?: CodeScope): readonly CodeDescription[] {
  return explain(code, product).map((meaning) => {
    const portal = errorNote(meaning);
    return {
      outcome: meaning.outcome,
      products: meaning.products.map(scopeLabel),
      text: meaning.text ?? (meaning.variants.length > 0 ? null : (meaning.altTexts[0] ?? null)),
      meaning: meaning.meaning,
      nextStep: meaning.nextStep,
      resubmit: meaning.resubmit,
      status: meaning.status,
      variants: meaning.variants.map((variant) => ({
        text: variant.text ?? variant.altTexts[0] ?? null,
        outcome: variant.outcome === meaning.outcome ? null : variant.outcome,
        meaning: variant.meaning,
        nextStep: variant.nextStep,
      })),
      notes: [
        ...notesOf(meaning),
        ...(portal === null ? [] : [portal]),
        ...counterpartsOf(meaning),
      ],
      certainty: certaintyWords(meaning),
      page: officialPage(meaning.sources),
    };
  });
}

/** What an integrator must know beside meaning and next step, a sentence each. */
export function notesOf(meaning: CodeMeaning): string[] {
  const { lifecycle, category, outcome, conflict } = meaning;
  const isSame = category?.toLowerCase() === outcome;
  const notes: (string | null)[] = [
    lifecycle === 'deprecated' ? l10n.t('Deprecated by Smile ID.') : null,
    category === null || isSame ? null : l10n.t("Smile ID's own category: {0}.", category),
    conflict,
  ];
  return notes.filter((note) => note !== null);
}
