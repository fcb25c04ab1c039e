import { writeFileSync } from 'node:fs';
import { Agent, createServer, request as httpRequest, type Server } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { systemClock } from '../../src/core/clock';
import { sign } from '../../src/core/smile/signature';
import { Deliveries } from '../../src/core/webhooks/deliveries';
import { startWebhookReceiver } from '../../src/node/webhooks/receiver';
import { median } from './figure';

/** Milliseconds: the delay of the event loop, 99th percentile, and how long all deliveries took. */
export interface WebhookTime {
  readonly ours: Load;
  readonly plain: Load;
}
interface Load {
  readonly delay: number;
  readonly total: number;
}

const COUNT = 5000;
const KEPT = 200;
const AT_ONCE = 10;
const ROUNDS = 3;
const NANOSECONDS = 1e6;
const KEYS = ['not this one', 'nor this one', 'sandbox-key-123'].map((apiKey, index) => ({
  profile: {
    id: `p-${index}`,
    name: apiKey,
    environment: 'sandbox' as const,
    partnerId: '085',
    url: null,
  },
  partnerId: '085',
  apiKey,
}));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Delivered {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A suite that takes many webhooks in the extension host, as fast as a client in another thread can send them: with the
 * receiver, and with a server that reads each and answers it.
 */
export async function run(): Promise<void> {
  const webhooks = await Promise.all(Array.from({ length: COUNT }, (_, index) => webhookOf(index)));
  const ours: Load[] = [];
  const plain: Load[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const [byReceiver, byServer] = [await underReceiver(webhooks), await underServer(webhooks)];
    if (round < 0) continue; // warming up
    ours.push(byReceiver);
    plain.push(byServer);
  }
  const medianOf = (loads: readonly Load[]): Load => ({
    delay: median(loads.map(({ delay }) => delay)),
    total: median(loads.map(({ total }) => total)),
  });
  const time: WebhookTime = { ours: medianOf(ours), plain: medianOf(plain) };
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(time));
}

async function webhookOf(index: number): Promise<Delivered> {
  const time = new Date(Date.parse('2026-03-01T12:00:00Z') + index * 1000).toISOString();
  const { timestamp, signature } = await sign('sandbox-key-123', '085', time);
  const jobId = `job_01m45mn5m0enwb31m7wv${String(index).padStart(6, '0')}`;
  const body = {
    ...{ status: 'clear', message: 'Verification successful', reason: null },
    ...{ product: 'enhanced_kyc', partner_params: { job_id: jobId, note: 'x'.repeat(1750) } },
  };
  const headers = {
    ...{ 'Response-Timestamp': timestamp, 'Response-Signature': signature, 'Job-ID': jobId },
    'Content-Type': 'application/json',
  };
  return { headers, body: JSON.stringify(body) };
}

async function underReceiver(webhooks: readonly Delivered[]): Promise<Load> {
  const deliveries = new Deliveries({
    keys: () => Promise.resolve(KEYS),
    isOwn: () => Promise.resolve(false),
    clock: systemClock,
    logger: silent,
  });
  const started = await startWebhookReceiver({
    ...{ port: 0, deliveries, publicHosts: new Set<string>(), clock: systemClock, logger: silent },
  });
  if (started.kind !== 'running') throw new Error(started.kind);
  const { receiver } = started;
  const allRead = new Promise<void>((resolve) => {
    deliveries.onDidReceive(({ number }) => {
      if (number === COUNT) resolve();
    });
  });
  const load = await loadOf(async () => {
    await sendAll(receiver.url, webhooks);
    await allRead;
  });
  const { received, valid } = deliveries.counts;
  if (received !== COUNT || valid !== COUNT || deliveries.all.length !== KEPT) {
    throw new Error(`${received} came, ${valid} were valid, ${deliveries.all.length} are kept`);
  }
  await receiver.stop();
  return load;
}

async function underServer(webhooks: readonly Delivered[]): Promise<Load> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const load = await loadOf(() => sendAll(`http://127.0.0.1:${portOf(server)}/`, webhooks));
  server.close();
  server.closeAllConnections();
  return load;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
  return address.port;
}

async function loadOf(work: () => Promise<void>): Promise<Load> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  const begun = performance.now();
  histogram.enable();
  await work();
  histogram.disable();
  return { delay: histogram.percentile(99) / NANOSECONDS, total: performance.now() - begun };
}

/** From another thread: what sends must not be what is measured. */
function sendAll(url: string, webhooks: readonly Delivered[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: { url, webhooks } });
    worker.on('error', reject);
    worker.on('message', (answered) => {
      if (answered === COUNT) resolve();
      else reject(new Error(`Only ${String(answered)} were answered.`));
    });
  });
}

async function sendFromWorker(url: string, webhooks: readonly Delivered[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses = await Promise.all(
    webhooks.map(
      ({ headers, body }) =>
        new Promise<number | undefined>((resolve, reject) => {
          const request = httpRequest(url, { method: 'POST', agent, headers });
          request.on('error', reject);
          request.on('response', (response) => {
            response.resume().on('end', () => {
              resolve(response.statusCode);
            });
          });
          request.end(body);
        }),
    ),
  );
  agent.destroy();
  return statuses.filter((status) => status === 200).length;
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const { url, webhooks } = workerData as { url: string; webhooks: readonly Delivered[] };
  void sendFromWorker(url, webhooks).then((answered) => {
    port.postMessage(answered);
  });
}
