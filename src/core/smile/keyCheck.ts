import * as l10n from '../l10n';
import { isUnauthorizedCode } from '../catalogue/catalogue';
import type { JobApi } from './jobApi';
import type { Credentials } from './credentials';
import type { Environment } from './environment';
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
  | { readonly kind: 'unauthorized'; readonly code: string; readonly message: string }
  /** The account may not use production yet (code 2220). */
  | { readonly kind: 'production off'; readonly message: string }
  | { readonly kind: 'no network'; readonly message: string }
  /** A response that says nothing about the credentials. */
  | { readonly kind: 'unclear'; readonly message: string }
  | { readonly kind: 'cancelled' };

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
  })[signature];

const REQUEST = { userId: 'vscode-connection-test', history: false, imageLinks: false };

/** Requests a job that cannot exist. A status request changes nothing. */
export async function checkKey(
  api: JobApi,
  credentials: Credentials,
  cancel: AbortSignal,
): Promise<KeyCheckResult> {
  const jobId = `connection-test-${crypto.randomUUID()}`;
  return read(await api.jobStatus(credentials, { ...REQUEST, jobId }, cancel));
}

function read(outcome: JobStatusOutcome): KeyCheckResult {
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
      if (code !== null && isUnauthorizedCode(code)) {
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
