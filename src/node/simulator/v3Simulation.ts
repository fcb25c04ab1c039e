import type { Clock } from '../../core/clock';
import { sign } from '../../core/smile/signature';
import type { KeyOfPartner } from '../../core/smile/readResponse';
import { v3PartnerId } from '../../core/smile/environment';
import { isV3JobId } from '../../core/smile/typeId';
import {
  API_VERSION,
  inHeader,
  interimOf,
  signWebhook,
  type Webhook,
} from '../../core/webhooks/webhook';
import { LINK_LIFETIME, type DrawingName, type ImageLinks } from './images';
import type { Form } from './multipart';
import type { RequestCounts } from './requestCounts';
import { json, jsonText, type SimulatedRequest, type SimulatedResponse } from './simulatedHttp';
import { resultOfIdentity } from './testIdentities';
import type { Submission, SubmittedJob } from './simulator';
import { NOT_FOUND, v3BehaviorOf, type StateReply, type V3Reply } from './v3Behaviors';
import {
  MALFORMED_FORM,
  NO_FORM,
  NOT_ENROLLED,
  refuse,
  UNAUTHORIZED,
  UNAUTHORIZED_AT_GATEWAY,
  UNKNOWN_IDENTITY,
} from './v3Errors';
import { callbackUrlOf, invalid } from './v3Fields';
import { PROCESSING_TIME, V3Jobs, type V3Job } from './v3Jobs';
import { ENDPOINTS, refusalOfForm, searchesUser, SubmittedForm } from './v3Submissions';
import type { Endpoint, ResultAtOnce } from './v3Submissions';
import { V3Tokens, type Token } from './v3Tokens';
import { webhookOf } from './v3Webhooks';
import type { WebhookDeliveries } from './webhookDelivery';
import { webhooksOf } from './webhooksOfScenario';

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{16,128}$/;

/** API v3 of Smile ID, without the sockets. */
export class V3Simulation {
  private readonly tokens = new V3Tokens();
  private readonly jobs: V3Jobs;
  private readonly partnerId: string;

  constructor(
    private readonly key: KeyOfPartner,
    private readonly clock: Clock,
    private readonly shared: {
      readonly counts: RequestCounts;
      readonly links: ImageLinks;
      readonly deliveries: WebhookDeliveries;
    },
  ) {
    this.partnerId = v3PartnerId(key.partnerId);
    this.jobs = new V3Jobs(clock);
  }

  /** Submits a job that plays a scenario: see `Simulator.submit`. */
  simulate({ scenario, userId }: SubmittedJob, callback: URL | null, origin: string): Submission {
    const behavior = v3BehaviorOf(scenario);
    if (!behavior) return { kind: 'refused', cause: 'no such scenario' };
    const job = this.jobs.play(behavior, userId ?? null, callback?.href ?? null);
    const webhooks = webhooksOf(behavior);
    for (const [index, name] of webhooks.entries()) {
      const wait = (index + 1) * PROCESSING_TIME;
      this.deliver(callback?.href ?? '', wait, job, origin, name === 'interim');
    }
    const { jobId, userId: user } = job.details;
    const count = callback ? webhooks.length : 0;
    return { kind: 'submitted', api: 'v3', userId: user, jobId, webhooks: count };
  }

  /** @returns null if the connection ends without a response */
  async respond(request: SimulatedRequest): Promise<SimulatedResponse | null> {
    const { method, url } = request;
    const [, area, jobId = ''] = /^\/v3\/(status|replay)\/([^/]*)$/.exec(url.pathname) ?? [];
    const endpoint = Object.hasOwn(ENDPOINTS, url.pathname) ? ENDPOINTS[url.pathname] : undefined;
    if (method === 'GET' && area === 'status') return this.status(request, jobId);
    if (method === 'POST' && area === 'replay') return this.replay(request, jobId);
    if (method === 'POST' && url.pathname === '/v3/token') return this.token(request);
    if (method === 'POST' && endpoint) return this.submit(request, endpoint);
    const message =
      'Of API v3 the simulator serves POST token, GET status, POST replay and submissions.';
    return json(404, { message });
  }

  private token(request: SimulatedRequest): SimulatedResponse {
    const { headers, url } = request;
    const { partnerId } = this;
    const sent = headers['smileid-partner-id'] ?? '';
    if (sent === '') return refuse(400, 'smileid-partner-id header is required.');
    if (sent !== partnerId || headers['smileid-api-key'] !== this.key.apiKey) return UNAUTHORIZED;
    const body = optionalForm(request);
    if ('refusal' in body) return body.refusal;
    const now = this.clock.now();
    const made = this.tokens.mint(body.form, { partnerId, apiUrl: `${url.origin}/v3`, now });
    return 'fault' in made ? refuse(400, made.fault) : json(200, made);
  }

  private authorize({ headers }: SimulatedRequest): Token | null {
    return this.tokens.find(headers['smileid-token'] ?? '', this.clock.now());
  }

  private status(request: SimulatedRequest, jobId: string): SimulatedResponse | null {
    if (!this.authorize(request)) return UNAUTHORIZED;
    if (!isV3JobId(jobId)) {
      return refuse(400, `"jobId" must be a valid TypeID with prefix 'job_'`);
    }
    const job = this.jobs.find(jobId);
    const reply = this.replyOf(job, jobId);
    if (reply.kind !== 'state') return this.responseOf(reply);
    const userId = job && reply.http !== 404 ? job.details.userId : 'unknown';
    const body = JSON.stringify({
      status: reply.status,
      job_id: jobId,
      user_id: userId,
      message: reply.message,
      created_at: this.clock.now().toISOString(), // of the response, although it is called so
    });
    return jsonText(reply.http, reply.isCutOff ? body.slice(0, body.length >> 1) : body, {
      ...{ api_version: API_VERSION, job_id: jobId, user_id: inHeader(userId) },
    });
  }

  private replyOf(job: V3Job | null, jobId: string): V3Reply {
    return job?.reply(this.shared.counts.add(jobId)) ?? NOT_FOUND;
  }

  private responseOf(reply: Exclude<V3Reply, StateReply>): SimulatedResponse | null {
    if (reply.kind === 'hang up') return null;
    if (reply.kind === 'response') return reply.response;
    this.tokens.forgetAll();
    return UNAUTHORIZED;
  }

  private replay(request: SimulatedRequest, jobId: string): SimulatedResponse | null {
    const token = this.authorize(request);
    if (!token) return UNAUTHORIZED;
    const body = optionalForm(request);
    if ('refusal' in body) return body.refusal;
    if (!/^job_[0-9a-z]{26}$/.test(jobId)) {
      return refuse(400, `"job_id" must be a valid TypeID with prefix 'job_'`);
    }
    const job = this.jobs.find(jobId);
    const reply = this.replyOf(job, jobId);
    if (reply.kind !== 'state') return this.responseOf(reply);
    if (!job || reply.http === 404) return refuse(404, 'Job not found');
    if (reply.http === 202) {
      return refuse(
        409,
        'Job is still processing. Callbacks can only be replayed for completed jobs.',
      );
    }
    if (job.replayRefusal) return job.replayRefusal;
    const bound = token.bound.texts.get('callback_url');
    const address = bound ?? body.form?.texts.get('callback_url') ?? job.callbackUrl;
    if (!callbackUrlOf(address)) return refuse(400, 'No valid callback URL available');
    this.deliver(address, 0, job, request.url.origin);
    return json(202, {
      status: 'accepted',
      job_id: jobId,
      user_id: job.details.userId,
      message: 'Callback replay queued successfully.',
    });
  }

  private async submit(request: SimulatedRequest, endpoint: Endpoint): Promise<SimulatedResponse> {
    const { headers } = request;
    const token = this.authorize(request);
    if (!token) return endpoint.hasGateway ? UNAUTHORIZED_AT_GATEWAY : UNAUTHORIZED;
    if (request.form === null) return NO_FORM;
    if (request.form === 'malformed') return MALFORMED_FORM;
    const now = this.clock.now();
    const form = new SubmittedForm(request.form, token.bound, headers['user-id'] ?? '', now);
    const refusal = refusalOfForm(endpoint, form);
    if (refusal) return refusal;
    if (searchesUser(form) && !this.jobs.hasUser(form.userId ?? '')) return NOT_ENROLLED;
    const outcome = resultOfIdentity(form.details, endpoint.product);
    if (!outcome) return UNKNOWN_IDENTITY;
    const { responds } = endpoint;
    if (typeof responds === 'object') {
      const key = responds.takesKey ? (headers['smileid-idempotency-key'] ?? null) : null;
      if (key !== null && !IDEMPOTENCY_KEY.test(key)) {
        return refuse(400, invalid('SmileID-Idempotency-Key'));
      }
      const earlier = key === null ? null : this.jobs.findByKey(key);
      const job = earlier ?? this.jobs.add(form, outcome, { time: 0, idempotencyKey: key });
      return this.result(job, responds, request.url.origin);
    }
    const job = this.jobs.add(form, outcome, { time: PROCESSING_TIME, idempotencyKey: null });
    this.deliver(job.callbackUrl, PROCESSING_TIME, job, request.url.origin);
    const { jobId, userId } = job.details;
    return json(
      202,
      responds === 'queued'
        ? {
            status: 'accepted',
            message: 'Request accepted and queued for processing.',
            job_id: jobId,
            user_id: userId,
            created_at: now.toISOString(),
          }
        : {
            status: 'accepted',
            message: 'Job submitted successfully',
            job_id: jobId,
            user_id: userId,
          },
    );
  }

  private async result(
    job: V3Job,
    { unavailable, namesJob }: ResultAtOnce,
    origin: string,
  ): Promise<SimulatedResponse> {
    const { jobId, userId } = job.details;
    if (job.outcome.status === 'error') {
      return { ...unavailable, headers: { ...unavailable.headers, 'SmileID-Job-ID': jobId } };
    }
    const body = await this.webhookBody(job, origin);
    const { timestamp, signature } = await sign(
      this.key.apiKey,
      this.partnerId,
      this.clock.now().toISOString(),
    );
    return json(200, namesJob ? { job_id: jobId, user_id: userId, ...body } : body, {
      'SmileID-Job-ID': jobId,
      'User-ID': inHeader(userId),
      'Response-Timestamp': timestamp,
      'Response-Signature': signature,
    });
  }

  private deliver(
    address: string,
    wait: number,
    job: V3Job,
    origin: string,
    isInterim = false,
  ): void {
    const url = callbackUrlOf(address);
    if (!url) return;
    const { deliveries } = this.shared;
    void deliveries.send(url, wait, () => this.webhook(job, origin, isInterim));
  }

  private async webhook(job: V3Job, origin: string, isInterim: boolean): Promise<Webhook> {
    const { jobId, userId } = job.details;
    const body = JSON.stringify(await this.webhookBody(job, origin));
    const final = { api: 'v3', body, jobId, userId } as const;
    const content = (isInterim ? interimOf(final) : null) ?? final;
    return signWebhook(content, this.key, this.clock.now());
  }

  private async webhookBody({ outcome, details }: V3Job, origin: string) {
    const expires = Math.floor(this.clock.now().getTime() / 1000) + LINK_LIFETIME;
    const link = (name: DrawingName): Promise<string> =>
      this.shared.links.link(origin, name, expires);
    const links = {
      receipt: `${origin}/receipts/${details.jobId}.pdf?token=SIMULATED`,
      selfie: await link('selfie'),
      cardFront: await link('cardFront'),
      cardBack: await link('cardBack'),
    };
    return webhookOf(outcome, { ...details, links });
  }
}

/** No body at all is fine where a form may be left out; anything else than a form is not. */
function optionalForm({
  headers,
  form,
  body,
}: SimulatedRequest): { readonly form: Form | null } | { readonly refusal: SimulatedResponse } {
  if (form === 'malformed') return { refusal: MALFORMED_FORM };
  const hasOther = form === null && (body !== '' || headers['content-type'] !== undefined);
  return hasOther ? { refusal: NO_FORM } : { form };
}
