import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import net from 'node:net';

/** A connection that this process tried to open, a name that it looked up, or a request that it made by `fetch`. */
export interface Attempt {
  readonly kind: 'connection' | 'name' | 'request';
  /** A host name or address as it was requested. */
  readonly host: string;
}

/**
 * Records what this process tries to reach from now on, whichever library it uses: TCP and TLS end in
 * `net.Socket.connect`, names in `dns.lookup`. `fetch` keeps connections, so its requests are recorded, too. Sockets of
 * the file system lead nowhere and are left out.
 */
export function recordConnections(): { readonly attempts: readonly Attempt[]; stop(): void } {
  const attempts: Attempt[] = [];
  const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
  assert.ok(isFunction(connect));
  const { lookup } = dns;
  const { lookup: lookupPromise } = dns.promises;
  Object.assign(net.Socket.prototype, {
    connect(this: net.Socket, ...args: unknown[]): unknown {
      const host = hostOf(args);
      if (host !== null) attempts.push({ kind: 'connection', host });
      return Reflect.apply(connect, this, args);
    },
  });
  const recorded =
    (original: (...args: never[]) => unknown) =>
    (...args: unknown[]): unknown => {
      attempts.push({ kind: 'name', host: String(args[0]) });
      return Reflect.apply(original, dns, args);
    };
  Object.assign(dns, { lookup: recorded(lookup) });
  Object.assign(dns.promises, { lookup: recorded(lookupPromise) });
  const onRequest = (message: unknown): void => {
    attempts.push({ kind: 'request', host: hostOfRequest(message) });
  };
  subscribe(FETCH_REQUEST, onRequest);
  return {
    attempts,
    stop() {
      unsubscribe(FETCH_REQUEST, onRequest);
      Object.assign(net.Socket.prototype, { connect });
      Object.assign(dns, { lookup });
      Object.assign(dns.promises, { lookup: lookupPromise });
    },
  };
}

/** Where undici, which `fetch` is made of, reports each request before it chooses a connection. */
const FETCH_REQUEST = 'undici:request:create';

function hostOfRequest(message: unknown): string {
  const request: unknown = Reflect.get(Object(message), 'request');
  const origin: unknown = Reflect.get(Object(request), 'origin');
  return new URL(String(origin)).hostname.replace(/^\[|\]$/g, '');
}

/** `connect` takes options, port and host, or a path; net.connect() wraps the options in a list. */
function hostOf([first, second]: readonly unknown[]): string | null {
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null) {
    const { host, path } = Object.fromEntries(Object.entries(first));
    if (typeof path === 'string') return null;
    return typeof host === 'string' ? host : 'localhost';
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null;
  return typeof second === 'string' ? second : 'localhost';
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}
