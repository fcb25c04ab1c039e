import * as l10n from '../l10n';
import { baseUrlOf, type Checked, type Environment } from './environment';

/** Where requests go, and as which partner. The API key is stored separately, in the secret storage. */
export interface Profile {
  /** Random; never shown. */
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  /** As the portal shows it. Text: leading zeros are part of what is signed. */
  readonly partnerId: string;
  /** Base URL of a `local` profile; null for Smile ID's own hosts. */
  readonly url: string | null;
}

/** The profile of the simulator; a user's own profiles have random IDs. */
export const SIMULATOR_PROFILE_ID = 'local-simulator';

/**
 * The account that a profile currently belongs to: consent and responses belong to the account, not to the profile.
 * The address of a local profile changes with every start of the simulator, so it does not count.
 */
export const accountKey = ({ id, environment, partnerId }: Profile): string =>
  JSON.stringify([id, environment, partnerId]);

/** Whether two versions of a profile use the same account: a response of one may be shown under the other. */
export const isSameAccount = (a: Profile, b: Profile): boolean => accountKey(a) === accountKey(b);

/** A profile without an ID yet: what a user types or imports. */
export interface NewProfile {
  readonly name: string;
  readonly environment: Environment;
  readonly partnerId: string;
  readonly apiKey: string;
  readonly url?: string | undefined;
}

/** What is known of a profile that is not complete yet. */
export type ProfileDraft = { -readonly [K in keyof NewProfile]?: NewProfile[K] };

const CONTROL = /[\u0000-\u001f\u007f]/;

/** Partner IDs are signed byte for byte, so nothing is trimmed or padded: a wrong one is refused. */
export function checkPartnerId(text: string): string | null {
  if (text === '') return l10n.t('Enter the partner ID that the portal shows.');
  if (/\s/.test(text)) return l10n.t('A partner ID has no spaces or line breaks.');
  if (!/^[\w-]{1,64}$/.test(text))
    return l10n.t('A partner ID has only letters, digits, "-" and "_".');
  return null;
}

export function checkApiKey(text: string): string | null {
  if (text === '') return l10n.t('Enter the API key of this environment.');
  if (/[\r\n]/.test(text))
    return l10n.t('The API key contains a line break. Copy it again as one line.');
  if (/\s/.test(text)) return l10n.t('The API key contains a space. Copy it again without spaces.');
  if (CONTROL.test(text)) return l10n.t('The API key contains a control character. Copy it again.');
  // Legacy RSA keys are the longest ones; they are about 1,000 characters.
  if (text.length > 4096) return l10n.t('This is too long for an API key.');
  return null;
}

export function checkProfileName(text: string, taken: readonly string[]): string | null {
  const name = text.trim();
  if (name === '') return l10n.t('Enter a name for this profile.');
  if (name.length > 60) return l10n.t('A profile name has at most 60 characters.');
  if (CONTROL.test(name)) return l10n.t('A profile name is one line of text.');
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase())) {
    return l10n.t('There is already a profile named "{0}".', name);
  }
  return null;
}

/** Checks everything that a user typed or imported; returns the first problem. */
export function checkNewProfile(
  profile: NewProfile,
  taken: readonly string[],
): Checked<NewProfile & { readonly baseUrl: string }> {
  const url = baseUrlOf(profile.environment, profile.url ?? null);
  const problem =
    checkProfileName(profile.name, taken) ??
    checkPartnerId(profile.partnerId) ??
    checkApiKey(profile.apiKey) ??
    (url.ok ? null : url.reason);
  if (problem !== null || !url.ok) return { ok: false, reason: problem ?? '' };
  return { ok: true, value: { ...profile, name: profile.name.trim(), baseUrl: url.value } };
}
