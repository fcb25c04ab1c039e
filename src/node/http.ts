import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { Agent } from 'node:https';
import { isLoopback } from '../core/smile/environment';
import {
  HttpFailure,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../core/smile/http';
import type { UnreachableCause } from '../core/smile/outcome';

/** A stub on this machine may bring a throw-away certificate; nobody else can answer there. */
const LOOPBACK_AGENT = new Agent({ rejectUnauthorized: false, keepAlive: true });

const JSON_HEADERS = { Accept: 'application/json', 'Content-Type': 'application/json' };

/** What node-fetch decompresses. */
const ENCODINGS: ReadonlySet<string> = new Set([
  ...['', 'identity', 'gzip', 'x-gzip', 'deflate', 'x-deflate', 'br'],
]);

const SWITCHING_PROTOCOLS = 101;

/** What happened on the wire and does not get through node-fetch, which keeps its request to itself. */
class Wire {
  error: Error | null = null;

  /** Without a listener for `upgrade` the request would end without a word, and wait for its time limit. */
  watch(request: ClientRequest): void {
    request.once('error', (error: Error) => {
      this.error ??= error;
    });
    request.once('upgrade', (_response, socket) => {
      socket.destroy();
      request.emit('error', new SwitchedProtocols());
    });
  }
}

class SwitchedProtocols extends Error {}

const wires = new AsyncLocalStorage<Wire>();
subscribe('http.client.request.start', (message) => {
  if (typeof message !== 'object' || message === null || !('request' in message)) return;
  if (message.request instanceof ClientRequest) wires.getStore()?.watch(message.request);
});

/**
 * HTTP by node-fetch, which uses Node's `https`: VS Code patches that one, so its proxy and certificate
 * settings hold. Loaded on first use, since most windows never ask anything.
 */
export class NodeHttpClient implements HttpClient {
  /** @param takesAnyCertificate whose certificates are not checked: by default only this machine's */
  constructor(private readonly takesAnyCertificate: (url: URL) => boolean = isLoopback) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const wire = new Wire();
    const { host } = new URL(request.url);
    try {
      return await wires.run(wire, () => this.fetch(request, wire));
    } catch (error) {
      request.signal.throwIfAborted();
      throw failureOf(wire.error ?? error, host);
    }
  }

  private async fetch(request: HttpRequest, wire: Wire): Promise<HttpResponse> {
    const { default: fetch } = await import('node-fetch');
    const url = new URL(request.url);
    const anyCertificate = url.protocol === 'https:' && this.takesAnyCertificate(url);
    const response = await fetch(url, {
      method: request.method,
      redirect: 'manual',
      signal: request.signal,
      ...(request.body === undefined ? {} : { body: request.body, headers: JSON_HEADERS }),
      ...(anyCertificate ? { agent: LOOPBACK_AGENT } : {}),
    });
    if (response.status === SWITCHING_PROTOCOLS) throw new SwitchedProtocols();
    const headers = new Map(response.headers);
    const { body, cut } = await readBody(response.body, request, wire);
    const isReadable =
      body.length === 0 || ENCODINGS.has(headers.get('content-encoding')?.toLowerCase() ?? '');
    return { status: response.status, headers, body, cut: isReadable ? cut : 'bad encoding' };
  }
}

async function readBody(
  body: AsyncIterable<string | Buffer> | null,
  { maxBytes, signal }: HttpRequest,
  wire: Wire,
): Promise<Pick<HttpResponse, 'body' | 'cut'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  let cut: HttpResponse['cut'] = null;
  try {
    for await (const chunk of body ?? []) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      chunks.push(bytes.subarray(0, maxBytes - size));
      size += bytes.length;
      if (size > maxBytes) {
        cut = 'too large';
        break; // leaving the loop closes the connection
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    cut = BAD_ENCODING.test(codeOf(error)) ? 'bad encoding' : 'connection lost';
  }
  if (codeOf(wire.error).startsWith(NOT_HTTP)) cut = 'not HTTP';
  // A plain Uint8Array: VS Code passes those to webviews as bytes, a Buffer as JSON.
  return { body: new Uint8Array(Buffer.concat(chunks)), cut };
}

/** Errors of zlib (gzip, deflate) and of Brotli. */
const BAD_ENCODING = /^(Z_|ERR_?_ERROR_FORMAT|ERR_BROTLI)/;
/** Errors of Node's HTTP parser. */
const NOT_HTTP = 'HPE_';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

type Sentence = (host: string, code: string) => string;

/** No secure connection, and why: the certificate, or what came in place of TLS. */
const insecure =
  (reason: string): Sentence =>
  (host, code) =>
    `No secure connection to ${host}: ${reason.replace('CODE', code)}.`;

/** By Node's error code, or by the message where there is none; the first that fits. */
const CAUSES: readonly (readonly [RegExp, UnreachableCause, Sentence])[] = [
  [
    /proxy|tunnel/i,
    'proxy',
    (host) => `The proxy did not let the request through to ${host}. See the setting http.proxy.`,
  ],
  [
    /^(ENOTFOUND|EAI_)/,
    'dns',
    (host) => `The name ${host} could not be resolved. Is this machine online?`,
  ],
  [/^ECONNREFUSED/, 'refused', (host) => `Nothing accepts connections at ${host}.`],
  [/^ETIMEDOUT/, 'timeout', (host) => `${host} did not answer in time.`],
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
  [/CERT|CRL|^UNABLE_TO_|^INVALID_/, 'tls', insecure('its certificate was not accepted (CODE)')],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)|socket hang up/,
    'reset',
    (host) => `The connection to ${host} was closed before an answer came.`,
  ],
  [
    /^HPE_HEADER_OVERFLOW/,
    'other',
    (host) => `The headers of the response of ${host} are too large.`,
  ],
  [/^HPE_INVALID_CONSTANT/, 'other', (host) => `What responds at ${host} does not speak HTTP.`],
  [/^HPE_/, 'other', (host, code) => `The response of ${host} breaks the rules of HTTP (${code}).`],
  [
    /^E(HOST|NET)(UNREACH|DOWN)|^EADDRNOTAVAIL/,
    'other',
    (host, code) => `No connection to ${host} (${code}). Is this machine online?`,
  ],
];

/** Our own sentence: the library's messages hold addresses with signed queries in them. */
function failureOf(error: unknown, host: string): HttpFailure {
  if (error instanceof SwitchedProtocols) {
    const message = `${host} responded by switching to another protocol (HTTP ${SWITCHING_PROTOCOLS}).`;
    return new HttpFailure('other', message);
  }
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  // OpenSSL's errors have one code, and say in the message what they are.
  const known =
    code === '' ? message : /^(EPROTO|ERR_SSL)/.test(code) ? `${code} ${message}` : code;
  for (const [pattern, cause, sentence] of CAUSES) {
    if (pattern.test(known)) return new HttpFailure(cause, sentence(host, code));
  }
  return new HttpFailure(
    'other',
    `The request to ${host} failed${code === '' ? '' : ` (${code})`}.`,
  );
}
