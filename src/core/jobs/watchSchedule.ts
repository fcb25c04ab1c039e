import * as l10n from '../l10n';
import { halfOf } from '../catalogue/catalogue';
import type { Job } from '../smile/job';
import { isSuspicious, type Cancelled, type JobStatusOutcome } from '../smile/outcome';

/** The progress of a watch, as its schedule needs it. */
export interface Pace {
  /** Responses and failures since it began or was resumed; at least 1. */
  readonly polls: number;
  /** Milliseconds since then, as far as this machine was awake. */
  readonly elapsedMs: number;
  /** How many of the last checks in a row brought no response. */
  readonly failures: number;
  /** Whether a human reviews the job, or Smile ID limits the rate of requests. */
  readonly slow: boolean;
  /** Slow waits so far. */
  readonly slowWaits: number;
}

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const SHORTEST_WAIT = 2 * SECOND;
const QUICK_LIMIT = 90 * SECOND;
export const LONGEST_WAIT = 5 * MINUTE;

/**
 * Milliseconds until the next check, and whether the slow timer is used. 2 s for the first four checks,
 * then 4 s (the intervals of the official JavaScript and Python SDKs). After 90 s, when those SDKs give
 * up, or while a human reviews, which takes minutes to hours: 1, 2, 4 minutes, then every 5. Without a
 * response: 15 s, doubled each time up to 5 minutes.
 */
export function nextDelay({ polls, elapsedMs, failures, slow, slowWaits }: Pace): {
  readonly ms: number;
  readonly slow: boolean;
} {
  const isSlow = slow || elapsedMs >= QUICK_LIMIT;
  if (failures > 0) return { ms: doubled(15 * SECOND, failures - 1), slow: isSlow };
  if (isSlow) return { ms: doubled(MINUTE, slowWaits), slow: true };
  return { ms: polls <= 4 ? SHORTEST_WAIT : 2 * SHORTEST_WAIT, slow: false };
}

function doubled(ms: number, times: number): number {
  return Math.min(ms * 2 ** times, LONGEST_WAIT);
}

/** The outcomes that matter to a watch. */
export type Outcome = Exclude<JobStatusOutcome, Cancelled>;

interface Judgment {
  /** `soon` and `later` after a response, `retry` without one. */
  readonly next: 'finished' | 'stopped' | 'soon' | 'later' | 'retry';
  readonly reason: string | null;
}

/**
 * What an outcome means for the watch.
 * @param elapsedMs since it began or was resumed
 */
export function judge(outcome: Outcome, elapsedMs: number): Judgment {
  switch (outcome.kind) {
    case 'answered':
      return !isSuspicious(outcome.signature)
        ? outcome.job.api === 'v3'
          ? judgeV3Job(outcome.job, elapsedMs)
          : judgeJob(outcome.job)
        : {
            next: 'retry',
            reason:
              outcome.signature === 'invalid'
                ? l10n.t('The signature of the response is invalid, so it cannot be trusted.')
                : l10n.t('The signature of the response is missing, so it cannot be trusted.'),
          };
    case 'refused': {
      const { httpStatus, code, message } = outcome;
      const reason =
        code === null
          ? l10n.t('Smile ID refused the request (HTTP {0}): {1}', httpStatus, message)
          : l10n.t(
              'Smile ID refused the request (code {0}, HTTP {1}): {2}',
              code,
              httpStatus,
              message,
            );
      // Errors come with HTTP 200, too; without a code it is not Smile ID that refuses, but a gateway, for a short
      // time.
      return { next: afterStatus(httpStatus) ?? (code === null ? 'retry' : 'stopped'), reason };
    }
    case 'unreadable': {
      const { httpStatus, message } = outcome;
      const reason = httpStatus >= 400 ? `HTTP ${httpStatus}. ${message}` : message;
      return { next: afterStatus(httpStatus) ?? 'retry', reason };
    }
    case 'unreachable':
      return { next: 'retry', reason: outcome.message };
  }
}

/** A refusal is permanent, except for 408, 429 and errors of the server: the watch waits and tries again. */
function afterStatus(httpStatus: number): 'stopped' | 'later' | 'retry' | null {
  if (httpStatus >= 500) return 'retry';
  if (httpStatus === 408 || httpStatus === 429) return 'later';
  return httpStatus >= 400 ? 'stopped' : null;
}

/** A job that was just submitted may not be found yet (the official JavaScript SDK waits, too). */
const NOT_FOUND_LIMIT = 5 * MINUTE;

/** In API v3 every status but these three is final. */
function judgeV3Job({ status, verdict }: Job, elapsedMs: number): Judgment {
  if (status === null || verdict === 'pending') return { next: 'soon', reason: null };
  if (status === 'not_found') {
    return elapsedMs < NOT_FOUND_LIMIT
      ? { next: 'soon', reason: l10n.t('Smile ID does not know this job yet.') }
      : {
          next: 'stopped',
          reason: l10n.t('Smile ID knows no such job for this partner in this environment.'),
        };
  }
  return {
    next: 'finished',
    reason:
      verdict === 'unknown' ? l10n.t('The status is unknown. Do not treat it as a pass.') : null,
  };
}

/**
 * A job is final when it is complete, decided, and not marked for review (IsFinalResult may be missing; the
 * result of a human comes later under the same job ID). The first of Biometric KYC's two halves, 1012, has
 * the verdict `pending`.
 */
function judgeJob({ complete, verdict, result, product }: Job): Judgment {
  const final = result?.final ?? null;
  // A response without job_complete can still say that it is final.
  const isComplete = (complete ?? final) === true;
  switch (verdict) {
    case 'approved':
    case 'attention':
    case 'rejected':
    case 'error':
      if (isComplete && final !== false) return { next: 'finished', reason: null };
      break;
    case 'provisional':
      return { next: 'later', reason: null };
    case 'unknown':
      if (isComplete && final === true && result?.code != null) {
        const reason = l10n.t(
          "The result code {0} is unknown. Go by Smile ID's own text, and do not treat it as a pass.",
          result.code,
        );
        return { next: 'finished', reason };
      }
      break;
    case 'pending':
      // A pending code that is not one half of a job means that a human reviews it.
      if (result?.code != null && (product === null || halfOf(product, result.code) === null)) {
        return { next: 'later', reason: null };
      }
      break;
  }
  return { next: isComplete && final === false ? 'later' : 'soon', reason: null };
}
