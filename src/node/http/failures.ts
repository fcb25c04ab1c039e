import * as l10n from '../../core/l10n';
import { HttpFailure } from '../../core/smile/http';
import type { UnreachableCause } from '../../core/smile/outcome';

export const SWITCHING_PROTOCOLS = 101;

/** The server switched to another protocol, which was not requested. */
export class SwitchedProtocols extends Error {}

/** The proxy did not open a tunnel to the server. */
export class ProxyError extends Error {
  /** @param status what the proxy responded, or null if it did not respond */
  constructor(readonly status: number | null) {
    super();
  }
}

/** What `fetch` does not do, and node-fetch may. */
export class BeyondFetch extends HttpFailure {}

/** The error behind an error: `fetch` gives the reason as its cause. */
export function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root;
}

export function codeOf(error: unknown): string {
  const root = rootOf(error);
  return root instanceof Error && 'code' in root && typeof root.code === 'string' ? root.code : '';
}

/** Of Node's parser, or of undici's, whose newest versions give it no code. */
export function isParserError(error: unknown): boolean {
  const root = rootOf(error);
  return codeOf(root).startsWith('HPE_') || (root instanceof Error && root.name === PARSER_ERROR);
}
const PARSER_ERROR = 'HTTPParserError';

type Sentence = (host: string, code: string) => string;

const CERTIFICATE = /CERT|CRL|^UNABLE_TO_|^INVALID_|^HOSTNAME_MISMATCH/;

/** By Node's or undici's error code, or by name and message if there is none; the first that fits. */
const CAUSES: readonly (readonly [RegExp, UnreachableCause, Sentence])[] = [
  [
    /^(ENOTFOUND|EAI_)/,
    'dns',
    (host) => l10n.t('Cannot resolve {0}. Check your connection.', host),
  ],
  [/^ECONNREFUSED/, 'refused', (host) => l10n.t('Connection refused by {0}.', host)],
  [
    /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)/,
    'timeout',
    (host) => l10n.t('{0} did not respond in time.', host),
  ],
  [
    /^(EPROTO|ERR_SSL).*(alert|unrecognized name)/i,
    'tls',
    (host) =>
      l10n.t(
        'No secure connection to {0}: the server does not agree to the connection (TLS alert).',
        host,
      ),
  ],
  [
    /^(EPROTO|ERR_SSL)/,
    'tls',
    (host) =>
      l10n.t(
        'No secure connection to {0}: what responds there does not speak TLS; its address may begin with http://.',
        host,
      ),
  ],
  [
    /^CERT_HAS_EXPIRED/,
    'tls',
    (host) => l10n.t('No secure connection to {0}: its certificate has expired.', host),
  ],
  [
    /^CERT_NOT_YET_VALID/,
    'tls',
    (host) => l10n.t('No secure connection to {0}: its certificate is not valid yet.', host),
  ],
  [
    /^DEPTH_ZERO_SELF_SIGNED/,
    'tls',
    (host) => l10n.t('No secure connection to {0}: its certificate is self-signed.', host),
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF)/,
    'tls',
    (host) =>
      l10n.t(
        'No secure connection to {0}: its certificate is from an authority that this machine does not trust.',
        host,
      ),
  ],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)/,
    'tls',
    (host) => l10n.t('No secure connection to {0}: its certificate is for another host.', host),
  ],
  [
    CERTIFICATE,
    'tls',
    (host, code) =>
      l10n.t('No secure connection to {0}: its certificate was not accepted ({1}).', host, code),
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)|socket hang up/,
    'reset',
    (host) => l10n.t('The connection to {0} was closed before a response came.', host),
  ],
  [
    /^(HPE|UND_ERR)_HEADERS?_OVERFLOW/,
    'other',
    (host) => l10n.t('The headers of the response of {0} are too large.', host),
  ],
  [
    /^(HPE_INVALID_CONSTANT|HTTPParserError.*Expected HTTP)/,
    'other',
    (host) => l10n.t('What responds at {0} does not speak HTTP.', host),
  ],
  [
    /^(HPE_|HTTPParserError|UND_ERR_RES_|ERR_ASSERTION)/, // undici asserts what a status may be
    'other',
    (host, code) =>
      code === ''
        ? l10n.t('The response of {0} breaks the rules of HTTP.', host)
        : l10n.t('The response of {0} breaks the rules of HTTP ({1}).', host, code),
  ],
  [
    /^E(HOST|NET)(UNREACH|DOWN)|^EADDRNOTAVAIL/,
    'other',
    (host, code) => l10n.t('No connection to {0} ({1}). Check your connection.', host, code),
  ],
];

export const isCertificateError = (error: unknown): boolean => CERTIFICATE.test(codeOf(error));

/** Our own sentence: the library's messages contain addresses with signed queries. */
export function failureOf(error: unknown, host: string): HttpFailure {
  const root = rootOf(error);
  if (root instanceof ProxyError) return new HttpFailure('proxy', ofProxy(root, host));
  if (root instanceof SwitchedProtocols) {
    const message = l10n.t(
      '{0} responded by switching to another protocol (HTTP {1}).',
      host,
      SWITCHING_PROTOCOLS,
    );
    return new HttpFailure('other', message);
  }
  const code = codeOf(root);
  const known = knownBy(root, code);
  for (const [pattern, cause, sentence] of CAUSES) {
    if (pattern.test(known)) return new HttpFailure(cause, sentence(host, code));
  }
  return new HttpFailure(
    'other',
    code === ''
      ? l10n.t('The request to {0} failed.', host)
      : l10n.t('The request to {0} failed ({1}).', host, code),
  );
}

/** Its code; OpenSSL's errors have one code, and say in the message what they are. */
function knownBy(error: unknown, code: string): string {
  if (!(error instanceof Error)) return '';
  if (code === '') return `${error.name}: ${error.message}`;
  return /^(EPROTO|ERR_SSL)/.test(code) ? `${code} ${error.message}` : code;
}

const WRONG_PASSWORD = 407;

function ofProxy({ status }: ProxyError, host: string): string {
  if (status === null) {
    return l10n.t(
      'The proxy on the way to {0} cannot be reached. See the setting http.proxy.',
      host,
    );
  }
  return status === WRONG_PASSWORD
    ? l10n.t(
        'The proxy on the way to {0} wants a user name and a password, and did not get the right ones (HTTP {1}). See the setting http.proxy.',
        host,
        status,
      )
    : l10n.t(
        'The proxy does not let requests through to {0} (HTTP {1}). Ask who runs it to allow this host.',
        host,
        status,
      );
}
