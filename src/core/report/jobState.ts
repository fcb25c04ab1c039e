import { outcomeLabel } from '../catalogue/outcomeLabel';
import * as l10n from '../l10n';
import type { Verdict } from '../smile/job';
import {
  isUnverified,
  type JobStatusOutcome,
  type ShownOutcome,
  type SignatureState,
} from '../smile/outcome';

/**
 * How lists and panel show a job: its verdict, that the response cannot be trusted, or why there is no
 * verdict. `none`: nothing was requested yet.
 */
export type JobState =
  | Verdict
  | 'untrusted'
  | 'refused'
  | 'server-error'
  | 'rate-limited'
  | 'unreachable'
  | 'unreadable'
  | 'denied'
  | 'cancelled'
  | 'none';

export const verdictLabel = (verdict: Verdict): string =>
  verdict === 'unknown' ? l10n.t('Unknown') : outcomeLabel(verdict);

export function stateLabel(state: JobState): string {
  switch (state) {
    case 'untrusted':
      return l10n.t('Not trusted');
    case 'refused':
      return l10n.t('Request refused');
    case 'server-error':
      return l10n.t('Server error');
    case 'rate-limited':
      return l10n.t('Rate limited');
    case 'unreachable':
      return l10n.t('Request failed');
    case 'unreadable':
      return l10n.t('Invalid response');
    case 'denied':
      return l10n.t('Access denied');
    case 'cancelled':
      return l10n.t('Canceled');
    case 'none':
      return l10n.t('No response yet');
    default:
      return verdictLabel(state);
  }
}

/** Names of VS Code's icons, so that tree, prompt and panel show a state in the same way. Never only by color. */
export const STATE_ICON_NAMES: Readonly<Record<JobState, string>> = {
  approved: 'pass',
  attention: 'warning',
  provisional: 'question',
  rejected: 'error',
  pending: 'clock',
  error: 'tools',
  unknown: 'circle-outline',
  untrusted: 'unverified',
  'server-error': 'bracket-error',
  refused: 'report',
  'rate-limited': 'watch',
  unreachable: 'debug-disconnect',
  unreadable: 'bracket-error',
  denied: 'report',
  cancelled: 'circle-slash',
  none: 'circle-outline',
};

const TOO_MANY_REQUESTS = 429;
const DENIED: ReadonlySet<unknown> = new Set([401, 403]);

/** The state that an outcome shows. */
export function stateOf(outcome: ShownOutcome): JobState {
  switch (outcome.kind) {
    case 'answered':
      return stateOfVerdict(outcome.job.verdict, outcome.signature);
    case 'refused':
    case 'unreadable':
      return stateOfFailure(outcome.kind, outcome.httpStatus);
    case 'unreachable':
    case 'cancelled':
      return outcome.kind;
  }
}

/** An error of the server says nothing of the request, even if Smile ID sent it as JSON. */
function stateOfFailure<Kind extends JobState>(
  kind: Kind,
  httpStatus: number | null,
): Kind | 'rate-limited' | 'server-error' | 'denied' {
  if (httpStatus === TOO_MANY_REQUESTS) return 'rate-limited';
  if (httpStatus !== null && httpStatus >= 500) return 'server-error';
  return kind === 'unreadable' && DENIED.has(httpStatus) ? 'denied' : kind;
}

/** @param isPasted the response was not requested here */
export const stateOfVerdict = (
  verdict: Verdict,
  signature: SignatureState,
  isPasted = false,
): JobState => (isUnverified(signature, isPasted) ? 'untrusted' : verdict);

/** The part of a job's record that decides its state. */
interface RecordedState {
  readonly verdict: Verdict | null;
  /** Of the response with the verdict; null in records that are older than this field. */
  readonly signature: SignatureState | null;
  readonly outcome: JobStatusOutcome['kind'];
  readonly httpStatus: number | null;
}

/** The state of a job as recorded: a verdict stays if a later request brought none. */
export function stateOfRecord({
  verdict,
  signature,
  outcome,
  httpStatus,
}: RecordedState): JobState {
  if (verdict !== null) return stateOfVerdict(verdict, signature ?? 'valid');
  if (outcome === 'answered') return 'none';
  return stateOfFailure(outcome, httpStatus);
}

/** The state of a recorded job in words: "Approved", "Signature invalid, says Approved". */
export function stateWords(job: RecordedState): string {
  const state = stateOfRecord(job);
  if (state !== 'untrusted' || job.verdict === null) return stateLabel(state);
  const verdict = verdictLabel(job.verdict);
  return job.signature === 'invalid'
    ? l10n.t('Signature invalid, says {0}', verdict)
    : l10n.t('Not signed, says {0}', verdict);
}
