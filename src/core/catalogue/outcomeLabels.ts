import type { CodeOutcome } from './types';

/** An outcome in one or two words. */
export const OUTCOME_LABELS: Readonly<Record<CodeOutcome, string>> = {
  approved: 'Approved',
  attention: 'Needs attention',
  provisional: 'Provisional',
  rejected: 'Rejected',
  pending: 'Pending',
  error: 'Error',
};
