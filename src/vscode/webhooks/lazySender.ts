import type { WebhookSender } from '../../core/webhooks/forwarding';
import type { ProbesEndpoints } from './localEndpoint';

type Sender = WebhookSender & ProbesEndpoints;

/** A sender whose part is loaded when it is first used. */
export class LazySender implements Sender {
  private made: Promise<Sender> | null = null;

  constructor(private readonly make: () => Promise<Sender>) {}

  async post(...args: Parameters<Sender['post']>): ReturnType<Sender['post']> {
    return (await this.get()).post(...args);
  }

  async health(...args: Parameters<Sender['health']>): ReturnType<Sender['health']> {
    return (await this.get()).health(...args);
  }

  private get(): Promise<Sender> {
    this.made ??= this.make().catch((error: unknown) => {
      this.made = null; // a file may be missing while VS Code replaces the extension: the next call tries again
      throw error;
    });
    return this.made;
  }
}
