import type { Verdict } from '../core/smile/job';

/** Icon and colour of a verdict; `none` is a job without an answer yet. Never colour alone. */
export const VERDICT_ICONS: Readonly<
  Record<Verdict | 'none', { readonly icon: string; readonly color: string | null }>
> = {
  approved: { icon: 'pass', color: 'testing.iconPassed' },
  provisional: { icon: 'question', color: 'list.warningForeground' },
  rejected: { icon: 'error', color: 'testing.iconFailed' },
  pending: { icon: 'clock', color: null },
  error: { icon: 'warning', color: 'list.warningForeground' },
  unknown: { icon: 'circle-outline', color: null },
  none: { icon: 'debug-disconnect', color: null },
};
