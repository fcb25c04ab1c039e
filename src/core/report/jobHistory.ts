import { productLabel } from '../catalogue/catalogue';
import { shownText } from '../harmlessText';
import { isOwnEntry, type Job, type Verdict } from '../smile/job';
import type { SignatureState } from '../smile/outcome';
import { decisionWords } from './jobReport';
import { stateOfVerdict, type JobState } from './jobState';
import { sentTimeOf, type SentTime } from './timeWords';

/** One entry of a user's history, as a timeline shows it. */
export interface HistoryItem {
  /** Its index in `job.history`. */
  readonly index: number;
  readonly verdict: Verdict;
  /** Decides the icon: `untrusted` if the response cannot be trusted. */
  readonly state: JobState;
  readonly product: string | null;
  readonly code: string | null;
  readonly text: string | null;
  readonly time: SentTime | null;
  readonly decidedBy: string | null;
}

/** The entries of one job. */
export interface HistoryGroup {
  /** Entries without a job ID are treated as belonging to the requested job. */
  readonly jobId: string;
  readonly smileJobId: string | null;
  /** Whether it is the requested job. */
  readonly isThisJob: boolean;
  readonly items: readonly HistoryItem[];
}

/**
 * A response's history grouped by job, the requested job first. Smile ID sends the entries of all jobs of
 * a user, several for each; groups and entries keep the order in which they were sent, since inner
 * timestamps may lack a time zone.
 * @param isPasted the response was not requested here
 */
export function historyOf(job: Job, signature: SignatureState, isPasted = false): HistoryGroup[] {
  const groups = new Map<string, { group: Omit<HistoryGroup, 'items'>; items: HistoryItem[] }>();
  for (const [index, { jobId, smileJobId, verdict, product, result }] of job.history.entries()) {
    const isThisJob = isOwnEntry({ jobId }, job.jobId);
    const key = jobId ?? job.jobId ?? '';
    const known = groups.get(key) ?? {
      group: { jobId: shownText(key), smileJobId, isThisJob },
      items: [],
    };
    known.items.push({
      index,
      verdict,
      state: stateOfVerdict(verdict, signature, isPasted),
      product: product && productLabel(product),
      code: result.code,
      text: result.text,
      time: result.timestamp === null ? null : sentTimeOf(result.timestamp),
      decidedBy: decisionWords(result),
    });
    groups.set(key, known);
  }
  return [...groups.values()]
    .map(({ group, items }) => ({ ...group, items }))
    .sort((a, b) => Number(b.isThisJob) - Number(a.isThisJob));
}
