import * as l10n from '../l10n';
import type {
  BodyKind,
  Cancelled,
  PastedError,
  Unreadable,
  UnreachableCause,
} from '../smile/outcome';
import { timeWords } from './timeWords';

/** What is said of a request that brought no job. */
interface FailureAdvice {
  /** What is behind it, as far as that is known; null if nothing is. */
  readonly why: string | null;
  readonly nextStep: string;
}

export const adviceOnUnreachable = (cause: UnreachableCause): FailureAdvice =>
  ({
    dns: {
      why: l10n.t(
        'This machine found no address for the name of the server: it is offline, the name is wrong, or it has to go through a proxy.',
      ),
      nextStep: l10n.t(
        'Check the connection of this machine and the server address of the profile. Behind a proxy, check the setting http.proxy.',
      ),
    },
    refused: {
      why: l10n.t(
        'Nothing accepts connections there: the server does not run, or the host or the port is wrong.',
      ),
      nextStep: l10n.t(
        'Start the server, or check host and port in the profile. Behind a proxy, check the setting http.proxy.',
      ),
    },
    tls: {
      why: l10n.t(
        'Both sides did not agree on a secure connection: the certificate is not trusted, the date of this machine is wrong, or the port is not one for https.',
      ),
      nextStep: l10n.t(
        'Check the date of this machine, and http:// or https:// and the port in the profile. If a proxy replaces certificates, add its certificate to the system store (setting http.systemCertificates).',
      ),
    },
    timeout: {
      why: l10n.t('The server, a proxy or the connection is slow, or the request was dropped.'),
      nextStep: l10n.t(
        'Refresh. If it happens again, check the connection, or raise the setting smile.requestTimeout.',
      ),
    },
    proxy: {
      why: l10n.t('The proxy did not pass the request on.'),
      nextStep: l10n.t(
        'Check the setting http.proxy: the address of the proxy, and the user name and password it wants.',
      ),
    },
    reset: {
      why: l10n.t('The server, a firewall or a proxy ended the connection before it responded.'),
      nextStep: l10n.t(
        'Refresh. If it happens again, check that the server runs, that no firewall stands between, and the setting http.proxy.',
      ),
    },
    // A server may have responded, but not as Smile ID does: a redirect, or another protocol.
    other: {
      why: l10n.t(
        'Smile ID is not known to respond like this. The address of the profile may be wrong or that of another server, or a proxy wants you to sign in first. The response does not say for certain which.',
      ),
      nextStep: l10n.t(
        'Check the server address of the profile: http:// or https://, host, port and path. Behind a proxy, sign in to it, and check the setting http.proxy. Then refresh.',
      ),
    },
  })[cause];

const notSmileId = (): FailureAdvice => ({
  why: l10n.t('A gateway, a proxy or another server responded in place of Smile ID.'),
  nextStep: l10n.t(
    'Refresh. If it happens again, check the server address of the profile and the setting http.proxy.',
  ),
});
const tooMuch = (): FailureAdvice => ({
  why: l10n.t('Responses of Smile ID are far smaller: another server may have sent this one.'),
  nextStep: l10n.t(
    'Check the server address of the profile. If it is right, request the job without its history, or contact Smile ID support with the time and the job ID.',
  ),
});
const adviceOnBody = (kind: BodyKind): FailureAdvice =>
  ({
    html: notSmileId(),
    xml: notSmileId(),
    text: notSmileId(),
    binary: notSmileId(),
    damaged: {
      why: l10n.t('A proxy or another server damaged the response.'),
      nextStep: l10n.t(
        'Refresh. If it happens again, check the server address of the profile and the setting http.proxy.',
      ),
    },
    json: {
      why: l10n.t('Smile ID responds with a JSON object: another server may have sent this.'),
      nextStep: l10n.t('Check the server address of the profile.'),
    },
    'cut-off JSON': {
      why: l10n.t(
        'The response does not say why it is broken: a lost connection, a proxy or the server itself can be the cause.',
      ),
      nextStep: l10n.t(
        'Refresh. If it happens again, check the setting http.proxy, or contact Smile ID support with the time and the job ID.',
      ),
    },
    'too large': tooMuch(),
    'too many values': tooMuch(),
    empty: {
      why: l10n.t('The server accepted the request, but sent nothing back. It did not say why.'),
      nextStep: l10n.t(
        'Refresh. If it stays empty, contact Smile ID support with the time and the job ID.',
      ),
    },
  })[kind];

/**
 * For an error of API v3 that was not requested here: of a submission, or of a request to send a webhook again. Source:
 * the OpenAPI description of API v3.
 */
function nextStepOfV3Error(httpStatus: number | null, message: string): string | null {
  switch (httpStatus) {
    case 401:
      return l10n.t('Get a new token. Check API key, partner ID and environment of that request.');
    case 402:
      return l10n.t('Add funds to the wallet of your account, then submit again.');
    case 403:
      return l10n.t(
        'The message says what your account or the token does not allow: the product, the ID type, production, the user ID, the callback address or this IP address.',
      );
    case 404:
      return l10n.t(
        'Check the ID in the request, and whether it is of this partner and environment.',
      );
    case 408:
      // of the two synchronous endpoints, only AML charges nothing then
      return /screening/i.test(message)
        ? l10n.t('Submit again, best with the same SmileID-Idempotency-Key: nothing was charged.')
        : statusFirst();
    case 409:
      return /processing/i.test(message)
        ? l10n.t('Wait until the job is finished, then request its webhook again.')
        : l10n.t('Use another user ID: this one is taken.');
    case 413:
      return l10n.t('Send smaller images or files: the request is too large.');
    case 415:
      return l10n.t('Send the request as multipart/form-data.');
    case 424:
    case 504:
      return statusFirst();
    case 429:
      return /blocked/i.test(message)
        ? l10n.t(
            'This ID number was submitted too often. Ask Smile ID support how to reactivate it.',
          )
        : null;
    case 500:
    case 502:
    case 503:
      return l10n.t(
        'If the response has a job ID, request its status first; otherwise send the request again in a few minutes. If it lasts, contact Smile ID support with the time.',
      );
    default:
      return null;
  }
}

const statusFirst = (): string =>
  l10n.t(
    'The job may exist: request its status first, by the job ID in the SmileID-Job-ID header of the response. A second submission can be charged again.',
  );

/**
 * By the HTTP status alone; null if that says nothing.
 * @param retryAt ISO 8601; null if the response does not say when, or it does not matter
 */
function adviceOnStatus(httpStatus: number | null, retryAt: string | null): FailureAdvice | null {
  if (httpStatus === null) return null;
  const wait =
    retryAt === null
      ? null
      : l10n.t('Wait until {0} before the next request.', timeWords(new Date(retryAt)));
  if (httpStatus === 429) {
    return {
      why: l10n.t('Too many requests came in a short time. The limits are not documented.'),
      nextStep: wait ?? l10n.t('Wait a minute before the next request.'),
    };
  }
  if (httpStatus >= 500) {
    return {
      why: l10n.t('The server, or a gateway in front of it, failed.'),
      nextStep:
        wait ??
        l10n.t(
          'Refresh in a few minutes. If it lasts, contact Smile ID support with the time, the job ID and the request ID, if there is one.',
        ),
    };
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    return {
      why: l10n.t('Smile ID does not respond with HTTP {0}: this is another server.', httpStatus),
      nextStep: l10n.t('Check the server address of the profile.'),
    };
  }
  switch (httpStatus) {
    case 401:
      return {
        why: l10n.t('The server did not accept the key or the signature of the request.'),
        nextStep: l10n.t('Check API key, partner ID and environment of the profile.'),
      };
    case 403:
      return {
        why: l10n.t(
          'The server, a firewall or a proxy does not allow the request. The response does not say why: the API key or the IP address it came from are possible causes.',
        ),
        nextStep: l10n.t(
          'Check API key, partner ID and environment of the profile, whether this IP address is allowed, and the setting http.proxy. If all is right, contact Smile ID support.',
        ),
      };
    case 404:
      return {
        why: l10n.t('The server has nothing at this address.'),
        nextStep: l10n.t('Check the server address of the profile.'),
      };
    case 407:
      return {
        why: l10n.t('The proxy wants a user name and a password.'),
        nextStep: l10n.t('Check the setting http.proxy.'),
      };
    case 408:
      return {
        why: l10n.t('The server waited too long for the request.'),
        nextStep: l10n.t('Refresh.'),
      };
    case 413:
      return {
        why: l10n.t('The request is too large.'),
        nextStep: l10n.t('Check user ID and job ID.'),
      };
    default:
      return null;
  }
}

export const adviceOnUnreadable = ({
  httpStatus,
  bodyKind,
  retryAt,
}: Pick<Unreadable, 'httpStatus' | 'bodyKind' | 'retryAt'>): FailureAdvice =>
  adviceOnStatus(httpStatus, retryAt) ?? adviceOnBody(bodyKind);

/**
 * @param ofCode the next step of the error code in the catalogue, or null
 * @param pasted whether it was not requested here
 */
export function adviceOnRefusal(
  { httpStatus, message, retryAt }: Pick<PastedError, 'httpStatus' | 'message' | 'retryAt'>,
  ofCode: string | null,
  pasted: boolean,
): FailureAdvice {
  const ofStatus = adviceOnStatus(httpStatus, retryAt);
  return {
    // of a code, the catalogue says it
    why: ofCode === null && !pasted ? (ofStatus?.why ?? null) : null,
    nextStep:
      (retryAt === null ? ofCode : null) ??
      (pasted ? nextStepOfV3Error(httpStatus, message) : null) ??
      ofStatus?.nextStep ??
      ofCode ??
      l10n.t(
        'Read the message of Smile ID and correct the request. If it is not clear, contact Smile ID support with the request ID.',
      ),
  };
}

export const adviceOnCancelled = (cause: Cancelled['cause']): FailureAdvice =>
  ({
    stopped: {
      why: l10n.t('You chose Cancel before a response came.'),
      nextStep: l10n.t('Refresh to send the request again.'),
    },
    declined: {
      why: l10n.t('Requests to production are sent only after you confirm them.'),
      nextStep: l10n.t('Nothing was sent. Choose Send to Production to send it after all.'),
    },
  })[cause];
