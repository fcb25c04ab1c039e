import type { Clock } from '../clock';
import type { Headers } from '../smile/readResponse';
import type { Attempts, AttemptOutcome, ComparedAttempt } from './attempts';
import type { Delivery } from './delivery';
import type { ReceiverResponse } from './receiverBehavior';
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
}

export const receivedDelivery = ({
  number,
  body,
  headers,
}: Pick<Delivery, 'number' | 'body' | 'headers'>): ReceivedDelivery => ({
  id: String(number),
  body,
  headers,
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

/** Passes deliveries on to a local endpoint, unchanged, and keeps what came of it. */
export class Forwarding {
  private readonly stopped = new AbortController();
  /** Of deliveries that are passed on right now. */
  private readonly underWay = new Map<string, Promise<{ readonly outcome: AttemptOutcome }>>();

  constructor(
    private readonly sender: WebhookSender,
    private readonly attempts: Attempts,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Passes a delivery on. */
  async forward(delivery: ReceivedDelivery, url: URL) {
    const made = this.attempt('forward', delivery, url);
    this.underWay.set(delivery.id, made);
    try {
      return await made;
    } finally {
      this.underWay.delete(delivery.id);
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
    const at = this.clock.now();
    const outcome = await this.sender.post(url, unchanged(delivery), this.stopped.signal);
    const attempt = { kind, url: url.href, at, outcome };
    return { ...attempt, verdict: this.attempts.add(delivery.id, attempt) };
  }

  /** Ends the attempts that are under way. */
  dispose(): void {
    this.stopped.abort();
  }
}

function responseIn(outcome: AttemptOutcome): ReceiverResponse {
  const { status, body } = { status: BAD_GATEWAY, body: '', ...outcome };
  return status < 200 ? { status: BAD_GATEWAY, body: '' } : { status, body };
}

const BAD_GATEWAY = 502;
