import type { Cut, HttpRequest, HttpResponse } from '../../core/smile/http';
import { codeOf, isParserError } from './failures';

const JSON_HEADERS = { Accept: 'application/json', 'Content-Type': 'application/json' };

/** The headers of a request besides those that the library adds. */
export const headersOf = ({ headers, body }: HttpRequest): Readonly<Record<string, string>> => ({
  ...(body === undefined ? {} : JSON_HEADERS),
  ...headers,
});

/** What both adapters decompress. `fetch` supports more, by version: none of that is accepted. */
const ENCODINGS: ReadonlySet<string> = new Set([
  ...['', 'identity', 'gzip', 'x-gzip', 'deflate', 'x-deflate', 'br'],
]);

/** What `fetch` and node-fetch have in common. */
interface Response {
  readonly status: number;
  readonly headers: Iterable<[string, string]>;
  readonly body: AsyncIterable<string | Uint8Array> | null;
}

/**
 * Reads a response, at most `maxBytes` of its body after decompression.
 * @param failed an error of the connection that does not reach the body
 */
export async function readResponse(
  response: Response,
  request: HttpRequest,
  failed: () => unknown = () => null,
): Promise<HttpResponse> {
  const headers = new Map(response.headers);
  const { body, cut } = await readBody(response.body, request, failed);
  const encoding = headers.get('content-encoding')?.toLowerCase() ?? '';
  const isReadable = body.length === 0 || ENCODINGS.has(encoding);
  return { status: response.status, headers, body, cut: isReadable ? cut : 'bad encoding' };
}

async function readBody(
  body: Response['body'],
  { maxBytes, signal }: HttpRequest,
  failed: () => unknown,
): Promise<Pick<HttpResponse, 'body' | 'cut'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let cut: Cut | null = null;
  try {
    for await (const chunk of body ? untilAborted(body, signal) : []) {
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
    cut = cutOf(error);
  }
  if (isParserError(failed())) cut = 'not HTTP';
  // A plain Uint8Array: VS Code passes those to webviews as bytes, a Buffer as JSON.
  return { body: new Uint8Array(Buffer.concat(chunks)), cut };
}

/**
 * The chunks of a body, until the signal aborts: undici 6 never ends a body of damaged gzip that came without a
 * length, even when it is aborted.
 */
async function* untilAborted<T>(body: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const chunks = body[Symbol.asyncIterator]();
  const left = new AbortController();
  const aborted = new Promise<null>((resolve) => {
    const stop = (): void => {
      resolve(null);
    };
    signal.addEventListener('abort', stop, { signal: left.signal });
  });
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await Promise.race([chunks.next(), aborted]);
      if (next?.done) return;
      if (next) yield next.value;
    }
  } finally {
    left.abort();
    // Closes the connection. Nothing waits for that, and errors in it do not matter.
    Promise.resolve(chunks.return?.()).catch(() => undefined);
  }
}

/** Errors of zlib (gzip, deflate), of Brotli, and of Zstandard, which newer versions of `fetch` know. */
const BAD_ENCODING = /^(Z_|ERR_?_ERROR_FORMAT|ERR_BROTLI|ZSTD_)/;

function cutOf(error: unknown): Cut {
  if (isParserError(error)) return 'not HTTP';
  return BAD_ENCODING.test(codeOf(error)) ? 'bad encoding' : 'connection lost';
}
