import * as l10n from '../l10n';
import type { Clock } from '../clock';
import { shownIfAny, shownText } from '../harmlessText';
import type { Credentials } from './credentials';
import { isErrorResponse, readError } from './errorResponse';
import { HttpFailure, type Cut, type HttpClient, type HttpResponse } from './http';
import type { JsonObject } from './fields';
import type { JobApi } from './jobApi';
import { readJob } from './jobStatusResponse';
import type { JobRequest } from './jobRequest';
import { jobStatusRequest } from './jobStatusRequest';
import type { BodyKind, JobStatusOutcome, SignatureState, Unreachable } from './outcome';
import { parseBody } from './parseBody';
import { READING_LIMITS } from './readingLimits';
import { describeBody, keepText, kindOfBody } from './responseBody';
import { verify } from './signature';

/** A status request only reads, so it may be repeated. */
const RETRIES = 2;
const BACK_OFF_MS = 400;
/** One day: a longer wait is a mistake of the server. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;
const RETRY_STATUS = new Set([429, 502, 503, 504]);
const RETRY_CAUSES = new Set(['dns', 'refused', 'reset']);

type Attempt = { readonly response: HttpResponse } | { readonly failure: Unreachable };

/** Requests the status of jobs from Smile ID (API v1). */
export class SmileClient implements JobApi {
  private readonly skews = new Map<string, number>();

  /** @param timeoutMs limit for a lookup with all its retries, in milliseconds */
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
    private readonly timeoutMs: () => number,
  ) {}

  /** Never throws for expected failures of the network or the server, nor when the user cancels. */
  async jobStatus(
    credentials: Credentials,
    request: JobRequest,
    cancel: AbortSignal,
  ): Promise<JobStatusOutcome> {
    const limit = this.timeoutMs();
    const stop = new AbortController();
    const onCancel = (): void => {
      stop.abort();
    };
    cancel.addEventListener('abort', onCancel);
    if (cancel.aborted) onCancel();
    const finished = new AbortController();
    void this.clock.sleep(limit, finished.signal).then(() => {
      stop.abort();
    });
    try {
      return await this.attempts(
        credentials,
        request,
        stop.signal,
        this.clock.now().getTime() + limit,
      );
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      if (cancel.aborted) return { kind: 'cancelled', cause: 'stopped' };
      const message = l10n.t('No complete response came within {0} seconds.', limit / 1000);
      return { kind: 'unreachable', cause: 'timeout', message };
    } finally {
      finished.abort();
      cancel.removeEventListener('abort', onCancel);
    }
  }

  /**
   * How far the server's clock was ahead of this machine's at its last response, in milliseconds; null if
   * no response had a time. Signatures contain the time, so a wrong clock makes them invalid.
   */
  clockSkewMs({ baseUrl }: Pick<Credentials, 'baseUrl'>): number | null {
    return this.skews.get(baseUrl) ?? null;
  }

  /** @throws what the request under way throws when `signal` is aborted */
  private async attempts(
    credentials: Credentials,
    request: JobRequest,
    signal: AbortSignal,
    deadline: number,
  ): Promise<JobStatusOutcome> {
    for (let attempt = 0; ; attempt += 1) {
      const made = await this.attempt(credentials, request, signal);
      signal.throwIfAborted();
      const wait = attempt < RETRIES ? this.waitBeforeRetry(made, attempt) : null;
      if (wait === null || this.clock.now().getTime() + wait >= deadline) {
        return 'failure' in made
          ? made.failure
          : await read(made.response, credentials, request, this.clock.now());
      }
      await this.clock.sleep(wait, signal);
      signal.throwIfAborted();
    }
  }

  private async attempt(
    credentials: Credentials,
    request: JobRequest,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const body = await jobStatusRequest(credentials, request, this.clock.now());
    signal.throwIfAborted();
    try {
      const response = await this.http.send({
        method: 'POST',
        url: `${credentials.baseUrl}/job_status`,
        body: JSON.stringify(body),
        maxBytes: READING_LIMITS.bytes,
        signal,
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) {
        this.skews.set(credentials.baseUrl, date - this.clock.now().getTime());
      }
      return { response };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return {
        failure: { kind: 'unreachable', cause: error.reason, message: shownText(error.message) },
      };
    }
  }

  /** Milliseconds until the next attempt, or null if there is none. */
  private waitBeforeRetry(made: Attempt, attempt: number): number | null {
    const backOff = BACK_OFF_MS * 3 ** attempt;
    if ('failure' in made) return RETRY_CAUSES.has(made.failure.cause) ? backOff : null;
    if (!RETRY_STATUS.has(made.response.status)) return null;
    return Math.max(backOff, retryAfterMs(made.response, this.clock.now()) ?? 0);
  }
}

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, section 10.2.3); null if it is neither. */
function retryAfterMs({ headers }: HttpResponse, now: Date): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_RETRY_AFTER_MS);
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return null;
  const wait = Date.parse(text) - now.getTime();
  return Number.isNaN(wait) ? null : Math.min(wait, LONGEST_RETRY_AFTER_MS);
}

/** Only these statuses say when to retry. */
const LIMITED: ReadonlySet<number> = new Set([429, 503]);

function retryAtOf(response: HttpResponse, now: Date): string | null {
  const wait = LIMITED.has(response.status) ? retryAfterMs(response, now) : null;
  return wait === null || wait <= 0 ? null : new Date(now.getTime() + wait).toISOString();
}

async function read(
  response: HttpResponse,
  credentials: Credentials,
  request: JobRequest,
  now: Date,
): Promise<JobStatusOutcome> {
  if (isRedirect(response)) {
    return {
      kind: 'unreachable',
      cause: 'other',
      message: l10n.t(
        'The server responded with a redirect (HTTP {0}). Redirects are refused: a signed request goes to the address of the profile only.',
        response.status,
      ),
    };
  }
  const text = new TextDecoder().decode(response.body);
  const parsed =
    response.cut === null ? parseBody(response.body, text) : kindOfCut(response.cut, text);
  if (typeof parsed === 'string') {
    return keepText(
      {
        kind: 'unreadable',
        httpStatus: response.status,
        contentType: shownIfAny(response.headers.get('content-type'))?.slice(0, 100) ?? null,
        excerpt: describeBody(parsed, text, response.body.length),
        bodyKind: parsed,
        message: response.cut === null ? whyUnreadable(parsed) : whyCut(response.cut),
        retryAt: retryAtOf(response, now),
      },
      text,
    );
  }
  const { raw, notes } = parsed;
  if (response.status >= 300 || isErrorResponse(raw)) return refused(response, raw, now);
  return {
    kind: 'answered',
    job: readJob(raw, request, notes),
    signature: await signatureState(raw, credentials),
    raw,
  };
}

/** HTTP 304 and the other statuses of 3xx have no target. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const isRedirect = ({ status, headers }: HttpResponse): boolean =>
  REDIRECTS.has(status) && headers.has('location');

const whyCut = (cut: Cut): string =>
  ({
    'too large': l10n.t(
      'The response is larger than {0} MB; reading stopped.',
      READING_LIMITS.bytes / 1024 ** 2,
    ),
    'connection lost': l10n.t('The connection ended before the whole response had arrived.'),
    'bad encoding': l10n.t(
      'The response could not be decompressed: its Content-Encoding is wrong, or its data is damaged.',
    ),
    'not HTTP': l10n.t('The response breaks the rules of HTTP, so its body could not be read.'),
  })[cut];

const whyUnreadable = (kind: BodyKind): string =>
  ({
    html: l10n.t('The response is a web page, not JSON.'),
    xml: l10n.t('The response is XML, not JSON.'),
    text: l10n.t('The response is plain text, not JSON.'),
    binary: l10n.t('The response is binary data, not JSON.'),
    damaged: l10n.t('The response is damaged.'),
    json: l10n.t('The response is not a JSON object.'),
    'too large': l10n.t('The response is too large.'),
    'cut-off JSON': l10n.t('The response is not a complete JSON object.'),
    'too many values': l10n.t(
      'The response has more than {0} values; it is not read.',
      READING_LIMITS.values.toLocaleString('en-US'),
    ),
    empty: l10n.t('The response is empty.'),
  })[kind];

function kindOfCut(cut: Cut, text: string): BodyKind {
  if (cut === 'bad encoding' || cut === 'not HTTP') return 'damaged';
  return cut === 'too large' ? cut : kindOfBody(text, false);
}

function refused(response: HttpResponse, raw: JsonObject, now: Date): JobStatusOutcome {
  const { status, headers } = response;
  const { code, text } = readError(raw);
  return {
    kind: 'refused',
    httpStatus: status,
    code: shownIfAny(code),
    message:
      shownIfAny(text) ??
      (code === null || status >= 300 ? `HTTP ${status}` : l10n.t('Error {0}', code)),
    requestId: shownIfAny(headers.get('x-amzn-requestid')),
    retryAt: retryAtOf(response, now),
    raw,
  };
}

/** Checked with the response's own raw timestamp; a number is signed as its decimal text (Ruby SDK). */
async function signatureState(
  { timestamp, signature }: JsonObject,
  { apiKey, partnerId }: Credentials,
): Promise<SignatureState> {
  if (typeof signature !== 'string' || signature === '') return 'missing';
  if (typeof timestamp !== 'string' && typeof timestamp !== 'number') return 'missing';
  const signed = { timestamp: String(timestamp), signature };
  return (await verify(apiKey, partnerId, signed)) ? 'valid' : 'invalid';
}
