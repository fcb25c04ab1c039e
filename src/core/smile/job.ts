import type { CodeOutcome, ProductKey } from '../catalogue/types';

/**
 * The status of a job, by the ResultCode for the job's product (API v3: by `status`); never by the envelope's `code` or
 * `job_success` alone. An approval with fraud signals is `attention`. `unknown` means that the catalogue
 * does not know the code: it is never guessed.
 */
export type Verdict = CodeOutcome | 'unknown';

/** Whether no other verdict is expected, unless the response says that its result is not final. */
export const isDecided = (verdict: Verdict): boolean =>
  ['approved', 'attention', 'rejected', 'error'].includes(verdict);

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
export const isOwnEntry = (entry: Pick<HistoryEntry, 'jobId'>, jobId: string | null): boolean =>
  entry.jobId === null || entry.jobId === jobId;

/** An image that the response links to. The URL is signed and expires: it is a secret. */
export interface JobImage {
  readonly name: string;
  readonly url: string;
}

/**
 * Which of the API's documents a job was read from. v1: a job status response, or a flat `result` (a callback, or the
 * response of a synchronous request, also of v2). v3: a `status`, or a `webhook` (also the response of a synchronous
 * request). `accepted`: the response to a submission, which is no result.
 */
export type JobDocument = 'job-status' | 'result' | 'status' | 'webhook' | 'accepted';

/** A job from a response, in one shape whatever the oddities of the response. */
export interface Job {
  readonly api: 'v1' | 'v2' | 'v3';
  readonly document: JobDocument;
  /** Null if a response of API v3 does not say it. */
  readonly userId: string | null;
  /** Null if a response that was not requested here does not say it. */
  readonly jobId: string | null;
  /** The status of API v3, in lower case (`clear`, `not_found`); null for API v1. */
  readonly status: string | null;
  /** The reason in a webhook of API v3; null for API v1, and in a status, which never has one. */
  readonly reason: string | null;
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
