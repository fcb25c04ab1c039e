import type { Certainty } from '../catalogue/types';
import jobTypeData from '../catalogue/jobTypes.json';
import { sdkKey, translated } from '../catalogue/catalogueTexts';
import * as l10n from '../l10n';
import type { SdkLanguage } from './sdkLanguage';
import { SDK_SOURCES, type SdkName } from './sdkNames';

/** What a hover says of a name, for one language. */
export interface SdkNameDescription {
  readonly title: string;
  /** In a word. */
  readonly kind: string;
  /** How it is called in the SDK's source; empty where that was not read. */
  readonly calls: readonly string[];
  readonly what: string;
  readonly trap: string | null;
  /** What API v3 has in its place, as a sentence; null where its specification does not say so. */
  readonly v3: string | null;
  /** Repository, commit and version of the SDK, or pages of the documentation. */
  readonly sources: readonly string[];
  readonly certainty: Certainty;
}

/** An entry as it is for one language. */
export function describeSdkName(entry: SdkName, language: SdkLanguage): SdkNameDescription {
  const { names, calls = [], ...texts } = entry.variants[language] ?? {};
  const { what, trap } = translated(sdkKey(entry.kind, entry.names, language), texts);
  const shared = translated(sdkKey(entry.kind, entry.names), {
    what: entry.what,
    trap: entry.trap,
    v3: entry.v3,
  });
  const ofLanguage = calls.length > 0 || what !== undefined || trap !== undefined;
  const isShared = what === undefined || (trap === undefined && entry.trap !== null);
  const isFromSdk = ofLanguage || entry.source === 'SDK';
  return {
    title: (names ?? entry.names)[0] ?? '',
    kind: kindLabel(entry.kind),
    calls,
    what: what ?? shared.what,
    trap: trap ?? shared.trap,
    v3: shared.v3 === undefined ? null : l10n.t('API v3 has instead: {0}', shared.v3),
    sources: [
      ...(isFromSdk ? [SDK_SOURCES[language]] : []),
      ...(isShared && entry.source !== 'SDK' ? [entry.source] : []),
      ...(entry.v3 === undefined ? [] : [jobTypeData.sources.v3]),
    ],
    certainty: isFromSdk ? 'seen in SDK code' : entry.certainty,
  };
}

const kindLabel = (kind: SdkName['kind']): string =>
  ({
    call: l10n.t('call'),
    class: l10n.t('class'),
    option: l10n.t('option'),
    constant: l10n.t('constant'),
    field: l10n.t('field'),
  })[kind];
