import * as l10n from '../l10n';

/** Where a profile's jobs are. `local` is a loopback address: the simulator, or the integrator's own stub. */
export type Environment = 'sandbox' | 'production' | 'local';

/** Base URLs of API v1 (official documentation and SDKs; the environment is chosen by host only). */
const BASE_URLS = {
  sandbox: 'https://testapi.smileidentity.com/v1',
  production: 'https://api.smileidentity.com/v1',
} as const;

export const environmentName = (environment: Environment): string =>
  ({
    sandbox: l10n.t('sandbox'),
    production: l10n.t('production'),
    local: l10n.t('local'),
  })[environment];

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/**
 * The only names of this machine that a request may use: VS Code sends requests to any other one, such as
 * 127.0.0.2, through the proxy of its settings.
 */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether a URL's host can only be this machine. Expects `hostname` as normalized by the URL parser. */
export const isLoopback = ({ hostname }: Pick<URL, 'hostname'>): boolean =>
  LOOPBACK_HOSTS.has(hostname);

export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const hostAsWritten = (text: string): string | undefined =>
  /^\s*https?:\/\/(\[[^\]]*\]|[^:/?#\s]*)/i.exec(text)?.[1]?.toLowerCase();

/**
 * Checks the address of a local profile: http or https, loopback only, no user name, query or fragment.
 * Without a path, it gets `/v1`, as on Smile ID's hosts.
 */
export function checkLocalUrl(text: string): Checked<string> {
  const url = parseUrl(text.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { ok: false, reason: l10n.t('Enter an address that starts with http:// or https://.') };
  }
  if (url.username || url.password || url.search || url.hash) {
    return {
      ok: false,
      reason: l10n.t('The address must not contain a user name, a query or a fragment.'),
    };
  }
  // Other spellings of these hosts (127.1, 0x7f.1) are refused, too: a user cannot see where they lead.
  if (!isLoopback(url) || hostAsWritten(text) !== url.hostname) {
    return {
      ok: false,
      reason: l10n.t(
        'A local profile can only use this machine: 127.0.0.1, [::1] or localhost. Requests to any other address may go through a proxy.',
      ),
    };
  }
  const path = url.pathname.replace(/\/+$/, '');
  return { ok: true, value: `${url.origin}${path || '/v1'}` };
}

/** The base URL of API v3 on the server of a base URL of API v1. */
export const v3BaseUrl = (baseUrl: string): string => `${baseUrl.replace(/\/v1$/, '')}/v3`;

/** The partner ID as API v3 takes it: without the leading zeros that the portal and API v1 have. */
export const v3PartnerId = (partnerId: string): string => partnerId.replace(/^0+/, '');

/** The base URL that requests of a profile go to. There are no other hosts. */
export function baseUrlOf(environment: Environment, localUrl: string | null): Checked<string> {
  if (environment !== 'local') return { ok: true, value: BASE_URLS[environment] };
  if (localUrl === null) return { ok: false, reason: l10n.t('This local profile has no address.') };
  return checkLocalUrl(localUrl);
}

/**
 * The environment that an SDK's `sid_server` argument names: 0 sandbox, 1 production, or a base URL.
 * Null if it is neither one of Smile ID's hosts nor this machine.
 * Source: mapServerUri of smileidentity/smile-identity-core-js.
 */
export function environmentOfSidServer(
  sidServer: string,
): { readonly environment: Environment; readonly url: string | null } | null {
  const text = sidServer.trim();
  if (text === '0') return { environment: 'sandbox', url: null };
  if (text === '1') return { environment: 'production', url: null };
  const address = text.includes('://') ? text : `https://${text}`;
  const url = parseUrl(address);
  if (!url) return null;
  for (const environment of ['sandbox', 'production'] as const) {
    if (url.hostname === new URL(BASE_URLS[environment]).hostname)
      return { environment, url: null };
  }
  const local = checkLocalUrl(address);
  return local.ok ? { environment: 'local', url: local.value } : null;
}
