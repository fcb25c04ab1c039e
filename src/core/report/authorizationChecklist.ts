import * as l10n from '../l10n';
import { diagnoseSignature, type KeyOfProfile } from '../smile/diagnoseSignature';
import { environmentName } from '../smile/environment';
import { checkApiKey, checkPartnerId, type Profile } from '../smile/profile';
import type { SignedTime } from '../smile/signature';

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
  /** A time as this profile signs it, in the request that was refused. */
  readonly signed: SignedTime;
  /** The keys of the other profiles. */
  readonly others: readonly KeyOfProfile[];
}

/** The allowed difference of the clocks is not published; a few minutes are suspicious (an inference). */
const SUSPICIOUS_SKEW_MS = 3 * 60_000;

/**
 * Checks on this machine if Smile ID responds "not authorized" (2204, 2205, 2405; HTTP 401 of API v3): the usual causes, as far
 * as they can be seen here. Sources: the troubleshooting of the official SDKs and the API's signature
 * rules. What is wrong comes first, then what only the user can verify.
 */
export async function checkAuthorization(facts: AuthorizationFacts): Promise<AuthorizationCheck[]> {
  const elsewhere = await sameKeyIn(facts);
  // API v3 takes the partner ID without leading zeros, and signs no time
  const ofV1 = facts.api === 'v1' ? [partnerId(facts, elsewhere), clock(facts)] : [];
  const order = ['problem', 'unknown', 'ok'] as const satisfies AuthorizationCheck['state'][];
  const checks = [environment(facts, elsewhere), ...ofV1, keyShape(facts)];
  return order.flatMap((state) => checks.filter((check) => check.state === state));
}

/** Another profile with the same key, as the signature of the request proves it. */
interface SameKey {
  readonly profile: KeyOfProfile['profile'];
  readonly partnerId: string;
  /** Their partner IDs differ in zeros only. */
  readonly differsInZeros: boolean;
}

async function sameKeyIn({
  api,
  profile: { environment, partnerId },
  signed,
  others,
}: AuthorizationFacts): Promise<SameKey | null> {
  const place = api === 'v1' ? 'body' : 'webhook headers';
  const parts = { ...signed, place, partnerId, bodies: [], expectsHeaders: false } as const;
  const isElsewhere = ({ profile }: KeyOfProfile): boolean => profile.environment !== environment;
  // within an environment, two profiles may have one key: those of another come first
  for (const keys of [others.filter(isElsewhere), others]) {
    const { state, key, mistakes } = await diagnoseSignature(parts, keys);
    const [mistake] = mistakes;
    const isSame = state === 'right' || mistake === 'zeros' || mistake === 'foreign key';
    if (key && isSame) {
      const { profile, partnerId } = key;
      return { profile, partnerId, differsInZeros: mistake === 'zeros' };
    }
  }
  return null;
}

function environment(
  { profile }: AuthorizationFacts,
  elsewhere: SameKey | null,
): AuthorizationCheck {
  if (elsewhere && elsewhere.profile.environment !== profile.environment) {
    return {
      state: 'problem',
      text: l10n.t(
        'The profile "{0}" ({1}) has the same API key. Each environment has its own: one of the two is wrong.',
        elsewhere.profile.name,
        environmentName(elsewhere.profile.environment),
      ),
    };
  }
  if (profile.environment === 'local') {
    return {
      state: 'unknown',
      text: l10n.t(
        'A local server has an API key of its own. Compare the key of this profile with the one in the settings of that server.',
      ),
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

function partnerId(
  { profile: { partnerId } }: AuthorizationFacts,
  elsewhere: SameKey | null,
): AuthorizationCheck {
  const problem = checkPartnerId(partnerId);
  if (problem !== null) return { state: 'problem', text: problem };
  if (elsewhere?.differsInZeros === true) {
    return {
      state: 'problem',
      text: l10n.t(
        'The profile "{0}" has the same API key, but the partner ID {1} in place of {2}. Leading zeros are part of what is signed: one of the two is wrong.',
        elsewhere.profile.name,
        elsewhere.partnerId,
        partnerId,
      ),
    };
  }
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
