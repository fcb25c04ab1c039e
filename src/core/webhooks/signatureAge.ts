import * as l10n from '../l10n';

/** Smile ID publishes no window. Integrators use five minutes and more. */
export const WINDOW_MS = 5 * 60_000;

/** Roughly, whatever the sign. */
export function duration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 90) return l10n.t('{0} s', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return l10n.t('{0} min', minutes);
  const hours = Math.round(minutes / 60);
  return hours < 36 ? l10n.t('{0} hours', hours) : l10n.t('{0} days', Math.round(hours / 24));
}
