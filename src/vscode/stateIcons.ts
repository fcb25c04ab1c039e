import { ThemeColor, ThemeIcon } from 'vscode';
import { STATE_ICON_NAMES, type JobState } from '../core/report/jobState';

/** Theme colors of the icons; the others have the color of the text. */
const COLORS: Readonly<Partial<Record<JobState, string>>> = {
  approved: 'charts.green', // that of passed tests is hardly seen on white
  attention: 'list.warningForeground',
  provisional: 'list.warningForeground',
  rejected: 'charts.red',
  error: 'list.warningForeground',
  untrusted: 'list.errorForeground',
  refused: 'list.errorForeground',
  'server-error': 'list.errorForeground',
  'rate-limited': 'list.warningForeground',
  unreadable: 'list.errorForeground',
  denied: 'list.errorForeground',
};

/** Icon and color of a job's state. Never color alone. */
export function stateIcon(state: JobState): {
  readonly icon: string;
  readonly color: string | null;
} {
  return { icon: STATE_ICON_NAMES[state], color: COLORS[state] ?? null };
}

/** The same for rows of a view. */
export function stateThemeIcon(state: JobState): ThemeIcon {
  const { icon, color } = stateIcon(state);
  return new ThemeIcon(icon, color === null ? undefined : new ThemeColor(color));
}
