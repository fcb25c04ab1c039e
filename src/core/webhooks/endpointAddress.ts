import * as l10n from '../l10n';
import { isLoopback, parseUrl, type Checked } from '../smile/environment';

/**
 * Whether an IP address is one of a private network or of this machine: RFC 1918, link-local and loopback of IPv4; unique
 * local, link-local and loopback of IPv6; and IPv4 inside IPv6. Everything else is public, also what is no address.
 */
export function isPrivateAddress(address: string): boolean {
  const ip = address.replace(/%.*$/s, ''); // the zone of a link-local address
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip);
  if (v4) return isPrivateV4(v4.slice(1).map(Number));
  const host = ip.includes(':') ? parseUrl(`http://[${ip}]/`)?.hostname.slice(1, -1) : undefined;
  if (host === undefined) return false;
  if (host === '::1') return true;
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(host) ?? [];
  if (high !== undefined && low !== undefined) {
    const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
    return isPrivateV4([first >> 8, first & 255, second >> 8, second & 255]);
  }
  const group = Number.parseInt(host, 16); // the first one; NaN if it is left out, as it is 0 then
  return (group & 0xfe00) === 0xfc00 || (group & 0xffc0) === 0xfe80;
}

function isPrivateV4(bytes: readonly number[]): boolean {
  const [first = 256, second = 256] = bytes;
  if (bytes.some((byte) => byte > 255)) return false;
  return (
    first === 10 ||
    first === 127 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  );
}

/** Where test webhooks go, as the user entered it. */
export interface EndpointAddress {
  readonly url: URL;
  /** What the user has to confirm before something is sent there: host and port. Null for this machine. */
  readonly confirm: string | null;
}

/** Checks an address that the user entered. What a name stands for is only known when something is sent. */
export function checkEndpoint(text: string): Checked<EndpointAddress> {
  const url = parseUrl(text.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { ok: false, reason: l10n.t('Enter an address that starts with http:// or https://.') };
  }
  if (url.username || url.password) {
    return { ok: false, reason: l10n.t('The address must not contain a user name.') };
  }
  if (isLoopback(url)) return { ok: true, value: { url, confirm: null } };
  if (isAddress(url) && !isPrivateAddress(hostOf(url))) {
    return {
      ok: false,
      reason: l10n.t(
        'Test webhooks go to this machine, or to an address of a private network, such as 192.168.1.5.',
      ),
    };
  }
  return { ok: true, value: { url, confirm: url.host } };
}

/** The host without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** Whether the host is an IP address; the URL parser writes each of IPv4 with four numbers. */
export const isAddress = ({ hostname }: URL): boolean =>
  hostname.startsWith('[') || /^(?:\d{1,3}\.){3}\d{1,3}$/.test(hostname);
