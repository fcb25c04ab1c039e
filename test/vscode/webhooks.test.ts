import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { listLabels } from '../../src/core/report/listLabels';
import type { ResponseSummary } from '../../src/core/report/responseSummary';
import type { SmileApi } from '../../src/vscode/smileApi';
import { recordConnections } from '../support/connections';
import { dataFolder, filesBelow, storageFolder, storedRecords } from '../support/dataFolder';
import { resolveHere } from '../support/names';
import { closeAllTabs, followPanels } from '../support/panelPages';
import { recordScreen, type Hands } from '../support/screen';
import { send, type Sent } from '../support/send';
import {
  activateSmile,
  addProfile,
  fresh,
  startOwnSimulator,
  type AddedProfile,
} from '../support/smileExtension';
import { storeRecord } from '../support/storeRecord';
import { startStub, type StubServer } from '../support/stubServer';
import { until } from '../support/until';
import { CLEAR, KEY, v1Body, v3Headers } from '../support/webhooks';
import { shownRows, viewBadge, viewPlace, type ShownRow } from '../support/webhooksView';

const MB = 1024 * 1024;

/** What is in what arrives here, and must not be left anywhere. */
const MARKER = fresh('a-name-that-is-nowhere-else');

const start = (argument: unknown = { quiet: true }): Thenable<{ readonly url: string }> =>
  vscode.commands.executeCommand('smile.startWebhookReceiver', argument);

const portOf = (url: string): number => Number(new URL(url).port);

/** Runs a command as a user with these hands, and returns what the user saw. */
async function run(hands: Hands, command: string, ...args: readonly unknown[]) {
  const screen = recordScreen(hands);
  try {
    await vscode.commands.executeCommand(command, ...args);
  } finally {
    screen.stop();
  }
  return screen.texts.map(({ text }) => text);
}

const stop = () => run({}, 'smile.stopWebhookReceiver');

const isRefused = async (url: string): Promise<boolean> => {
  try {
    await send(url);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  }
};

/** What the next event says. */
const eventOf = <T>(event: vscode.Event<T>): Promise<T> =>
  new Promise((resolve) => {
    const listener = event((value) => {
      listener.dispose();
      resolve(value);
    });
  });

/** IDs of API v3: the end of the time that they contain makes them new. */
let jobs = 0;
function newJobId(): string {
  jobs += 1;
  return `job_01m45mn5m0enwb31m7wv${String(jobs).padStart(6, '0')}`;
}

let lastTime = 0;
/** A time that no other delivery has: the same one with another body is an alarm. */
function newTime(): string {
  lastTime = Math.max(Date.now(), lastTime + 1);
  return new Date(lastTime).toISOString();
}

/** A webhook of API v3, signed with the key of the profile. */
async function v3Webhook(more: Readonly<Record<string, unknown>> = {}, jobId = newJobId()) {
  const signed = await v3Headers(newTime(), jobId);
  const headers: Record<string, string> = { 'content-type': 'application/json', ...signed };
  return { headers, body: JSON.stringify({ ...CLEAR, job_id: jobId, ...more }) };
}

const pick = (label: RegExp) => (items: readonly vscode.QuickPickItem[]) =>
  items.find((item) => label.test(item.label));

/** The server of this version comes from npm without what terminals need; launch configurations are tested there, too. */
const HAS_NO_TERMINALS = vscode.version.startsWith('1.105.');

describe('Webhooks', () => {
  let api: SmileApi;
  let profile: AddedProfile;
  let server: StubServer;
  let url: string;
  const events: ResponseSummary[] = [];
  let listening: vscode.Disposable;

  before(async () => {
    api = await activateSmile();
    server = await startStub((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'no such job', code: '2304' }));
    });
    profile = await addProfile({
      ...{ name: fresh('webhooks'), environment: 'local', url: server.url },
      ...{ partnerId: KEY.partnerId, apiKey: KEY.apiKey },
    });
    // half of a character ends the process if Node looks for it in bytes
    await addProfile({
      ...{ name: fresh('webhooks'), environment: 'local', url: server.url },
      ...{ partnerId: KEY.partnerId, apiKey: '\ud800-is-no-character' },
    });
    listening = api.onDidReceiveWebhook((summary) => events.push(summary));
  });
  beforeEach(async () => {
    ({ url } = await start());
  });
  after(async () => {
    listening.dispose();
    await stop();
    await server.stop();
    await closeAllTabs();
    await startOwnSimulator(); // for the suites after this one
  });

  /** Sends a delivery, and waits until other extensions know of it. */
  const deliver = async (sent: Sent, to = url): Promise<ResponseSummary> => {
    const before = events.length;
    const { status } = await send(to, sent);
    assert.equal(status, 200);
    return await until('the delivery', () => events[before]);
  };
  const labelOf = (jobId: string) => listLabels([[jobId]])[0]?.label ?? '';
  const rowsOf = async (jobId: string): Promise<ShownRow | undefined> =>
    (await shownRows()).find(({ label }) => label === labelOf(jobId));
  const notVerified = async (): Promise<readonly ShownRow[]> =>
    (await shownRows()).find(({ label }) => label === 'Not verified')?.rows ?? [];
  const rowOf = async (jobId: string): Promise<unknown> => (await rowsOf(jobId))?.rows[0]?.element;

  describe('the receiver', () => {
    it('starts for a program, once, and shows neither a message nor a prompt', async () => {
      await stop();
      const screen = recordScreen();
      const started = await Promise.all([start(), start()]);
      started.push(await start({ quiet: true }));
      screen.stop();
      const [first] = started;
      assert.ok(first);
      assert.match(first.url, /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
      assert.deepEqual(started, [first, first, first]);
      assert.deepEqual(screen.texts, []);
    });

    it('says to a user where it runs, and what comes next', async () => {
      const buttons: (readonly string[])[] = [];
      const texts = await run(
        {
          press: (_text, offered) => {
            buttons.push(offered);
            return undefined;
          },
        },
        'smile.startWebhookReceiver',
      );
      assert.deepEqual(
        [texts, buttons],
        [
          [
            `The webhook receiver runs on port ${portOf(url)} until the window closes. Only this machine can reach it.`,
          ],
          [['Copy Address', 'Make It Reachable…']],
        ],
      );
      assert.equal(viewPlace(), `port ${portOf(url)}`);
    });

    it('refuses arguments that mean nothing', async () => {
      const message = 'smile.startWebhookReceiver takes { quiet?: boolean }.';
      for (const argument of [null, 7, 'quiet', [], { quiet: 'yes' }, { quiet: null }]) {
        await assert.rejects(Promise.resolve(start(argument)), { message });
      }
    });

    it('ends with its command, and keeps its address for the next time in this window', async () => {
      assert.equal((await send(url)).status, 200);
      await stop();
      assert.equal(await isRefused(url), true);
      assert.deepEqual(await stop(), ['The webhook receiver is not running.']);
      const next = await start();
      assert.deepEqual(next, { url });
      assert.equal((await send(url)).status, 200);
    });

    describe('on the port of the settings', () => {
      const setPort = (port: number | undefined) =>
        vscode.workspace
          .getConfiguration('smile')
          .update('webhooks.port', port, vscode.ConfigurationTarget.Global);
      let other: StubServer;
      beforeEach(async () => {
        await stop();
        other = await startStub((_request, response) => response.end());
        await setPort(portOf(other.url));
      });
      afterEach(async () => {
        await other.stop();
        await setPort(undefined);
        await stop();
      });

      it('says which program or setting is in the way, and starts once the port is free', async () => {
        const port = portOf(other.url);
        const message = `Another program uses port ${port}. Set smile.webhooks.port to another port, or to 0 to use any free port.`;
        await assert.rejects(Promise.resolve(start()), { message });
        assert.deepEqual(await run({}, 'smile.startWebhookReceiver'), [message]);
        await other.stop();
        assert.equal(portOf((await start()).url), port);
      });

      it('says that another window has it, and does not take a process that ended for one', async () => {
        const port = portOf(other.url);
        const running = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
          env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
          stdio: ['pipe', 'ignore', 'ignore'],
        });
        const { pid } = running;
        const ended = once(running, 'exit');
        const folder = join(storageFolder() ?? '', 'receivers');
        storeRecord(folder, String(pid), { pid, port });
        try {
          await until(
            'the place beside the title',
            () => viewPlace() === `port ${port}, in another window` || undefined,
          );
          await assert.rejects(Promise.resolve(start()), {
            message: `The webhook receiver runs in another window, on port ${port}. Stop it there, or set smile.webhooks.port to 0 to use any free port.`,
          });
          assert.deepEqual(await stop(), [
            'The webhook receiver runs in another window. Stop it there.',
          ]);
          running.stdin.end();
          await ended;
          assert.deepEqual(await stop(), ['The webhook receiver is not running.']);
          assert.deepEqual([...storedRecords('receivers')], []);
        } finally {
          running.stdin.end();
          rmSync(join(folder, `${pid}.json`), { force: true });
        }
      });
    });

    it('tells other windows its process and port, and nothing else, as long as it runs', async () => {
      const { pid } = process;
      assert.deepEqual(
        [...storedRecords('receivers')],
        [[`${pid}.json`, { version: 1, pid, port: portOf(url) }]],
      );
      await stop();
      assert.deepEqual([...storedRecords('receivers')], []);
    });
  });

  describe('are received', () => {
    it('as callbacks of API v1: other extensions get what readResponse gives, once', async () => {
      const jobId = fresh('job');
      const body = await v1Body(
        {
          PartnerParams: { user_id: 'user-1', job_id: jobId, job_type: 1 },
          ...{ ResultCode: '0810', ResultText: 'Enroll User', IsFinalResult: 'true' },
        },
        newTime(),
      );
      const before = events.length;
      const summary = await deliver({ body: JSON.stringify(body) });
      assert.deepEqual(summary, await api.readResponse(body));
      const { kind, verdict, code, signature } = summary;
      assert.deepEqual(
        { kind, verdict, code, signature, jobId: summary.jobId },
        { kind: 'result', verdict: 'approved', code: '0810', signature: 'valid', jobId },
      );
      await deliver(await v3Webhook()); // whatever the first one causes has happened by then
      assert.equal(events.length, before + 2);
    });

    it('as webhooks of API v3: verified by their headers, shown by job, newest first', async () => {
      const jobId = newJobId();
      const sent = await v3Webhook({ status: 'block', reason: 'spoof_detected' }, jobId);
      const summary = await deliver(sent);
      assert.deepEqual(summary, await api.readResponse(sent.body, sent.headers));
      const { kind, verdict, status, reason, signature } = summary;
      assert.deepEqual(
        { kind, verdict, status, reason, signature },
        {
          ...{ kind: 'webhook', verdict: 'rejected', status: 'block' },
          ...{ reason: 'spoof_detected', signature: 'valid' },
        },
      );
      const rows = await shownRows();
      assert.equal(rows[0]?.label, labelOf(jobId));
      assert.deepEqual(
        rows[0].rows.map(({ label, description }) => [label, description]),
        [['Rejected', `now · v3 · signed by ${profile.name}`]],
      );
    });

    it('without a valid signature: marked and folded, in no job, and nobody is notified', async () => {
      const jobId = newJobId();
      const headers = await v3Headers(newTime(), jobId);
      const body = JSON.stringify({ ...CLEAR, job_id: jobId });
      const badge = viewBadge();
      const before = events.length;
      const screen = recordScreen();
      const signatures = [
        await deliver({ headers: { ...headers, 'response-signature': 'AAAA' }, body }),
        await deliver({ headers: { 'job-id': jobId }, body }),
        await deliver({ headers: await v3Headers(newTime(), newJobId()), body }),
      ].map(({ signature }) => signature);
      screen.stop();
      assert.deepEqual(signatures, ['invalid', 'missing', 'unknown']);
      assert.deepEqual(
        events.slice(before).filter(({ signature }) => signature === 'valid'),
        [],
      );
      assert.deepEqual([screen.texts, viewBadge()], [[], badge]);
      assert.equal(await rowsOf(jobId), undefined);
      assert.deepEqual(
        (await notVerified()).slice(0, 3).map(({ label, description }) => [label, description]),
        [
          ['Headers of another job', 'says Approved · not application/json · now · v3'],
          ['Not signed', 'says Approved · not application/json · now · v3'],
          ['Signature invalid', 'says Approved · not application/json · now · v3'],
        ],
      );
    });

    it('and Check Signature says of them what the list says, from there and from their panels', async () => {
      const shown = (expected: RegExp) =>
        until(`the verdict ${String(expected)}`, () => {
          const text = vscode.window.activeTextEditor?.document.getText() ?? '';
          return expected.test(text) ? text : undefined;
        });
      await addProfile({
        ...{ name: fresh('live'), environment: 'production' },
        ...{ partnerId: KEY.partnerId, apiKey: fresh('another-key') },
      });
      const jobId = newJobId();
      await deliver(await v3Webhook({}, jobId));
      await run({}, 'smile.checkDelivery', await rowOf(jobId));
      const right = await shown(/^Right/);
      assert.ok(right.includes(`the local key of the profile "${profile.name}".`), right);
      assert.doesNotMatch(right, /did not make it/);
      const { headers, body } = await v3Webhook();
      await deliver({ headers: { ...headers, 'response-signature': 'AAAA' }, body });
      const following = followPanels();
      await run({}, 'smile.openDelivery', (await notVerified())[0]?.element);
      following.stop();
      following.pages[0]?.say({ type: 'checkSignature' });
      await shown(/^These 4 characters are not a signature\./);
      await closeAllTabs();
    });

    it('only at the secret path, under names of this machine, and from no web page', async () => {
      const sent = await v3Webhook();
      const { origin, pathname } = new URL(url);
      const before = events.length;
      const statusOf = async (path: string, headers: Sent['headers'] = {}, method = 'POST') =>
        (await send(origin + path, { ...sent, method, headers: { ...sent.headers, ...headers } }))
          .status;
      const port = portOf(url);
      assert.deepEqual(
        [
          await statusOf('/'),
          await statusOf(`/${'0'.repeat(32)}`),
          await statusOf(`${pathname}/more`),
          await statusOf(pathname, {}, 'GET'),
          await statusOf(pathname, { Host: 'evil.example' }),
          await statusOf(pathname, { Host: `127.0.0.1.evil.example:${port}` }),
          await statusOf(pathname, { Origin: 'https://evil.example' }),
          await statusOf(pathname, { Origin: 'null' }),
          await statusOf(pathname, { Origin: origin }),
        ],
        [404, 404, 404, 405, 403, 403, 403, 403, 403],
      );
      assert.deepEqual(
        [
          await statusOf(pathname, { Host: `localhost:${port}` }),
          await statusOf(pathname, { Host: `[::1]:${port}` }),
        ],
        [200, 200],
      );
      await until('both', () => events.length >= before + 2 || undefined);
      assert.equal(events.length, before + 2);
    });

    it('up to 10 MB: a byte more is refused, whether its length was announced or not', async () => {
      const { headers, body } = await v3Webhook({ pad: '' });
      const padded = (size: number): string =>
        body.replace('"pad":""', `"pad":"${'x'.repeat(size - body.length)}"`);
      const most = padded(10 * MB);
      assert.equal(most.length, 10 * MB);
      const { signature } = await deliver({ headers, body: most });
      assert.equal(signature, 'valid');
      const chunked = { ...headers, 'transfer-encoding': 'chunked' };
      const before = events.length;
      assert.deepEqual(
        [
          (await send(url, { headers, body: padded(10 * MB + 1) })).status,
          (await send(url, { headers: chunked, body: padded(10 * MB + 1) })).status,
        ],
        [413, 413],
      );
      await deliver(await v3Webhook());
      assert.equal(events.length, before + 1);
    });

    it('also where they cannot be read, or are called something else', async () => {
      const texts = ['{"status": "cle', '', '[]', 'null', '"text"'];
      const summaries: ResponseSummary[] = [];
      for (const body of texts) {
        const { headers } = await v3Webhook();
        summaries.push(await deliver({ headers, body }));
      }
      assert.deepEqual(
        summaries.map(({ kind, signature }) => [kind, signature]),
        texts.map(() => ['unknown', 'valid']),
      );
      const jobId = newJobId();
      const sent = await v3Webhook({}, jobId);
      const odd = { ...sent, headers: { ...sent.headers, 'content-type': 'text/plain' } };
      assert.deepEqual(await deliver(odd), await api.readResponse(sent.body, sent.headers));
      assert.deepEqual((await rowsOf(jobId))?.rows.length, 1);
    });

    it('while clients hang up half-way, send nothing, or never end their headers', async () => {
      const { port } = new URL(url);
      const closed: Promise<unknown>[] = [];
      const open = async (text: string): Promise<Socket> => {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => undefined); // it is reset at the end
        socket.resume();
        closed.push(once(socket, 'close'));
        await once(socket, 'connect');
        socket.write(text);
        return socket;
      };
      const head = `POST ${new URL(url).pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
      const half = `${head}Content-Length: 1000\r\n\r\n{"status": `;
      const before = events.length;
      for (let at = 0; at < 50; at += 1) {
        for (const text of ['', head, half]) await open(text);
        (await open(half)).destroy();
        (await open(half)).end();
      }
      assert.equal((await deliver(await v3Webhook())).signature, 'valid');
      assert.equal(events.length, before + 1);
      await stop();
      assert.equal((await Promise.all(closed)).length, 250);
    });

    it('and answered as the user chose, to see what the sender does then', async () => {
      const respond = (label: RegExp, typed?: string) =>
        run({ pick: pick(label), type: () => typed }, 'smile.setWebhookResponse');
      const jobId = newJobId();
      const sent = await v3Webhook({}, jobId);
      const texts = await respond(/Another Status/, '503');
      assert.equal(texts.at(-1), 'The webhook receiver responds: HTTP 503');
      assert.equal((await send(url, sent)).status, 503);
      await respond(/Close the Connection/);
      await assert.rejects(send(url, sent), /socket hang up|ECONNRESET/);
      await respond(/HTTP 200 at Once/);
      assert.equal((await send(url, sent)).status, 200);
      await until('the three of them', async () =>
        (await rowsOf(jobId))?.rows.length === 3 ? true : undefined,
      );
      assert.deepEqual(
        (await rowsOf(jobId))?.rows.map(({ description }) => description.split(' · now')[0]),
        ['try 3', 'try 2 · connection closed', 'HTTP 503'],
      );
    });
  });

  describe('come through a tunnel', () => {
    const NAME = 'acme.tunnel.example';
    let tunnel: StubServer;
    let respond: Parameters<typeof startStub>[0];
    let names: { stop(): void };
    let address: string;
    beforeEach(async () => {
      names = resolveHere(NAME);
      respond = passOn;
      tunnel = await startStub((request, response) => {
        respond(request, response);
      });
      address = `http://${NAME}:${portOf(tunnel.url)}`;
    });
    afterEach(async () => {
      if (new URL((await start()).url).hostname === NAME) {
        await run({ pick: pick(/Stop Using the Public Address/) }, 'smile.makeReceiverReachable');
      }
      names.stop();
      await tunnel.stop();
      await stop();
    });

    /** As a tunnel: with the host that the sender wrote. */
    const passOn: typeof respond = (request, response) => {
      const { method = '', headers } = request;
      const { origin } = new URL(url);
      send(origin + (request.url ?? ''), { method, headers: { Host: headers.host ?? '' } }).then(
        ({ status = 0, body }) => {
          response.writeHead(status);
          response.end(body);
        },
        () => response.destroy(),
      );
    };

    /** Enters the address, and returns what the user sees at the end. */
    const enter = async (text = address): Promise<string | undefined> => {
      const hands = { pick: pick(/Enter a Public Address/), type: () => text };
      return (await run(hands, 'smile.makeReceiverReachable')).at(-1);
    };

    it('that was entered, and of no other', async () => {
      const sent = await v3Webhook();
      const at = (host: string) => ({ ...sent, headers: { ...sent.headers, Host: host } });
      const { host } = new URL(address);
      assert.equal((await send(url, at(host))).status, 403);
      await enter();
      assert.deepEqual(
        [(await send(url, at(host))).status, (await send(url, at('other.example'))).status],
        [200, 403],
      );
      assert.equal((await start()).url, address + new URL(url).pathname);
    });

    it('also after the receiver was off, unless the user no longer wants that or its port is taken', async () => {
      const sent = await v3Webhook();
      const { host } = new URL(address);
      const { port, pathname } = new URL(url);
      const status = async (to = url) =>
        (await send(to, { ...sent, headers: { ...sent.headers, Host: host } })).status;
      await enter();
      await stop();
      assert.deepEqual(await run({}, 'smile.startWebhookReceiver'), [
        `The webhook receiver runs on port ${port} until the window closes, with the public address ${host}.`,
      ]);
      assert.equal((await start()).url, address + pathname);
      assert.equal(await status(), 200);
      await run({ pick: pick(/Stop Using the Public Address/) }, 'smile.makeReceiverReachable');
      assert.deepEqual([await start(), await status()], [{ url }, 403]);
      await enter();
      await stop();
      const other = createServer().listen(Number(port), '127.0.0.1');
      await once(other, 'listening');
      try {
        const next = (await start()).url;
        assert.notEqual(new URL(next).port, port); // where the tunnel leads is another server
        assert.equal(await status(next), 403);
      } finally {
        other.close();
      }
    });

    it('whose address is tested at once, without cookies, redirects or a fixed answer', async () => {
      const found: Record<string, string | undefined> = {};
      found['leads here'] = await enter();
      respond = (_request, response) => {
        response.writeHead(302, { location: 'https://login.example/' });
        response.end();
      };
      found['private port'] = await enter();
      respond = (_request, response) => {
        response.writeHead(401);
        response.end('sign in');
      };
      found['private port, 401'] = await enter();
      respond = (request, response) => response.end(request.url); // echoes what it can
      found['another server'] = await enter();
      respond = (_request, response) => {
        response.writeHead(404);
        response.end('Not found.');
      };
      found['another window'] = await enter();
      respond = (request, response) => {
        request.headers.host = 'other.example';
        passOn(request, response);
      };
      found['wrong host'] = await enter();
      respond = (_request, response) => {
        response.writeHead(502);
        response.end();
      };
      found['nothing behind it'] = await enter();
      await tunnel.stop();
      found.asleep = await enter();
      const { host } = new URL(address);
      const PRIVATE = `${host}: Private: Smile ID would get a sign-in page. Make the port public.`;
      const OTHER = `${host}: Another server or another window responds at this address.`;
      const SILENT = `${host}: There is no response from this window: the tunnel is off or asleep.`;
      assert.deepEqual(found, {
        'leads here': `${host}: The address leads to this window, over HTTP. API v3 sends to HTTPS only.`,
        'private port': PRIVATE,
        'private port, 401': PRIVATE,
        'another server': OTHER,
        'another window': OTHER,
        'wrong host': `${host}: The tunnel replaces the host of requests, so they are refused. Let it pass on the host as it is.`,
        'nothing behind it': SILENT,
        asleep: SILENT,
      });
      assert.deepEqual(
        tunnel.requests.filter(
          (line) => !/^GET \/[0-9a-f]{32}\/self-test\/[0-9a-f]{32}$/.test(line),
        ),
        [],
      );
    });

    it('and not from an address that leads nowhere else than here', async () => {
      assert.equal(
        await enter('http://localhost:4000'),
        'Only this machine can reach this address.',
      );
      assert.equal(await enter('ftp://x.example'), 'Enter an address that starts with https://.');
      assert.equal((await start()).url, url);
    });
  });

  describe('are sent to an endpoint of the developer', () => {
    let endpoint: StubServer;
    let status = 200;
    const bodies: { readonly body: string; readonly headers: NodeJS.Dict<string | string[]> }[] =
      [];
    let address: string;
    before(async () => {
      endpoint = await startStub((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          bodies.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
          response.writeHead(status);
          response.end();
        });
      });
      address = `${new URL(endpoint.url).origin}/hook`;
    });
    beforeEach(() => {
      status = 200;
      bodies.length = 0;
    });
    after(() => endpoint.stop());

    const sendTest = (scenario: RegExp, how: RegExp, to = address, press?: Hands['press']) => {
      const steps = [scenario, how, new RegExp(profile.name)];
      return run(
        {
          // what is sent, how, and signed by whom
          pick: (items) => pick(steps.shift() ?? /^$/)(items),
          type: () => to,
          ...(press && { press }),
        },
        'smile.sendTestWebhook',
      );
    };
    const reported = (...expected: readonly string[]) =>
      until(`the report ${expected.join()}`, () => {
        const document = vscode.window.activeTextEditor?.document;
        const lines = document?.getText().split('\n   ') ?? [];
        return expected.every((text) => lines.some((line) => line.startsWith(text))) || undefined;
      });

    it('signed with the key of a profile: what it sends is valid where it arrives', async () => {
      await sendTest(/Document Verification/, /^Once/);
      await reported('HTTP 200 after ');
      const [sent] = bodies;
      assert.ok(sent && bodies.length === 1);
      const read = await api.readResponse(JSON.parse(sent.body), headersOf(sent.headers));
      assert.deepEqual(
        [read.signature, JSON.stringify(sent).includes(KEY.apiKey)],
        ['valid', false],
      );
      await closeAllTabs();
      status = 500;
      await sendTest(/Document Verification/, /^Once/);
      await reported(
        ...['HTTP 500 after ', 'Regressed: the attempt before passed.'],
        'Wrong: a valid webhook must be accepted',
      );
      await closeAllTabs();
      await sendTest(/Document Verification/, /With a Wrong Signature/);
      await reported('Wrong: a webhook with this signature must be refused');
      const wrong = bodies.at(-1);
      assert.ok(wrong);
      assert.equal(
        (await api.readResponse(JSON.parse(wrong.body), headersOf(wrong.headers))).signature,
        'invalid',
      );
      await closeAllTabs();
    });

    it('in a report that tells callbacks of a job apart, and names the profile', async () => {
      const steps: Hands['pick'][] = [
        (items) => items.find(({ description }) => description === 'approved'),
        pick(/^All, in Order/),
        pick(new RegExp(profile.name)),
      ];
      const hands: Hands = { pick: (items) => steps.shift()?.(items), type: () => address };
      const texts = await run(hands, 'smile.sendTestWebhook');
      assert.ok(texts.includes('opens the last of 2 as a file; send it with this command'));
      await reported('HTTP 200 after ');
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.match(text, new RegExp(`^Profile: ${profile.name}$`, 'm'));
      assert.deepEqual(
        Array.from(text.matchAll(/^\d\. .*All, in Order: (\d+),/gm), ([, code]) => code),
        ['1012', '0810'],
      );
      await closeAllTabs();
    });

    it('without an offer to edit what the user edits already', async () => {
      const document = await vscode.workspace.openTextDocument({
        ...{ language: 'json', content: '{"ResultCode": "0810"}' },
      });
      await vscode.window.showTextDocument(document);
      const steps = [/^(?:\$\(edit\) )?Body in the Open Editor/];
      const hands: Hands = { pick: (items) => pick(steps.shift() ?? /^$/)(items) };
      const texts = await run(hands, 'smile.sendTestWebhook');
      assert.deepEqual(
        [texts.includes('Twice'), texts.includes('Edit the Body First…')],
        [true, false],
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('on this machine, or at a private address that the user confirmed: nowhere else', async () => {
      const recorded = recordConnections();
      const asked: string[] = [];
      const no = (text: string): undefined => {
        asked.push(text);
      };
      const said = [
        await sendTest(/Document Verification/, /^Once/, 'http://203.0.113.7/hook', no),
        await sendTest(/Document Verification/, /^Once/, 'ftp://127.0.0.1/hook', no),
        await sendTest(/Document Verification/, /^Once/, 'http://me:pw@127.0.0.1/', no),
        await sendTest(/Document Verification/, /^Once/, 'http://192.168.77.5:4000/hook', no),
      ].map((texts) => texts.at(-1));
      recorded.stop();
      assert.deepEqual(said, [
        'Test webhooks go to this machine, or to an address of a private network, such as 192.168.1.5.',
        'Enter an address that starts with http:// or https://.',
        'The address must not contain a user name.',
        'It is not this machine. Only addresses of a private network are used.',
      ]);
      assert.deepEqual(asked, ['Send webhooks to 192.168.77.5:4000?']);
      assert.deepEqual(
        recorded.attempts.filter(({ host }) => /203\.0|192\.168/.test(host)),
        [],
      );
      assert.deepEqual(bodies, []);
    });

    it('as they came in, byte for byte: only what is signed, and only while that is wanted', async () => {
      const texts = await run({ type: () => address }, 'smile.forwardDeliveries');
      assert.match(texts.at(-1) ?? '', /^Webhooks with a valid signature are forwarded to /);
      const sent = await v3Webhook();
      const spaced = { ...sent, body: ` ${sent.body}\r\n` };
      await deliver({ ...spaced, headers: { ...sent.headers, 'response-signature': 'AAAA' } });
      await deliver({ ...spaced, headers: { ...sent.headers, cookie: 'a=b' } });
      const passed = await until('what is passed on', () => bodies[0]);
      assert.deepEqual([passed.body, passed.headers.cookie], [spaced.body, undefined]);
      assert.equal(
        (await api.readResponse(passed.body, headersOf(passed.headers))).signature,
        'valid',
      );
      await run({}, 'smile.stopForwardingDeliveries');
      await deliver(await v3Webhook());
      // a replay arrives after what was passed on before it
      const jobId = newJobId();
      const replayed = await v3Webhook({}, jobId);
      await deliver(replayed);
      await run({}, 'smile.replayDelivery', await rowOf(jobId));
      assert.deepEqual(
        bodies.map(({ body }) => body),
        [spaced.body, replayed.body],
      );
    });

    it('again: whether that is fixed, still failing or worse, against the attempt before', async () => {
      const jobId = newJobId();
      await deliver(await v3Webhook({}, jobId));
      const row = await rowOf(jobId);
      const replay = async (now: number): Promise<string> => {
        status = now;
        const hands = { type: () => address };
        return (await run(hands, 'smile.replayDelivery', row)).at(-1) ?? '';
      };
      const said: string[] = [];
      for (const now of [500, 500, 200, 200, 404]) said.push(await replay(now));
      const number = /#\d+/.exec(said[0] ?? '')?.[0];
      assert.match(
        said[0] ?? '',
        new RegExp(`^Webhook ${number} to ${new URL(address).host}: HTTP 500 after [^.]+ m?s\\.$`),
      );
      assert.deepEqual(
        said.map((text) => /(?:Still|Fixed|Regressed).*$/.exec(text)?.[0]),
        [
          undefined,
          'Still failing, as in the attempt before.',
          'Fixed: the attempt before failed.',
          'Still passing, as in the attempt before.',
          'Regressed: the attempt before passed.',
        ],
      );
      assert.equal(new Set(bodies.map(({ body }) => body)).size, 1);
    });
  });

  it('are replayed by hand without a valid signature, to see that they are refused', async () => {
    const endpoint = await startStub((_request, response) => {
      response.writeHead(401);
      response.end();
    });
    try {
      const sent = await v3Webhook();
      await deliver({ ...sent, headers: { ...sent.headers, 'response-signature': 'AAAA' } });
      const [row] = await notVerified();
      const type = (): string => `${new URL(endpoint.url).origin}/hook`;
      const pressed: Hands = {
        type,
        press: (_text, [, other]) => (endpoint.requests.length === 0 ? other : undefined),
      };
      const texts = await run(pressed, 'smile.replayDelivery', row?.element);
      assert.match(texts.at(-1) ?? '', /Right: a webhook with this signature must be refused\.$/);
      assert.deepEqual(endpoint.requests, ['POST /hook']);
    } finally {
      await endpoint.stop();
    }
  });

  describe('lead to the status of their job', () => {
    it('from the row of the job, with the profile whose key signed them', async () => {
      const jobId = newJobId();
      await deliver(await v3Webhook({}, jobId));
      const row = (await rowsOf(jobId))?.element;
      await run({}, 'smile.row.copyJobId', row);
      assert.equal(await vscode.env.clipboard.readText(), jobId);
      const before = server.requests.length;
      await run({}, 'smile.row.getJobStatus', row);
      assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, jobId);
      assert.deepEqual(
        server.requests.slice(before).map((line) => line.includes('/v3/')),
        [true],
      );
      await closeAllTabs();
    });

    it('unless an alarm came for them, even if their row was shown before it', async () => {
      const jobId = newJobId();
      const sent = await v3Webhook({}, jobId);
      await deliver(sent);
      const shown = await rowsOf(jobId);
      await deliver({
        ...sent,
        body: JSON.stringify({ ...CLEAR, job_id: jobId, status: 'block' }),
      });
      const before = server.requests.length;
      for (const row of [shown, await rowsOf(jobId)]) {
        assert.deepEqual(await run({}, 'smile.row.getJobStatus', row?.element), [
          'No webhook of this job can be trusted: see its alarm. Nothing was requested.',
        ]);
      }
      assert.equal(server.requests.length, before);
    });

    it('from the prompt, which lists those that the key of the active profile signed', async () => {
      const [jobId, forged] = [newJobId(), newJobId()];
      await deliver(await v3Webhook({}, jobId));
      const sent = await v3Webhook({}, forged);
      await deliver({ ...sent, headers: { ...sent.headers, 'response-signature': 'AAAA' } });
      await vscode.commands.executeCommand('smile.switchProfile', profile.id);
      const texts = await run({}, 'smile.getJobStatus');
      assert.deepEqual(
        [texts.includes('received webhooks'), texts.includes(jobId), texts.includes(forged)],
        [true, true, false],
      );
    });
  });

  describe('as a task', () => {
    const fetchTask = async (): Promise<vscode.Task> => {
      const [task, ...others] = await vscode.tasks.fetchTasks({ type: 'smile' });
      assert.ok(task && others.length === 0);
      return task;
    };
    const running = () =>
      until('the receiver', () => storedRecords('receivers').size === 1 || undefined);
    const stopped = () =>
      until('its end', () => storedRecords('receivers').size === 0 || undefined);

    it('are received in the background, with a problem matcher that waits for the start', async () => {
      const { name, source, definition, isBackground, problemMatchers } = await fetchTask();
      assert.deepEqual(
        { name, source, definition, isBackground, problemMatchers },
        {
          name: 'webhook receiver',
          source: 'smile',
          definition: { type: 'smile', task: 'webhook receiver' },
          isBackground: true,
          problemMatchers: ['$smile-webhook-receiver'],
        },
      );
    });

    it('as long as the task runs', async () => {
      await stop();
      const execution = await vscode.tasks.executeTask(await fetchTask());
      await running();
      ({ url } = await start());
      assert.equal((await deliver(await v3Webhook())).signature, 'valid');
      execution.terminate();
      await stopped();
      assert.equal(await isRefused(url), true);
    });

    it('and shows the address, whose path only this window knows', async () => {
      await stop();
      const { execution } = await fetchTask();
      assert.ok(execution instanceof vscode.CustomExecution && 'callback' in execution);
      const { callback } = execution as unknown as {
        readonly callback: () => Promise<vscode.Pseudoterminal>;
      };
      const terminal = await callback();
      const lines: string[] = [];
      terminal.onDidWrite((text) => lines.push(text.trimEnd()));
      terminal.open(undefined);
      await until('the address', () => lines.length === 3 || undefined);
      ({ url } = await start());
      assert.deepEqual(lines, [
        'Starting the webhook receiver.',
        `The webhook receiver runs on port ${portOf(url)}.`,
        `Its address is ${url}`,
      ]);
      terminal.close();
      await stopped();
    });

    it('and other tasks get the address in a variable, which starts the receiver', async function () {
      if (HAS_NO_TERMINALS) this.skip();
      await stop();
      const folder = mkdtempSync(join(tmpdir(), 'smile-task-'));
      const file = join(folder, 'address');
      const program = "require('node:fs').writeFileSync(process.argv[1], process.argv[2])";
      const execution = new vscode.ProcessExecution('node', [
        ...['-e', program, file, '${command:smile.webhookAddress}'],
      ]);
      const ended = eventOf(vscode.tasks.onDidEndTaskProcess);
      try {
        const scope = vscode.TaskScope.Workspace;
        await vscode.tasks.executeTask(
          new vscode.Task({ type: 'process' }, scope, 'writes it', 'test', execution),
        );
        assert.equal((await ended).exitCode, 0);
        ({ url } = await start());
        assert.equal(readFileSync(file, 'utf8'), url);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('longer if the user had started it before', async () => {
      const began = eventOf(vscode.tasks.onDidStartTask);
      const ended = eventOf(vscode.tasks.onDidEndTask);
      const execution = await vscode.tasks.executeTask(await fetchTask());
      await began;
      execution.terminate();
      await ended;
      assert.equal((await deliver(await v3Webhook())).signature, 'valid');
    });

    it('and the task ends when the receiver is stopped', async () => {
      await stop();
      const ended = eventOf(vscode.tasks.onDidEndTaskProcess);
      await vscode.tasks.executeTask(await fetchTask());
      await running();
      await stop();
      assert.equal((await ended).exitCode, 0);
    });

    describe('before the program that is debugged starts, and until it ends', () => {
      let folder: string;
      let program: string;
      before(function () {
        if (!vscode.extensions.getExtension('ms-vscode.js-debug')) {
          this.skip(); // this build of VS Code has no debugger for Node
        }
        folder = mkdtempSync(join(tmpdir(), 'smile-task-'));
        program = join(folder, 'app.js');
        writeFileSync(program, 'setInterval(() => undefined, 1000);\n');
      });
      beforeEach(stop);
      after(() => {
        if (folder) rmSync(folder, { recursive: true, force: true });
      });
      const [workspace] = vscode.workspace.workspaceFolders ?? [];

      const debug = async (preLaunchTask: unknown): Promise<void> => {
        const session = eventOf(vscode.debug.onDidStartDebugSession);
        const isRunningAtStart = session.then(() => storedRecords('receivers').size);
        const started = await vscode.debug.startDebugging(workspace, {
          ...{ type: 'node', request: 'launch', name: 'an app', program, preLaunchTask },
        });
        assert.equal(started, true);
        assert.equal(await isRunningAtStart, 1);
        ({ url } = await start());
        assert.equal((await deliver(await v3Webhook())).signature, 'valid');
        await vscode.debug.stopDebugging(await session);
        await stopped();
        assert.equal(await isRefused(url), true);
      };

      it('and the program gets the address in a variable', async () => {
        const file = join(folder, 'address');
        const writes = join(folder, 'writes.js');
        writeFileSync(
          writes,
          "require('node:fs').writeFileSync(process.env.TO, process.env.SMILE_CALLBACK_URL);\n",
        );
        const ended = eventOf(vscode.debug.onDidTerminateDebugSession);
        const env = { TO: file, SMILE_CALLBACK_URL: '${command:smile.webhookAddress}' };
        assert.equal(
          await vscode.debug.startDebugging(workspace, {
            ...{ type: 'node', request: 'launch', name: 'an app', program: writes, env },
          }),
          true,
        );
        await ended;
        ({ url } = await start());
        assert.equal(readFileSync(file, 'utf8'), url);
      });

      it('named by its type and name', () => debug('smile: webhook receiver'));

      it('by the last one of several programs that name it', async () => {
        const launch = async (): Promise<vscode.DebugSession> => {
          const session = eventOf(vscode.debug.onDidStartDebugSession);
          const preLaunchTask = 'smile: webhook receiver';
          await vscode.debug.startDebugging(workspace, {
            ...{ type: 'node', request: 'launch', name: 'an app', program, preLaunchTask },
          });
          return await session;
        };
        const sessions = [await launch(), await launch()];
        ({ url } = await start());
        const [first, second] = sessions;
        const ended = eventOf(vscode.debug.onDidTerminateDebugSession);
        await vscode.debug.stopDebugging(first);
        await ended;
        assert.equal((await deliver(await v3Webhook())).signature, 'valid');
        await vscode.debug.stopDebugging(second);
        await stopped();
      });

      it('named by its definition', () => debug({ type: 'smile', task: 'webhook receiver' }));

      it('named by the label that tasks.json gives it', async () => {
        assert.ok(workspace);
        const settings = join(workspace.uri.fsPath, '.vscode');
        const task = { type: 'smile', task: 'webhook receiver', label: 'hooks' };
        mkdirSync(settings, { recursive: true });
        writeFileSync(
          join(settings, 'tasks.json'),
          JSON.stringify({ version: '2.0.0', tasks: [task] }),
        );
        try {
          await until(
            'the task',
            async () =>
              (await vscode.tasks.fetchTasks()).some(({ name }) => name === 'hooks') || undefined,
          );
          await debug('hooks');
        } finally {
          rmSync(settings, { recursive: true });
          await until(
            'its end',
            async () =>
              (await vscode.tasks.fetchTasks()).every(({ name }) => name !== 'hooks') || undefined,
          );
        }
      });
    });
  });

  // after all others, since they remove what these need
  describe('that came', () => {
    it('leave nothing on the disk: no body, signature, job or secret path, in whatever file', async () => {
      const jobId = newJobId();
      const sent = await v3Webhook({ full_name: MARKER }, jobId);
      await deliver(sent);
      await deliver({ ...sent, headers: { ...sent.headers, 'response-signature': 'AAAA' } });
      await deliver({ body: `{"${MARKER}` });
      const signature = sent.headers['response-signature'] ?? '';
      const secret = new URL(url).pathname.slice(1);
      const leaks = filesBelow(dataFolder()).flatMap((path) => {
        const bytes = readFileSync(path);
        return [MARKER, signature, jobId, secret, KEY.apiKey]
          .filter((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
          .map((text) => `${text} in ${relative(dataFolder(), path)}`);
      });
      assert.ok(signature.length > 20 && secret.length === 32);
      assert.deepEqual(leaks, []);
    });

    it('stay as they were when their profile is removed; what comes then is not valid', async () => {
      const jobId = newJobId();
      const sent = await v3Webhook({}, jobId);
      await deliver(sent);
      const confirm: Hands = { press: (_text, [button]) => button };
      await run(confirm, 'smile.signOut', profile.id);
      const later = await deliver(await v3Webhook());
      assert.notEqual(later.signature, 'valid');
      assert.deepEqual(
        (await rowsOf(jobId))?.rows.map(({ label, description }) => [label, description]),
        [['Approved', `now · v3 · signed by ${profile.name}`]],
      );
    });

    it('are forgotten, and the receiver ends, when all data is deleted', async () => {
      await deliver(await v3Webhook());
      assert.notDeepEqual(await shownRows(), []);
      const asked: string[] = [];
      const texts = await run(
        {
          press: (text, buttons) => {
            asked.push(text);
            return buttons.find((button) => button === 'Delete All Data');
          },
        },
        'smile.deleteAllData',
      );
      assert.equal(asked[0], 'Delete all data of this extension?');
      assert.match(texts.join('\n'), /and watches and the webhook receiver stop\./);
      assert.match(texts.join('\n'), /Deleted: .*\d received webhooks?\./);
      assert.deepEqual(await shownRows(), []);
      assert.equal(await isRefused(url), true);
      assert.deepEqual([...storedRecords('receivers')], []);
    });
  });
});

const headersOf = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
