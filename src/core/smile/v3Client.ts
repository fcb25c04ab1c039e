import type { ApiRequest, ApiRequests, RequestLimit } from './apiRequests';
import type { Credentials } from './credentials';
import { v3BaseUrl } from './environment';
import { readBody, refusalOf } from './httpOutcome';
import type { HttpResponse } from './http';
import type { JobIds } from './jobRequest';
import type { Cancelled, JobStatusOutcome, Refused, Unreachable, Unreadable } from './outcome';
import { isV3Status, readV3Status } from './v3Response';
import { V3Tokens, type Granted, type NoToken } from './v3Tokens';

/** What became of the request to send the webhook of a job again. */
export type ReplayOutcome =
  { readonly kind: 'accepted' } | Refused | Unreachable | Unreadable | Cancelled;

const UNAUTHORIZED = 401;

/** Requests of API v3: each carries a token in place of a signature. Source: Smile ID's OpenAPI description. */
export class V3Client {
  private readonly tokens: V3Tokens;

  constructor(private readonly requests: ApiRequests) {
    this.tokens = new V3Tokens(requests);
  }

  async jobStatus(
    credentials: Credentials,
    request: JobIds,
    cancel: AbortSignal,
  ): Promise<JobStatusOutcome> {
    const { requests } = this;
    return requests.withinLimit(cancel, async (limit): Promise<JobStatusOutcome> => {
      const url = `${v3BaseUrl(credentials.baseUrl)}/status/${encodeURIComponent(request.jobId)}`;
      const response = await this.withToken(credentials, limit, (headers) =>
        requests.send(credentials, () => Promise.resolve({ method: 'GET', url, headers }), limit),
      );
      if ('kind' in response) return response;
      const now = requests.clock.now();
      const body = readBody(response, now);
      if ('kind' in body) return body;
      const { notes } = body;
      const raw = this.tokens.withoutSecrets(body.raw, credentials);
      return isV3Status(response.status, raw)
        ? { kind: 'answered', job: readV3Status(raw, request, notes), signature: 'unsigned', raw }
        : refusalOf(response, raw, now);
    });
  }

  forgetTokens(): void {
    this.tokens.forget();
  }

  /** Whether a token is granted for the key. */
  async checkToken(credentials: Credentials, cancel: AbortSignal): Promise<Granted | NoToken> {
    const token = await this.tokens.get(credentials, cancel);
    return token.kind === 'token' ? { kind: 'token' } : token;
  }

  /**
   * Has Smile ID send the webhook of a finished job again. Sent once: a repetition would reach the receiver twice.
   * @param callbackUrl null for the address stored with the job, or the partner's default
   */
  async replay(
    credentials: Credentials,
    jobId: string,
    callbackUrl: string | null,
    cancel: AbortSignal,
  ): Promise<ReplayOutcome> {
    const { requests } = this;
    return requests.withinLimit(cancel, async (limit): Promise<ReplayOutcome> => {
      const url = `${v3BaseUrl(credentials.baseUrl)}/replay/${encodeURIComponent(jobId)}`;
      const form = callbackUrl === null ? null : multipart('callback_url', callbackUrl);
      const response = await this.withToken(credentials, limit, (headers) => {
        const request: ApiRequest = form
          ? { method: 'POST', url, headers: { ...headers, ...form.headers }, body: form.body }
          : { method: 'POST', url, headers };
        return requests.sendOnce(credentials, request, limit.signal);
      });
      if ('kind' in response) return response;
      const now = requests.clock.now();
      if (response.status < 300) return { kind: 'accepted' };
      const body = readBody(response, now);
      if ('kind' in body) return body;
      return refusalOf(response, this.tokens.withoutSecrets(body.raw, credentials), now);
    });
  }

  /** Sends with a token. If it is not accepted, for example after the key was renewed, once more with a new one. */
  private async withToken(
    credentials: Credentials,
    { signal }: RequestLimit,
    send: (headers: Readonly<Record<string, string>>) => Promise<HttpResponse | Unreachable>,
  ): Promise<HttpResponse | NoToken> {
    for (let isSecond = false; ; isSecond = true) {
      const token = await this.tokens.get(credentials, signal);
      signal.throwIfAborted();
      if (token.kind !== 'token') return token;
      const made = await send({ Accept: 'application/json', 'SmileID-Token': token.text });
      if ('kind' in made || made.status !== UNAUTHORIZED) return made;
      this.tokens.drop(credentials, token);
      if (isSecond) return made;
    }
  }
}

/** A form with one field: API v3 takes no JSON. */
function multipart(
  name: string,
  value: string,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const boundary = crypto.randomUUID();
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: [
      `--${boundary}`,
      `Content-Disposition: form-data; name="${name}"`,
      '',
      value,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  };
}
