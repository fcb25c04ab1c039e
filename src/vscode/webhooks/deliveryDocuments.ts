import * as vscode from 'vscode';
import type { Deliveries } from '../../core/webhooks/deliveries';
import type { Delivery } from '../../core/webhooks/delivery';
import { deliveryText } from '../../core/webhooks/deliveryText';
import { Disposable } from '../disposable';
import type { JobDocuments } from '../jobPanel/jobDocuments';

/** Deliveries that no panel can show, as texts. They live as long as their deliveries are kept. */
export class DeliveryDocuments extends Disposable {
  private readonly open = new Set<number>();

  constructor(
    private readonly deliveries: Deliveries,
    private readonly documents: Pick<JobDocuments, 'open' | 'drop'>,
  ) {
    super();
    this.register(
      deliveries.onDidChange(() => {
        for (const number of this.open) if (!deliveries.get(number)) this.drop(number);
      }),
    );
  }

  async show(delivery: Delivery): Promise<void> {
    const { number } = delivery;
    const { redacted, personal: content } = await deliveryText(delivery);
    if (!this.deliveries.get(number)) return; // it was deleted meanwhile
    this.open.add(number);
    const name = vscode.l10n.t('Webhook {0}', number);
    await this.documents.open(panelOf(number), { part: 'text', name, content, redacted });
  }

  private drop(number: number): void {
    this.open.delete(number);
    this.documents.drop(panelOf(number));
  }
}

const panelOf = (number: number): string => `webhook-${number}`;
