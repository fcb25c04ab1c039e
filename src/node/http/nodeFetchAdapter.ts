import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest, type IncomingMessage } from 'node:http';
import { Agent } from 'node:https';
import { TLSSocket } from 'node:tls';
import { isLoopback } from '../../core/smile/environment';
import type { HttpClient, HttpRequest, HttpResponse } from '../../core/smile/http';
import { failureOf, ProxyError, SWITCHING_PROTOCOLS, SwitchedProtocols } from './failures';
import { headersOf, readResponse } from './readResponse';

/** A stub on this machine may have a throw-away certificate; no other machine can respond there. */
const LOOPBACK_AGENT = new Agent({ rejectUnauthorized: false, keepAlive: true });

/** What happened on the wire and does not get through node-fetch, which keeps its request to itself. */
class Wire {
  error: Error | null = null;
  private request: ClientRequest | null = null;

  /** Without a listener for `upgrade` the request would end without an error, and wait for its time limit. */
  watch(request: ClientRequest): void {
    if (this.request === request) return;
    this.request = request;
    request.once('error', (error: Error) => {
      this.error ??= error;
    });
    request.once('upgrade', (_response, socket) => {
      socket.destroy();
      request.emit('error', new SwitchedProtocols());
    });
    // VS Code emits this when it has tried a proxy.
    request.once('proxy', ({ error }: { error?: unknown }) => {
      if (error !== undefined) this.error ??= new ProxyError(null);
    });
    // If a proxy refuses to connect, VS Code treats its response as one of the server.
    request.once('response', ({ socket, statusCode = 0 }: IncomingMessage) => {
      const isOfProxy = request.protocol === 'https:' && !(socket instanceof TLSSocket);
      if (isOfProxy) this.error ??= new ProxyError(statusCode);
    });
  }
}

const wires = new AsyncLocalStorage<Wire>();
// The first is for all that happens before there is a connection; Node 20 has only the second.
for (const channel of ['http.client.request.created', 'http.client.request.start']) {
  subscribe(channel, (message) => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    if (message.request instanceof ClientRequest) wires.getStore()?.watch(message.request);
  });
}

/**
 * HTTP by node-fetch, which uses Node's `https`: VS Code patches that one for proxy and certificates. It is loaded on
 * first use, and sets no agent except for this machine: with one of its own a request can bypass the proxy.
 */
export class NodeFetchAdapter implements HttpClient {
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
    request.signal.throwIfAborted(); // node-fetch would leave an error of the body that nothing catches
    const url = new URL(request.url);
    const anyCertificate = url.protocol === 'https:' && this.takesAnyCertificate(url);
    const response = await fetch(url, {
      method: request.method,
      redirect: 'manual',
      signal: request.signal,
      headers: headersOf(request),
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(anyCertificate ? { agent: LOOPBACK_AGENT } : {}),
    });
    if (wire.error instanceof ProxyError) throw wire.error;
    if (response.status === SWITCHING_PROTOCOLS) throw new SwitchedProtocols();
    return await readResponse(response, request, () => wire.error);
  }
}
