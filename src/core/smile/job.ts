import type { CodeOutcome, ProductKey } from '../catalogue/types';

/**
 * The status of a job, by the ResultCode for the job's product; never by the envelope's `code` or
 * `job_success` alone. An approval with fraud signals is `attention`. `unknown` means that the catalogue
 * does not know the code: it is never guessed.
 */
export type Verdict = CodeOutcome | 'unknown';

/** One check of a job, as Smile ID named it (`Liveness_Check`: `Passed`). */
export interface Action {
  readonly key: string;
  readonly value: string;
}

/** The part of a result that says how a job went. Personal fields stay in the raw response. */
export interface JobResult {
  /** Four digits, zero-padded, or null if the response has none. */
  readonly code: string | null;
  /** ResultText, or the whole result if Smile ID sent a plain sentence ("No zip uploaded yet"). */
  readonly text: string | null;
  /** ResultType: SAIA (machine), DIVA (human), SYSTEM, ID Verification, ... */
  readonly type: string | null;
  readonly final: boolean | null;
  readonly machine: boolean | null;
  /** Percent. */
  readonly confidence: number | null;
  readonly source: string | null;
  /** The result's own time, as sent. */
  readonly timestamp: string | null;
  readonly actions: readonly Action[];
}

/** One entry of the response's history. It may belong to another job of the same user. */
export interface HistoryEntry {
  readonly userId: string | null;
  readonly jobId: string | null;
  readonly smileJobId: string | null;
  readonly jobType: number | null;
  readonly product: ProductKey | null;
  readonly verdict: Verdict;
  readonly result: JobResult;
}

/** Whether an entry is of the requested job; entries may leave their own ID out. */
export const isOwnEntry = (entry: Pick<HistoryEntry, 'jobId'>, jobId: string): boolean =>
  entry.jobId === null || entry.jobId === jobId;

/** An image that the response links to. The URL is signed and expires: it is a secret. */
export interface JobImage {
  readonly name: string;
  readonly url: string;
}

/** A job from a job status response, in one shape whatever the oddities of the response. */
export interface Job {
  readonly userId: string;
  readonly jobId: string;
  /** Zero-padded text; never a number. */
  readonly smileJobId: string | null;
  readonly jobType: number | null;
  readonly product: ProductKey | null;
  readonly complete: boolean | null;
  readonly success: boolean | null;
  readonly verdict: Verdict;
  readonly result: JobResult | null;
  /** All entries sent, of this and of other jobs, in the order sent. */
  readonly history: readonly HistoryEntry[];
  readonly images: readonly JobImage[];
  /** Oddities of the response's shape, in plain words. */
  readonly notes: readonly string[];
}
