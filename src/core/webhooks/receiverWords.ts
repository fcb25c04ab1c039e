import * as l10n from '../l10n';
import type { Refusal } from './deliveries';
import type { ReceiverBehavior } from './receiverBehavior';

/** What was refused and why, such as "2 × wrong path"; empty if nothing was. */
export const refusedWords = (refused: Readonly<Record<Refusal, number>>): string =>
  [
    [refused.path, l10n.t('wrong path')] as const,
    [refused.method, l10n.t('no POST')] as const,
    [refused.host, l10n.t('unknown host')] as const,
    [refused.origin, l10n.t('from a web page')] as const,
    [refused['too large'], l10n.t('body over 10 MB')] as const,
    [refused['too much at once'], l10n.t('too much at once')] as const,
    [refused.slow, l10n.t('too slow')] as const,
    [refused.aborted, l10n.t('sender left')] as const,
    [refused['not HTTP'], l10n.t('not HTTP')] as const,
  ]
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} × ${words}`)
    .join(', ');

/** How the receiver responds, in a few words. */
export function behaviorWords(behavior: ReceiverBehavior): string {
  if (behavior.kind === 'endpoint') return l10n.t('what your endpoint responds');
  const words =
    behavior.kind === 'drop' ? l10n.t('no response') : l10n.t('HTTP {0}', behavior.status);
  return behavior.delayMs === 0 ? words : l10n.t('{0} after {1} s', words, behavior.delayMs / 1000);
}
