import type { Verdict } from '../smile/job';
import type { JobStatusOutcome, SignatureState } from '../smile/outcome';

/**
 * What a job looks like in lists and in the panel: its verdict, that the response cannot be trusted, or why
 * there is no verdict. `none`: nothing was requested yet.
 */
export type JobState =
  | Verdict
  | 'untrusted'
  | 'refused'
  | 'rate-limited'
  | 'unreachable'
  | 'unreadable'
  | 'cancelled'
  | 'none';

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  approved: 'Approved',
  attention: 'Needs attention',
  provisional: 'Provisional',
  rejected: 'Rejected',
  pending: 'Pending',
  error: 'Error',
  unknown: 'Unknown',
};

export const STATE_LABELS: Readonly<Record<JobState, string>> = {
  ...VERDICT_LABELS,
  untrusted: 'Not trusted',
  refused: 'Refused',
  'rate-limited': 'Rate limited',
  unreachable: 'No response',
  unreadable: 'Invalid response',
  cancelled: 'Canceled',
  none: 'No response yet',
};

/** Names of VS Code's icons, so that tree, prompt and panel show a state alike. Never color alone. */
export const STATE_ICON_NAMES: Readonly<Record<JobState, string>> = {
  approved: 'pass',
  attention: 'warning',
  provisional: 'question',
  rejected: 'error',
  pending: 'clock',
  error: 'tools',
  unknown: 'circle-outline',
  untrusted: 'unverified',
  refused: 'bracket-error',
  'rate-limited': 'watch',
  unreachable: 'debug-disconnect',
  unreadable: 'bracket-error',
  cancelled: 'circle-slash',
  none: 'circle-outline',
};

const TOO_MANY_REQUESTS = 429;

/** The state that an outcome shows. */
export function stateOf(outcome: JobStatusOutcome): JobState {
  switch (outcome.kind) {
    case 'answered':
      return stateOfVerdict(outcome.job.verdict, outcome.signature);
    case 'refused':
    case 'unreadable':
      return outcome.httpStatus === TOO_MANY_REQUESTS ? 'rate-limited' : outcome.kind;
    case 'unreachable':
    case 'cancelled':
      return outcome.kind;
  }
}

export const stateOfVerdict = (verdict: Verdict, signature: SignatureState): JobState =>
  signature === 'valid' ? verdict : 'untrusted';

/** What is recorded of a job, as far as its state goes. */
interface RecordedState {
  readonly verdict: Verdict | null;
  /** Of the response that brought the verdict; null in records of before it was kept. */
  readonly signature: SignatureState | null;
  readonly outcome: JobStatusOutcome['kind'];
  readonly httpStatus: number | null;
}

/** The state of a job as recorded: a verdict stays where a later request brought none. */
export function stateOfRecord({
  verdict,
  signature,
  outcome,
  httpStatus,
}: RecordedState): JobState {
  if (verdict !== null) return stateOfVerdict(verdict, signature ?? 'valid');
  if (outcome === 'answered') return 'none';
  return httpStatus === TOO_MANY_REQUESTS ? 'rate-limited' : outcome;
}

/** The state of a recorded job in words: "Approved", "Signature invalid, says Approved". */
export function stateWords(job: RecordedState): string {
  const state = stateOfRecord(job);
  if (state !== 'untrusted' || job.verdict === null) return STATE_LABELS[state];
  const doubt = job.signature === 'invalid' ? 'Signature invalid' : 'Not signed';
  return `${doubt}, says ${VERDICT_LABELS[job.verdict]}`;
}
