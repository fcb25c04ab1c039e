import type { Clock } from '../../core/clock';
import { isAccepted, MAX_TRIES } from '../../core/webhooks/attempts';
import type { Webhook } from '../../core/webhooks/webhook';
import { Endpoint } from '../webhooks/endpoint';

/** Milliseconds between two tries. How long Smile ID waits is not documented: these are the simulator's. */
const RETRY_PAUSES: readonly number[] = [2000, 5000, 10_000];

/**
 * Sends webhooks, to this machine only. One that is not accepted is sent again, three times at most: that is documented for v3,
 * and played for v1, of which only the fact is known. The bytes stay the same, and so does the time in their signature;
 * whether Smile ID signs each try anew is not known.
 */
export class WebhookDeliveries {
  private readonly underWay = new Set<AbortController>();
  private readonly endpoint: Endpoint;

  constructor(private readonly clock: Clock) {
    this.endpoint = new Endpoint(clock);
  }

  /** @param wait milliseconds, before the webhook is made */
  async send(url: URL, wait: number, make: () => Promise<Webhook>): Promise<void> {
    const stopped = new AbortController();
    const { signal } = stopped;
    this.underWay.add(stopped);
    try {
      if (wait > 0) await this.clock.sleep(wait, signal);
      if (!signal.aborted) await this.deliver(url, await make(), signal);
    } finally {
      this.underWay.delete(stopped);
    }
  }

  private async deliver(url: URL, webhook: Webhook, signal: AbortSignal): Promise<void> {
    for (const pause of [...RETRY_PAUSES.slice(0, MAX_TRIES - 1), 0]) {
      const outcome = await this.endpoint.post(url, webhook, signal);
      if (isAccepted(outcome) || outcome.kind === 'not allowed') return;
      if (pause > 0) await this.clock.sleep(pause, signal);
      if (signal.aborted) return;
    }
  }

  stop(): void {
    for (const stopped of this.underWay) stopped.abort();
  }
}
