import * as vscode from 'vscode';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { isValid } from '../../core/webhooks/delivery';
import { reachText } from '../../core/webhooks/publicAddress';
import { ANSWER_200 } from '../../core/webhooks/receiverBehavior';
import { behaviorWords, refusedWords } from '../../core/webhooks/receiverWords';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { Row } from './deliveryRows';
import type { ForwardDeliveries } from './forwardDeliveries';
import type { ReceiverControl } from './receiverControl';
import type { WebhooksTree } from './webhooksTree';

export type WebhooksTreeView = vscode.TreeView<Row>;

/** The view "Webhooks": its tree, what stands beside its title and above it, and the number of deliveries that were not seen yet. */
export class WebhooksView extends Disposable {
  private view: WebhooksTreeView | null = null;
  private unseen = 0;
  /** Of the latest call of `show`. */
  private turn = 0;

  constructor(
    readonly tree: WebhooksTree,
    private readonly deliveries: Deliveries,
    private readonly control: ReceiverControl,
    private readonly forward: ForwardDeliveries,
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
      forward.onDidChange(() => {
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
    view.message = this.message();
    const turn = ++this.turn;
    const place = await this.place();
    if (turn === this.turn) view.description = place ?? '';
  }

  /** Where it receives, beside the title: VS Code shows no welcome text below a message. */
  private async place(): Promise<string | undefined> {
    const { receiver, publicAddress } = this.control;
    if (publicAddress) return new URL(publicAddress.url).host;
    if (receiver) return vscode.l10n.t('port {0}', receiver.port);
    const [port] = await this.control.portsOfOthers();
    return port === undefined ? undefined : vscode.l10n.t('port {0}, in another window', port);
  }

  /** What is not as usual; empty while everything is. */
  private message(): string {
    const { receiver, publicAddress } = this.control;
    const kept = this.deliveries.all.length;
    if (!receiver) return kept > 0 ? vscode.l10n.t('The receiver is off.') : '';
    const { refused, received } = this.deliveries.counts;
    const reach = publicAddress?.reach;
    const refusals = refusedWords(refused);
    const { behavior } = receiver;
    const { url } = this.forward;
    return [
      ...(reach === undefined || reach === 'reached' || reach === 'not tested'
        ? []
        : [reachText(reach)]),
      ...(behavior === ANSWER_200
        ? []
        : [vscode.l10n.t('Response: {0}.', behaviorWords(behavior))]),
      ...(url ? [vscode.l10n.t('Forwarding to {0}.', url.host)] : []),
      ...(kept > 0 && received > kept
        ? [vscode.l10n.t('{0} received, {1} kept.', received, kept)]
        : []),
      ...(refusals === '' ? [] : [vscode.l10n.t('Refused: {0}.', refusals)]),
    ].join(' ');
  }
}
