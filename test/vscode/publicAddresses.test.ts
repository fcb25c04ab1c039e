import * as assert from 'node:assert/strict';
import { HttpFailure } from '../../src/core/smile/http';
import type { HttpClient } from '../../src/core/smile/http';
import { startWebhookReceiver } from '../../src/node/webhooks/receiver';
import type { Log } from '../../src/vscode/log';
import type { StoredReceiver } from '../../src/vscode/storage/stores';
import { PublicAddresses } from '../../src/vscode/webhooks/publicAddresses';
import { ReceiverControl } from '../../src/vscode/webhooks/receiverControl';
import { MemoryLog, MemoryStore, response, SteppedClock } from '../support/fakes';
import { recordScreen } from '../support/screen';
import { send } from '../support/send';
import { until } from '../support/until';
import { newDeliveries } from '../support/webhooks';

const HOST = 'acme.example.dev';
const MINUTE = 60_000;

describe('The public address of the receiver', () => {
  const ending: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0)) await end();
  });

  /** A receiver behind a tunnel, which a test can let fall asleep. */
  const build = async () => {
    const log = new MemoryLog() as unknown as Log;
    const control = new ReceiverControl({
      start: startWebhookReceiver,
      deliveries: newDeliveries().deliveries,
      port: () => 0,
      stored: new MemoryStore<StoredReceiver>(),
      isProcessRunning: () => false,
      log,
    });
    const { port } = await control.start();
    const tunnel = { isAwake: true, requests: 0 };
    const http: HttpClient = {
      send: async ({ method, url }) => {
        tunnel.requests += 1;
        if (!tunnel.isAwake) throw new HttpFailure('refused', 'no tunnel');
        const { host, pathname } = new URL(url);
        const to = `http://127.0.0.1:${port}${pathname}`;
        const { status = 0, body } = await send(to, { method, headers: { Host: host } });
        return response(body, status);
      },
    };
    const clock = new SteppedClock();
    const addresses = new PublicAddresses(control, http, () => false, log, clock);
    ending.push(
      () => {
        addresses.dispose();
      },
      () => control.stop(),
    );
    return { control, addresses, tunnel, clock };
  };

  /** The user enters an address, and presses this button in what follows. */
  const enter = async (addresses: PublicAddresses, address: string, button?: string) => {
    const screen = recordScreen({
      pick: (items) => items.find(({ label }) => label.includes('Enter a Public Address')),
      type: () => address,
      press: (_text, buttons) => buttons.find((label) => label === button),
    });
    try {
      await addresses.offer();
    } finally {
      screen.stop();
    }
    return screen.texts.at(-1)?.text;
  };

  it('is what a sender gets once it is entered, and is tested over HTTPS', async () => {
    const { control, addresses, tunnel } = await build();
    const local = control.url;
    assert.equal(
      await enter(addresses, `https://${HOST}`),
      `${HOST}: The address leads to this window.`,
    );
    assert.deepEqual(
      [control.url, control.publicAddress?.reach, tunnel.requests],
      [`https://${HOST}${new URL(local ?? '').pathname}`, 'reached', 1],
    );
    await control.stop();
    assert.deepEqual([control.url, control.publicAddress], [null, null]);
  });

  it('is used only on purpose if others can see there what is sent', async () => {
    const { control, addresses, tunnel } = await build();
    const local = control.url;
    const warning =
      'Others may see what is sent to acme.smee.io. Time and signature of a webhook can sign requests in your name while they are fresh.';
    assert.equal(await enter(addresses, 'https://acme.smee.io'), warning);
    assert.deepEqual([control.url, tunnel.requests], [local, 0]);
    await enter(addresses, 'https://acme.smee.io', 'Use It');
    assert.equal(new URL(control.url ?? '').host, 'acme.smee.io');
  });

  it('is tested again after the clock jumped by more than a minute, on or back, and not else', async () => {
    const { addresses, control, tunnel, clock } = await build();
    await enter(addresses, `https://${HOST}`);
    tunnel.requests = 0;
    let results = 0;
    const counting = control.onDidChange(() => (results += 1));
    const screen = recordScreen();
    ending.push(() => {
      screen.stop();
      counting.dispose();
    });
    /** One check of the clock that passed in a wait that was longer or shorter than it should be. */
    const check = async (jump: number): Promise<void> => {
      clock.set(jump);
      clock.step();
      await until('the next wait', () => (clock.waiting === 1 ? true : undefined));
    };
    for (const jump of [0, MINUTE, -MINUTE, 0]) await check(jump);
    assert.equal(tunnel.requests, 0);
    await check(MINUTE + 1);
    await check(-MINUTE - 1);
    assert.equal(tunnel.requests, 2);
    await until('both results', () => results === 2 || undefined);
    // nothing is wrong
    assert.deepEqual([control.publicAddress?.reach, screen.texts], ['reached', []]);
    tunnel.isAwake = false;
    await check(8 * 60 * MINUTE);
    const { text } = await until('a warning', () => screen.texts[0]);
    assert.equal(
      text,
      `${HOST}: There is no response from this window: the tunnel is off or asleep.`,
    );
    assert.equal(control.publicAddress?.reach, 'no response');
  });

  it('is not tested after a jump while there is none', async () => {
    const { tunnel, clock, addresses } = await build();
    clock.set(8 * 60 * MINUTE);
    clock.step();
    await until('the next wait', () => (clock.waiting === 1 ? true : undefined));
    assert.equal(tunnel.requests, 0);
    addresses.dispose();
    assert.equal(clock.waiting, 0);
  });
});
