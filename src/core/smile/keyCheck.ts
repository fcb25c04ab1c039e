import * as l10n from '../l10n';
import type { JobApi } from './jobApi';
import type { Credentials } from './credentials';
import type { Environment } from './environment';
import { isUnauthorized } from './errorResponse';
import type { JobStatusOutcome, SignatureState } from './outcome';

/** What the response to a signed request for a job that does not exist says about credentials. */
export type KeyCheckResult =
  /** Smile ID accepted the signature: partner ID, key and environment belong together. */
  | { readonly kind: 'accepted' }
  /** A response without a signature, which any server can send: it proves nothing. */
  | { readonly kind: 'not verified'; readonly message: string }
  /** The response's own signature was made with another key: not Smile ID, or not this partner's key. */
  | { readonly kind: 'doubtful'; readonly message: string }
  /** Not authorized: a wrong key, a wrong partner ID or a wrong environment; the code does not say which. */
  | { readonly kind: 'unauthorized'; readonly code: string | null; readonly message: string }
  /** The account may not use production yet (code 2220). */
  | { readonly kind: 'production off'; readonly message: string }
  | { readonly kind: 'no network'; readonly message: string }
  /** A response that says nothing about the credentials. */
  | { readonly kind: 'unclear'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** A response of API v1 has a signature, or it is missing. */
const ofSignature = (signature: SignatureState): KeyCheckResult =>
  ({
    valid: { kind: 'accepted' } as const,
    invalid: {
      kind: 'doubtful',
      message: l10n.t('The response is not signed with this API key.'),
    } as const,
    missing: {
      kind: 'not verified',
      message: l10n.t(
        'The response has no signature, so it does not show that Smile ID knows this key.',
      ),
    } as const,
  })[signature === 'valid' || signature === 'invalid' ? signature : 'missing'];

const REQUEST = { userId: 'vscode-connection-test', history: false, imageLinks: false };

/**
 * Requests a job that cannot exist. A status request changes nothing. API v1 comes first, since the key itself is not
 * sent there; API v3 decides if Smile ID responded with an error that says nothing about the key: a
 * granted token proves it.
 */
export async function checkKey(
  api: JobApi,
  credentials: Credentials,
  cancel: AbortSignal,
): Promise<KeyCheckResult> {
  const jobId = `connection-test-${crypto.randomUUID()}`;
  const outcome = await api.jobStatus(credentials, { ...REQUEST, jobId }, cancel);
  const result = read(outcome, 'v1');
  if (outcome.kind !== 'refused' || result.kind !== 'unclear') return result;
  const token = await api.checkToken(credentials, cancel);
  if (token.kind === 'token') return { kind: 'accepted' };
  const byToken = read(token, 'v3');
  return byToken.kind === 'unauthorized' ? byToken : result;
}

function read(outcome: JobStatusOutcome, api: 'v1' | 'v3'): KeyCheckResult {
  switch (outcome.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'unreachable':
      return { kind: 'no network', message: outcome.message };
    case 'unreadable':
      return { kind: 'unclear', message: outcome.message };
    case 'answered':
      return ofSignature(outcome.signature);
    case 'refused': {
      const { code, message } = outcome;
      if (code === '2220') return { kind: 'production off', message };
      // API v1 has a code for it: without one, a gateway in between may have responded.
      if (isUnauthorized(outcome) && (code !== null || api === 'v3')) {
        return { kind: 'unauthorized', code, message };
      }
      // The order of Smile ID's checks is not documented: another error proves nothing about the key.
      return { kind: 'unclear', message: code === null ? message : `${message} (${code})` };
    }
  }
}

/** The environment to which a refused key may belong. */
export function otherEnvironment(environment: Environment): 'sandbox' | 'production' | null {
  if (environment === 'local') return null;
  return environment === 'sandbox' ? 'production' : 'sandbox';
}
