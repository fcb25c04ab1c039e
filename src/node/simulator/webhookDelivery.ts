import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '../../core/clock';
import { isLoopback } from '../../core/smile/environment';

export interface Webhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Milliseconds that Smile ID waits for a response, as its documentation says. */
const TIMEOUT = 35_000;

/** Sends webhooks, to this machine only. One that fails is not sent again: who receives it is a program under test. */
export class WebhookDeliveries {
  private readonly underWay = new Set<AbortController>();

  constructor(private readonly clock: Clock) {}

  /** @param wait milliseconds, before the webhook is made */
  async send(url: URL, wait: number, make: () => Promise<Webhook>): Promise<void> {
    if (!isLoopback(url)) return;
    const stopped = new AbortController();
    this.underWay.add(stopped);
    try {
      if (wait > 0) await this.clock.sleep(wait, stopped.signal);
      if (!stopped.signal.aborted) await post(url, await make(), stopped.signal);
    } finally {
      this.underWay.delete(stopped);
    }
  }

  stop(): void {
    for (const stopped of this.underWay) stopped.abort();
  }
}

/** Follows no redirect. Resolves also if there is no response. */
function post(url: URL, { body, headers }: Webhook, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { method: 'POST', headers, signal, timeout: TIMEOUT });
    request.on('response', (response) => response.resume());
    request.on('timeout', () => request.destroy());
    request.on('error', () => undefined); // 'close' follows
    request.on('close', resolve);
    request.end(body);
  });
}
