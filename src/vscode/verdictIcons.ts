import { VERDICT_ICON_NAMES } from '../core/jobs/verdictLabels';
import type { Verdict } from '../core/smile/job';

/** Icon and colour of a verdict; `none` is a job without an answer yet. Never colour alone. */
export const VERDICT_ICONS: Readonly<
  Record<Verdict | 'none', { readonly icon: string; readonly color: string | null }>
> = {
  approved: { icon: VERDICT_ICON_NAMES.approved, color: 'testing.iconPassed' },
  attention: { icon: VERDICT_ICON_NAMES.attention, color: 'list.warningForeground' },
  provisional: { icon: VERDICT_ICON_NAMES.provisional, color: 'list.warningForeground' },
  rejected: { icon: VERDICT_ICON_NAMES.rejected, color: 'testing.iconFailed' },
  pending: { icon: VERDICT_ICON_NAMES.pending, color: null },
  error: { icon: VERDICT_ICON_NAMES.error, color: 'list.warningForeground' },
  unknown: { icon: VERDICT_ICON_NAMES.unknown, color: null },
  none: { icon: 'debug-disconnect', color: null },
};
