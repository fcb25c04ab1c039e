import * as l10n from '../l10n';
import { isDecided, type Verdict } from '../smile/job';
import { isSuspicious, type ShownOutcome, type SignatureState } from '../smile/outcome';
import { judge } from './watchSchedule';

/** Why watching a job makes no sense: its result will not change, or its request is refused. */
export const NO_WATCH = ['final', 'refused'] as const;
export type NoWatch = (typeof NO_WATCH)[number];

/**
 * Why watching makes no sense after an outcome, for panel and list alike; null if it does.
 * @param before the same before that outcome: a request that brings no job leaves a final result final
 */
export function noWatchAfter(outcome: ShownOutcome, before: NoWatch | null): NoWatch | null {
  if (outcome.kind === 'answered') return judge(outcome, 0).next === 'finished' ? 'final' : null;
  if (before === 'final') return before;
  if (outcome.kind !== 'refused' && outcome.kind !== 'unreadable') return null;
  const { httpStatus } = outcome;
  const isRefused = httpStatus !== null && judge({ ...outcome, httpStatus }, 0).next === 'stopped';
  return isRefused ? 'refused' : null;
}

/** The part of a job's record that decides it. */
interface RecordedNoWatch {
  /** Missing in older records. */
  readonly noWatch?: NoWatch | null | undefined;
  readonly verdict: Verdict | null;
  readonly signature: SignatureState | null;
}

/** Why watching a recorded job makes no sense; null if it does. */
export function noWatchOf({ noWatch, verdict, signature }: RecordedNoWatch): NoWatch | null {
  if (noWatch !== undefined) return noWatch;
  return verdict !== null && isDecided(verdict) && !isSuspicious(signature ?? 'valid')
    ? 'final'
    : null;
}

export const noWatchWords = (reason: NoWatch): string =>
  ({
    final: l10n.t('The result is final, so there is nothing to watch.'),
    refused: l10n.t('Smile ID refused the request. Refresh when the cause is fixed.'),
  })[reason];
