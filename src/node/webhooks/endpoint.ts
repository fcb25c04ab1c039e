import { lookup } from 'node:dns/promises';
import { ClientRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../../core/clock';
import { isLoopback } from '../../core/smile/environment';
import { TIME_LIMIT } from '../../core/webhooks/attempts';
import type { AttemptFailure, AttemptOutcome, Refusal } from '../../core/webhooks/attempts';
import { hostOf, isAddress, isPrivateAddress } from '../../core/webhooks/endpointAddress';
import type { Health, ProbedPort } from '../../core/webhooks/endpointWords';
import type { WebhookSender } from '../../core/webhooks/forwarding';
import type { Webhook } from '../../core/webhooks/webhook';
import { codeOf, isParserError, rootOf } from '../http/failures';

/** How much of a response is read, in bytes. */
const MOST_BYTES = 8 * 1024;
/** Milliseconds that a probe waits for a connection, and for TLS. */
const PROBE_LIMIT = 2000;
/** A shorter key may be a word of any text. */
const SHORTEST_KEY = 8;
/** Response headers that explain a response. */
const SHOWN = ['content-type', 'content-encoding', 'allow', 'retry-after', 'www-authenticate'];

export interface EndpointOptions {
  /** Private addresses that the user entered and confirmed: `host:port`, as `checkEndpoint` names them. */
  readonly confirmed?: { has(host: string): boolean };
  /** API keys, none of which may be in what is sent. */
  readonly keys?: () => Promise<readonly string[]>;
  /** The IP addresses of a name. Called once for each webhook. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
}

type NotReached = Extract<AttemptOutcome, { kind: 'failed' | 'not allowed' | 'stopped' }>;

/**
 * Sends webhooks to the developer's own endpoint: on this machine, or at a private address that the user confirmed. A name is
 * resolved once and the connection goes to that very address, so a name that changes (DNS rebinding) leads nowhere else; no
 * proxy is used, since VS Code patches `http.request` only. Redirects are not followed, and certificates are not checked:
 * those of development servers are their own.
 */
export class Endpoint implements WebhookSender {
  private readonly confirmed: { has(host: string): boolean };
  private readonly keys: () => Promise<readonly string[]>;
  private readonly resolve: (name: string) => Promise<readonly string[]>;

  constructor(
    private readonly clock: Clock,
    {
      confirmed = new Set(),
      keys = () => Promise.resolve([]),
      resolve = resolveAll,
    }: EndpointOptions = {},
  ) {
    this.confirmed = confirmed;
    this.keys = keys;
    this.resolve = resolve;
  }

  /** POSTs exactly these bytes. Never rejects. */
  async post(url: URL, webhook: Webhook, signal: AbortSignal): Promise<AttemptOutcome> {
    const keys = await this.keys().catch(() => null);
    if (keys === null) return notAllowed('keys unknown');
    if (containsKey(url, webhook, keys)) return notAllowed('contains API key');
    const began = this.clock.now().getTime();
    const elapsed = (): number => Math.max(0, this.clock.now().getTime() - began);
    const ended = new AbortController();
    const end = (): void => {
      ended.abort();
    };
    const time: { isOver: boolean } = { isOver: false };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    void this.clock.sleep(TIME_LIMIT, ended.signal).then(() => {
      time.isOver = !ended.signal.aborted;
      end();
    });
    const outcome = await this.attempt(url, webhook, ended.signal, elapsed);
    signal.removeEventListener('abort', end);
    end();
    if (outcome.kind !== 'failed') return outcome;
    if (signal.aborted) return { kind: 'stopped' };
    return time.isOver ? { kind: 'failed', cause: 'timeout', ms: elapsed() } : outcome;
  }

  private async attempt(
    url: URL,
    webhook: Webhook,
    limit: AbortSignal,
    elapsed: () => number,
  ): Promise<AttemptOutcome> {
    const target = await this.addressesOf(url, limit);
    if (!Array.isArray(target)) return target;
    let isRefused = false;
    for (const address of target) {
      try {
        return await exchange(url, address, webhook, limit, elapsed);
      } catch (error) {
        const failure = causeOf(error);
        isRefused ||= failure === 'refused';
        // `localhost` has two addresses, and this machine may have no IPv6
        if (failure === 'refused' || failure === 'unreachable') continue;
        const ms = elapsed();
        const mayBeTls = url.protocol === 'http:' && ['reset', 'not HTTP'].includes(failure);
        const isTls = mayBeTls && (await this.speaksTls(url, address, limit));
        return { kind: 'failed', cause: isTls ? 'tls expected' : failure, ms };
      }
    }
    return { kind: 'failed', cause: isRefused ? 'refused' : 'unreachable', ms: elapsed() };
  }

  /** Whether something listens, and whether it speaks TLS. Nothing is sent: a handler notices nothing. Never rejects. */
  async health(url: URL, signal: AbortSignal): Promise<Health> {
    const target = await this.addressesOf(url, signal);
    if (!Array.isArray(target)) return target;
    // it may listen on the other address of this machine
    const addresses = isLoopback(url) ? LOOPBACK : target;
    const ports = await Promise.all(addresses.map((address) => this.probe(url, address, signal)));
    return signal.aborted ? { kind: 'stopped' } : { kind: 'probed', ports };
  }

  private async addressesOf(url: URL, signal: AbortSignal): Promise<string[] | NotReached> {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return notAllowed('not http');
    if (url.username || url.password) return notAllowed('has credentials');
    if (url.hostname === 'localhost') return [...LOOPBACK];
    if (isLoopback(url)) return [hostOf(url)];
    if (isAddress(url) && !isPrivateAddress(hostOf(url))) return notAllowed('not private');
    if (!this.confirmed.has(url.host)) return notAllowed('not confirmed');
    if (isAddress(url)) return [hostOf(url)];
    const addresses = await Promise.race([
      this.resolve(url.hostname).catch(() => []),
      untilAborted(signal).then(() => []),
    ]);
    if (addresses.length === 0) return { kind: 'failed', cause: 'unresolved', ms: 0 };
    // One that is public makes the name suspicious, whichever of them would be used.
    return addresses.every(isPrivateAddress) ? [...addresses] : notAllowed('not private');
  }

  private async probe(url: URL, address: string, signal: AbortSignal): Promise<ProbedPort> {
    const failure = await this.connects(socketTo(address, url), 'connect', signal);
    if (failure !== null) {
      return { address, state: failure === 'refused' ? 'nothing' : 'unreachable' };
    }
    return { address, state: (await this.speaksTls(url, address, signal)) ? 'tls' : 'open' };
  }

  private async speaksTls(url: URL, address: string, signal: AbortSignal): Promise<boolean> {
    const failure = await this.connects(
      tlsTo(url, socketTo(address, url)),
      'secureConnect',
      signal,
    );
    return failure === null || failure === 'tls alert';
  }

  /** @returns null if it connects */
  private connects(
    socket: Socket,
    event: 'connect' | 'secureConnect',
    signal: AbortSignal,
  ): Promise<AttemptFailure | 'tls alert' | null> {
    const ended = new AbortController();
    const end = (): void => {
      ended.abort();
    };
    signal.addEventListener('abort', end);
    return new Promise<AttemptFailure | 'tls alert' | null>((resolve) => {
      if (signal.aborted) resolve('unreachable');
      socket.once(event, () => {
        resolve(null);
      });
      socket.on('error', (error) => {
        resolve(isAlert(error) ? 'tls alert' : causeOf(error));
      });
      void this.clock.sleep(PROBE_LIMIT, ended.signal).then(() => {
        resolve('timeout');
      });
    }).finally(() => {
      signal.removeEventListener('abort', end);
      end();
      socket.destroy();
    });
  }
}

const LOOPBACK = ['127.0.0.1', '::1'];

const notAllowed = (refusal: Refusal): NotReached => ({ kind: 'not allowed', refusal });

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
    if (signal.aborted) resolve();
  });

const resolveAll = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true })).map(({ address }) => address);

function containsKey({ href }: URL, { body, headers }: Webhook, keys: readonly string[]): boolean {
  const sent = [href, decoded(href), ...Object.entries(headers).flat()];
  const texts = [...sent, ...(typeof body === 'string' ? [body] : [])];
  const bytes =
    typeof body === 'string' ? null : Buffer.from(body.buffer, body.byteOffset, body.length);
  return keys
    .filter(({ length }) => length >= SHORTEST_KEY)
    .some(
      (key) =>
        texts.some((text) => text.includes(key)) ||
        // as bytes: Node 24 aborts the process if a text to find has half of a surrogate pair
        bytes?.includes(Buffer.from(key)) === true,
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that is no escape
  }
}

const socketTo = (address: string, { port, protocol }: URL): Socket =>
  connect({ host: address, port: Number(port || (protocol === 'https:' ? 443 : 80)) });

/** Its name is in the first bytes of TLS; an address may not be. */
const tlsTo = (url: URL, socket: Socket): Socket =>
  connectTls({
    socket,
    rejectUnauthorized: false,
    ...(!isAddress(url) && { servername: url.hostname }),
  });

/** One request and the beginning of its response, on a connection of its own. Rejects with Node's error if none came. */
function exchange(
  url: URL,
  address: string,
  { body, headers }: Webhook,
  signal: AbortSignal,
  elapsed: () => number,
): Promise<AttemptOutcome> {
  return new Promise((resolve, reject) => {
    // The socket is ours, so the class is told of HTTP only: it would refuse https.
    const request = new ClientRequest({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      setHost: false,
      headers: {
        ...headers,
        Host: url.host,
        'Content-Length': Buffer.byteLength(body),
        Connection: 'close',
      },
      createConnection: () => {
        const socket = socketTo(address, url);
        return url.protocol === 'https:' ? tlsTo(url, socket) : socket;
      },
      signal,
    });
    let hasResponse = false;
    request.on('response', (response) => {
      hasResponse = true;
      read(response, elapsed()).then(resolve, reject);
    });
    request.on('upgrade', ({ statusCode: status = 0 }, socket) => {
      socket.destroy();
      resolve({ kind: 'responded', status, ms: elapsed(), headers: {}, body: '', isCut: false });
    });
    request.on('error', (error) => {
      if (!hasResponse) reject(error);
    });
    request.on('close', () => {
      if (!hasResponse) reject(new Error('closed'));
    });
    request.end(body);
  });
}

const NOT_MODIFIED = 304;

/** What is cut off, too large or too late after the status is no failure: the status counts. */
async function read(response: IncomingMessage, ms: number): Promise<AttemptOutcome> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400 && status !== NOT_MODIFIED) {
    response.destroy();
    return { kind: 'redirected', status, ms, location: headers.location ?? null };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve) => {
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) response.destroy();
    });
    response.on('error', () => undefined); // 'close' follows
    response.on('close', resolve);
  });
  return {
    kind: 'responded',
    status,
    ms,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        SHOWN.includes(name) && typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
    body: new TextDecoder().decode(Buffer.concat(chunks).subarray(0, MOST_BYTES)),
    isCut: size > MOST_BYTES || !response.complete,
  };
}

const isAlert = (error: unknown): boolean => {
  const root = rootOf(error);
  return root instanceof Error && /alert|unrecognized name/i.test(root.message);
};

/** By Node's error codes. */
function causeOf(error: unknown): AttemptFailure {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'refused';
  if (isParserError(error)) return 'not HTTP';
  if (isAlert(error)) return 'reset';
  if (/^(?:EPROTO|ERR_SSL)/.test(code)) return 'http expected';
  return /^E(?:HOST|NET)(?:UNREACH|DOWN)|^E(?:TIMEDOUT|ADDRNOTAVAIL|ACCES|INVAL)/.test(code)
    ? 'unreachable'
    : 'reset';
}
