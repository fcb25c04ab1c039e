import * as l10n from '../l10n';
import { isLoopback, parseUrl, type Checked, type Environment } from './environment';
import imageHosts from './imageHosts.json';

/**
 * Hosts that an image link may point to, by full name: anyone can register a bucket with a similar name. A link to
 * any other host is named in the panel and not followed.
 */
const IMAGE_HOSTS: ReadonlySet<string> = new Set(imageHosts.hosts.map(({ host }) => host));

/**
 * Whether an image may be fetched: over https from the hosts listed in imageHosts.json; for a local profile from
 * this machine only.
 */
export function checkImageUrl(text: string, environment: Environment): Checked<URL> {
  const url = parseUrl(text);
  if (!url) return { ok: false, reason: l10n.t('The link is not a valid address.') };
  if (environment === 'local') {
    return isLoopback(url) && /^https?:$/.test(url.protocol)
      ? { ok: true, value: url }
      : {
          ok: false,
          reason: l10n.t('The link leaves this machine ({0}); it is not followed.', url.hostname),
        };
  }
  const known = IMAGE_HOSTS.has(url.hostname);
  if (url.protocol !== 'https:' || !known || url.port || url.username || url.password) {
    return {
      ok: false,
      reason: l10n.t(
        'The link points to {0}, which is not a known Smile ID host; it is not followed.',
        url.hostname,
      ),
    };
  }
  return { ok: true, value: url };
}
