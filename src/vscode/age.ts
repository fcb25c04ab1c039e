import * as vscode from 'vscode';

const STEPS: readonly (readonly [limit: number, seconds: number, words: (n: number) => string])[] =
  [
    [3600, 60, (minutes) => vscode.l10n.t('{0} min ago', minutes)],
    [86_400, 3600, (hours) => vscode.l10n.t('{0} h ago', hours)],
    [Infinity, 86_400, (days) => vscode.l10n.t('{0} d ago', days)],
  ];

/** How long ago a time is: "now", "5 min ago", "3 d ago". */
export function ageOf(iso: string, now: Date = new Date()): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(iso)) / 1000));
  if (Number.isNaN(seconds)) return '';
  if (seconds < 60) return vscode.l10n.t('now'); // lists are drawn again once a minute
  const [, size, words] = STEPS.find(([limit]) => seconds < limit) ?? [];
  return size === undefined || words === undefined ? '' : words(Math.floor(seconds / size));
}
