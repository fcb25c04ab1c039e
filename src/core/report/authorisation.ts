import { checkApiKey, checkPartnerId, type Profile } from '../smile/profile';

/** One line of the checklist for a query that Smile ID did not authorise. */
export interface AuthorisationCheck {
  readonly state: 'ok' | 'problem' | 'unknown';
  readonly text: string;
}

/** What the checklist looks at. The key itself stays here: no line holds a part of it. */
export interface AuthorisationFacts {
  readonly profile: Profile;
  readonly apiKey: string;
  /** How far the server's clock was ahead of this machine's, in milliseconds; null where it told no time. */
  readonly clockSkewMs: number | null;
  /** Other profiles that hold the same key. */
  readonly sameKey: readonly Profile[];
}

/** How far apart the clocks may be is not published; a few minutes are suspicious (an inference). */
const SUSPICIOUS_SKEW_MS = 3 * 60_000;

/**
 * What can be checked on this machine where Smile ID answers "not authorised" (2204, 2205, 2405): the usual
 * causes, as far as they can be seen from here. The official SDKs' troubleshooting and the API's signature
 * rules are the source.
 */
export function checkAuthorisation(facts: AuthorisationFacts): AuthorisationCheck[] {
  return [environment(facts), partnerId(facts), clock(facts), keyShape(facts)];
}

function environment({ profile, sameKey }: AuthorisationFacts): AuthorisationCheck {
  const elsewhere = sameKey.find((other) => other.environment !== profile.environment);
  if (elsewhere) {
    return {
      state: 'problem',
      text: `The profile "${elsewhere.name}" (${elsewhere.environment}) has the same API key. Each environment has its own: one of the two is wrong.`,
    };
  }
  if (profile.environment === 'local') {
    return {
      state: 'unknown',
      text: 'This query went to a server on this machine, which has keys of its own.',
    };
  }
  return {
    state: 'unknown',
    text: `This query went to ${profile.environment}. Each environment has its own API key, and a rotated key stops at once: compare it with the portal.`,
  };
}

function partnerId({ profile: { partnerId } }: AuthorisationFacts): AuthorisationCheck {
  const problem = checkPartnerId(partnerId);
  if (problem !== null) return { state: 'problem', text: problem };
  if (partnerId.startsWith('0')) {
    return { state: 'ok', text: `The partner ID ${partnerId} kept its leading zero.` };
  }
  return /^\d{1,2}$/.test(partnerId)
    ? {
        state: 'problem',
        text: `The partner ID ${partnerId} is short. If the portal shows it with leading zeros, they are part of what is signed.`,
      }
    : {
        state: 'unknown',
        text: `The partner ID ${partnerId} has no leading zero. Check that the portal shows none: zeros are part of what is signed.`,
      };
}

function clock({ clockSkewMs }: AuthorisationFacts): AuthorisationCheck {
  if (clockSkewMs === null) {
    return {
      state: 'unknown',
      text: 'The answer did not tell its time, so the clock could not be compared.',
    };
  }
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  return Math.abs(clockSkewMs) < SUSPICIOUS_SKEW_MS
    ? {
        state: 'ok',
        text: `The clock of this machine agrees with the server's (${seconds} s apart).`,
      }
    : {
        state: 'problem',
        text: `The clock of this machine is ${Math.round(seconds / 60)} minutes ${clockSkewMs > 0 ? 'behind' : 'ahead of'} the server's. Signatures carry the time: set the clock.`,
      };
}

function keyShape({ apiKey }: AuthorisationFacts): AuthorisationCheck {
  const problem = checkApiKey(apiKey);
  if (problem !== null) return { state: 'problem', text: problem };
  if (/^["'\u0060]|["'\u0060]$/.test(apiKey)) {
    return {
      state: 'problem',
      text: 'The API key stands in quotes. They are taken as a part of it.',
    };
  }
  // The legacy form: base64 of a PEM public key, which begins "-----BEGIN".
  if (apiKey.startsWith('LS0tLS1CRUdJTi')) {
    return {
      state: 'problem',
      text: 'The API key is a public key of the legacy sec_key scheme, which was removed in 2022. Create an API key in the portal.',
    };
  }
  return {
    state: 'ok',
    text: `The API key has no spaces, quotes or line breaks (${apiKey.length} characters).`,
  };
}
