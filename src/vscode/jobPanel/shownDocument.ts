import * as l10n from '../../core/l10n';
import { historyEntriesOf } from '../../core/smile/jobStatusResponse';
import type { Answered, ShownOutcome } from '../../core/smile/outcome';
import { textOf } from '../../core/smile/responseBody';

/**
 * A response of a panel, or a part of it. Each part has documents of its own: if a user agreed to see the personal
 * data of an error, its document must not turn into a job.
 */
export interface ShownDocument {
  readonly part: 'job' | 'error' | 'text' | `entry ${number}`;
  /**
   * The name of the file, without its extension. VS Code keeps the address of a document in caches of its own, even
   * after the job is deleted, so it contains nothing of the job.
   */
  readonly name: string;
  /** The JSON, or a text that is not JSON. */
  readonly content: Readonly<Record<string, unknown>> | string;
  /** Shown in place of a text with personal data, until the user chose to see that. */
  readonly redacted?: string;
}

export function documentKind(document: ShownDocument | null): 'json' | 'text' | null {
  if (!document) return null;
  return typeof document.content === 'string' ? 'text' : 'json';
}

/** @param entry of the history, in place of the whole response */
export function documentOfJob(
  outcome: ShownOutcome | null,
  entry: number | null,
): ShownDocument | null {
  if (outcome?.kind !== 'answered') return outcome && documentOfFailure(outcome);
  if (entry === null) return { part: 'job', name: l10n.t('Response'), content: outcome.raw };
  const content = historyEntriesOf(outcome.raw)[entry];
  return content
    ? { part: `entry ${entry}`, name: l10n.t('History entry {0}', entry + 1), content }
    : null;
}

/** The body of a refusal, or a text that is not JSON. */
export function documentOfFailure(outcome: Exclude<ShownOutcome, Answered>): ShownDocument | null {
  if (outcome.kind !== 'refused' && outcome.kind !== 'unreadable') return null;
  if (outcome.kind === 'refused') {
    const { httpStatus, raw } = outcome;
    const name =
      httpStatus === null
        ? l10n.t('Error response')
        : l10n.t('Error response {0}', `(HTTP ${httpStatus})`);
    return { part: 'error', name, content: raw };
  }
  const content = textOf(outcome);
  return content === ''
    ? null
    : { part: 'text', name: l10n.t('Response text {0}', `(HTTP ${outcome.httpStatus})`), content };
}
