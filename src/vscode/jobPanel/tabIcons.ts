import type { JobState } from '../../core/report/jobState';

/** The file of each state's icon in media/tab; without a verdict it shows only that there is none. */
export const TAB_ICONS: Readonly<Record<JobState, string>> = {
  approved: 'approved',
  attention: 'attention',
  provisional: 'provisional',
  rejected: 'rejected',
  pending: 'pending',
  error: 'error',
  unknown: 'unknown',
  untrusted: 'untrusted',
  refused: 'no-result',
  'server-error': 'no-result',
  'rate-limited': 'no-result',
  unreachable: 'no-result',
  unreadable: 'no-result',
  denied: 'no-result',
  cancelled: 'no-result',
  none: 'job',
};
