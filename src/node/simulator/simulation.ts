import type { Clock } from '../../core/clock';
import { isLoopback, parseUrl } from '../../core/smile/environment';
import { sign, verify, type SignedTime } from '../../core/smile/signature';
import { isV3JobId } from '../../core/smile/typeId';
import { type Flaw, signWebhook, TEST_IDS, type Webhook } from '../../core/webhooks/webhook';
import { behaviorOf, errorReply, UNAUTHORIZED } from './scenarioBehaviors';
import type { JobRequest, JobReply, PlainReply, Reply } from './scenarioBehaviors';
import { allScenarios } from './allScenarios';
import { LINK_LIFETIME, ImageLinks } from './images';
import { RequestCounts } from './requestCounts';
import { json, jsonText, parseObject } from './simulatedHttp';
import type { SimulatedRequest, SimulatedResponse } from './simulatedHttp';
import type { Submission, SubmittedJob } from './simulator';
import { CALLBACK_PAUSE, V1Jobs, type V1Job } from './v1Jobs';
import { V3Simulation } from './v3Simulation';
import { WebhookDeliveries } from './webhookDelivery';

/**
 * How old or how far ahead a request's timestamp may be, in milliseconds. Smile ID does not publish its
 * limit. An hour lets a badly set clock pass and still catches local times sent as UTC.
 */
const MAX_SKEW = 60 * 60_000;

/**
 * Envelope code of a response with a job (recorded responses). What an unfinished job has there is unknown, so
 * the simulator sends the same; do not rely on it.
 */
const FOUND = '2302';

/** What Smile ID's server would do, without the sockets. Remembers how often each job was requested. */
export class Simulation {
  private readonly counts = new RequestCounts();
  private readonly links = new ImageLinks();
  private readonly startedAt: Date;
  private readonly v3: V3Simulation;
  private readonly v1Jobs: V1Jobs;
  private readonly deliveries: WebhookDeliveries;

  constructor(
    private readonly partnerId: string,
    private readonly apiKey: string,
    private readonly clock: Clock,
  ) {
    this.startedAt = clock.now();
    this.v1Jobs = new V1Jobs(clock);
    this.deliveries = new WebhookDeliveries(clock);
    const { counts, links, deliveries } = this;
    this.v3 = new V3Simulation({ partnerId, apiKey }, clock, { counts, links, deliveries });
  }

  /** Sends nothing more by itself. */
  stop(): void {
    this.deliveries.stop();
  }

  /** @param origin scheme, host and port of this simulator, for links */
  submit(job: SubmittedJob, origin: string): Submission {
    const callback = job.callbackUrl === undefined ? null : parseUrl(job.callbackUrl);
    const isSent = callback !== null && isLoopback(callback) && /^https?:/.test(callback.protocol);
    if (job.callbackUrl !== undefined && !isSent) {
      return { kind: 'refused', cause: 'callback address' };
    }
    if (isV3JobId(job.scenario)) return this.v3.simulate(job, callback, origin);
    const { userId = TEST_IDS.v1.userId, jobId = `job-${crypto.randomUUID()}` } = job;
    const submitted = this.v1Jobs.add(job.scenario, { userId, jobId });
    const accepted = { kind: 'submitted', api: 'v1', userId, jobId } as const;
    if (!callback) return { ...accepted, webhooks: 0 };
    for (const index of submitted.callbacks.keys()) {
      const wait = (index + 1) * CALLBACK_PAUSE;
      void this.deliveries.send(callback, wait, () => this.callback(submitted, index, origin));
    }
    return { ...accepted, webhooks: submitted.callbacks.length };
  }

  /** A callback has the links in the result, where a job status response has them beside it. */
  private async callback(
    { callbacks, last, ids }: V1Job,
    index: number,
    origin: string,
  ): Promise<Webhook> {
    const isLast = index === callbacks.length - 1;
    const now = this.clock.now();
    const links = isLast && last ? await this.imageLinks(last, origin) : {};
    const receipt =
      isLast && last?.receipt === true
        ? receiptLink(origin, ids, await sign(this.apiKey, this.partnerId, now.toISOString()))
        : null;
    const fields = {
      ...callbacks[index],
      ...(Object.keys(links).length > 0 && { ImageLinks: links }),
      ...(receipt !== null && { KYCReceipt: receipt }),
    };
    const flaw = last?.flaw === undefined ? null : FLAWS[last.flaw];
    const { partnerId, apiKey } = this;
    const webhook = await signWebhook({ api: 'v1', fields }, { partnerId, apiKey }, now, flaw);
    return last?.flaw === 'cut off' && typeof webhook.body === 'string'
      ? { ...webhook, body: cutOff(webhook.body) }
      : webhook;
  }

  /** @returns null if the connection ends without a response */
  async respond(request: SimulatedRequest, signal: AbortSignal): Promise<SimulatedResponse | null> {
    const { method, url } = request;
    if (method === 'POST' && url.pathname === '/v1/job_status') {
      return this.jobStatus(request, signal);
    }
    if (url.pathname.startsWith('/v3/')) return this.v3.respond(request);
    if (method === 'GET' && url.pathname === '/scenarios') return scenarioList(request.headers);
    if (method === 'GET' && url.pathname.startsWith('/images/')) return this.image(url, signal);
    const message =
      'The simulator serves POST /v1/job_status, API v3 and GET /scenarios, and has no receipts.';
    return json(404, { message });
  }

  private async jobStatus(
    { url, body }: SimulatedRequest,
    signal: AbortSignal,
  ): Promise<SimulatedResponse | null> {
    const fields = parseObject(body);
    if (!fields) return plain(errorReply('2303', 'Invalid JSON'));
    if (!(await this.isAuthorized(fields))) return plain(UNAUTHORIZED);
    for (const field of ['user_id', 'job_id']) {
      if (textOf(fields[field]) === '') {
        return plain(errorReply('2313', `"${field}" is required`));
      }
    }
    const userId = textOf(fields.user_id);
    const jobId = textOf(fields.job_id);
    const request = {
      userId,
      jobId,
      poll: this.counts.add(userId, jobId),
      startedAt: this.startedAt,
    };
    const { wait = 0, reply } = this.v1Jobs.find(userId, jobId) ?? behaviorOf(jobId);
    if (wait > 0) await this.clock.sleep(wait * 1000, signal);
    return this.response(request, reply(request), {
      origin: url.origin,
      history: fields.history === true,
      imageLinks: fields.image_links === true,
    });
  }

  /** Old clients sent numbers as timestamps; Smile ID refuses them today, and times without a zone. */
  private async isAuthorized(fields: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { partner_id: partnerId, timestamp, signature } = fields;
    if (partnerId !== this.partnerId) return false;
    if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
    const skew = Math.abs(Date.parse(timestamp) - this.clock.now().getTime());
    const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(timestamp);
    if (!hasZone || !(skew <= MAX_SKEW)) return false;
    return verify(this.apiKey, this.partnerId, { timestamp, signature });
  }

  private async response(
    request: JobRequest,
    reply: Reply,
    wanted: { origin: string; history: boolean; imageLinks: boolean },
  ): Promise<SimulatedResponse | null> {
    if (reply.kind === 'hang up') return null;
    if (reply.kind === 'plain') return plain(reply);
    const key = reply.flaw === 'tampered signature' ? `not ${this.apiKey}` : this.apiKey;
    const signed = await sign(key, this.partnerId, this.clock.now().toISOString());
    const { timestamp, signature } = signed;
    const envelope = {
      timestamp,
      ...(reply.flaw !== 'no signature' && { signature }),
      job_complete: reply.complete,
      job_success: reply.success,
      code: FOUND,
      result: reply.result,
      ...(wanted.history && { history: reply.history }),
      ...(wanted.imageLinks && { image_links: await this.imageLinks(reply, wanted.origin) }),
      kyc_receipt: reply.receipt ? receiptLink(wanted.origin, request, signed) : '',
    };
    const text = JSON.stringify(envelope);
    return jsonText(200, reply.flaw === 'cut off' ? cutOff(text) : text);
  }

  private async imageLinks(
    { images, linkLifetime = LINK_LIFETIME }: JobReply,
    origin: string,
  ): Promise<Record<string, string>> {
    if ('error' in images) return { error: images.error };
    const expires = Math.floor(this.clock.now().getTime() / 1000) + linkLifetime;
    const links = Object.entries(images).map(async ([name, drawing]): Promise<[string, string]> => [
      name,
      await this.links.link(origin, drawing, expires),
    ]);
    return Object.fromEntries(await Promise.all(links));
  }

  /** Errors are XML, like those of the storage that real links point to. */
  private async image(
    { pathname, searchParams }: URL,
    signal: AbortSignal,
  ): Promise<SimulatedResponse> {
    const file = pathname.slice('/images/'.length);
    const target = await this.links.open(file, searchParams, this.clock.now());
    if ('drawing' in target) {
      const { wait } = target.drawing;
      if (wait > 0) await this.clock.sleep(wait * 1000, signal);
      const headers = { 'Content-Type': target.drawing.type, 'Cache-Control': 'no-store' };
      return { status: 200, headers, body: target.drawing.bytes };
    }
    if (target.error === 'expired') return xml(403, 'AccessDenied', 'Request has expired');
    if (target.error === 'forged') {
      return xml(
        403,
        'SignatureDoesNotMatch',
        'The signature of the link does not match what it points to.',
      );
    }
    return xml(404, 'NoSuchKey', 'The specified key does not exist.');
  }
}

const cutOff = (text: string): string => text.slice(0, Math.floor(text.length * 0.6));

/** What a flaw of a response is in a callback. */
const FLAWS: Readonly<Record<NonNullable<JobReply['flaw']>, Flaw | null>> = {
  'tampered signature': 'wrong signature',
  'no signature': 'no signature',
  'cut off': null,
};

/** Receipts carry a signature in their address (recorded response), so they are secrets. */
function receiptLink(
  origin: string,
  request: Pick<JobRequest, 'jobId'>,
  { timestamp, signature }: SignedTime,
): string {
  const query = new URLSearchParams({ signature, timestamp, environment: 'simulator' });
  return `${origin}/receipts/${encodeURIComponent(request.jobId)}?${query.toString()}`;
}

function scenarioList({ accept = '' }: SimulatedRequest['headers']): SimulatedResponse {
  if (!accept.includes('text/plain')) return json(200, allScenarios);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: allScenarios.map(({ jobId, title }) => `${jobId}: ${title}\n`).join(''),
  };
}

function plain({ status, type, body, headers }: PlainReply): SimulatedResponse {
  return { status, headers: { 'Content-Type': type, ...headers }, body };
}

function xml(status: number, code: string, message: string): SimulatedResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}

/** IDs are text; some clients send numbers. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
