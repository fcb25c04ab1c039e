import type { Verdict } from '../smile/job';

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  approved: 'Approved',
  provisional: 'Provisional',
  rejected: 'Rejected',
  pending: 'Pending',
  error: 'Error',
  unknown: 'Unknown',
};

/** Names of VS Code's icons, so that tree, prompt and panel show a verdict alike. Never colour alone. */
export const VERDICT_ICON_NAMES: Readonly<Record<Verdict, string>> = {
  approved: 'pass',
  provisional: 'question',
  rejected: 'error',
  pending: 'clock',
  error: 'warning',
  unknown: 'circle-outline',
};
