import type { Clock } from '../clock';
import { shownText } from '../harmlessText';
import * as l10n from '../l10n';
import type { Credentials } from './credentials';
import { HttpFailure, type HttpClient, type HttpRequest, type HttpResponse } from './http';
import { retryAfterMs } from './httpOutcome';
import type { Cancelled, Unreachable } from './outcome';
import { READING_LIMITS } from './readingLimits';

const RETRIES = 2;
const BACK_OFF_MS = 400;
const RETRY_STATUS = new Set([429, 502, 503, 504]);
const RETRY_CAUSES = new Set(['dns', 'refused', 'reset']);

/** Until when requests may be sent. */
export interface RequestLimit {
  /** Aborted when the user cancels, or the time is over. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

export type ApiRequest = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Sends requests to Smile ID: with a time limit, and again after failures that pass. */
export class ApiRequests {
  private readonly skews = new Map<string, number>();

  /** @param timeoutMs limit for a lookup with all its requests, in milliseconds */
  constructor(
    private readonly http: HttpClient,
    readonly clock: Clock,
    private readonly timeoutMs: () => number,
  ) {}

  /**
   * How far the server's clock was ahead of this machine's at its last response, in milliseconds; null if
   * no response had a time. Signatures contain the time, so a wrong clock makes them invalid.
   */
  clockSkewMs({ baseUrl }: Pick<Credentials, 'baseUrl'>): number | null {
    return this.skews.get(baseUrl) ?? null;
  }

  /** Ends work that takes too long, or that the user cancels. Other failures of the work are thrown. */
  async withinLimit<T>(
    cancel: AbortSignal,
    work: (limit: RequestLimit) => Promise<T>,
  ): Promise<T | Unreachable | Cancelled> {
    const ms = this.timeoutMs();
    const stop = new AbortController();
    const onCancel = (): void => {
      stop.abort();
    };
    cancel.addEventListener('abort', onCancel);
    if (cancel.aborted) onCancel();
    const finished = new AbortController();
    void this.clock.sleep(ms, finished.signal).then(() => {
      stop.abort();
    });
    try {
      return await work({ signal: stop.signal, deadline: this.clock.now().getTime() + ms });
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      if (cancel.aborted) return { kind: 'cancelled', cause: 'stopped' };
      const message = l10n.t('No complete response came within {0} seconds.', ms / 1000);
      return { kind: 'unreachable', cause: 'timeout', message };
    } finally {
      finished.abort();
      cancel.removeEventListener('abort', onCancel);
    }
  }

  /**
   * Sends a request that only reads, and repeats it after failures that pass.
   * @param make makes it anew for each attempt: a signature is for the current time
   * @throws what the request under way throws when the signal is aborted
   */
  async send(
    credentials: Credentials,
    make: () => Promise<ApiRequest>,
    { signal, deadline }: RequestLimit,
  ): Promise<HttpResponse | Unreachable> {
    for (let attempt = 0; ; attempt += 1) {
      const made = await this.sendOnce(credentials, await make(), signal);
      const wait = attempt < RETRIES ? this.waitBeforeRetry(made, attempt) : null;
      if (wait === null || this.clock.now().getTime() + wait >= deadline) return made;
      await this.clock.sleep(wait, signal);
      signal.throwIfAborted();
    }
  }

  /** Sends a request that must not be repeated. Otherwise as `send`. */
  async sendOnce(
    { baseUrl }: Credentials,
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse | Unreachable> {
    signal.throwIfAborted();
    try {
      const response = await this.http.send({
        ...request,
        maxBytes: READING_LIMITS.bytes,
        signal,
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) this.skews.set(baseUrl, date - this.clock.now().getTime());
      return response;
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { kind: 'unreachable', cause: error.reason, message: shownText(error.message) };
    } finally {
      signal.throwIfAborted();
    }
  }

  /** Milliseconds until the next attempt, or null if there is none. */
  private waitBeforeRetry(made: HttpResponse | Unreachable, attempt: number): number | null {
    const backOff = BACK_OFF_MS * 3 ** attempt;
    if ('kind' in made) return RETRY_CAUSES.has(made.cause) ? backOff : null;
    if (!RETRY_STATUS.has(made.status)) return null;
    return Math.max(backOff, retryAfterMs(made, this.clock.now()) ?? 0);
  }
}
