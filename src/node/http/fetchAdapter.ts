import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { HttpClient, HttpRequest, HttpResponse } from '../../core/smile/http';
import {
  BeyondFetch,
  failureOf,
  isCertificateError,
  ProxyError,
  rootOf,
  SWITCHING_PROTOCOLS,
  SwitchedProtocols,
} from './failures';
import { headersOf, readResponse } from './readResponse';

/** What stops one exchange, for its request as undici sees it: `fetch` keeps that to itself. */
const exchanges = new AsyncLocalStorage<{ readonly url: URL; readonly stop: AbortController }>();
const exchangeOf = new WeakMap<object, AbortController>();
/** Errors of requests that opened no tunnel through a proxy: `fetch` reports them as errors of the server. */
const proxyErrors = new WeakSet();

const CONNECT = 'CONNECT';
const PROXY_AUTHENTICATION = 'proxy authentication required';

subscribe('undici:request:create', (message) => {
  const exchange = exchanges.getStore();
  const request = propertyOf(message, 'request');
  if (exchange && isObject(request) && isOf(exchange.url, request)) {
    exchangeOf.set(request, exchange.stop);
  }
});
subscribe('undici:request:headers', (message) => {
  const request = propertyOf(message, 'request');
  const exchange = isObject(request) ? exchangeOf.get(request) : undefined;
  switch (propertyOf(propertyOf(message, 'response'), 'statusCode')) {
    case SWITCHING_PROTOCOLS: // for undici an interim response: the request would wait for its time limit
      exchange?.abort(new SwitchedProtocols());
      break;
    case 407: // some versions of undici do not say why there is no response then
      exchange?.abort(new Error(PROXY_AUTHENTICATION));
      break;
  }
});
subscribe('undici:request:error', (message) => {
  const error = propertyOf(message, 'error');
  const isTunnel = propertyOf(propertyOf(message, 'request'), 'method') === CONNECT;
  if (isTunnel && isObject(error)) proxyErrors.add(error);
});

/** An extension that wraps `fetch` may send other requests here, and VS Code requests a tunnel from a proxy. */
function isOf({ pathname, search }: URL, request: object): boolean {
  const path = propertyOf(request, 'path');
  return (
    propertyOf(request, 'method') !== CONNECT &&
    typeof path === 'string' &&
    path.endsWith(pathname + search) // the whole address if it is sent to a proxy
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const propertyOf = (value: unknown, name: string): unknown =>
  isObject(value) ? Reflect.get(value, name) : undefined;

/** HTTP by the global `fetch`, which is undici's: VS Code has patched it for proxy and certificates. */
export class FetchAdapter implements HttpClient {
  constructor(private readonly fetch = globalThis.fetch) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const stop = new AbortController();
    const exchange = { url: new URL(request.url), stop };
    const init: RequestInit = {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.any([request.signal, stop.signal]),
      headers: headersOf(request),
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    try {
      const { fetch } = this;
      const response = await exchanges.run(exchange, () => fetch(request.url, init));
      return await readResponse(response, request);
    } catch (error) {
      request.signal.throwIfAborted();
      throw readFailure(rootOf(error), exchange.url.host);
    }
  }
}

/** What undici says if a proxy responds to CONNECT with anything but 200. */
const NO_TUNNEL = /^Proxy response \((\d{3})\)/;
/** And if a server responds to it with 101. */
const BAD_UPGRADE = 'bad upgrade';

/**
 * What `fetch` must not do by its standard (some ports, responses with HTTP 407), and what undici does not accept: an
 * HTTP 100 that was not requested.
 */
const BEYOND_FETCH: ReadonlySet<string> = new Set([
  ...['bad port', PROXY_AUTHENTICATION, 'bad response'],
]);

function readFailure(error: unknown, host: string): Error {
  const message = error instanceof Error ? error.message : '';
  const [, status] = NO_TUNNEL.exec(message) ?? [];
  if (status !== undefined) return failureOf(new ProxyError(Number(status)), host);
  if (message === BAD_UPGRADE) return failureOf(new SwitchedProtocols(), host);
  const isOfProxy = isObject(error) && proxyErrors.has(error);
  const failure = failureOf(isOfProxy ? new ProxyError(null) : error, host);
  // In VS Code `fetch` does not know of a CA that only NODE_EXTRA_CA_CERTS names.
  return isCertificateError(error) || BEYOND_FETCH.has(message)
    ? new BeyondFetch(failure.reason, failure.message)
    : failure;
}
