import * as assert from 'node:assert/strict';
import { startWebhookReceiver } from '../../src/node/webhooks/receiver';
import { deliveryText } from '../../src/core/webhooks/deliveryText';
import type { Log } from '../../src/vscode/log';
import type { StoredReceiver } from '../../src/vscode/storage/stores';
import { DeliveryDocuments } from '../../src/vscode/webhooks/deliveryDocuments';
import { ReceiverControl } from '../../src/vscode/webhooks/receiverControl';
import { MemoryLog, MemoryStore } from '../support/fakes';
import { arrivalOf, newDeliveries } from '../support/webhooks';

describe('The receiver of a window', () => {
  it('is seen by other windows, however fast it is stopped and started', async () => {
    const stored = new MemoryStore<StoredReceiver>();
    const control = new ReceiverControl({
      start: startWebhookReceiver,
      deliveries: newDeliveries().deliveries,
      port: () => 0,
      stored,
      isProcessRunning: () => true,
      log: new MemoryLog() as unknown as Log,
    });
    await control.start();
    const [, first, , second] = await Promise.all([
      control.stop(),
      control.start(),
      control.stop(),
      control.start(),
      control.start(),
    ]);
    assert.notEqual(first, second);
    assert.deepEqual(
      [control.receiver, [...(await stored.list()).values()].map(({ port }) => port)],
      [second, [second.port]],
    );
    await Promise.all([control.forget(), control.start(), control.dispose()]);
    assert.deepEqual([control.receiver, (await stored.list()).size], [null, 0]);
  });

  it('opens no text of a delivery that is deleted while the text is made', async () => {
    const { deliveries } = newDeliveries();
    const opened: string[] = [];
    const documents = new DeliveryDocuments(deliveries, {
      open: (panel) => Promise.resolve(void opened.push(panel)),
      drop: () => undefined,
    });
    const { isRead } = deliveries.receive(arrivalOf('no JSON'));
    await isRead;
    const [delivery = assert.fail()] = deliveries.all;
    assert.ok((await deliveryText(delivery)).personal.endsWith('no JSON'));
    const showing = documents.show(delivery);
    deliveries.clear();
    await showing;
    assert.deepEqual(opened, []);
    documents.dispose();
  });
});
