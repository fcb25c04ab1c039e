import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { attemptReport } from '../../core/webhooks/attemptReport';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { isTrusted, type Delivery } from '../../core/webhooks/delivery';
import { outcomeText, replayVerdictText } from '../../core/webhooks/endpointWords';
import { hasPassed } from '../../core/webhooks/attempts';
import type { Forwarding } from '../../core/webhooks/forwarding';
import type { Commands } from '../commands';
import type { CommandId } from '../commandIds';
import { Disposable } from '../disposable';
import type { JobDocuments } from '../jobPanel/jobDocuments';
import type { JobPanels } from '../jobPanel/jobPanels';
import type { Log } from '../log';
import * as notify from '../notify';
import type { CheckSignature } from './checkSignature';
import { DeliveryRow, type Row } from './deliveryRows';
import type { LocalEndpoint, ProbesEndpoints } from './localEndpoint';
import { REPORTS, type SendTestWebhook } from './sendTestWebhook';

export interface DeliveryDeps {
  readonly deliveries: Deliveries;
  readonly selection: () => readonly Row[];
  readonly panels: JobPanels;
  readonly endpoint: LocalEndpoint;
  readonly probe: ProbesEndpoints;
  readonly forwarding: Forwarding;
  readonly test: SendTestWebhook;
  readonly signatures: Pick<CheckSignature, 'checkDelivery'>;
  readonly documents: Pick<JobDocuments, 'open'>;
  readonly log: Log;
}

/** The commands on a delivery of the view "Webhooks". */
export class DeliveryCommands extends Disposable {
  /** Where deliveries are passed on to as they arrive. */
  private forwardTo: URL | null = null;

  constructor(private readonly deps: DeliveryDeps) {
    super();
    this.register(
      deps.deliveries.onDidReceive((delivery) => {
        this.forward(delivery);
      }),
    );
  }

  addCommands(commands: Commands): void {
    const { panels, test } = this.deps;
    const onDelivery = (id: CommandId, run: (delivery: Delivery) => unknown): void => {
      commands.add(id, (row) => run(this.delivery(row)));
    };
    onDelivery('smile.openDelivery', (delivery) => panels.showDelivery(delivery));
    onDelivery('smile.compareDelivery', (delivery) => panels.compareDelivery(delivery));
    onDelivery('smile.replayDelivery', (delivery) => this.replay(delivery));
    onDelivery('smile.sendDelivery', (delivery) => test.sendDelivery(delivery));
    onDelivery('smile.checkDelivery', (delivery) => this.deps.signatures.checkDelivery(delivery));
    commands.add('smile.forwardDeliveries', () => this.chooseForwarding());
    commands.add('smile.stopForwardingDeliveries', () => this.setForwarding(null));
  }

  /** A menu passes its row, a key nothing. */
  private delivery(row: unknown): Delivery {
    const chosen = row ?? this.deps.selection()[0];
    const delivery =
      chosen instanceof DeliveryRow ? this.deps.deliveries.get(chosen.delivery.number) : undefined;
    if (!delivery) {
      throw new HumanError(
        vscode.l10n.t('This delivery is no longer kept: only the newest ones are.'),
      );
    }
    return delivery;
  }

  /** Sends the same bytes to the developer's endpoint, and says what that shows against the attempt before. */
  private async replay(delivery: Delivery): Promise<void> {
    const { endpoint, probe, forwarding, documents } = this.deps;
    const url = endpoint.url ?? (await endpoint.enter(vscode.l10n.t('Replay Delivery'), probe));
    if (!url) return;
    const at = new Date();
    const { outcome, verdict } = await notify.progress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Sending to {0}', url.host),
      },
      () => forwarding.attempt('replay', withId(delivery), url),
    );
    const text = [
      outcomeText(outcome, url),
      ...(verdict === null ? [] : [replayVerdictText(verdict)]),
    ].join(' ');
    const show = vscode.l10n.t('Show Response');
    const other = vscode.l10n.t('Other Address…');
    const choice = await (hasPassed(outcome)
      ? notify.info(text, show, other)
      : notify.warn(text, show, other));
    if (choice === show) {
      const api = delivery.api === 'v3' ? 'v3' : 'v1';
      const title = vscode.l10n.t('Delivery #{0}, the same bytes', delivery.number);
      await documents.open(REPORTS, {
        part: 'text',
        name: vscode.l10n.t('Replay'),
        content: attemptReport(url, [{ api, title, at, outcome, expected: 'accepted', verdict }]),
      });
    } else if (choice === other) {
      if (await endpoint.enter(vscode.l10n.t('Replay Delivery'), probe))
        await this.replay(delivery);
    }
  }

  private async chooseForwarding(): Promise<void> {
    const { endpoint, probe } = this.deps;
    const url = await endpoint.enter(vscode.l10n.t('Forward Deliveries'), probe);
    if (url) await this.setForwarding(url);
  }

  private async setForwarding(url: URL | null): Promise<void> {
    this.forwardTo = url;
    await vscode.commands.executeCommand('setContext', 'smile.forwardingWebhooks', url !== null);
    if (url) {
      void notify.info(
        vscode.l10n.t(
          'Deliveries with a valid signature are passed on to {0} until the window closes. The receiver responds by itself.',
          url.host,
        ),
      );
    }
  }

  /** Through a tunnel anybody can send, so only what Smile ID signed reaches the developer's endpoint by itself. */
  private forward(delivery: Delivery): void {
    const { forwardTo } = this;
    if (!forwardTo || !isTrusted(delivery)) return;
    this.deps.forwarding
      .attempt('forward', withId(delivery), forwardTo)
      .then(({ outcome }) => {
        if (!hasPassed(outcome)) {
          notify.flash(
            vscode.l10n.t('Delivery #{0}: {1}', delivery.number, outcomeText(outcome, forwardTo)),
          );
        }
      })
      .catch((error: unknown) => {
        this.deps.log.error(error);
      });
  }
}

const withId = ({ number, body, headers }: Delivery) => ({ id: String(number), body, headers });
