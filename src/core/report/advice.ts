import * as l10n from '../l10n';
import type { FraudSignals } from '../smile/fraudSignals';
import type { Job, JobDocument, Verdict } from '../smile/job';
import {
  type BodyKind,
  type Cancelled,
  type Pasted,
  type PastedError,
  type SignatureState,
  type Unreadable,
  type UnreachableCause,
} from '../smile/outcome';
import { stateLabel, verdictLabel, type JobState } from './jobState';
import { timeWords } from './timeWords';

/**
 * What a user should do, as one table: about a job by verdict, signature, fraud signals and whether an
 * entry of the history is shown; about any other outcome by its kind and cause.
 */
export interface Situation {
  readonly api: Job['api'];
  /** Whether the response has the IDs to request its status with. */
  readonly hasIds: boolean;
  /** By the result code alone; fraud signals make an approval `attention`. */
  readonly verdict: Verdict;
  readonly signature: SignatureState;
  /** Some kinds never have a signature. */
  readonly document: JobDocument;
  readonly fraud: FraudSignals | null;
  /** Set if an entry of the history is shown: of the requested job, or of another one. */
  readonly entry: 'this job' | 'another job' | null;
  /** Set if the response was not requested here: then it cannot be requested again either. */
  readonly pasted: Pasted | null;
  /** What the code says to do next. */
  readonly ofCode: string;
  /** What it says about submitting again; null if it says nothing. */
  readonly resubmitOfCode: string | null;
}

export interface Advice {
  /** Decides icon and color. */
  readonly state: JobState;
  readonly headline: string;
  /** A warning right under the headline, or null. */
  readonly alert: string | null;
  /** Why the headline says something else than the code, or null. */
  readonly remark: string | null;
  readonly nextStep: string;
  /** Whether it includes the code's own next step. */
  readonly followsCode: boolean;
  /** Whether to submit the job again; null if that does not apply now. */
  readonly resubmit: string | null;
}

/** What is said of a response if its signature does not show that it is from Smile ID. */
interface Doubt {
  /** Null if the verdict is said nevertheless: the response came from the server that was asked. */
  readonly headline: string | null;
  readonly alert: string;
  /** Why this matters, if the alert does not say it; or null. */
  readonly remark: string | null;
  /** In place of any other next step, or null. */
  readonly nextStep: string | null;
}

/** Null if the signature is valid, or if the response needs none. */
function doubtOf(situation: Situation): Doubt | null {
  const { signature, pasted, document } = situation;
  const requestIt = [
    pasted?.delivery
      ? l10n.t(
          'Do not act on this webhook by itself. Request the job status: the response of Smile ID decides.',
        )
      : l10n.t(
          'Do not act on this response by itself. Request the job status: the response of Smile ID decides.',
        ),
    ...missingIds(situation),
  ].join(' ');
  const notVerified = pasted ? l10n.t('Not verified') : null;
  const alarms = pasted?.alarms ?? [];
  if (alarms.length > 0) {
    return { headline: notVerified, alert: alarms.join(' '), remark: null, nextStep: requestIt };
  }
  switch (signature) {
    case 'valid':
      return null;
    case 'invalid':
      return {
        headline: l10n.t('Signature invalid'),
        alert: pasted
          ? l10n.t(
              'No API key of your profiles made this signature: it is of another partner, another environment or an earlier key, or someone else created the response.',
            )
          : l10n.t(
              'This response is not signed with your API key. Someone else may have created or changed it.',
            ),
        remark: pasted ? null : signedWords(),
        nextStep: pasted
          ? requestIt
          : l10n.t(
              'Do not act on this response. Refresh. If the signature stays invalid, check the API key, the partner ID and any proxy in between.',
            ),
      };
    case 'missing':
      return {
        headline: l10n.t('Not signed'),
        alert: l10n.t('This response has no signature, so it cannot be verified.'),
        remark: pasted ? null : signedWords(),
        nextStep: pasted
          ? requestIt
          : l10n.t(
              'Do not act on this response. Refresh. If the signature is still missing, check the address of the server and any proxy in between.',
            ),
      };
    case 'unknown':
      return {
        headline: notVerified,
        alert: l10n.t(
          'The signature was not checked: it is not in this text, or no profile has the key of this partner.',
        ),
        remark: null,
        nextStep: null,
      };
    case 'unsigned':
      if (!pasted) return null;
      return {
        headline: notVerified,
        alert:
          document === 'status'
            ? l10n.t(
                'A status of API v3 carries no signature, so nothing shows that this one is from Smile ID.',
              )
            : l10n.t(
                'A response of this kind is never signed, so nothing shows that it is from Smile ID.',
              ),
        remark: null,
        nextStep: null,
      };
  }
}

const signedWords = (): string =>
  l10n.t(
    'Smile ID signs each response with your API key. Without a signature that fits, the result below may not be from Smile ID, so it is not shown as the verdict.',
  );

export const cutOffWords = (): string =>
  l10n.t('The pasted text is cut off: what is missing may change this.');

const confirmStep = (situation: Situation): string =>
  [
    l10n.t(
      'Before you act on this, request the job status: no signature covers the content, which may have been changed.',
    ),
    ...missingIds(situation),
  ].join(' ');

/** Why the status cannot be requested right away. */
function missingIds({ api, hasIds }: Situation): string[] {
  if (hasIds) return [];
  return [
    api === 'v3'
      ? l10n.t('The job ID for that is not in this text: a webhook has it in its Job-ID header.')
      : l10n.t('The IDs for that are not in this text: it takes the job ID and the user ID.'),
  ];
}

const entryStep = (entry: NonNullable<Situation['entry']>): string =>
  ({
    'this job': l10n.t('This is one result in the history of the job. Act on the current result.'),
    'another job': l10n.t(
      'This is one result in the history of another job. Open that job, and act on its current result.',
    ),
  })[entry];

const fraudStep = (api: Job['api']): string =>
  api === 'v3'
    ? l10n.t('Review the fraud signals (see Antifraud below) before you accept.')
    : l10n.t(
        'Review the fraud signals (see Antifraud below) before you accept. They are independent of the result code.',
      );

/**
 * Billing is what integrators report, not what the documentation says; that a used job ID is
 * refused is documented (error 2215).
 */
const resubmitWords = (verdict: Verdict, api: Job['api']): string => {
  const isV3 = api === 'v3'; // where Smile ID makes the job IDs
  return {
    approved: l10n.t('No. A new job may be billed.'),
    attention: l10n.t('No. Decide on what was found first; a new job may be billed.'),
    provisional: l10n.t('Not yet: first do what is said above. A second job may be billed.'),
    pending: isV3
      ? l10n.t('No. This job is not decided yet. A second job may be billed.')
      : l10n.t(
          'No. This job is not decided yet. A second job may be billed, and a used job ID returns 2215.',
        ),
    rejected: isV3
      ? l10n.t('Only as a new job. It may be billed.')
      : l10n.t('Only as a new job with a new job ID (a used ID returns 2215). It may be billed.'),
    error: isV3
      ? l10n.t(
          'This says nothing about the user. Do what is said above, then submit a new job. It may be billed.',
        )
      : l10n.t(
          'This says nothing about the user. Do what is said above, then submit a new job with a new job ID. It may be billed.',
        ),
    unknown: l10n.t('Unclear. Refresh the status first; a new job may be billed.'),
  }[verdict];
};

export function adviceOn(situation: Situation): Advice {
  const { api, verdict, fraud, entry, pasted, ofCode, resubmitOfCode } = situation;
  const doubt = doubtOf(situation);
  const shown = verdict === 'approved' && fraud ? 'attention' : verdict;
  const review = fraud !== null && shown === 'attention';
  const mayAct = doubt?.nextStep == null;
  const alerts = [
    ...(doubt ? [doubt.alert] : []),
    ...(pasted?.cutOff === true ? [cutOffWords()] : []),
    ...(fraud ? fraudWords(fraud) : []),
    ...(review && mayAct ? [l10n.t('Review before you accept.')] : []),
  ];
  const first = [
    ...(pasted || doubt ? [confirmStep(situation)] : []),
    ...(review ? [fraudStep(api)] : []),
  ];
  // what the code says of an approval is to accept
  const isHeldBack = review || doubt !== null || pasted?.cutOff === true;
  const instead =
    doubt?.nextStep ??
    (entry ? entryStep(entry) : null) ??
    (verdict === 'approved' && isHeldBack ? first.join(' ') : null);
  return {
    state: doubt?.headline == null ? shown : 'untrusted',
    headline: doubt?.headline ?? verdictLabel(shown),
    alert: alerts.length === 0 ? null : alerts.join(' '),
    remark: doubt?.remark ?? (verdict === 'approved' && review ? fraudRemark(api) : null),
    nextStep: instead ?? [...first, ofCode].join(' '),
    followsCode: instead === null,
    resubmit: !mayAct || entry ? null : (resubmitOfCode ?? resubmitWords(shown, api)),
  };
}

const fraudRemark = (api: Job['api']): string =>
  api === 'v3'
    ? l10n.t('The status alone says approved. The fraud signals are what needs attention.')
    : l10n.t(
        'The result code alone says approved: it does not include the fraud signals. They are what needs attention.',
      );

/** A failed request is easily taken for a rejection. */
export const ofRequestWords = (): string =>
  l10n.t('This is about the request only: it is no verdict on the user.');

function fraudWords({ suspects, unreadable }: FraudSignals): string[] {
  const found =
    suspects === 0
      ? l10n.t('Fraud signals found.')
      : suspects === 1
        ? l10n.t('Fraud signals found: 1 suspect user.')
        : l10n.t('Fraud signals found: {0} suspect users.', suspects);
  return [
    ...(suspects === 0 && unreadable ? [] : [found]),
    ...(unreadable
      ? [l10n.t('A part of the antifraud data could not be read (see Open JSON).')]
      : []),
  ];
}

/** For results without a code, or with an unknown one. */
const stepWithoutMeaning = (verdict: Verdict, api: Job['api']): string =>
  ({
    approved: l10n.t('Go by the text of Smile ID.'),
    attention: l10n.t('Go by the text of Smile ID.'),
    provisional: l10n.t('Wait for the final result.'),
    rejected: l10n.t('Go by the text of Smile ID.'),
    pending: l10n.t(
      'Refresh or watch the job. Most jobs finish within seconds; human review takes longer.',
    ),
    error: l10n.t('Go by the text of Smile ID.'),
    unknown:
      api === 'v3'
        ? l10n.t(
            'Do not treat this as a pass. Go by the text of Smile ID, and refresh later. If it stays, ask support with the job ID.',
          )
        : l10n.t(
            'Do not treat this as a pass. Go by the text of Smile ID, and refresh later. If it stays, ask support with the SmileJobID.',
          ),
  })[verdict];

/** What Smile ID sends instead of a result while it has no images of the job. */
const OF_UPLOAD: readonly { readonly text: RegExp; readonly nextStep: () => string }[] = [
  {
    text: /^no zip uploaded\b/i,
    nextStep: () =>
      l10n.t(
        'Smile ID says that the zip file with the images was not uploaded. Check whether your integration uploaded it, and refresh.',
      ),
  },
  {
    text: /^zip file failed\b/i,
    nextStep: () =>
      l10n.t(
        'Smile ID says that the zip file failed. Check what your integration uploaded: info.json and the images.',
      ),
  },
];

/**
 * What to do if the catalogue has no meaning.
 * @param text of the result, or what Smile ID sent instead
 */
export const withoutMeaning = (
  { verdict, api }: Pick<Job, 'verdict' | 'api'>,
  text: string | null,
): string =>
  OF_UPLOAD.find((each) => each.text.test(text ?? ''))?.nextStep() ??
  stepWithoutMeaning(verdict, api);

/** What to do if one code has several meanings, and the text does not decide. */
export const severalMeanings = (): string =>
  l10n.t(
    'Find the meaning that fits the text of Smile ID. Until that is clear, do not treat this as a pass.',
  );

/** What to do if all of them have the same outcome. */
export const severalProducts = (): string =>
  l10n.t(
    'Find out the product of this job, and do what its meaning says. All of them have the same outcome.',
  );

interface UnreachableAdvice {
  readonly headline: string;
  readonly nextStep: string;
}

const unreachableAdvice = (cause: UnreachableCause): UnreachableAdvice =>
  ({
    dns: {
      headline: stateLabel('unreachable'),
      nextStep: l10n.t(
        'Check the connection of this machine and the server address of the profile. Behind a proxy, check the setting http.proxy.',
      ),
    },
    refused: {
      headline: stateLabel('unreachable'),
      nextStep: l10n.t(
        'Start the server, or check host and port in the profile. Behind a proxy, check the setting http.proxy.',
      ),
    },
    tls: {
      headline: stateLabel('unreachable'),
      nextStep: l10n.t(
        'Check the date of this machine, and http:// or https:// and the port in the profile. If a proxy replaces certificates, add its certificate to the system store (setting http.systemCertificates).',
      ),
    },
    timeout: {
      headline: stateLabel('unreachable'),
      nextStep: l10n.t(
        'Refresh. If it happens again, check the connection, or raise the setting smile.requestTimeout.',
      ),
    },
    proxy: {
      headline: stateLabel('unreachable'),
      nextStep: l10n.t(
        'Check the setting http.proxy: the address of the proxy, and the user name and password it wants.',
      ),
    },
    reset: {
      headline: stateLabel('unreachable'),
      nextStep: l10n.t(
        'Refresh. If it happens again, a firewall or a proxy may close the connection: check the setting http.proxy.',
      ),
    },
    // A server may have responded, but not as Smile ID does: a redirect, or another protocol.
    other: {
      headline: l10n.t('No usable response'),
      nextStep: l10n.t(
        'Check the connection of this machine and the server address of the profile: another server may respond there.',
      ),
    },
  })[cause];

const notSmileId = (): string =>
  l10n.t(
    'A gateway, a proxy or another server responded in place of Smile ID. Refresh; if it stays, check the server address and the setting http.proxy.',
  );
const tooMuch = (): string =>
  l10n.t(
    'Check the server address of the profile: responses of Smile ID are far smaller. If it is right, request the job without its history, or ask support with the time and the job ID.',
  );
const unreadableStep = (kind: BodyKind): string =>
  ({
    html: notSmileId(),
    xml: notSmileId(),
    text: notSmileId(),
    binary: notSmileId(),
    damaged: l10n.t(
      'Refresh. If it happens again, a proxy or another server damages the response: check the server address and the setting http.proxy.',
    ),
    json: l10n.t('Check the server address of the profile: Smile ID responds with a JSON object.'),
    'cut-off JSON': l10n.t('Refresh: the response ended too early.'),
    'too large': tooMuch(),
    'too many values': tooMuch(),
    empty: l10n.t('Refresh. If it stays empty, ask support with the time and the job ID.'),
  })[kind];

const BY_STATUS: Readonly<Partial<Record<number, () => string>>> = {
  401: () => l10n.t('Check API key, partner ID and environment of the profile.'),
  403: () =>
    l10n.t(
      'Check API key, partner ID and environment of the profile, and whether this IP address is allowed. A firewall or proxy can send this, too: check the setting http.proxy.',
    ),
  404: () => l10n.t('Check the server address of the profile.'),
  407: () => l10n.t('Check the setting http.proxy: the proxy wants a user name and a password.'),
  408: () => l10n.t('Refresh.'),
  413: () => l10n.t('Check user ID and job ID: the request is too large.'),
};

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
            'This ID number was submitted too often. Ask the support of Smile ID how to reactivate it.',
          )
        : null;
    case 500:
    case 502:
    case 503:
      return l10n.t(
        'If the response has a job ID, request its status first; otherwise send the request again in a few minutes. If it lasts, ask support with the time.',
      );
    default:
      return null;
  }
}

const statusFirst = (): string =>
  l10n.t(
    'The job may exist: request its status first, by the job ID in the SmileID-Job-ID header of the response. A second submission can be charged again.',
  );

export function adviceOnUnreachable(cause: UnreachableCause): UnreachableAdvice {
  return unreachableAdvice(cause);
}

export function nextStepOfUnreadable({
  httpStatus,
  bodyKind,
  retryAt,
}: Pick<Unreadable, 'httpStatus' | 'bodyKind' | 'retryAt'>): string {
  return nextStepOfStatus(httpStatus, retryAt) ?? unreadableStep(bodyKind);
}

/**
 * @param ofCode the next step of the error code in the catalogue, or null
 * @param pasted whether it was not requested here
 */
export function nextStepOfRefusal(
  { httpStatus, message, retryAt }: Pick<PastedError, 'httpStatus' | 'message' | 'retryAt'>,
  ofCode: string | null,
  pasted: boolean,
): string {
  return (
    (retryAt === null ? ofCode : null) ??
    (pasted ? nextStepOfV3Error(httpStatus, message) : null) ??
    nextStepOfStatus(httpStatus, retryAt) ??
    ofCode ??
    l10n.t(
      'Read the message of Smile ID and correct the request. If it is not clear, ask support with the request ID.',
    )
  );
}

/** @param retryAt ISO 8601; null if the response does not say when, or it does not matter */
function nextStepOfStatus(httpStatus: number | null, retryAt: string | null): string | null {
  if (httpStatus === null) return null;
  if (retryAt !== null)
    return l10n.t('Wait until {0} before the next request.', timeWords(new Date(retryAt)));
  if (httpStatus === 429) {
    return l10n.t('Wait a minute before the next request. The limits are not documented.');
  }
  if (httpStatus >= 500)
    return l10n.t(
      'Refresh in a few minutes. If it lasts, ask support with the time, the job ID and the request ID, if there is one.',
    );
  if (httpStatus >= 300 && httpStatus < 400) {
    return l10n.t(
      'Check the server address of the profile: Smile ID does not respond with HTTP {0}.',
      httpStatus,
    );
  }
  return BY_STATUS[httpStatus]?.() ?? null;
}

export const nextStepOfCancelled = (cause: Cancelled['cause']): string =>
  cause === 'stopped'
    ? l10n.t('Refresh to send the request again.')
    : l10n.t('Nothing was sent. Choose Send to Production to send it after all.');
