import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../../src/core/clock';
import { SmileClient } from '../../../src/core/smile/client';
import type { JobStatusOutcome } from '../../../src/core/smile/outcome';
import { NodeHttpClient } from '../../../src/node/http/httpClient';
import { makeCertificate } from '../../../src/node/simulator/certificate';
import { Endpoint } from '../../../src/node/webhooks/endpoint';
import { isFetchPatched } from '../../../src/vscode/fetchSupport';
import { startConnectProxy, type ConnectProxy } from '../../support/connectProxy';
import { activateSmile, addProfile, fresh } from '../../support/smileExtension';
import { freeAddress } from '../../support/stubServer';
import { HOSTS, type Authority } from './window';

const TLS = process.env.SMILE_TEST_TLS ?? '';
const JOB = '{"job_complete":false,"job_success":false,"result":"No zip uploaded yet"}';
const REQUEST = { userId: 'user-1', jobId: 'job-1', history: false, imageLinks: false };

/** Settings of VS Code below `http`; undefined is its default. */
async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const http = vscode.workspace.getConfiguration('http');
  for (const [name, value] of Object.entries(settings)) {
    await http.update(name, value, vscode.ConfigurationTarget.Global);
  }
}

interface Server {
  /** With its port. */
  readonly host: string;
  /** The library that sent each request, by its User-Agent. */
  readonly senders: string[];
  readonly connections: () => number;
  stop(): void;
}

/** A server that has the same job for every request, over https if it has a certificate. */
async function startServer(
  address: string,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Server> {
  const senders: string[] = [];
  let connections = 0;
  const respond: RequestListener = ({ headers }, response) => {
    senders.push(headers['user-agent'] === 'node-fetch' ? 'node-fetch' : 'fetch');
    response.setHeader('Content-Type', 'application/json');
    response.end(JOB);
  };
  const server = tls ? createSecureServer(tls, respond) : createServer(respond);
  server.on('connection', () => (connections += 1));
  await new Promise<void>((done) => server.listen(0, address, done));
  const bound = server.address();
  assert.ok(typeof bound === 'object' && bound);
  return {
    host: `${address}:${bound.port}`,
    senders,
    connections: () => connections,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A server like one of Smile ID's, with a certificate of an authority of window.ts. */
function startFarServer(authority: Authority): Promise<Server> {
  const read = (end: string): string => readFileSync(join(TLS, `${authority}.${end}`), 'utf8');
  return startServer(HOSTS[authority], { key: read('key'), cert: read('crt') });
}

/** As the extension does; it has no profile for such an address. */
function lookUp(host: string): Promise<JobStatusOutcome> {
  const client = new SmileClient(new NodeHttpClient(isFetchPatched), systemClock, () => 30_000);
  const credentials = { partnerId: '085', apiKey: 'a-key', baseUrl: `https://${host}/v1` };
  return client.jobStatus(credentials, REQUEST, new AbortController().signal);
}

interface Fault {
  readonly fault: string;
  readonly sentence: string;
  /** If the setting differs. */
  readonly httpProxy?: (proxy: ConnectProxy) => string | Promise<string>;
  readonly refuseWith?: number;
}

const FAULTS: readonly Fault[] = [
  {
    fault: 'a wrong password',
    sentence:
      'The proxy on the way to HOST wants a user name and a password, and did not get the right ones (HTTP 407). See the setting http.proxy.',
    httpProxy: ({ urlWithWrongPassword }) => urlWithWrongPassword,
  },
  {
    fault: 'a refused CONNECT',
    sentence:
      'The proxy does not let requests through to HOST (HTTP 403). Ask who runs it to allow this host.',
    refuseWith: 403,
  },
  {
    fault: 'a dead proxy',
    sentence: 'The proxy on the way to HOST cannot be reached. See the setting http.proxy.',
    httpProxy: async () => new URL(await freeAddress()).origin,
  },
];

/** This version of VS Code follows a change of http.proxy for `fetch` in a new window only. */
const KEEPS_FIRST_PROXY = vscode.version.startsWith('1.105.');

/** macOS has one address of 127.0.0.0/8 only. */
const describeHere = process.platform === 'darwin' ? describe.skip : describe;

describeHere('Through a proxy', () => {
  let proxy: ConnectProxy;

  before(async () => {
    proxy = await startConnectProxy();
  });
  beforeEach(async () => {
    proxy.tunnels.length = 0;
    proxy.refuseWith = null;
    await configure({ proxy: proxy.url });
  });
  after(async () => {
    await configure({
      ...{ proxy: undefined, proxySupport: undefined, fetchAdditionalSupport: undefined },
    });
    await proxy.stop();
  });

  for (const [authority, place, byFetch] of [
    ['store', 'the store of the machine', ['fetch']],
    ['extra', 'NODE_EXTRA_CA_CERTS only', ['fetch', 'node-fetch']],
  ] as const) {
    describe(`with an authority in ${place}`, () => {
      let server: Server;

      before(function () {
        if (!existsSync(join(TLS, `${authority}.key`))) this.skip();
      });
      // one for each test: `fetch` keeps the connections and tunnels of the test before
      beforeEach(async () => {
        server = await startFarServer(authority);
      });
      afterEach(() => {
        server.stop();
      });

      for (const [isPatched, tried] of [
        [true, byFetch],
        [false, ['node-fetch']],
      ] as const) {
        const way = isPatched ? '' : ', if fetch is not patched';

        for (const support of ['on', 'override', 'off']) {
          it(`a lookup goes where http.proxySupport "${support}" says${way}`, async () => {
            await configure({ proxySupport: support, fetchAdditionalSupport: isPatched });
            const outcome = await lookUp(server.host);
            assert.deepEqual(
              { outcome: outcome.kind, senders: server.senders, tunnels: proxy.tunnels },
              {
                outcome: 'answered',
                senders: tried.slice(-1),
                tunnels: support === 'off' ? [] : tried.map(() => `200 ${server.host}`),
              },
              JSON.stringify(outcome),
            );
          });
        }

        for (const { fault, sentence, httpProxy, refuseWith = null } of FAULTS) {
          it(`${fault} has its own sentence${way}`, async function () {
            if (isPatched && httpProxy && KEEPS_FIRST_PROXY) this.skip();
            proxy.refuseWith = refuseWith;
            await configure({
              ...{ proxySupport: 'override', fetchAdditionalSupport: isPatched },
              ...(httpProxy ? { proxy: await httpProxy(proxy) } : {}),
            });
            const outcome = await lookUp(server.host);
            const message = sentence.replace('HOST', server.host);
            assert.deepEqual(
              { outcome, senders: server.senders },
              { outcome: { kind: 'unreachable', cause: 'proxy', message }, senders: [] },
            );
          });
        }
      }
    });
  }

  it('twenty lookups use at most two connections and tunnels', async function () {
    if (!existsSync(join(TLS, 'store.key'))) this.skip();
    await configure({ proxySupport: 'override', fetchAdditionalSupport: true });
    const server = await startFarServer('store');
    try {
      for (let count = 0; count < 20; count += 1) {
        assert.equal((await lookUp(server.host)).kind, 'answered');
      }
      assert.equal(server.senders.length, 20);
      const used = [server.connections(), proxy.tunnels.length];
      assert.ok(
        used.every((count) => count <= 2),
        used.join(),
      );
    } finally {
      server.stop();
    }
  });

  describe('which it does not concern', () => {
    let plain: Server;
    let secure: Server;

    before(async () => {
      plain = await startServer('127.0.0.1');
      secure = await startServer('127.0.0.1', await makeCertificate());
    });
    after(() => {
      plain.stop();
      secure.stop();
    });

    for (const [isPatched, byHttp] of [
      [true, 'fetch'],
      [false, 'node-fetch'],
    ] as const) {
      const way = isPatched ? '' : ', if fetch is not patched';

      it(`requests of local profiles go past it, over http or https${way}`, async () => {
        const api = await activateSmile();
        await configure({ proxySupport: 'override', fetchAdditionalSupport: isPatched });
        const credentials = { partnerId: '085', apiKey: 'local-simulator' };
        const profiles: string[] = [];
        for (const base of [`http://${plain.host}`, `https://${secure.host}`]) {
          for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
            const url = `${base.replace('127.0.0.1', host)}/v1`;
            const name = fresh('Local');
            await addProfile({ name, environment: 'local', ...credentials, url });
            profiles.push(name);
          }
        }
        const outcomes = await Promise.all(
          profiles.map(async (profile) => (await api.getJobStatus({ profile, ...REQUEST })).kind),
        );
        assert.deepEqual(
          {
            outcomes,
            senders: [plain, secure].map(({ senders }) => [...new Set(senders.splice(0))]),
            tunnels: proxy.tunnels,
          },
          {
            // nothing listens at [::1]
            outcomes: [1, 2].flatMap(() => ['answered', 'answered', 'unreachable']),
            senders: [[byHttp], ['node-fetch']],
            tunnels: [],
          },
        );
      });
    }

    it('webhooks go past it to the address that a confirmed name has, over http or https', async () => {
      const sent: unknown[] = [];
      const endpoint = new Endpoint(systemClock, {
        confirmed: { has: () => true },
        resolve: () => Promise.resolve(['127.0.0.1']),
      });
      const never = new AbortController().signal;
      for (const support of ['on', 'override']) {
        await configure({ proxySupport: support });
        for (const base of [`http://${plain.host}`, `https://${secure.host}`]) {
          const url = new URL(base.replace('127.0.0.1', 'laptop.example'));
          const outcome = await endpoint.post(url, { body: '{}', headers: {} }, never);
          sent.push(outcome.kind === 'responded' ? outcome.status : outcome);
        }
      }
      assert.deepEqual([sent, proxy.tunnels], [[200, 200, 200, 200], []]);
    });
  });
});
