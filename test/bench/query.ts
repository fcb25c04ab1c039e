import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https, { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Utilities } from 'smile-identity-core';
import { systemClock } from '../../src/core/clock';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { Simulation } from '../../src/node/simulator/simulation';
import { HOSTS, openWindow } from '../vscode/proxy/window';
import { median, type Figure } from './figure';
import {
  REPEATED,
  timeLookups,
  type LookupTask,
  type LookupTimes,
  type TimesByClient,
} from './lookups';
import { startSlowWire, type SlowWire } from './slowWire';

/** Requests to 127.0.0.1 over https go another way. */
const HOST = HOSTS.store;
const ROUND_TRIPS_MS = [0, 50, 150];
/** A first request can be measured only once for each address. */
const ADDRESSES = 5;

/** Runs a suite in the extension host, and returns what it leaves in the file BENCH_RESULT. */
type Measure = (suite: string, env: Readonly<Record<string, string>>) => Promise<unknown>;

/**
 * Job status requests in the extension host, beside the official SDK's in plain Node: the same server over TLS, behind
 * wires of the same length. `fetch` alone, in the same host, shows what of the time is VS Code's.
 */
export async function query(measure: Measure): Promise<Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'smile-bench-'));
  const { env, close } = await openWindow(scratch);
  const trusted = https.globalAgent.options.ca;
  try {
    const certificate = join(scratch, 'tls/store.crt');
    if (!existsSync(certificate)) {
      return []; // window.ts has said why
    }
    https.globalAgent.options.ca = readFileSync(certificate);
    const server = await startServer({
      cert: readFileSync(certificate),
      key: readFileSync(join(scratch, 'tls/store.key')),
    });
    const figures: Figure[] = [];
    for (const roundTripMs of ROUND_TRIPS_MS) {
      figures.push(
        ...(await compare(server, roundTripMs, (task) =>
          measure('queryTime', { ...env, BENCH_QUERY: JSON.stringify(task) }),
        )),
      );
    }
    server.close();
    server.closeAllConnections();
    return figures;
  } finally {
    https.globalAgent.options.ca = trusted;
    https.globalAgent.destroy();
    close();
    rmSync(scratch, { recursive: true });
  }
}

/** The simulator's responses, at an address that VS Code does not take for one of this machine. */
async function startServer(tls: { readonly key: Buffer; readonly cert: Buffer }): Promise<Server> {
  const simulation = new Simulation(SIMULATOR_PARTNER_ID, SIMULATOR_API_KEY, systemClock);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    const reply = await simulation.respond(
      {
        ...{ method, url: new URL(url, `https://${HOST}`), headers: {} },
        ...{ body: await text(request), form: null },
      },
      new AbortController().signal,
    );
    response.writeHead(reply?.status ?? 500, reply?.headers);
    response.end(reply?.body);
  };
  const server = createServer(tls, (request, response) => void respond(request, response));
  await new Promise<void>((done) => server.listen(0, HOST, done));
  return server;
}

async function compare(
  server: Server,
  roundTripMs: number,
  measure: (task: LookupTask) => Promise<unknown>,
): Promise<Figure[]> {
  const { port } = server.address() as AddressInfo;
  const startWires = (count: number): Promise<SlowWire[]> =>
    Promise.all(Array.from({ length: count }, () => startSlowWire(HOST, port, roundTripMs)));
  const wires = {
    smile: await startWires(ADDRESSES),
    fetch: await startWires(1 + ADDRESSES),
    sdk: await startWires(ADDRESSES),
  };
  try {
    const urlOf = (wire: SlowWire): string => `https://${HOST}:${wire.port}/v1`;
    const account = { partnerId: SIMULATOR_PARTNER_ID, apiKey: SIMULATOR_API_KEY };
    const urls = { smile: wires.smile.map(urlOf), fetch: wires.fetch.map(urlOf) };
    const times = (await measure({ ...account, urls })) as TimesByClient;
    const ofSdk: LookupTimes[] = [];
    for (const wire of wires.sdk) {
      const sdk = new Utilities(account.partnerId, account.apiKey, urlOf(wire));
      const lookUp = async (): Promise<void> => {
        await sdk.get_job_status('user-1', 'approved'); // throws if there is no response
      };
      ofSdk.push(await timeLookups(lookUp));
    }

    const way = `round trip ${roundTripMs} ms`;
    const timed = (which: keyof LookupTimes, budget: number): Figure => {
      const medianOf = (list: readonly LookupTimes[]): number =>
        median(list.map((time) => time[which]));
      const [smile, fetch, sdk] = [medianOf(times.smile), medianOf(times.fetch), medianOf(ofSdk)];
      return {
        name: `the ${which} job status request, ${way}: ${smile.toFixed(1)} ms, the official SDK in plain Node ${sdk.toFixed(1)} ms; against fetch in the extension host, ${fetch.toFixed(1)} ms`,
        value: smile / fetch,
        unit: 'times',
        budget,
      };
    };
    const requests = `${1 + REPEATED} job status requests, ${way}`;
    const figures = [
      timed('first', 2),
      timed('repeated', 1.5),
      {
        name: `connections of ${requests}`,
        value: Math.max(...wires.smile.map((wire) => wire.connections())),
        unit: 'connections',
        budget: 2,
      },
    ] satisfies Figure[];
    if (roundTripMs === 0) return figures; // without a distance between them nothing waits
    const roundTripsOf = (of: readonly SlowWire[]): number =>
      median(of.map((wire) => wire.roundTrips()));
    const [ours, theirs] = [roundTripsOf(wires.smile), roundTripsOf(wires.sdk)];
    const name = `round trips of ${requests}: ${ours}, against the official SDK in plain Node, ${theirs}`;
    return [...figures, { name, value: ours / theirs, unit: 'times', budget: 1 }];
  } finally {
    for (const wire of Object.values(wires).flat()) wire.stop();
  }
}
