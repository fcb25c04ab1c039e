import * as vscode from 'vscode';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { isValid } from '../../core/webhooks/delivery';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { Row } from './deliveryRows';
import type { ReceiverControl } from './receiverControl';
import type { WebhooksTree } from './webhooksTree';

export type WebhooksTreeView = vscode.TreeView<Row>;

/** The view "Webhooks": its tree, the line above it, and the number of deliveries that were not seen yet. */
export class WebhooksView extends Disposable {
  private view: WebhooksTreeView | null = null;
  private unseen = 0;

  constructor(
    readonly tree: WebhooksTree,
    private readonly deliveries: Deliveries,
    private readonly control: ReceiverControl,
    private readonly log: Pick<Log, 'error'>,
  ) {
    super();
    // ages in the list change with time
    const aging = setInterval(() => {
      if (this.view?.visible === true && deliveries.all.length > 0) tree.redraw();
    }, 60_000);
    this.register(
      tree,
      {
        dispose: () => {
          clearInterval(aging);
        },
      },
      control.onDidChange(() => {
        this.update();
      }),
      deliveries.onDidChange(() => {
        this.update();
      }),
      deliveries.onDidReceive((delivery) => {
        // through a tunnel anybody can send: only what is signed may ask for attention
        if (isValid(delivery) && this.view?.visible !== true) this.unseen += 1;
      }),
    );
  }

  /** VS Code creates the view before this part is loaded, and it is passed in here. */
  attach(view: WebhooksTreeView): void {
    this.view = view;
    this.register(
      view.onDidChangeVisibility(() => {
        this.update();
      }),
    );
    this.update();
  }

  get selection(): readonly Row[] {
    return this.view?.selection ?? [];
  }

  private update(): void {
    this.show().catch((error: unknown) => {
      this.log.error(error);
    });
  }

  private async show(): Promise<void> {
    const { view } = this;
    if (!view) return;
    if (view.visible) this.unseen = 0;
    view.badge =
      this.unseen === 0
        ? undefined
        : {
            value: this.unseen,
            tooltip:
              this.unseen === 1
                ? vscode.l10n.t('1 new webhook')
                : vscode.l10n.t('{0} new webhooks', this.unseen),
          };
    const message = await this.message();
    if (message === undefined) delete view.message;
    else view.message = message;
  }

  /** One line on what is going on; undefined while nothing is. */
  private async message(): Promise<string | undefined> {
    const { receiver, publicAddress } = this.control;
    if (!receiver) {
      const [port] = await this.control.portsOfOthers();
      return port === undefined
        ? undefined
        : vscode.l10n.t('Another window receives webhooks, on port {0}.', port);
    }
    const { refused, received, notValid } = this.deliveries.counts;
    const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
    return [
      publicAddress
        ? vscode.l10n.t('Receiving at {0}', new URL(publicAddress.url).host)
        : vscode.l10n.t('Receiving on this machine, port {0}', receiver.port),
      ...(received > 0 ? [vscode.l10n.t('{0} received', received)] : []),
      ...(notValid > 0 ? [vscode.l10n.t('{0} not verified', notValid)] : []),
      ...(refusals > 0 ? [vscode.l10n.t('{0} refused', refusals)] : []),
    ].join(' · ');
  }
}
