import type { IncomingMessage } from 'node:http';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * Why a server of ours must not respond to a request, or null. A browser sends `Origin` with what a page
 * requests from another site; and a page whose host name points to this machine (DNS rebinding) has that name in `Host`.
 */
export function refusalOf({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  if (headers.origin !== undefined) return 'Requests of web pages get no response.';
  if (!LOOPBACK_HOST.test(headers.host ?? '')) {
    return 'The host must be 127.0.0.1, [::1] or localhost.';
  }
  return null;
}
