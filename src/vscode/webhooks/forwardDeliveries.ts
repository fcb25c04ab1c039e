import * as vscode from 'vscode';
import { hasPassed } from '../../core/webhooks/attempts';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { isTrusted, type Delivery } from '../../core/webhooks/delivery';
import { outcomeText } from '../../core/webhooks/endpointWords';
import {
  receivedDelivery,
  type Forwarding,
  type ReceivedDelivery,
} from '../../core/webhooks/forwarding';
import { ANSWER_200, type ReceiverBehavior } from '../../core/webhooks/receiverBehavior';
import type { Commands } from '../commands';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import * as notify from '../notify';
import type { LocalEndpoint, ProbesEndpoints } from './localEndpoint';
import type { ReceiverControl } from './receiverControl';

export interface ForwardDeps {
  readonly deliveries: Deliveries;
  readonly control: ReceiverControl;
  readonly endpoint: LocalEndpoint;
  readonly probe: ProbesEndpoints;
  readonly forwarding: Forwarding;
  readonly log: Log;
}

/** Passes deliveries on to the developer's endpoint as they arrive, while the user wants it. */
export class ForwardDeliveries extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private to: URL | null = null;

  constructor(private readonly deps: ForwardDeps) {
    super();
    this.register(
      deps.deliveries.onDidReceive((delivery) => {
        this.forward(delivery);
      }),
    );
  }

  addCommands(commands: Commands): void {
    commands.add('smile.forwardDeliveries', () => this.start());
    commands.add('smile.stopForwardingDeliveries', this.stop);
  }

  /** Where they go; null if they are not passed on. */
  get url(): URL | null {
    return this.to;
  }

  /** The receiver responds as the endpoint does. Undefined if the user left. */
  async chooseEndpoint(): Promise<ReceiverBehavior | undefined> {
    const url = this.to ?? (await this.enter());
    if (!url) return undefined;
    await this.set(url);
    const { forwarding } = this.deps;
    return {
      ...{ kind: 'endpoint', delayMs: 0 },
      responseTo: (number) => forwarding.responseTo(String(number)),
    };
  }

  private async start(): Promise<void> {
    const url = await this.enter();
    if (!url) return;
    await this.set(url);
    const change = vscode.l10n.t('Change Response…');
    const choice = await notify.info(
      vscode.l10n.t(
        'Webhooks with a valid signature are forwarded to {0} until the window closes. The receiver responds by itself, so a breakpoint of yours causes no retry.',
        url.host,
      ),
      change,
    );
    if (choice === change) await vscode.commands.executeCommand('smile.setWebhookResponse');
  }

  readonly stop = (): Promise<void> => this.set(null);

  private enter(): Promise<URL | undefined> {
    return this.deps.endpoint.enter(vscode.l10n.t('Forward Webhooks'), this.deps.probe);
  }

  private async set(url: URL | null): Promise<void> {
    const { control } = this.deps;
    this.to = url;
    if (url === null && control.receiver?.behavior.kind === 'endpoint') {
      control.respondWith(control.receiver, ANSWER_200);
    }
    await vscode.commands.executeCommand('setContext', 'smile.forwardingWebhooks', url !== null);
    this.changed.fire();
  }

  /** Through a tunnel anybody can send, so only what Smile ID signed reaches the developer's endpoint by itself. */
  private forward({ number, ...delivery }: Delivery): void {
    const { to } = this;
    const { deliveries, forwarding } = this.deps;
    if (!to || !isTrusted(delivery)) return;
    const wanted = (): ReceivedDelivery | null => {
      const kept = this.to === to ? deliveries.get(number) : undefined;
      return kept ? receivedDelivery(kept) : null;
    };
    forwarding
      .forward(String(number), wanted, to)
      .then((attempt) => {
        if (attempt && !hasPassed(attempt.outcome)) {
          const text = outcomeText(attempt.outcome, to);
          notify.flash(vscode.l10n.t('Webhook #{0}: {1}', number, text));
        }
      })
      .catch((error: unknown) => {
        this.deps.log.error(error);
      });
  }
}
