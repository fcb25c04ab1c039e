import { HttpFailure } from '../../core/smile/http';
import type { UnreachableCause } from '../../core/smile/outcome';

export const SWITCHING_PROTOCOLS = 101;

/** The server switched to another protocol, which nobody asked for. */
export class SwitchedProtocols extends Error {}

/** The proxy did not open the way to the server. */
export class ProxyError extends Error {
  /** @param status what the proxy responded, or null where it responded nothing */
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

const inBrackets = (code: string): string => (code === '' ? '' : ` (${code})`);

/** No secure connection, and why: the certificate, or what came in place of TLS. */
const insecure =
  (reason: string): Sentence =>
  (host, code) =>
    `No secure connection to ${host}: ${reason.replace('CODE', code)}.`;

const CERTIFICATE = /CERT|CRL|^UNABLE_TO_|^INVALID_|^HOSTNAME_MISMATCH/;

/** By Node's or undici's error code, or by name and message where there is none; the first that fits. */
const CAUSES: readonly (readonly [RegExp, UnreachableCause, Sentence])[] = [
  [
    /^(ENOTFOUND|EAI_)/,
    'dns',
    (host) => `The name ${host} could not be resolved. Is this machine online?`,
  ],
  [/^ECONNREFUSED/, 'refused', (host) => `Nothing accepts connections at ${host}.`],
  [
    /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)/,
    'timeout',
    (host) => `${host} did not answer in time.`,
  ],
  [
    /^(EPROTO|ERR_SSL).*(alert|unrecognized name)/i,
    'tls',
    insecure('the server does not agree to the connection (TLS alert)'),
  ],
  [
    /^(EPROTO|ERR_SSL)/,
    'tls',
    insecure('what responds there does not speak TLS; its address may begin with http://'),
  ],
  [/^CERT_HAS_EXPIRED/, 'tls', insecure('its certificate has expired')],
  [/^CERT_NOT_YET_VALID/, 'tls', insecure('its certificate is not valid yet')],
  [/^DEPTH_ZERO_SELF_SIGNED/, 'tls', insecure('its certificate is self-signed')],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF)/,
    'tls',
    insecure('its certificate is from an authority that this machine does not trust'),
  ],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)/,
    'tls',
    insecure('its certificate is for another host'),
  ],
  [CERTIFICATE, 'tls', insecure('its certificate was not accepted (CODE)')],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)|socket hang up/,
    'reset',
    (host) => `The connection to ${host} was closed before an answer came.`,
  ],
  [
    /^(HPE|UND_ERR)_HEADERS?_OVERFLOW/,
    'other',
    (host) => `The headers of the response of ${host} are too large.`,
  ],
  [
    /^(HPE_INVALID_CONSTANT|HTTPParserError.*Expected HTTP)/,
    'other',
    (host) => `What responds at ${host} does not speak HTTP.`,
  ],
  [
    /^(HPE_|HTTPParserError|UND_ERR_RES_|ERR_ASSERTION)/, // undici asserts what a status may be
    'other',
    (host, code) => `The response of ${host} breaks the rules of HTTP${inBrackets(code)}.`,
  ],
  [
    /^E(HOST|NET)(UNREACH|DOWN)|^EADDRNOTAVAIL/,
    'other',
    (host, code) => `No connection to ${host} (${code}). Is this machine online?`,
  ],
];

export const isCertificateError = (error: unknown): boolean => CERTIFICATE.test(codeOf(error));

/** Our own sentence: the library's messages hold addresses with signed queries in them. */
export function failureOf(error: unknown, host: string): HttpFailure {
  const root = rootOf(error);
  if (root instanceof ProxyError) return new HttpFailure('proxy', ofProxy(root, host));
  if (root instanceof SwitchedProtocols) {
    const message = `${host} responded by switching to another protocol (HTTP ${SWITCHING_PROTOCOLS}).`;
    return new HttpFailure('other', message);
  }
  const code = codeOf(root);
  const known = knownBy(root, code);
  for (const [pattern, cause, sentence] of CAUSES) {
    if (pattern.test(known)) return new HttpFailure(cause, sentence(host, code));
  }
  return new HttpFailure('other', `The request to ${host} failed${inBrackets(code)}.`);
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
    return `The proxy on the way to ${host} cannot be reached. See the setting http.proxy.`;
  }
  return status === WRONG_PASSWORD
    ? `The proxy on the way to ${host} wants a user name and a password, and did not get the right ones (HTTP ${status}). See the setting http.proxy.`
    : `The proxy does not let requests through to ${host} (HTTP ${status}). Ask who runs it to allow this host.`;
}
