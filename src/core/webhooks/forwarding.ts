import type { Clock } from '../clock';
import type { Headers } from '../smile/readResponse';
import { Attempts, type AttemptOutcome } from './attempts';
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

/** The same bytes with the headers of Smile ID: a handler sees what it would see without the receiver. */
export const unchanged = ({ body, headers }: ReceivedDelivery): Webhook => ({
  body,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => PASSED_ON.has(name))),
});

/** What the receiver responds with. */
export interface ReceiverResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * `answer first`: the receiver responds by itself, and passes the delivery on afterwards, so that a breakpoint in the handler
 * causes no retry. `pass the answer through`: the handler's response is that of the receiver.
 */
export type ForwardingMode = 'answer first' | 'pass the answer through';

/** Sends one webhook; never rejects. */
export interface WebhookSender {
  post(url: URL, webhook: Webhook, signal: AbortSignal): Promise<AttemptOutcome>;
}

/** Passes deliveries on to a local endpoint, unchanged, and keeps what came of it. */
export class Forwarding {
  private readonly stopped = new AbortController();

  constructor(
    private readonly sender: WebhookSender,
    private readonly attempts: Attempts,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @param own what the receiver would respond with if nothing was forwarded
   * @returns what it responds with; 502 if the handler's response was wanted, and none came
   */
  async forward(
    delivery: ReceivedDelivery,
    url: URL,
    own: ReceiverResponse,
    mode: ForwardingMode = 'answer first',
  ): Promise<ReceiverResponse> {
    const outcome = this.attempt('forward', delivery, url);
    if (mode === 'answer first') return own;
    const { status, body } = responseIn((await outcome).outcome);
    return { status, body };
  }

  /** Sends the same bytes again. */
  async attempt(kind: 'forward' | 'replay', delivery: ReceivedDelivery, url: URL) {
    const at = this.clock.now();
    const outcome = await this.sender.post(url, unchanged(delivery), this.stopped.signal);
    const verdict = this.attempts.add(delivery.id, { kind, url: url.href, at, outcome });
    return { outcome, verdict };
  }

  /** Ends the attempts that are under way. */
  dispose(): void {
    this.stopped.abort();
  }
}

function responseIn(outcome: AttemptOutcome): ReceiverResponse {
  if (outcome.kind === 'responded') return { status: outcome.status, body: outcome.body };
  return { status: outcome.kind === 'redirected' ? outcome.status : BAD_GATEWAY, body: '' };
}

const BAD_GATEWAY = 502;
