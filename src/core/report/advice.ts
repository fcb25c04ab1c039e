import * as l10n from '../l10n';
import type { FraudSignals } from '../smile/fraudSignals';
import type { JobDocument, Verdict } from '../smile/job';
import {
  type BodyKind,
  type Cancelled,
  type Pasted,
  type PastedError,
  type SignatureState,
  type Unreadable,
  type UnreachableCause,
} from '../smile/outcome';
import { stateLabel, stateOfVerdict, verdictLabel, type JobState } from './jobState';
import { timeWords } from './timeWords';

/**
 * What a user should do, as one table: about a job by verdict, signature, fraud signals and whether an
 * entry of the history is shown; about any other outcome by its kind and cause.
 */
export interface Situation {
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
  /** In place of any other next step, or null. */
  readonly nextStep: string | null;
}

/** Null if the signature is valid, or if the response needs none. */
function doubtOf({ signature, pasted, document }: Situation): Doubt | null {
  const requestIt = l10n.t(
    'Do not act on this response by itself. Request the job status: the response of Smile ID decides.',
  );
  const notVerified = pasted ? l10n.t('Not verified') : null;
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
          'The signature was not checked: no profile has the key of this partner, or the headers of the response are missing.',
        ),
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
        nextStep: null,
      };
  }
}

export const cutOffWords = (): string =>
  l10n.t('The pasted text is cut off: what is missing may change this.');

const confirmStep = (): string =>
  l10n.t(
    'Before you act on this, request the job status: no signature covers the content, which may have been changed.',
  );

const entryStep = (entry: NonNullable<Situation['entry']>): string =>
  ({
    'this job': l10n.t('This is one result in the history of the job. Act on the current result.'),
    'another job': l10n.t(
      'This is one result in the history of another job. Open that job, and act on its current result.',
    ),
  })[entry];

const fraudStep = (): string =>
  l10n.t(
    'Review the fraud signals (see Antifraud below) before you accept. They are independent of the result code.',
  );

/**
 * Billing is what integrators report, not what the documentation says; that a used job ID is
 * refused is documented (error 2215).
 */
const resubmitWords = (verdict: Verdict): string =>
  ({
    approved: l10n.t('No. A new job may be billed.'),
    attention: l10n.t('No. Decide on what was found first; a new job may be billed.'),
    provisional: l10n.t('Not yet: first do what is said above. A second job may be billed.'),
    pending: l10n.t(
      'No. This job is not decided yet. A second job may be billed, and a used job ID returns 2215.',
    ),
    rejected: l10n.t(
      'Only as a new job with a new job ID (a used ID returns 2215). It may be billed.',
    ),
    error: l10n.t(
      'This says nothing about the user. Do what is said above, then submit a new job with a new job ID. It may be billed.',
    ),
    unknown: l10n.t('Unclear. Refresh the status first; a new job may be billed.'),
  })[verdict];

export function adviceOn(situation: Situation): Advice {
  const { verdict, signature, fraud, entry, pasted, ofCode, resubmitOfCode } = situation;
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
  const instead =
    doubt?.nextStep ??
    (entry ? entryStep(entry) : null) ??
    (review && verdict === 'approved' ? fraudStep() : null) ??
    ((doubt || pasted?.cutOff === true) && verdict === 'approved' ? confirmStep() : null);
  const steps = [...(pasted ? [confirmStep()] : []), ...(review ? [fraudStep()] : []), ofCode];
  return {
    state: stateOfVerdict(shown, signature, pasted !== null),
    headline: doubt?.headline ?? verdictLabel(shown),
    alert: alerts.length === 0 ? null : alerts.join(' '),
    nextStep: instead ?? steps.join(' '),
    followsCode: instead === null,
    resubmit: !mayAct || entry ? null : (resubmitOfCode ?? resubmitWords(shown)),
  };
}

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
const stepWithoutMeaning = (verdict: Verdict): string =>
  ({
    approved: l10n.t('Go by the text of Smile ID.'),
    attention: l10n.t('Go by the text of Smile ID.'),
    provisional: l10n.t('Wait for the final result.'),
    rejected: l10n.t('Go by the text of Smile ID.'),
    pending: l10n.t(
      'Refresh or watch the job. Most jobs finish within seconds; human review takes longer.',
    ),
    error: l10n.t('Go by the text of Smile ID.'),
    unknown: l10n.t(
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
export const withoutMeaning = (verdict: Verdict, text: string | null): string =>
  OF_UPLOAD.find((each) => each.text.test(text ?? ''))?.nextStep() ?? stepWithoutMeaning(verdict);

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

/** @param ofCode the next step of the error code in the catalogue, or null */
export function nextStepOfRefusal(
  { httpStatus, retryAt }: Pick<PastedError, 'httpStatus' | 'retryAt'>,
  ofCode: string | null,
): string {
  return (
    (retryAt === null ? ofCode : null) ??
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
    : l10n.t('Refresh if you want to send the request after all. You must confirm it again.');
