import * as l10n from '../l10n';
import type { Certainty } from './types';

const words = (certainty: Certainty): string =>
  ({
    documented: l10n.t('Source: official docs'),
    'seen in SDK code': l10n.t('Source: official SDK code'),
    'reported by integrators': l10n.t('Source: reports of integrators'),
    'documented for another product': l10n.t('Source: official docs of another product'),
    'by the prefix rule': l10n.t('Explained by the prefix rule'),
  })[certainty];

/** How certain an explanation is, in words. */
export function certaintyWords({
  certainty,
  sources,
}: {
  readonly certainty: Certainty;
  readonly sources: readonly string[];
}): string {
  const isFromCopy = sources.some((source) => source.startsWith('third-party cop'));
  return certainty === 'documented' && isFromCopy
    ? l10n.t('Source: official docs (partly from a copy)')
    : words(certainty);
}
