import type { FraudSignals } from '../smile/fraudSignals';
import type { Verdict } from '../smile/job';
import type { Refused, SignatureState, UnreachableCause } from '../smile/outcome';
import type { BodyKind } from '../smile/responseBody';
import { stateOfVerdict, VERDICT_LABELS, type JobState } from './jobState';

/**
 * What a user is told to do, as one table: about a job by verdict, signature, fraud signals and whether an
 * entry of the history is shown; about any other outcome by its kind and cause.
 */
export interface Situation {
  readonly verdict: Verdict;
  readonly signature: SignatureState;
  readonly fraud: FraudSignals | null;
  /** Set where an entry of the history is shown: of the requested job, or of another one. */
  readonly entry: 'this job' | 'another job' | null;
}

export interface Advice {
  /** Decides icon and color. */
  readonly state: JobState;
  readonly headline: string;
  /** A warning that stands right under the headline, or null. */
  readonly alert: string | null;
  /** What to do next in place of what the code says; null where the code's own next step holds. */
  readonly nextStep: string | null;
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
  provisional:
    'No. This job is still under review; wait for the final result. A second job may be billed.',
  pending:
    'No. This job is not decided yet. A second job may be billed, and a used job ID returns 2215.',
  rejected: 'Only as a new job with a new job ID (a used ID returns 2215). It may be billed.',
  error:
    'This says nothing about the user. Fix the cause, then submit a new job with a new job ID. It may be billed.',
  unknown: 'Unclear. Refresh the status first; a new job may be billed.',
};

export function adviceOn({ verdict, signature, fraud, entry }: Situation): Advice {
  const untrusted = signature === 'valid' ? null : UNTRUSTED[signature];
  const mayPass = verdict === 'approved' || verdict === 'attention';
  const alerts = [
    ...(untrusted ? [untrusted.alert] : []),
    ...(fraud
      ? [`${fraudWords(fraud)}${mayPass && !untrusted ? ' Review before you accept.' : ''}`]
      : []),
  ];
  return {
    state: stateOfVerdict(verdict, signature),
    headline: untrusted?.headline ?? VERDICT_LABELS[verdict],
    alert: alerts.length === 0 ? null : alerts.join(' '),
    nextStep:
      untrusted?.nextStep ?? (entry ? ENTRY[entry] : null) ?? (fraud && mayPass ? FRAUD : null),
    resubmit: untrusted || entry ? null : RESUBMIT[verdict],
  };
}

function fraudWords({ suspects }: FraudSignals): string {
  if (suspects === 0) return 'Fraud signals found.';
  return `Fraud signals found: ${suspects} suspect ${suspects === 1 ? 'user' : 'users'}.`;
}

/** What to do where the catalogue has nothing to say, because there is no code or it is not known. */
export const WITHOUT_MEANING: Readonly<Record<Verdict, string>> = {
  approved: 'Go by the text of Smile ID.',
  attention: 'Go by the text of Smile ID.',
  provisional: 'Wait for the final result.',
  rejected: 'Go by the text of Smile ID.',
  pending: 'Refresh or watch the job. Most jobs finish within seconds; human review takes longer.',
  error: 'Go by the text of Smile ID.',
  unknown:
    'Do not treat this as a pass. Go by the text of Smile ID, and refresh later. If it stays, ask support with the SmileJobID.',
};

/** What to do where one code has several meanings, and the text decides nothing. */
export const SEVERAL_MEANINGS =
  'Find the meaning that fits the text of Smile ID. Until that is clear, do not treat this as a pass.';

const UNREACHABLE: Readonly<Record<UnreachableCause, string>> = {
  dns: 'Check the connection of this machine and the server address of the profile. Behind a proxy, check the setting http.proxy.',
  refused: 'Start the server, or check host and port in the profile.',
  tls: 'Check the date of this machine. If a proxy replaces certificates, add its certificate to the system store (setting http.systemCertificates).',
  timeout:
    'Refresh. If it happens again, check the connection, or raise the setting smile.requestTimeout.',
  proxy:
    'Check the setting http.proxy: the address of the proxy, and the user name and password it wants.',
  reset:
    'Refresh. If it happens again, a firewall or a proxy may close the connection: check the setting http.proxy.',
  other: 'Check the server address of the profile. Show Log has the details.',
};

const UNREADABLE: Readonly<Record<BodyKind, string>> = {
  html: 'A gateway, a proxy or another server responded in place of Smile ID. Refresh; if it stays, check the server address and the setting http.proxy.',
  xml: 'A gateway, a proxy or another server responded in place of Smile ID. Refresh; if it stays, check the server address and the setting http.proxy.',
  text: 'A gateway, a proxy or another server responded in place of Smile ID. Refresh; if it stays, check the server address and the setting http.proxy.',
  json: 'Check the server address of the profile: Smile ID responds with a JSON object.',
  'cut-off JSON': 'Refresh: the response ended too early.',
  empty: 'Refresh. If it stays empty, ask support with the time and the job ID.',
};

const SERVER_ERROR =
  'Refresh in a few minutes. If it lasts, ask support with the time, the job ID and the request ID.';
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'Check API key, partner ID and environment of the profile.',
  403: 'Check API key, partner ID and environment of the profile, and whether this IP address is allowed.',
  404: 'Check the server address of the profile.',
  407: 'Check the setting http.proxy: the proxy wants a user name and a password.',
  408: 'Refresh.',
  413: 'Check user ID and job ID: the request is too large.',
};

export function nextStepOfUnreachable(cause: UnreachableCause): string {
  return UNREACHABLE[cause];
}

export function nextStepOfUnreadable(httpStatus: number, kind: BodyKind): string {
  if (httpStatus === 429) return nextStepOfLimit(null);
  if (httpStatus >= 500) return SERVER_ERROR;
  return UNREADABLE[kind];
}

/** Without the next step of its code, where the catalogue has one. */
export function nextStepOfRefusal({
  httpStatus,
  retryAt,
}: Pick<Refused, 'httpStatus' | 'retryAt'>): string {
  if (httpStatus === 429) return nextStepOfLimit(retryAt);
  if (httpStatus >= 500) return SERVER_ERROR;
  return (
    BY_STATUS[httpStatus] ??
    'Read the message of Smile ID and correct the request. If it is not clear, ask support with the request ID.'
  );
}

/** @param retryAt ISO 8601; null where the response does not say when */
function nextStepOfLimit(retryAt: string | null): string {
  return retryAt === null
    ? 'Wait a minute before the next request. The limits are not documented.'
    : `Wait until ${new Date(retryAt).toLocaleTimeString()} before the next request.`;
}

export const NEXT_STEP_OF_CANCELLED = 'Refresh to send the request again.';
