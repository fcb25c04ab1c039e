import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { line } from '../../core/logger';
import { READING_LIMITS } from '../../core/smile/readingLimits';
import type { Refusal } from '../../core/webhooks/deliveries';
import type { Arrival } from '../../core/webhooks/delivery';
import {
  ANSWER_200,
  isPossible,
  type ReceiverBehavior,
  type ReceiverResponse,
} from '../../core/webhooks/receiverBehavior';
import type {
  ReceiverLimits,
  ReceiverOptions,
  SelfTest,
  StartedReceiver,
  WebhookReceiver,
} from '../../core/webhooks/webhookReceiver';
import { refusalOf } from '../loopbackRequest';

const LIMITS: ReceiverLimits = {
  bodyBytes: READING_LIMITS.bytes,
  bytesAtOnce: 64 * 1024 * 1024,
  headersMs: 10_000,
  requestMs: 60_000,
  checkMs: 5000,
};

/** Starts a receiver of callbacks (API v1) and webhooks (API v3) on this machine. Never throws for a port. */
export async function startWebhookReceiver(options: ReceiverOptions): Promise<StartedReceiver> {
  const receiver = new Receiver(options);
  try {
    await receiver.listen();
  } catch (error) {
    return startFailure(error);
  }
  options.logger.info(line`The webhook receiver runs.`);
  return { kind: 'running', receiver };
}

function startFailure(error: unknown): StartedReceiver {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return { kind: 'port taken' };
  return code === 'EACCES' ? { kind: 'port not allowed' } : { kind: 'failed', code };
}

const LOOPBACK = '127.0.0.1';
const SECRET_BYTES = 16;
const MOST_SELF_TESTS = 20;

class Receiver implements WebhookReceiver {
  readonly path: string;
  port = 0;
  private readonly limits: ReceiverLimits;
  private readonly server;
  private current: ReceiverBehavior = ANSWER_200;
  private isStopped = false;
  /** Replies by the last part of the path. */
  private readonly selfTests = new Map<string, string>();
  /** Of requests under way, and of deliveries that are not read yet. */
  private bytesHeld = 0;
  /** Connections whose end is counted. */
  private readonly counted = new WeakSet<Socket>();

  constructor(private readonly options: ReceiverOptions) {
    this.path = options.path ?? `/${randomBytes(SECRET_BYTES).toString('hex')}`;
    this.limits = { ...LIMITS, ...options.limits };
    const { headersMs, requestMs, checkMs } = this.limits;
    this.server = createServer(
      {
        headersTimeout: headersMs,
        requestTimeout: requestMs,
        connectionsCheckingInterval: checkMs,
        requireHostHeader: false, // it is refused, and counted, like a wrong one
      },
      (request, response) => {
        this.serve(request, response).catch((error: unknown) => {
          options.logger.error(error);
          response.destroy();
        });
      },
    );
    this.server.on('clientError', (error, socket) => {
      if (socket instanceof Socket) this.endBroken(error, socket);
      else socket.destroy();
    });
  }

  get url(): string {
    return `http://${LOOPBACK}:${this.port}${this.path}`;
  }

  get behavior(): ReceiverBehavior {
    return this.current;
  }

  set behavior(behavior: ReceiverBehavior) {
    if (!isPossible(behavior)) throw new RangeError('This is no behavior of a receiver.');
    this.current = behavior;
  }

  async listen(): Promise<void> {
    const { server, options } = this;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, LOOPBACK, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', (error) => {
      options.logger.error(error); // too many open files, for example: the next connection may succeed
    });
    const address = server.address();
    this.port = typeof address === 'object' && address ? address.port : options.port;
  }

  newSelfTest(): SelfTest {
    const name = randomBytes(SECRET_BYTES).toString('hex');
    const reply = randomBytes(SECRET_BYTES).toString('hex');
    this.selfTests.set(name, reply);
    for (const oldest of this.selfTests.keys()) {
      if (this.selfTests.size <= MOST_SELF_TESTS) break;
      this.selfTests.delete(oldest);
    }
    return { path: `${this.path}/self-test/${name}`, reply };
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.selfTests.clear();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    request.on('error', () => undefined); // 'close' follows
    const refusal = refusalOf(request, this.options.publicHosts);
    if (refusal) {
      this.refuse(response, refusal.kind, 403, refusal.message);
      return;
    }
    const [first = '', ...rest] = (url.split('?', 1)[0] ?? '').slice(1).split('/');
    const reply = this.replyOf(rest);
    const isHere = reply !== undefined || rest.join('') === '';
    // compared first, so that the time is the same for every path
    if (!isSecret(`/${first}`, this.path) || !isHere) {
      this.refuse(response, 'path', 404, 'Not found.');
    } else if (method !== (reply === undefined ? 'POST' : 'GET')) {
      this.refuse(response, 'method', 405, 'Send a POST request.');
    } else if (reply !== undefined) {
      respond(response, 200, reply);
    } else {
      await this.receive(request, response);
    }
  }

  private replyOf([folder, name = '', ...more]: readonly string[]): string | undefined {
    return folder === 'self-test' && more.length === 0 ? this.selfTests.get(name) : undefined;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { options, current: behavior } = this;
    const { deliveries, clock } = options;
    const headers = headersOf(request);
    const body = await this.bodyOf(request);
    if (typeof body === 'string') {
      if (body === 'aborted') this.countEnd(request.socket, 'aborted');
      else if (body === 'too large') this.refuse(response, body, 413, 'The body is too large.');
      else this.refuse(response, body, 503, 'Too much is sent at the same time.');
      return;
    }
    const receivedAt = clock.now().getTime();
    const arrival: Arrival = { receivedAt, headers, body };
    const held = body.length + headersLength(headers);
    this.bytesHeld += held;
    const { number, isRead } = deliveries.receive(arrival);
    void isRead.then(() => {
      this.bytesHeld -= held;
    });
    const passed = (): number => clock.now().getTime() - receivedAt;
    let isDropped = false;
    let isClosed = false;
    response.on('close', () => {
      isClosed = true;
      clearTimeout(timer);
      if (response.writableFinished) return;
      const kind = isDropped || this.isStopped ? 'dropped' : 'client left';
      deliveries.answered(number, { kind, afterMs: passed() });
    });
    const answer = ({ status, body: text }: ReceiverResponse): void => {
      if (isClosed) return;
      deliveries.answered(number, { kind: 'status', status, afterMs: passed() });
      respond(response, status, text);
    };
    const act = (): void => {
      if (behavior.kind === 'answer') answer({ status: behavior.status, body: '' });
      if (behavior.kind !== 'drop') return;
      isDropped = true;
      request.socket.destroy();
    };
    const timer = behavior.delayMs > 0 ? setTimeout(act, behavior.delayMs) : undefined;
    if (timer === undefined) act();
    if (behavior.kind !== 'endpoint') return;
    await isRead; // only what is signed is passed on
    answer((await behavior.responseTo(number)) ?? { status: ANSWER_200.status, body: '' });
  }

  /** The whole body, or why there is none. What is refused is not read into memory. */
  private bodyOf(
    request: IncomingMessage,
  ): Promise<Uint8Array<ArrayBuffer> | 'too large' | 'too much at once' | 'aborted'> {
    const { bodyBytes, bytesAtOnce } = this.limits;
    if (Number(request.headers['content-length'] ?? 0) > bodyBytes) {
      return Promise.resolve('too large');
    }
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      let isOver = false;
      const end = (
        result: Uint8Array<ArrayBuffer> | 'too large' | 'too much at once' | 'aborted',
      ) => {
        if (isOver) return;
        isOver = true;
        this.bytesHeld -= size;
        chunks.length = 0;
        resolve(result);
      };
      request.on('data', (chunk: Buffer) => {
        if (isOver) return;
        size += chunk.length;
        this.bytesHeld += chunk.length;
        if (size > bodyBytes) end('too large');
        else if (this.bytesHeld > bytesAtOnce) end('too much at once');
        else chunks.push(chunk);
      });
      request.on('end', () => {
        end(joined(chunks, size));
      });
      request.on('close', () => {
        end('aborted');
      });
    });
  }

  /** The connection stays: the sender must be able to read why, also while it still sends. Node reads the rest away. */
  private refuse(response: ServerResponse, reason: Refusal, status: number, text: string): void {
    this.options.deliveries.refuse(reason);
    respond(response, status, text);
  }

  /** What Node could not read as a request, or did not get in time. */
  private endBroken(error: Error, socket: Socket): void {
    const code = codeOf(error);
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') this.countEnd(socket, 'slow');
    else if (code === 'HPE_INVALID_EOF_STATE') this.countEnd(socket, 'aborted');
    else if (code?.startsWith('HPE_') === true) this.countEnd(socket, 'not HTTP');
    if (socket.writable && socket.bytesWritten === 0) {
      const status =
        code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    }
    socket.destroySoon();
  }

  /** The end of a connection is told in several ways, and counts once. */
  private countEnd(socket: Socket, reason: Refusal): void {
    if (this.counted.has(socket)) return;
    this.counted.add(socket);
    this.options.deliveries.refuse(reason);
  }
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(text);
}

/** In a time that says nothing about the secret, whatever the length of the other text. */
function isSecret(text: string, secret: string): boolean {
  const [one, other] = [text, secret].map((each) => createHash('sha256').update(each).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

/** All of them, as Node leaves out some that come twice. */
function headersOf({ rawHeaders }: IncomingMessage): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    const value = rawHeaders[at + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

const headersLength = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);

/** In memory of its own: a small buffer of Node is a part of one that others use, too. */
function joined(chunks: readonly Buffer[], size: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
