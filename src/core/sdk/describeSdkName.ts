import type { Certainty } from '../catalogue/types';
import type { SdkLanguage } from './sdkLanguage';
import { SDK_SOURCES, type SdkName } from './sdkNames';

/** What a hover says of a name, for one language. */
export interface SdkNameDescription {
  readonly title: string;
  readonly kind: SdkName['kind'];
  /** How it is called in the SDK's source; empty where that was not read. */
  readonly calls: readonly string[];
  readonly what: string;
  readonly trap: string | null;
  /** Repository, commit and version of the SDK, or pages of the documentation. */
  readonly sources: readonly string[];
  readonly certainty: Certainty;
}

/** An entry as it is for one language. */
export function describeSdkName(entry: SdkName, language: SdkLanguage): SdkNameDescription {
  const { names, calls = [], what, trap } = entry.variants[language] ?? {};
  const ofLanguage = calls.length > 0 || what !== undefined || trap !== undefined;
  const isShared = what === undefined || (trap === undefined && entry.trap !== null);
  const isFromSdk = ofLanguage || entry.source === 'SDK';
  return {
    title: (names ?? entry.names)[0] ?? '',
    kind: entry.kind,
    calls,
    what: what ?? entry.what,
    trap: trap ?? entry.trap,
    sources: [
      ...(isFromSdk ? [SDK_SOURCES[language]] : []),
      ...(isShared && entry.source !== 'SDK' ? [entry.source] : []),
    ],
    certainty: isFromSdk ? 'seen in SDK code' : entry.certainty,
  };
}
