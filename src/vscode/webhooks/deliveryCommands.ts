import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { idsOfJob, type Deliveries, type JobDeliveries } from '../../core/webhooks/deliveries';
import type { Delivery } from '../../core/webhooks/delivery';
import { expectationText } from '../../core/webhooks/attemptReport';
import { outcomeText, replayVerdictText } from '../../core/webhooks/endpointWords';
import { hasPassed, type ComparedAttempt } from '../../core/webhooks/attempts';
import { expectedOf, receivedDelivery, type Forwarding } from '../../core/webhooks/forwarding';
import type { Commands } from '../commands';
import type { CommandId } from '../commandIds';
import type { JobDocuments } from '../jobPanel/jobDocuments';
import type { JobPanels } from '../jobPanel/jobPanels';
import * as notify from '../notify';
import type { CheckSignature } from './checkSignature';
import type { DeliveryDocuments } from './deliveryDocuments';
import { AttemptRow, DeliveryRow, JobRow, type Row } from './deliveryRows';
import type { LocalEndpoint, ProbesEndpoints } from './localEndpoint';
import { showReport, type SendTestWebhook } from './sendTestWebhook';

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
  readonly texts: DeliveryDocuments;
}

/** The commands on a delivery of the view "Webhooks". */
export class DeliveryCommands {
  constructor(private readonly deps: DeliveryDeps) {}

  addCommands(commands: Commands): void {
    const { panels, test } = this.deps;
    commands.add('smile.row.getJobStatus', (row) => this.lookUp(this.job(row)));
    commands.add('smile.row.copyJobId', async (row) => {
      await vscode.env.clipboard.writeText(this.job(row).jobId ?? '');
    });
    const onDelivery = (id: CommandId, run: (delivery: Delivery) => unknown): void => {
      commands.add(id, (row) => run(this.delivery(row)));
    };
    commands.add('smile.openDelivery', (row) =>
      row instanceof AttemptRow
        ? this.showAttempt(row.delivery, row.attempt)
        : this.open(this.delivery(row)),
    );
    onDelivery('smile.compareDelivery', (delivery) => panels.compareDelivery(delivery));
    onDelivery('smile.replayDelivery', (delivery) => this.replay(delivery));
    onDelivery('smile.sendDelivery', (delivery) => test.sendDelivery(delivery));
    onDelivery('smile.checkDelivery', (delivery) => this.deps.signatures.checkDelivery(delivery));
  }

  private job(row: unknown): JobDeliveries {
    const chosen = row ?? this.deps.selection()[0];
    if (chosen instanceof JobRow) return chosen.job;
    throw new HumanError(vscode.l10n.t('Select a job of the view "Webhooks".'));
  }

  /** Requests the status of a job, with the profile whose key signed its webhooks. */
  private async lookUp(shown: JobDeliveries): Promise<void> {
    // an alarm may have come since the row was shown
    const job = this.deps.deliveries.byJob.find(({ key }) => key === shown.key) ?? shown;
    const ids = idsOfJob(job);
    if (!ids || !job.signedBy) {
      throw new HumanError(
        vscode.l10n.t(
          'No webhook of this job can be trusted: see its alarm. Nothing was requested.',
        ),
      );
    }
    await this.deps.panels.show(job.signedBy, ids).refresh();
  }

  /** A menu passes its row, a key nothing. */
  private delivery(row: unknown): Delivery {
    const chosen = row ?? this.deps.selection()[0];
    const delivery =
      chosen instanceof DeliveryRow ? this.deps.deliveries.get(chosen.delivery.number) : undefined;
    if (!delivery) {
      throw new HumanError(
        vscode.l10n.t('This webhook is no longer kept: only the newest ones are.'),
      );
    }
    return delivery;
  }

  private async open(delivery: Delivery): Promise<void> {
    const { kind } = delivery.content;
    if (kind === 'unreadable' || kind === 'unknown') await this.deps.texts.show(delivery);
    else this.deps.panels.showDelivery(delivery);
  }

  /** Sends the same bytes to the developer's endpoint, and says what that shows against the attempt before. */
  private async replay(delivery: Delivery): Promise<void> {
    const { endpoint, probe, forwarding } = this.deps;
    const url = endpoint.url ?? (await endpoint.enter(vscode.l10n.t('Replay Webhook'), probe));
    if (!url) return;
    const attempt = await notify.progress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Sending to {0}', url.host),
      },
      () => forwarding.attempt('replay', receivedDelivery(delivery), url),
    );
    const { outcome, verdict } = attempt;
    const expected = expectedOf(delivery);
    const said = [
      outcomeText(outcome, url),
      ...(verdict === null ? [] : [replayVerdictText(verdict)]),
      // of a delivery that is not verified the status alone does not say whether it is right
      ...(expected === 'accepted' ? [] : [expectationText(outcome, expected) ?? []].flat()),
    ].join(' ');
    const text = vscode.l10n.t('Webhook #{0} to {1}: {2}', delivery.number, url.host, said);
    const show = vscode.l10n.t('Show Response');
    const other = vscode.l10n.t('Other Address…');
    const choice = await (hasPassed(outcome, expected)
      ? notify.info(text, show, other)
      : notify.warn(text, show, other));
    if (choice === show) {
      await this.showAttempt(delivery, attempt);
    } else if (choice === other) {
      if (await endpoint.enter(vscode.l10n.t('Replay Webhook'), probe)) await this.replay(delivery);
    }
  }

  /** What the endpoint responded, and what Smile ID would do next. */
  private async showAttempt(delivery: Delivery, attempt: ComparedAttempt): Promise<void> {
    const { number, api } = delivery;
    const title =
      attempt.kind === 'replay'
        ? vscode.l10n.t('Webhook #{0}, the same bytes', number)
        : vscode.l10n.t('Webhook #{0}, forwarded', number);
    await showReport(this.deps.documents, new URL(attempt.url), [
      { ...attempt, api: api === 'v3' ? 'v3' : 'v1', title, expected: expectedOf(delivery) },
    ]);
  }
}
