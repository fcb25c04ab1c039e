import { OUTCOME_LABELS } from '../catalogue/outcomeLabels';
import type { Verdict } from '../smile/job';

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  ...OUTCOME_LABELS,
  unknown: 'Unknown',
};

/** Names of VS Code's icons, so that tree, prompt and panel show a verdict alike. Never colour alone. */
export const VERDICT_ICON_NAMES: Readonly<Record<Verdict, string>> = {
  approved: 'pass',
  attention: 'warning',
  provisional: 'question',
  rejected: 'error',
  pending: 'clock',
  error: 'tools',
  unknown: 'circle-outline',
};
