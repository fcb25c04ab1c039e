import type { IncomingMessage } from 'node:http';
import { WRONG_HOST } from '../core/webhooks/webhookReceiver';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
/** Ports that a client may leave out. */
const DEFAULT_PORT = /:(?:80|443)$/;
const NONE: ReadonlySet<string> = new Set();

/** Why a server of ours must not respond. */
export interface LoopbackRefusal {
  readonly kind: 'origin' | 'host';
  readonly message: string;
}

/**
 * Why a server of ours must not respond to a request, or null. A browser sends `Origin` with what a page
 * requests from another site; and a page whose host name points to this machine (DNS rebinding) has that name in `Host`.
 *
 * @param publicHosts that lead here through a tunnel of the user, as `host` of a URL has them
 */
export function refusalOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  publicHosts = NONE,
): LoopbackRefusal | null {
  if (headers.origin !== undefined) {
    return { kind: 'origin', message: 'Requests of web pages get no response.' };
  }
  const host = headers.host?.toLowerCase() ?? '';
  if (LOOPBACK_HOST.test(host)) return null;
  if (publicHosts.has(host) || publicHosts.has(host.replace(DEFAULT_PORT, ''))) return null;
  return { kind: 'host', message: WRONG_HOST };
}
