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

/**
 * HTTP by node-fetch, which uses Node's `https`: VS Code patches that one, so its proxy and certificate
 * settings hold. Loaded on first use, since most windows never ask anything.
 */
export class NodeHttpClient implements HttpClient {
  async send(request: HttpRequest): Promise<HttpResponse> {
    const { default: fetch } = await import('node-fetch');
    const url = new URL(request.url);
    try {
      const response = await fetch(url, {
        method: request.method,
        redirect: 'manual',
        signal: request.signal,
        ...(request.body === undefined ? {} : { body: request.body, headers: JSON_HEADERS }),
        ...(url.protocol === 'https:' && isLoopback(url) ? { agent: LOOPBACK_AGENT } : {}),
      });
      return {
        status: response.status,
        headers: new Map(response.headers),
        ...(await readBody(response.body, request)),
      };
    } catch (error) {
      request.signal.throwIfAborted();
      throw failureOf(error, url.host);
    }
  }
}

async function readBody(
  body: AsyncIterable<string | Buffer> | null,
  { maxBytes, signal }: HttpRequest,
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
  } catch {
    signal.throwIfAborted();
    cut = 'connection lost';
  }
  // A plain Uint8Array: VS Code passes those to webviews as bytes, a Buffer as JSON.
  return { body: new Uint8Array(Buffer.concat(chunks)), cut };
}

const CAUSES: readonly (readonly [RegExp, UnreachableCause, (host: string) => string])[] = [
  [
    /proxy|tunnel/i,
    'proxy',
    (host) => `The proxy did not let the query through to ${host}. See the setting http.proxy.`,
  ],
  [
    /^(ENOTFOUND|EAI_)/,
    'dns',
    (host) => `The name ${host} could not be resolved. Is this machine online?`,
  ],
  [/^ECONNREFUSED/, 'refused', (host) => `Nothing accepts connections at ${host}.`],
  [/^ETIMEDOUT/, 'timeout', (host) => `${host} did not answer in time.`],
  [
    /CERT|TLS|SSL|^EPROTO|SIGNATURE/,
    'tls',
    (host) => `No secure connection to ${host}: its certificate was not accepted.`,
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)|socket hang up/,
    'reset',
    (host) => `The connection to ${host} was closed before an answer came.`,
  ],
];

/** Our own sentence: the library's messages hold addresses with signed queries in them. */
function failureOf(error: unknown, host: string): HttpFailure {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error instanceof Error ? error.message : '';
  for (const [pattern, cause, sentence] of CAUSES) {
    if (pattern.test(code) || (code === '' && pattern.test(message))) {
      return new HttpFailure(cause, sentence(host));
    }
  }
  return new HttpFailure(
    'other',
    `No connection to ${host}${code === '' ? '' : ` (${code})`}. Is this machine online?`,
  );
}
