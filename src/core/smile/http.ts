import type { UnreachableCause } from './outcome';

/** The network, as Smile ID's client needs it. Implemented in src/node/http. */
export interface HttpClient {
  /**
   * Sends one request and reads the response, at most `maxBytes` of its body. Never follows a
   * redirect.
   * @throws HttpFailure if no response came; an AbortError-like reason if `signal` was aborted.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Besides those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, if the headers do not say what it is. */
  readonly body?: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Why the body is not whole, or null. */
  readonly cut: Cut | null;
}

/**
 * Why a body is not whole: it was larger than `maxBytes`; the connection ended early; it could not be decompressed;
 * or the response broke the rules of HTTP.
 */
export type Cut = 'too large' | 'connection lost' | 'bad encoding' | 'not HTTP';

/** No response came. */
export class HttpFailure extends Error {
  constructor(
    readonly reason: UnreachableCause,
    message: string,
  ) {
    super(message);
  }
}
