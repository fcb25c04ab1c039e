import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Signature } from 'smile-identity-core';
import { systemClock } from '../../src/core/clock';
import { line } from '../../src/core/logger';
import { SmileClient } from '../../src/core/smile/client';
import { v3PartnerId } from '../../src/core/smile/environment';
import type { Deliveries, Refusal } from '../../src/core/webhooks/deliveries';
import type { SigningKey } from '../../src/core/webhooks/delivery';
import type { ReceiverLimits, WebhookReceiver } from '../../src/core/webhooks/webhookReceiver';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import { v3Outcome } from '../../src/node/simulator/v3Outcomes';
import { jobIdOfOutcome } from '../../src/node/simulator/v3Scenarios';
import { startWebhookReceiver } from '../../src/node/webhooks/receiver';
import { FakeClock, MemoryLog } from '../support/fakes';
import { send } from '../support/send';
import { until } from '../support/until';
import {
  CLEAR,
  JOB_ID,
  newDeliveries,
  PROFILE,
  TIME,
  v1Body,
  v3Headers,
} from '../support/webhooks';

const MB = 1024 * 1024;
const TUNNEL = 'acme-8080.example.dev';

/** As the log of the extension: errors go through redaction. */
class RedactedLog extends MemoryLog {
  override error(error: unknown): void {
    this.lines.push(line`${error}`.text);
  }
}

describe('The webhook receiver', () => {
  const stopping: (() => unknown)[] = [];
  let deliveries: Deliveries;
  let receiver: WebhookReceiver;
  const hosts = new Set<string>();
  const log = new RedactedLog();

  async function start(
    limits: Partial<ReceiverLimits> = {},
    store: Deliveries = newDeliveries().deliveries,
    port = 0,
  ) {
    return await startWebhookReceiver({
      ...{
        port,
        deliveries: store,
        publicHosts: hosts,
        clock: new FakeClock(),
        logger: log,
        limits,
      },
    });
  }

  async function use(limits?: Partial<ReceiverLimits>, store = newDeliveries().deliveries) {
    const started = await start(limits, store);
    assert.ok(started.kind === 'running');
    deliveries = store;
    ({ receiver } = started);
    stopping.push(() => started.receiver.stop());
  }

  beforeEach(() => use());
  afterEach(async () => {
    await Promise.all(stopping.splice(0).map((stop) => stop()));
    hosts.clear();
  });

  const first = () => until('a delivery', () => deliveries.all[0]);

  /** What was refused, once there is something. */
  const refused = (): Promise<Partial<Record<Refusal, number>>> =>
    until('a refusal', () => {
      const counts = Object.entries(deliveries.counts.refused).filter(([, count]) => count > 0);
      return counts.length > 0 ? Object.fromEntries(counts) : undefined;
    });

  /** A connection on which a test sends what it wants. */
  async function open(): Promise<{ socket: Socket; received: Promise<string> }> {
    const socket = connect(receiver.port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', () => undefined); // it may be reset
    const closed = once(socket, 'close').then(() => received);
    stopping.push(() => socket.destroy());
    await once(socket, 'connect');
    return { socket, received: closed };
  }

  const headOf = (more: string): string =>
    `POST ${receiver.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;

  it('keeps what comes, byte for byte and with all headers, and answers with 200', async () => {
    const body = `\ufeff ${JSON.stringify(CLEAR)}\r\n`;
    const headers = {
      ...(await v3Headers()),
      'X-Twice': ['a', 'b'],
      Host: `localhost:${receiver.port}`,
    };
    const reply = await send(receiver.url, { headers, body });
    const delivery = await first();
    assert.deepEqual([reply.status, reply.body], [200, '']);
    assert.deepEqual(
      [Buffer.from(delivery.body).toString(), delivery.headers['x-twice'], delivery.jobId],
      [body, 'a, b', JOB_ID],
    );
    assert.deepEqual(
      [
        delivery.signature,
        delivery.signedBy,
        delivery.answer,
        delivery.notes.map(({ kind }) => kind),
      ],
      ['valid', PROFILE, { kind: 'status', status: 200, afterMs: 0 }, ['content type']],
    );
  });

  it('has a secret path of 128 random bits, which is another one in each window', async () => {
    const other = await start();
    assert.ok(other.kind === 'running');
    stopping.push(() => other.receiver.stop());
    assert.match(receiver.url, /^http:\/\/127\.0\.0\.1:\d+\/[\da-f]{32}$/);
    assert.notEqual(receiver.path, other.receiver.path);
    assert.equal((await send(`${receiver.url}/?from=portal`)).status, 200);
  });

  it('keeps the path of an earlier one if that is wanted', async () => {
    const options = {
      port: 0,
      deliveries,
      publicHosts: hosts,
      clock: new FakeClock(),
      logger: log,
    };
    const again = await startWebhookReceiver({ ...options, path: receiver.path });
    assert.ok(again.kind === 'running');
    stopping.push(() => again.receiver.stop());
    assert.equal(again.receiver.path, receiver.path);
    assert.equal((await send(again.receiver.url)).status, 200);
  });

  it('says the same at every other path, as if there were nothing', async () => {
    const origin = new URL(receiver.url).origin;
    const secret = receiver.path.slice(1);
    const paths = [
      ...['/', '', '/webhooks', `/${secret.toUpperCase()}x`, `/${secret.slice(1)}`, `/${secret}0`],
      ...[`//${secret}`, `/a/${secret}`, `/${secret}/a`, `/${secret}/self-test/a`, '/self-test/a'],
    ];
    const replies = await Promise.all(
      paths.flatMap((path) =>
        ['GET', 'POST'].map(async (method) => {
          const { status, body, headers } = await send(`${origin}${path}`, { method });
          return [status, body, Object.keys(headers)];
        }),
      ),
    );
    assert.deepEqual(
      replies.filter((reply) => JSON.stringify(reply) !== JSON.stringify(replies[0])),
      [],
    );
    assert.deepEqual(
      [replies[0]?.slice(0, 2), await refused()],
      [[404, 'Not found.'], { path: 22 }],
    );
  });

  it('takes POST only', async () => {
    const statuses = await Promise.all(
      ['GET', 'PUT', 'DELETE', 'OPTIONS'].map(
        async (method) => (await send(receiver.url, { method })).status,
      ),
    );
    assert.deepEqual([statuses, await refused()], [[405, 405, 405, 405], { method: 4 }]);
  });

  it('answers under the names of this machine, and under public addresses that were entered', async () => {
    const statusAt = async (host: string) =>
      (await send(receiver.url, { headers: { host } })).status;
    const names = [
      'localhost',
      `127.0.0.1:${receiver.port}`,
      '[::1]',
      TUNNEL,
      `${TUNNEL}:443`,
      'evil.example',
    ];
    assert.deepEqual(await Promise.all(names.map(statusAt)), [200, 200, 200, 403, 403, 403]);
    hosts.add(TUNNEL);
    assert.deepEqual(
      await Promise.all(
        [...names, TUNNEL.toUpperCase(), `x.${TUNNEL}`, `${TUNNEL}.x`].map(statusAt),
      ),
      [200, 200, 200, 200, 200, 403, 200, 403, 403],
    );
    assert.deepEqual(await refused(), { host: 6 });
  });

  it('answers no request that a web page sends, whatever its origin', async () => {
    hosts.add(TUNNEL);
    const origins = ['https://evil.example', 'null', `https://${TUNNEL}`, 'http://localhost'];
    const statuses = await Promise.all(
      origins.map(
        async (origin) => (await send(receiver.url, { headers: { origin, host: TUNNEL } })).status,
      ),
    );
    assert.deepEqual([statuses, await refused()], [[403, 403, 403, 403], { origin: 4 }]);
  });

  it('answers before the signature is checked', async () => {
    const never = new Promise<readonly SigningKey[]>(() => undefined);
    await use({}, newDeliveries({ keys: () => never }).deliveries);
    const reply = await send(receiver.url, {
      headers: await v3Headers(),
      body: JSON.stringify(CLEAR),
    });
    assert.deepEqual([reply.status, deliveries.all, deliveries.counts.received], [200, [], 1]);
  });

  it('answers with any status, also after a delay, and keeps the delivery all the same', async () => {
    const behaviors = [
      { kind: 'answer', status: 500, delayMs: 0 },
      { kind: 'answer', status: 204, delayMs: 5 },
      { kind: 'answer', status: 302, delayMs: 0 },
    ] as const;
    for (const behavior of behaviors) {
      receiver.behavior = behavior;
      assert.equal((await send(receiver.url)).status, behavior.status);
    }
    await until('all of them', () => deliveries.all[2]);
    assert.deepEqual(
      deliveries.all.map(({ answer }) => answer?.kind === 'status' && answer.status),
      [302, 204, 500],
    );
    for (const [status, delayMs] of [
      [100, 0],
      [600, 0],
      [200.5, 0],
      [200, -1],
      [200, Infinity],
    ]) {
      assert.throws(() => {
        receiver.behavior = { kind: 'answer', status: status ?? 0, delayMs: delayMs ?? 0 };
      }, RangeError);
    }
  });

  it('ends the connection without an answer if that is wanted', async () => {
    receiver.behavior = { kind: 'drop', delayMs: 0 };
    await assert.rejects(send(receiver.url), { code: 'ECONNRESET' });
    const { answer } = await until('the end', () =>
      deliveries.all.find((each) => each.answer !== null),
    );
    assert.equal(answer?.kind, 'dropped');
  });

  it('answers as the endpoint does that a delivery is passed on to, and by itself if it is not', async () => {
    let isRead = false;
    const answers = [{ status: 422, body: 'no' }, null];
    receiver.behavior = {
      ...{ kind: 'endpoint', delayMs: 0 },
      responseTo: (number) => {
        isRead = deliveries.get(number) !== undefined;
        return Promise.resolve(answers.shift() ?? null);
      },
    };
    const replies = [await send(receiver.url), await send(receiver.url)];
    assert.deepEqual(
      [replies.map(({ status, body }) => [status, body]), isRead],
      [
        [
          [422, 'no'],
          [200, ''],
        ],
        true,
      ],
    );
    assert.deepEqual(
      deliveries.all.map(({ answer }) => answer?.kind === 'status' && answer.status),
      [200, 422],
    );
  });

  it('does not answer a sender that left before the endpoint did', async () => {
    const answers: (() => void)[] = [];
    receiver.behavior = {
      ...{ kind: 'endpoint', delayMs: 0 },
      responseTo: () =>
        new Promise((resolve) => {
          answers.push(() => {
            resolve({ status: 200, body: '' });
          });
        }),
    };
    const { socket } = await open();
    socket.write(headOf('Content-Length: 2\r\n') + '{}');
    const answer = await until('the endpoint', () => answers[0]);
    socket.destroy();
    await until('the end', () => deliveries.all.find((each) => each.answer !== null));
    answer();
    receiver.behavior = { kind: 'answer', status: 200, delayMs: 0 };
    await send(receiver.url);
    assert.equal(deliveries.get(1)?.answer?.kind, 'client left');
  });

  it('knows of a sender that did not wait for the answer', async () => {
    receiver.behavior = { kind: 'answer', status: 200, delayMs: 60_000 };
    const { socket } = await open();
    socket.write(headOf('Content-Length: 2\r\n') + '{}');
    await first();
    socket.destroy();
    const { answer } = await until('the end', () =>
      deliveries.all.find((each) => each.answer !== null),
    );
    assert.equal(answer?.kind, 'client left');
  });

  it('counts the retries that come', async () => {
    receiver.behavior = { kind: 'answer', status: 503, delayMs: 0 };
    const body = JSON.stringify(await v1Body({ ResultCode: '0810' }));
    for (let attempt = 0; attempt < 4; attempt += 1) await send(receiver.url, { body });
    await until('all of them', () => deliveries.all[3]);
    assert.deepEqual([deliveries.counts.repeats, deliveries.counts.alarms], [3, 0]);
  });

  it('keeps a body that is not JSON, or not called so, and says it', async () => {
    await send(receiver.url, { body: '{"a":', headers: { 'Content-Type': 'text/html' } });
    const { content, notes, body } = await first();
    assert.deepEqual(
      [content.kind, notes.map(({ kind }) => kind), Buffer.from(body).toString()],
      ['unreadable', ['content type', 'unreadable'], '{"a":'],
    );
  });

  it('takes a body of 10 MB, and refuses one that has a byte more', async () => {
    const most = new Uint8Array(10 * MB).fill(0x20);
    assert.equal((await send(receiver.url, { body: most })).status, 200);
    assert.equal((await first()).body.length, 10 * MB);
    const { socket, received } = await open();
    socket.end(headOf(`Content-Length: ${10 * MB + 1}\r\nConnection: close\r\n`));
    assert.match(await received, /^HTTP\/1\.1 413 /);
    // the same without saying before how much it is
    const chunked = await send(receiver.url, {
      ...{ headers: { 'Transfer-Encoding': 'chunked' }, body: new Uint8Array(10 * MB + 1) },
    });
    assert.deepEqual([chunked.status, await refused()], [413, { 'too large': 2 }]);
    assert.equal(deliveries.counts.received, 1);
  });

  it('refuses what is too much at the same time, until there is room again', async () => {
    await use({ bytesAtOnce: 1000 });
    const { socket } = await open();
    socket.write(headOf('Content-Length: 900\r\n') + 'x'.repeat(800));
    const tried = () => send(receiver.url, { body: 'y'.repeat(300) });
    await until('no room', async () => ((await tried()).status === 503 ? true : undefined));
    socket.write('x'.repeat(100));
    await until('room', async () => ((await tried()).status === 200 ? true : undefined));
    assert.equal(
      deliveries.all.some(({ body }) => body.length === 900),
      true,
    );
  });

  it('counts senders that leave in the middle, and keeps nothing of them', async () => {
    for (const start of ['Content-Length: 100\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const { socket } = await open();
      socket.write(headOf(start) + '5\r\n{"a":\r\n');
      socket.end();
    }
    const { socket } = await open();
    socket.end('POST /half-a-request');
    await until('all of them', () => (deliveries.counts.refused.aborted === 3 ? true : undefined));
    assert.deepEqual([deliveries.counts.received, await refused()], [0, { aborted: 3 }]);
  });

  it('ends connections that are silent, slow in their headers, or slow in their body', async () => {
    await use({ headersMs: 40, requestMs: 80, checkMs: 10 });
    for (const start of ['', 'POST / HTTP/1.1\r\nHo', headOf('Content-Length: 10\r\n') + '{']) {
      const { socket, received } = await open();
      socket.write(start);
      assert.match(await received, /^HTTP\/1\.1 408 /);
    }
    assert.deepEqual([deliveries.counts.received, await refused()], [0, { slow: 3 }]);
  });

  it('ends connections that do not speak HTTP', async () => {
    for (const start of [
      '\x16\x03\x01\x02\x00\x01\x00',
      'hello\r\n\r\n',
      headOf(`X: ${'y'.repeat(20_000)}\r\n`),
    ]) {
      const { socket, received } = await open();
      socket.write(start);
      assert.match(await received, /^HTTP\/1\.1 4\d\d /);
    }
    assert.deepEqual(await refused(), { 'not HTTP': 3 });
  });

  it('shows that an address leads to it: only for a test that was made, and not by an echo', async () => {
    const { path, reply } = receiver.newSelfTest();
    const { origin } = new URL(receiver.url);
    const { status, body } = await send(`${origin}${path}`, { method: 'GET' });
    assert.deepEqual([status, body, path.includes(reply)], [200, reply, false]);
    hosts.add(TUNNEL);
    const publicly = await send(`${origin}${path}`, { method: 'GET', headers: { host: TUNNEL } });
    assert.equal(publicly.body, reply);
    const other = path.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    assert.equal((await send(`${origin}${other}`, { method: 'GET' })).status, 404);
    for (let count = 0; count < 20; count += 1) receiver.newSelfTest();
    assert.equal((await send(`${origin}${path}`, { method: 'GET' })).status, 404);
    assert.equal(deliveries.counts.received, 0);
  });

  it('says that its port is taken, or what else is wrong with it', async () => {
    const taken = await start({}, deliveries, receiver.port);
    assert.deepEqual(taken, { kind: 'port taken' });
    const wrong = await start({}, deliveries, 70_000);
    assert.deepEqual(wrong, { kind: 'failed', code: 'ERR_SOCKET_BAD_PORT' });
  });

  it('ends at once, with the requests under way, and frees its port', async () => {
    receiver.behavior = { kind: 'answer', status: 200, delayMs: 60_000 };
    const { socket, received } = await open();
    socket.write(headOf('Content-Length: 2\r\n') + '{}');
    const idle = await open();
    await first();
    await Promise.all([receiver.stop(), receiver.stop()]);
    assert.deepEqual(await Promise.all([received, idle.received]), ['', '']);
    const { answer } = await until('the end', () =>
      deliveries.all.find((each) => each.answer !== null),
    );
    assert.equal(answer?.kind, 'dropped');
    const again = await start({}, deliveries, receiver.port);
    assert.ok(again.kind === 'running');
    await again.receiver.stop();
  });

  it('answers and counts each of many deliveries, and keeps the newest 200 that are signed', async () => {
    const COUNT = 300;
    const statuses = new Map<number | undefined, number>();
    const headers = await Promise.all(
      Array.from({ length: COUNT }, (_, second) =>
        v3Headers(new Date(Date.parse(TIME) + second * 1000).toISOString()),
      ),
    );
    const body = JSON.stringify({ ...CLEAR, message: 'x'.repeat(1800) });
    for (const [index, each] of headers.entries()) {
      if (index % 30 === 0) await send(receiver.url, { body }); // not signed
      const { status } = await send(receiver.url, { headers: each, body });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    await until('all of them', () => (deliveries.counts.valid === COUNT ? true : undefined));
    assert.deepEqual([[...statuses], deliveries.counts.received], [[[200, COUNT]], COUNT + 10]);
    assert.equal(deliveries.all.filter(({ signature }) => signature === 'valid').length, 200);
  });

  it('logs neither its path, nor bodies, nor signatures, whatever happens', async () => {
    const MARKER = 'QzvxKwjpqfZ';
    const { deliveries: store } = newDeliveries({
      keys: () => Promise.reject(new Error(MARKER)),
      logger: log,
    });
    const throwing = () => {
      throw new Error(`${MARKER} ${receiver.path}`);
    };
    store.onDidReceive(throwing);
    await use({}, store);
    const signed = await v3Headers();
    await send(receiver.url, { headers: { ...signed, [`x-${MARKER}`]: MARKER }, body: MARKER });
    await send(receiver.url, { body: JSON.stringify({ ...CLEAR, message: MARKER }) });
    await send(`${receiver.url}/${MARKER}`);
    await until('both', () => deliveries.all[1]);
    await receiver.stop();
    assert.ok(log.lines.length > 4);
    const secrets = [MARKER, receiver.path.slice(1), signed['response-signature'] ?? ''];
    assert.deepEqual(
      log.lines.filter((each) => secrets.some((secret) => each.includes(secret))),
      [],
    );
  });
});

describe('The webhook receiver and the simulator', () => {
  it('agree with the official SDK on the signature of a webhook', async () => {
    const key = { profile: PROFILE, partnerId: SIMULATOR_PARTNER_ID, apiKey: SIMULATOR_API_KEY };
    const { deliveries } = newDeliveries({ keys: () => Promise.resolve([key]) });
    const started = await startWebhookReceiver({
      ...{ port: 0, deliveries, publicHosts: new Set<string>(), clock: systemClock },
      logger: new MemoryLog(),
    });
    assert.ok(started.kind === 'running');
    const { receiver } = started;
    const simulator = await startSimulator();
    try {
      const client = new SmileClient(new NodeHttpClient(() => false), systemClock, () => 30_000);
      const jobId = jobIdOfOutcome(
        v3Outcome('document_verification', 'attention', 'document_expired'),
      );
      const credentials = { ...key, baseUrl: simulator.url };
      const { signal } = new AbortController();
      const outcome = await client.replay(credentials, jobId, receiver.url, signal);
      assert.equal(outcome.kind, 'accepted');
      const delivery = await until('the webhook', () => deliveries.all[0]);
      const { 'response-timestamp': timestamp = '', 'response-signature': signature = '' } =
        delivery.headers;
      const sdk = new Signature(v3PartnerId(SIMULATOR_PARTNER_ID), SIMULATOR_API_KEY);
      assert.deepEqual(
        [
          sdk.confirm_signature(timestamp, signature),
          delivery.signature,
          delivery.jobId,
          delivery.product,
        ],
        [true, 'valid', jobId, 'document_verification'],
      );
    } finally {
      await Promise.all([receiver.stop(), simulator.stop()]);
    }
  });
});
