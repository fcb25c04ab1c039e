import * as l10n from '../l10n';
import { isV3JobId } from './typeId';

/** The IDs of a lookup. API v1 needs both, API v3 the job ID alone. */
export interface JobIds {
  /** Null for a lookup by API v3. */
  readonly userId: string | null;
  readonly jobId: string;
}

export interface JobStatusOptions {
  /** Request earlier entries of this user. */
  readonly history: boolean;
  /** Request links to the images. */
  readonly imageLinks: boolean;
}

export type JobRequest = JobIds & JobStatusOptions;

/** A lookup by API v1. */
export type V1JobRequest = JobRequest & { readonly userId: string };

/** The API that a lookup uses: the IDs decide. */
export const apiOf = ({ userId }: Pick<JobIds, 'userId'>): 'v1' | 'v3' =>
  userId === null ? 'v3' : 'v1';

/** In UTF-16 units; far more than any ID has. */
export const LONGEST_ID = 255;

/**
 * Smile ID publishes no limit for the IDs of a partner; what cannot be an ID is refused before it is
 * sent. Spaces inside, quotes and emoji are legal JSON text and are sent as they are.
 */
export function checkId(label: 'job ID' | 'user ID', text: string): string | null {
  const ofJob = label === 'job ID';
  if (text.trim() === '') return ofJob ? l10n.t('Enter the job ID.') : l10n.t('Enter the user ID.');
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(text)) {
    return ofJob
      ? l10n.t('The job ID contains a line break.')
      : l10n.t('The user ID contains a line break.');
  }
  if (text !== text.trim()) {
    return ofJob
      ? l10n.t('The job ID begins or ends with a space.')
      : l10n.t('The user ID begins or ends with a space.');
  }
  if (text.length <= LONGEST_ID) return null;
  return ofJob
    ? l10n.t('The job ID has {0} characters; at most {1} are sent.', text.length, LONGEST_ID)
    : l10n.t('The user ID has {0} characters; at most {1} are sent.', text.length, LONGEST_ID);
}

export function checkJobIds({ userId, jobId }: JobIds): string | null {
  const ofJob = checkId('job ID', jobId);
  if (ofJob !== null || userId !== null) return ofJob ?? checkId('user ID', userId ?? '');
  return isV3JobId(jobId)
    ? null
    : l10n.t('API v1 needs the user ID, too: only job IDs of API v3 (job_…) are looked up alone.');
}
