import type { Certainty } from './types';

const WORDS: Readonly<Record<Certainty, string>> = {
  documented: 'Source: official docs',
  'seen in SDK code': 'Source: official SDK code',
  'reported by integrators': 'Source: reports of integrators',
  'documented for another product': 'Source: official docs of another product',
  'by the prefix rule': 'Explained by the prefix rule',
};

/** How sure an explanation is, in words. */
export function certaintyWords({
  certainty,
  sources,
}: {
  readonly certainty: Certainty;
  readonly sources: readonly string[];
}): string {
  const isFromCopy = sources.some((source) => source.startsWith('third-party cop'));
  return (
    WORDS[certainty] + (certainty === 'documented' && isFromCopy ? ' (partly from a copy)' : '')
  );
}
