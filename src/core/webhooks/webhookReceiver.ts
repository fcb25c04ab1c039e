import type { Clock } from '../clock';
import type { Logger } from '../logger';
import type { Deliveries } from './deliveries';
import type { ReceiverBehavior } from './receiverBehavior';

/** What a server of this extension responds with, and HTTP 403, if the host of a request is neither local nor known. */
export const WRONG_HOST = 'The host must be 127.0.0.1, [::1] or localhost.';

/** How much and how long the receiver waits for. */
export interface ReceiverLimits {
  /** Of one body. */
  readonly bodyBytes: number;
  /** Of all requests that are not read completely. */
  readonly bytesAtOnce: number;
  /** Milliseconds, for the headers of a request; also for a connection that sends nothing. */
  readonly headersMs: number;
  /** Milliseconds, for a whole request. */
  readonly requestMs: number;
  /** Milliseconds between two checks of these times. */
  readonly checkMs: number;
}

/** What a receiver of webhooks needs. Implemented in src/node/webhooks. */
export interface ReceiverOptions {
  /** 0 takes any free port. Always bound to 127.0.0.1. */
  readonly port: number;
  readonly deliveries: Pick<Deliveries, 'receive' | 'answered' | 'refuse'>;
  /** Hosts of public addresses that the user created or entered, as `host` of a URL has them. It may change. */
  readonly publicHosts: ReadonlySet<string>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** Of an earlier receiver of this window, so that public addresses stay the same. */
  readonly path?: string;
  /** Others than the usual ones are for tests. */
  readonly limits?: Partial<ReceiverLimits>;
}

/** A request that shows whether an address leads to this window. */
export interface SelfTest {
  /** To append to the origin of the address: with the secret path. */
  readonly path: string;
  /** The body of the response, if it comes from here. It is not a part of the path, which any server can echo. */
  readonly reply: string;
}

export interface WebhookReceiver {
  /** `http://127.0.0.1:PORT` and the secret path: who knows it can send. */
  readonly url: string;
  readonly port: number;
  /** The secret path, with a slash before it: the same behind each public address. */
  readonly path: string;
  /** How it responds from now on. @throws RangeError if `isPossible` does not hold */
  behavior: ReceiverBehavior;
  /** Valid until twenty more are made, or it stops. */
  newSelfTest(): SelfTest;
  /** Ends requests in progress and frees the port. May be called again. */
  stop(): Promise<void>;
}

export type StartedReceiver =
  | { readonly kind: 'running'; readonly receiver: WebhookReceiver }
  | { readonly kind: 'port taken' }
  /** The system reserves the port. */
  | { readonly kind: 'port not allowed' }
  | { readonly kind: 'failed'; readonly code: string | null };
