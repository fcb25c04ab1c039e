import * as l10n from '../l10n';
import { environmentName } from '../smile/environment';
import { checkApiKey, checkPartnerId, type Profile } from '../smile/profile';

/** One line of the checklist for a request that Smile ID did not authorize. */
export interface AuthorizationCheck {
  readonly state: 'ok' | 'problem' | 'unknown';
  readonly text: string;
}

/** The input of the checklist. The key itself stays here: no line contains a part of it. */
export interface AuthorizationFacts {
  readonly api: 'v1' | 'v3';
  readonly profile: Profile;
  readonly apiKey: string;
  /** How far the server's clock was ahead of this machine's, in milliseconds; null if its response had no time. */
  readonly clockSkewMs: number | null;
  /** Other profiles that have the same key. */
  readonly sameKey: readonly Profile[];
}

/** The allowed difference of the clocks is not published; a few minutes are suspicious (an inference). */
const SUSPICIOUS_SKEW_MS = 3 * 60_000;

/**
 * Checks on this machine if Smile ID responds "not authorized" (2204, 2205, 2405; HTTP 401 of API v3): the usual causes, as far
 * as they can be seen here. Sources: the troubleshooting of the official SDKs and the API's signature
 * rules.
 */
export function checkAuthorization(facts: AuthorizationFacts): AuthorizationCheck[] {
  // API v3 takes the partner ID without leading zeros, and signs no time
  const ofV1 = facts.api === 'v1' ? [partnerId(facts), clock(facts)] : [];
  return [environment(facts), ...ofV1, keyShape(facts)];
}

function environment({ profile, sameKey }: AuthorizationFacts): AuthorizationCheck {
  const elsewhere = sameKey.find((other) => other.environment !== profile.environment);
  if (elsewhere) {
    return {
      state: 'problem',
      text: l10n.t(
        'The profile "{0}" ({1}) has the same API key. Each environment has its own: one of the two is wrong.',
        elsewhere.name,
        environmentName(elsewhere.environment),
      ),
    };
  }
  if (profile.environment === 'local') {
    return {
      state: 'unknown',
      text: l10n.t("Local servers use their own API key. Compare it with the server's."),
    };
  }
  return {
    state: 'unknown',
    text: l10n.t(
      'This request went to {0}. Each environment has its own API key, and a rotated key stops working at once: compare it with the portal.',
      environmentName(profile.environment),
    ),
  };
}

function partnerId({ profile: { partnerId } }: AuthorizationFacts): AuthorizationCheck {
  const problem = checkPartnerId(partnerId);
  if (problem !== null) return { state: 'problem', text: problem };
  if (partnerId.startsWith('0')) {
    return { state: 'ok', text: l10n.t('The partner ID {0} kept its leading zero.', partnerId) };
  }
  return /^\d{1,2}$/.test(partnerId)
    ? {
        state: 'problem',
        text: l10n.t(
          'The partner ID {0} is short. If the portal shows it with leading zeros, they are part of what is signed.',
          partnerId,
        ),
      }
    : {
        state: 'unknown',
        text: l10n.t(
          'The partner ID {0} has no leading zero. Check that the portal shows none: zeros are part of what is signed.',
          partnerId,
        ),
      };
}

function clock({ clockSkewMs }: AuthorizationFacts): AuthorizationCheck {
  if (clockSkewMs === null) {
    return {
      state: 'unknown',
      text: l10n.t('The response had no timestamp, so clock skew could not be checked.'),
    };
  }
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  return Math.abs(clockSkewMs) < SUSPICIOUS_SKEW_MS
    ? {
        state: 'ok',
        text: l10n.t("The clock of this machine agrees with the server's ({0} s apart).", seconds),
      }
    : {
        state: 'problem',
        text:
          clockSkewMs > 0
            ? l10n.t(
                "The clock of this machine is {0} minutes behind the server's. Signatures contain the time: set the clock.",
                Math.round(seconds / 60),
              )
            : l10n.t(
                "The clock of this machine is {0} minutes ahead of the server's. Signatures contain the time: set the clock.",
                Math.round(seconds / 60),
              ),
      };
}

function keyShape({ apiKey }: AuthorizationFacts): AuthorizationCheck {
  const problem = checkApiKey(apiKey);
  if (problem !== null) return { state: 'problem', text: problem };
  if (/^["'\u0060]|["'\u0060]$/.test(apiKey)) {
    return {
      state: 'problem',
      text: l10n.t('The API key is wrapped in quotes, which become part of it. Remove them.'),
    };
  }
  // The legacy form: base64 of a PEM public key, which begins "-----BEGIN".
  if (apiKey.startsWith('LS0tLS1CRUdJTi')) {
    return {
      state: 'problem',
      text: l10n.t(
        'The API key is a public key of the legacy sec_key scheme, which was removed in 2022. Create an API key in the portal.',
      ),
    };
  }
  return {
    state: 'ok',
    text: l10n.t(
      'The API key has no spaces, quotes or line breaks ({0} characters).',
      apiKey.length,
    ),
  };
}
