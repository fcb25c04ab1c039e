import type { UnreachableCause } from './outcome';

/** The network, as Smile ID's client needs it. Implemented by src/node/http.ts. */
export interface HttpClient {
  /**
   * Sends one request and reads the answer, at most `maxBytes` of its body. Never follows a redirect.
   * @throws HttpFailure when no answer came; an AbortError-like reason when `signal` was aborted.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Why the body is not whole: it was larger than `maxBytes`, or the connection ended early. */
  readonly cut: 'too large' | 'connection lost' | null;
}

/** No answer came. */
export class HttpFailure extends Error {
  constructor(
    readonly reason: UnreachableCause,
    message: string,
  ) {
    super(message);
  }
}
