import type { FraudSignals } from '../smile/fraudSignals';
import type { Verdict } from '../smile/job';
import type {
  BodyKind,
  Cancelled,
  Refused,
  SignatureState,
  Unreadable,
  UnreachableCause,
} from '../smile/outcome';
import { STATE_LABELS, stateOfVerdict, VERDICT_LABELS, type JobState } from './jobState';
import { timeWords } from './timeWords';

/**
 * What a user is told to do, as one table: about a job by verdict, signature, fraud signals and whether an
 * entry of the history is shown; about any other outcome by its kind and cause.
 */
export interface Situation {
  /** By the result code alone; fraud signals make an approval `attention`. */
  readonly verdict: Verdict;
  readonly signature: SignatureState;
  readonly fraud: FraudSignals | null;
  /** Set where an entry of the history is shown: of the requested job, or of another one. */
  readonly entry: 'this job' | 'another job' | null;
  /** What the code says to do next. */
  readonly ofCode: string;
}

export interface Advice {
  /** Decides icon and color. */
  readonly state: JobState;
  readonly headline: string;
  /** A warning that stands right under the headline, or null. */
  readonly alert: string | null;
  readonly nextStep: string;
  /** Whether the code's own next step is a part of it. */
  readonly followsCode: boolean;
  /** Whether to submit the job again; null where that is no question now. */
  readonly resubmit: string | null;
}

const UNTRUSTED: Readonly<
  Record<
    Exclude<SignatureState, 'valid'>,
    { readonly headline: string; readonly alert: string; readonly nextStep: string }
  >
> = {
  invalid: {
    headline: 'Signature invalid',
    alert:
      'This response is not signed with your API key. Somebody else may have made or changed it.',
    nextStep:
      'Do not act on this response. Refresh. If the signature stays invalid, check the API key, the partner ID and any proxy in between.',
  },
  missing: {
    headline: 'Not signed',
    alert: 'This response has no signature, so it cannot be verified.',
    nextStep:
      'Do not act on this response. Refresh. If the signature is still missing, check the address of the server and any proxy in between.',
  },
};

const ENTRY: Readonly<Record<NonNullable<Situation['entry']>, string>> = {
  'this job': 'This is one result in the history of the job. Act on the current result.',
  'another job':
    'This is one result in the history of another job. Open that job, and act on its current result.',
};

const FRAUD =
  'Review the fraud signals (see Antifraud below) before you accept. They are independent of the result code.';

/**
 * Billing is what integrators report, not what the documentation says; that a used job ID is refused is
 * documented (error 2215).
 */
const RESUBMIT: Readonly<Record<Verdict, string>> = {
  approved: 'No. A new job may be billed.',
  attention: 'No. Decide on what was found first; a new job may be billed.',
  provisional: 'Not yet: first do what is said above. A second job may be billed.',
  pending:
    'No. This job is not decided yet. A second job may be billed, and a used job ID returns 2215.',
  rejected: 'Only as a new job with a new job ID (a used ID returns 2215). It may be billed.',
  error:
    'This says nothing about the user. Do what is said above, then submit a new job with a new job ID. It may be billed.',
  unknown: 'Unclear. Refresh the status first; a new job may be billed.',
};

export function adviceOn({ verdict, signature, fraud, entry, ofCode }: Situation): Advice {
  const untrusted = signature === 'valid' ? null : UNTRUSTED[signature];
  const shown = verdict === 'approved' && fraud ? 'attention' : verdict;
  const review = fraud !== null && shown === 'attention';
  const alerts = [
    ...(untrusted ? [untrusted.alert] : []),
    ...(fraud ? fraudWords(fraud) : []),
    ...(review && !untrusted ? ['Review before you accept.'] : []),
  ];
  const instead =
    untrusted?.nextStep ??
    (entry ? ENTRY[entry] : null) ??
    (review && verdict === 'approved' ? FRAUD : null);
  return {
    state: stateOfVerdict(shown, signature),
    headline: untrusted?.headline ?? VERDICT_LABELS[shown],
    alert: alerts.length === 0 ? null : alerts.join(' '),
    nextStep: instead ?? (review ? `${FRAUD} ${ofCode}` : ofCode),
    followsCode: instead === null,
    resubmit: untrusted || entry ? null : RESUBMIT[shown],
  };
}

function fraudWords({ suspects, unreadable }: FraudSignals): string[] {
  const users = suspects === 1 ? '1 suspect user' : `${suspects} suspect users`;
  return [
    ...(suspects > 0
      ? [`Fraud signals found: ${users}.`]
      : unreadable
        ? []
        : ['Fraud signals found.']),
    ...(unreadable ? ['A part of the antifraud data could not be read (see Open JSON).'] : []),
  ];
}

/** Where there is no code, or it is not known. */
const WITHOUT_MEANING: Readonly<Record<Verdict, string>> = {
  approved: 'Go by the text of Smile ID.',
  attention: 'Go by the text of Smile ID.',
  provisional: 'Wait for the final result.',
  rejected: 'Go by the text of Smile ID.',
  pending: 'Refresh or watch the job. Most jobs finish within seconds; human review takes longer.',
  error: 'Go by the text of Smile ID.',
  unknown:
    'Do not treat this as a pass. Go by the text of Smile ID, and refresh later. If it stays, ask support with the SmileJobID.',
};

/** What Smile ID says in place of a result while it has no images of the job. */
const OF_UPLOAD: readonly { readonly text: RegExp; readonly nextStep: string }[] = [
  {
    text: /^no zip uploaded\b/i,
    nextStep:
      'Smile ID says that the zip file with the images was not uploaded. Check whether your integration uploaded it, and refresh.',
  },
  {
    text: /^zip file failed\b/i,
    nextStep:
      'Smile ID says that the zip file failed. Check what your integration uploaded: info.json and the images.',
  },
];

/** What to do where the catalogue has nothing to say. @param text of the result, or what stands in its place */
export const withoutMeaning = (verdict: Verdict, text: string | null): string =>
  OF_UPLOAD.find((each) => each.text.test(text ?? ''))?.nextStep ?? WITHOUT_MEANING[verdict];

/** What to do where one code has several meanings, and the text decides nothing. */
export const SEVERAL_MEANINGS =
  'Find the meaning that fits the text of Smile ID. Until that is clear, do not treat this as a pass.';

/** What to do where all of them have the same outcome. */
export const SEVERAL_PRODUCTS =
  'Find out the product of this job, and do what its meaning says. All of them have the same outcome.';

interface UnreachableAdvice {
  readonly headline: string;
  readonly nextStep: string;
}

const UNREACHABLE: Readonly<Record<UnreachableCause, UnreachableAdvice>> = {
  dns: {
    headline: STATE_LABELS.unreachable,
    nextStep:
      'Check the connection of this machine and the server address of the profile. Behind a proxy, check the setting http.proxy.',
  },
  refused: {
    headline: STATE_LABELS.unreachable,
    nextStep:
      'Start the server, or check host and port in the profile. Behind a proxy, check the setting http.proxy.',
  },
  tls: {
    headline: STATE_LABELS.unreachable,
    nextStep:
      'Check the date of this machine, and http:// or https:// and the port in the profile. If a proxy replaces certificates, add its certificate to the system store (setting http.systemCertificates).',
  },
  timeout: {
    headline: STATE_LABELS.unreachable,
    nextStep:
      'Refresh. If it happens again, check the connection, or raise the setting smile.requestTimeout.',
  },
  proxy: {
    headline: STATE_LABELS.unreachable,
    nextStep:
      'Check the setting http.proxy: the address of the proxy, and the user name and password it wants.',
  },
  reset: {
    headline: STATE_LABELS.unreachable,
    nextStep:
      'Refresh. If it happens again, a firewall or a proxy may close the connection: check the setting http.proxy.',
  },
  // Something may have responded, only not as Smile ID does: a redirect, or another protocol.
  other: {
    headline: 'No usable response',
    nextStep:
      'Check the connection of this machine and the server address of the profile: another server may respond there.',
  },
};

const NOT_SMILE_ID =
  'A gateway, a proxy or another server responded in place of Smile ID. Refresh; if it stays, check the server address and the setting http.proxy.';
const TOO_MUCH =
  'Check the server address of the profile: responses of Smile ID are far smaller. If it is right, request the job without its history, or ask support with the time and the job ID.';
const UNREADABLE: Readonly<Record<BodyKind, string>> = {
  html: NOT_SMILE_ID,
  xml: NOT_SMILE_ID,
  text: NOT_SMILE_ID,
  binary: NOT_SMILE_ID,
  damaged:
    'Refresh. If it happens again, a proxy or another server damages the response: check the server address and the setting http.proxy.',
  json: 'Check the server address of the profile: Smile ID responds with a JSON object.',
  'cut-off JSON': 'Refresh: the response ended too early.',
  'too large': TOO_MUCH,
  'too many values': TOO_MUCH,
  empty: 'Refresh. If it stays empty, ask support with the time and the job ID.',
};

const SERVER_ERROR =
  'Refresh in a few minutes. If it lasts, ask support with the time, the job ID and the request ID, if there is one.';
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'Check API key, partner ID and environment of the profile.',
  403: 'Check API key, partner ID and environment of the profile, and whether this IP address is allowed. A firewall or proxy can send this, too: check the setting http.proxy.',
  404: 'Check the server address of the profile.',
  407: 'Check the setting http.proxy: the proxy wants a user name and a password.',
  408: 'Refresh.',
  413: 'Check user ID and job ID: the request is too large.',
};

export function adviceOnUnreachable(cause: UnreachableCause): UnreachableAdvice {
  return UNREACHABLE[cause];
}

export function nextStepOfUnreadable({
  httpStatus,
  bodyKind,
  retryAt,
}: Pick<Unreadable, 'httpStatus' | 'bodyKind' | 'retryAt'>): string {
  return nextStepOfStatus(httpStatus, retryAt) ?? UNREADABLE[bodyKind];
}

/**
 * @param ofCode what the catalogue says to do about the error code, or null
 */
export function nextStepOfRefusal(
  { httpStatus, retryAt }: Pick<Refused, 'httpStatus' | 'retryAt'>,
  ofCode: string | null,
): string {
  return (
    (retryAt === null ? ofCode : null) ??
    nextStepOfStatus(httpStatus, retryAt) ??
    ofCode ??
    'Read the message of Smile ID and correct the request. If it is not clear, ask support with the request ID.'
  );
}

/** @param retryAt ISO 8601; null where the response does not say when, or it does not matter */
function nextStepOfStatus(httpStatus: number, retryAt: string | null): string | null {
  if (retryAt !== null)
    return `Wait until ${timeWords(new Date(retryAt))} before the next request.`;
  if (httpStatus === 429) {
    return 'Wait a minute before the next request. The limits are not documented.';
  }
  if (httpStatus >= 500) return SERVER_ERROR;
  if (httpStatus >= 300 && httpStatus < 400) {
    return `Check the server address of the profile: Smile ID does not respond with HTTP ${httpStatus}.`;
  }
  return BY_STATUS[httpStatus] ?? null;
}

export const NEXT_STEP_OF_CANCELLED: Readonly<Record<Cancelled['cause'], string>> = {
  stopped: 'Refresh to send the request again.',
  declined: 'Refresh if you want to send the request after all. You are asked again.',
};
