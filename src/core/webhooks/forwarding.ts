import type { Clock } from '../clock';
import { isSuspicious } from '../smile/outcome';
import type { Headers } from '../smile/readResponse';
import type { Attempts, AttemptOutcome, ComparedAttempt } from './attempts';
import { isTrusted, type Delivery } from './delivery';
import type { ReceiverResponse } from './receiverBehavior';
import type { Expected } from './testWebhook';
import type { Webhook } from './webhook';

/** Headers that handlers may read. Others are of the connection or of a tunnel, or may be credentials. */
const PASSED_ON: ReadonlySet<string> = new Set([
  ...['content-type', 'content-encoding', 'user-agent'],
  ...['response-signature', 'response-timestamp'],
  ...['job-id', 'user-id', 'api-version', 'smileid-job-id', 'smileid-user-id'],
]);

/** A delivery that came in, as far as it is passed on. */
export interface ReceivedDelivery {
  readonly id: string;
  /** As it came, byte by byte. */
  readonly body: Uint8Array;
  /** By lower-case names. */
  readonly headers: Headers;
  readonly expected: Expected;
}

/** What a handler should do with a delivery. Whether it has a key that is not stored here, or knows a repeat, is not known. */
export function expectedOf(delivery: Pick<Delivery, 'signature' | 'notes'>): Expected {
  if (isTrusted(delivery)) return 'accepted';
  return isSuspicious(delivery.signature) ? 'refused' : 'either';
}

export const receivedDelivery = (
  delivery: Pick<Delivery, 'number' | 'body' | 'headers' | 'signature' | 'notes'>,
): ReceivedDelivery => ({
  id: String(delivery.number),
  body: delivery.body,
  headers: delivery.headers,
  expected: expectedOf(delivery),
});

/** The same bytes with the headers of Smile ID: a handler sees what it would see without the receiver. */
export const unchanged = ({ body, headers }: ReceivedDelivery): Webhook => ({
  body,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => PASSED_ON.has(name))),
});

/** Sends one webhook; never rejects. */
export interface WebhookSender {
  post(url: URL, webhook: Webhook, signal: AbortSignal): Promise<AttemptOutcome>;
}

/** A handler at a breakpoint holds each of them, with its body, until the time is over. */
const MOST_AT_ONCE = 20;

/** Passes deliveries on to a local endpoint, unchanged, and keeps what came of it. */
export class Forwarding {
  private stopped = new AbortController();
  /** Of deliveries that are passed on right now, or wait for it. */
  private readonly underWay = new Map<string, Promise<ComparedAttempt | null>>();
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly sender: WebhookSender,
    private readonly attempts: Attempts,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * Passes a delivery on, once there are less than 20 others.
   *
   * @param delivery read when its turn comes, so that what waits takes no memory; null if it is not wanted any more
   */
  async forward(
    id: string,
    delivery: () => ReceivedDelivery | null,
    url: URL,
  ): Promise<ComparedAttempt | null> {
    const made = this.inTurn(async () => {
      const wanted = delivery();
      return wanted && (await this.attempt('forward', wanted, url));
    });
    this.underWay.set(id, made);
    try {
      return await made;
    } finally {
      this.underWay.delete(id);
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < MOST_AT_ONCE) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** What the handler responds to a delivery that is or was passed on: 502 if nothing. Null if it was not passed on. */
  async responseTo(id: string): Promise<ReceiverResponse | null> {
    const made =
      (await this.underWay.get(id)) ?? this.attempts.of(id).find(({ kind }) => kind === 'forward');
    return made ? responseIn(made.outcome) : null;
  }

  /** Sends the same bytes again. */
  async attempt(
    kind: 'forward' | 'replay',
    delivery: ReceivedDelivery,
    url: URL,
  ): Promise<ComparedAttempt> {
    const { signal } = this.stopped;
    const at = this.clock.now();
    const outcome = await this.sender.post(url, unchanged(delivery), signal);
    const attempt = { kind, url: url.href, at, outcome };
    return { ...attempt, verdict: this.attempts.add(delivery.id, attempt, delivery.expected) };
  }

  /** Ends the attempts that are under way. */
  stop(): void {
    this.stopped.abort();
    this.stopped = new AbortController();
  }

  dispose(): void {
    this.stopped.abort();
  }
}

function responseIn(outcome: AttemptOutcome): ReceiverResponse {
  const { status, body } = { status: BAD_GATEWAY, body: '', ...outcome };
  return status < 200 ? { status: BAD_GATEWAY, body: '' } : { status, body };
}

const BAD_GATEWAY = 502;
