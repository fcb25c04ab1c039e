import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock';
import { sign, verify, type SignedTime } from '../../core/smile/signature';
import { courseOf, errorReply, UNAUTHORISED } from './courses';
import type { Ask, JobReply, PlainReply, Reply } from './courses';
import { LINK_LIFETIME, PictureLinks } from './pictures';
import { scenarios } from './scenarios';

export interface SimulatedRequest {
  readonly method: string;
  readonly url: URL;
  readonly accept: string;
  readonly body: string;
}

export interface SimulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * How old or how far ahead a request's timestamp may be, in milliseconds. Smile ID does not publish its
 * limit. An hour lets a badly set clock pass and still catches local times sent as UTC.
 */
const MAX_SKEW = 60 * 60_000;

/**
 * Envelope code of an answered query (recorded replies). What an unfinished job has there is unknown, so
 * the simulator sends the same and nothing should be made of it.
 */
const ANSWERED = '2302';

/** Of so many jobs the simulator remembers how often each was requested; the one requested longest ago is forgotten. */
export const MAX_JOBS = 5000;

/** What Smile ID's server would do, without the sockets. Remembers how often each job was asked for. */
export class Simulation {
  /** By a digest of its IDs, which may be long. */
  private readonly polls = new Map<string, number>();
  private readonly links = new PictureLinks();
  private readonly startedAt: Date;

  constructor(
    private readonly partnerId: string,
    private readonly apiKey: string,
    private readonly clock: Clock,
  ) {
    this.startedAt = clock.now();
  }

  /** @returns null where the connection is to end without an answer */
  async answer(request: SimulatedRequest, signal: AbortSignal): Promise<SimulatedResponse | null> {
    const { method, url } = request;
    if (method === 'POST' && url.pathname === '/v1/job_status') {
      return this.jobStatus(request, signal);
    }
    if (method === 'GET' && url.pathname === '/scenarios') return scenarioList(request.accept);
    if (method === 'GET' && url.pathname.startsWith('/images/')) return this.picture(url, signal);
    const message =
      'The simulator answers POST /v1/job_status and GET /scenarios, and has no receipts.';
    return json(404, { message });
  }

  private async jobStatus(
    { url, body }: SimulatedRequest,
    signal: AbortSignal,
  ): Promise<SimulatedResponse | null> {
    const request = parseObject(body);
    if (!request) return plain(errorReply('2303', 'Invalid JSON'));
    if (!(await this.isAuthorised(request))) return plain(UNAUTHORISED);
    for (const field of ['user_id', 'job_id']) {
      if (textOf(request[field]) === '') {
        return plain(errorReply('2313', `"${field}" is required`));
      }
    }
    const userId = textOf(request.user_id);
    const jobId = textOf(request.job_id);
    const ask = { userId, jobId, poll: this.count(userId, jobId), startedAt: this.startedAt };
    const course = courseOf(jobId);
    if (course.wait) await this.clock.sleep(course.wait * 1000, signal);
    return this.response(ask, course.reply(ask), {
      origin: url.origin,
      history: request.history === true,
      imageLinks: request.image_links === true,
    });
  }

  /** Old clients sent numbers as timestamps; Smile ID refuses them today, and times without a zone. */
  private async isAuthorised(request: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { partner_id: partnerId, timestamp, signature } = request;
    if (partnerId !== this.partnerId) return false;
    if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
    const skew = Math.abs(Date.parse(timestamp) - this.clock.now().getTime());
    const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(timestamp);
    if (!hasZone || !(skew <= MAX_SKEW)) return false;
    return verify(this.apiKey, this.partnerId, { timestamp, signature });
  }

  private count(userId: string, jobId: string): number {
    const ids = JSON.stringify([userId, jobId]);
    const key = createHash('sha256').update(ids).digest('base64');
    const poll = (this.polls.get(key) ?? 0) + 1;
    this.polls.delete(key); // a map keeps the order in which keys were added
    this.polls.set(key, poll);
    const [oldest] = this.polls.keys();
    if (this.polls.size > MAX_JOBS && oldest !== undefined) this.polls.delete(oldest);
    return poll;
  }

  private async response(
    ask: Ask,
    reply: Reply,
    wanted: { origin: string; history: boolean; imageLinks: boolean },
  ): Promise<SimulatedResponse | null> {
    if (reply.kind === 'hang up') return null;
    if (reply.kind === 'plain') return plain(reply);
    const key = reply.flaw === 'tampered signature' ? `not ${this.apiKey}` : this.apiKey;
    const signed = await sign(key, this.partnerId, this.clock.now().toISOString());
    const { timestamp, signature } = signed;
    const answer = {
      timestamp,
      ...(reply.flaw !== 'no signature' && { signature }),
      job_complete: reply.complete,
      job_success: reply.success,
      code: ANSWERED,
      result: reply.result,
      ...(wanted.history && { history: reply.history }),
      ...(wanted.imageLinks && { image_links: await this.imageLinks(reply, wanted.origin) }),
      kyc_receipt: reply.receipt ? receiptLink(wanted.origin, ask, signed) : '',
    };
    const text = JSON.stringify(answer);
    return jsonText(
      200,
      reply.flaw === 'cut off' ? text.slice(0, Math.floor(text.length * 0.6)) : text,
    );
  }

  private async imageLinks(
    { pictures, linkLifetime = LINK_LIFETIME }: JobReply,
    origin: string,
  ): Promise<Record<string, string>> {
    if ('error' in pictures) return { error: pictures.error };
    const expires = Math.floor(this.clock.now().getTime() / 1000) + linkLifetime;
    const links = Object.entries(pictures).map(
      async ([name, drawing]): Promise<[string, string]> => [
        name,
        await this.links.link(origin, drawing, expires),
      ],
    );
    return Object.fromEntries(await Promise.all(links));
  }

  /** Errors are XML, like those of the storage that real links point to. */
  private async picture(
    { pathname, searchParams }: URL,
    signal: AbortSignal,
  ): Promise<SimulatedResponse> {
    const file = pathname.slice('/images/'.length);
    const answer = await this.links.open(file, searchParams, this.clock.now());
    if ('drawing' in answer) {
      const { wait } = answer.drawing;
      if (wait > 0) await this.clock.sleep(wait * 1000, signal);
      const headers = { 'Content-Type': answer.drawing.type, 'Cache-Control': 'no-store' };
      return { status: 200, headers, body: answer.drawing.bytes };
    }
    if (answer.error === 'expired') return xml(403, 'AccessDenied', 'Request has expired');
    if (answer.error === 'forged') {
      return xml(
        403,
        'SignatureDoesNotMatch',
        'The signature of the link does not match what it points to.',
      );
    }
    return xml(404, 'NoSuchKey', 'The specified key does not exist.');
  }
}

/** Receipts carry a signature in their address (recorded reply), so they are to be treated as secrets. */
function receiptLink(origin: string, ask: Ask, { timestamp, signature }: SignedTime): string {
  const query = new URLSearchParams({ signature, timestamp, environment: 'simulator' });
  return `${origin}/receipts/${encodeURIComponent(ask.jobId)}?${query.toString()}`;
}

function scenarioList(accept: string): SimulatedResponse {
  if (!accept.includes('text/plain')) return json(200, scenarios);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: scenarios.map(({ jobId, title }) => `${jobId}: ${title}\n`).join(''),
  };
}

function plain({ status, type, body, headers }: PlainReply): SimulatedResponse {
  return { status, headers: { 'Content-Type': type, ...headers }, body };
}

function json(status: number, body: unknown): SimulatedResponse {
  return jsonText(status, JSON.stringify(body));
}

function jsonText(status: number, body: string): SimulatedResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body };
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

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null; // answered as invalid JSON by the caller
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
