import * as l10n from '../l10n';
import { isLoopback, parseUrl, type Checked } from '../smile/environment';
import { HttpFailure, type HttpClient, type HttpResponse } from '../smile/http';
import { hostOf, isAddress, isPrivateAddress } from './endpointAddress';
import type { Reach } from './missingDelivery';
import { WRONG_HOST } from './webhookReceiver';

/** Checks a public address that the user entered: host and port of it are used, the path is the receiver's. */
export function checkPublicAddress(text: string): Checked<URL> {
  const url = parseUrl(text.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { ok: false, reason: l10n.t('Enter an address that starts with https://.') };
  }
  if (url.username || url.password) {
    return { ok: false, reason: l10n.t('The address must not contain a user name.') };
  }
  if (isLoopback(url) || /^127\.[\d.]+$/.test(url.hostname)) {
    return { ok: false, reason: l10n.t('Only this machine can reach this address.') };
  }
  if (isAddress(url) && isPrivateAddress(hostOf(url))) {
    return { ok: false, reason: l10n.t('Only your network can reach this address.') };
  }
  return { ok: true, value: new URL(url.origin) };
}

/** Services whose page shows what was sent to an address to everybody who has it (their own descriptions). */
const INSPECTORS: ReadonlySet<string> = new Set([
  ...['webhook.site', 'smee.io', 'beeceptor.com', 'requestcatcher.com', 'pipedream.net'],
]);

/** Whether an address belongs to a service on whose page others may see the signature of a webhook. */
export const isInspector = ({ hostname }: Pick<URL, 'hostname'>): boolean =>
  [...INSPECTORS].some((host) => hostname === host || hostname.endsWith(`.${host}`));

/** Larger than the reply, so that a longer body differs from it. */
const MAX_BYTES = 4096;

/**
 * Requests an address as a sender would, without cookies, and finds out whether it leads to this window.
 *
 * @param url the origin of the public address, with the path of a self-test
 * @param reply what this window responds with
 */
export async function testPublicAddress(
  http: HttpClient,
  url: URL,
  reply: string,
  signal: AbortSignal,
): Promise<Reach> {
  let response: HttpResponse;
  try {
    response = await http.send({ method: 'GET', url: url.href, maxBytes: MAX_BYTES, signal });
  } catch (error) {
    if (error instanceof HttpFailure && error.reason === 'dns') return 'unknown name';
    if (error instanceof HttpFailure || signal.aborted) return 'no response';
    throw error;
  }
  const { status, body, headers } = response;
  const text = new TextDecoder().decode(body);
  if (status === 403 && text === WRONG_HOST) return 'wrong host';
  if (status === 200 && text === reply) {
    return url.protocol === 'https:' ? 'reached' : 'http only';
  }
  if (status >= 300 && status < 400) {
    const target = parseUrl(headers.get('location') ?? '');
    return target === null || target.hostname === url.hostname ? 'redirected' : 'private';
  }
  if (status === 401 || status === 403 || status === 407) return 'private';
  return status >= 500 ? 'no response' : 'other server';
}

/** What a test found, as a sentence. */
export function reachText(reach: Reach): string {
  switch (reach) {
    case 'this machine only':
      return l10n.t('Only this machine can reach the receiver: it has no public address.');
    case 'private':
      return l10n.t('Private: Smile ID would get a sign-in page. Make the port public.');
    case 'http only':
      return l10n.t('The address leads to this window, over HTTP. API v3 sends to HTTPS only.');
    case 'redirected':
      return l10n.t('The address redirects. Enter the address to which it redirects.');
    case 'wrong host':
      return l10n.t(
        'The tunnel replaces the host of requests, so they are refused. Let it pass on the host as it is.',
      );
    case 'other server':
      return l10n.t('Another server or another window responds at this address.');
    case 'unknown name':
      return l10n.t(
        'The name of the address cannot be resolved. It may be misspelled, or its tunnel may have ended.',
      );
    case 'no response':
      return l10n.t('There is no response from this window: the tunnel is off or asleep.');
    case 'not tested':
      return l10n.t('The public address was not tested yet.');
    case 'reached':
      return l10n.t('The address leads to this window.');
  }
}
