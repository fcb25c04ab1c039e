import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { startSimulator } from '../../src/node/simulator/server';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { HostMessage } from '../../src/webview/protocol';
import type { SmileApi } from '../../src/vscode/smileApi';
import { recordConnections } from '../support/connections';
import { closeAllTabs, followPanels, type PanelPage } from '../support/panelPages';
import { activateSmile, addProfile, fresh, startOwnSimulator } from '../support/smileExtension';
import { startRawServer } from '../support/rawServer';
import { startStub } from '../support/stubServer';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;
/** Its name depends on the version of VS Code. */
const PARSER_CODE = / \((HPE|UND_ERR)_[A-Z_]+\)/;
const PERSONAL = { userId: 'user-1', jobId: 'enhanced-document-verification' };

/** Adds a local profile for a server; most stubs here do not pass the probe, which does not matter. */
async function profileFor(url: string): Promise<string> {
  const name = fresh('Stub');
  await addProfile({
    name,
    environment: 'local',
    partnerId: '085',
    apiKey: 'local-simulator',
    url,
  });
  return name;
}

type Image = Extract<HostMessage, { type: 'image' }>['image'];

/** Requests an image as the page does when it is shown. */
async function imageOf(page: PanelPage, name: string): Promise<Image> {
  page.say({ type: 'image', name });
  const message = await until(`the image ${name}`, () =>
    page.received.find((received) => received.type === 'image' && received.name === name),
  );
  assert.equal(message.type, 'image');
  return message.image;
}

describe('On the network', () => {
  let api: SmileApi;

  before(async () => {
    api = await activateSmile();
    await startOwnSimulator();
  });
  after(async () => {
    await closeAllTabs();
    await startOwnSimulator(); // its profile is the active one again
  });

  /** Shows a job in its panel. */
  async function show(profile: string, job = PERSONAL): Promise<[JobStatusOutcome, PanelPage]> {
    await closeAllTabs();
    const followed = followPanels();
    try {
      const outcome = await vscode.commands.executeCommand<JobStatusOutcome>('smile.getJobStatus', {
        profile,
        ...job,
        history: true,
        imageLinks: true,
      });
      const page = followed.pages[0];
      assert.ok(page, 'There is no panel.');
      return [outcome, page];
    } finally {
      followed.stop();
    }
  }

  it('explanations come from memory: they contact no server', async () => {
    await closeAllTabs();
    const recorded = recordConnections();
    try {
      api.explain('0812', 'biometric_kyc');
      api.findCodes('{"ResultCode": "0812"}');
      const document = await openText('json', '{"ResultCode": "0812"}');
      await vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(0, 18),
      );
      assert.deepEqual(recorded.attempts, []);
    } finally {
      recorded.stop();
      await closeTexts();
    }
  });

  it('a job with its images is looked up on the profile’s own server, and nothing else is contacted', async () => {
    const { profile } = await startOwnSimulator();
    const recorded = recordConnections();
    try {
      const [outcome, page] = await show(profile);
      assert.equal(outcome.kind, 'answered');
      const names = outcome.job.images.map(({ name }) => name);
      assert.ok(names.length >= 4, names.join());
      for (const name of names) {
        const image = await imageOf(page, name);
        assert.equal(image.kind, 'image', JSON.stringify(image));
        assert.ok(image.bytes.length > 1000);
      }
      const requests = recorded.attempts.filter(({ kind }) => kind === 'request');
      assert.ok(requests.length >= 1 + names.length, `${requests.length} requests`);
      assert.deepEqual(
        recorded.attempts.filter(({ host }) => !LOOPBACK.test(host)),
        [],
      );
    } finally {
      recorded.stop();
    }
  });

  it('a redirect is refused: the server that it points to gets no request', async () => {
    const other = await startStub((_request, response) => response.end('{}'));
    const first = await startStub((_request, response) => {
      response.writeHead(307, { Location: `${other.url}/job_status` }).end();
    });
    try {
      const profile = await profileFor(first.url);
      const probes = first.requests.length;
      const outcome = await api.getJobStatus({ profile, userId: 'user-1', jobId: 'approved' });
      assert.deepEqual(outcome, {
        kind: 'unreachable',
        cause: 'other',
        message: `The server responded with a redirect to ${new URL(other.url).origin} (HTTP 307). Redirects are refused: a signed request goes to the address of the profile only.`,
      });
      assert.deepEqual(
        [first.requests.slice(probes), other.requests],
        [['POST /v1/job_status'], []],
      );
    } finally {
      await Promise.all([first.stop(), other.stop()]);
    }
  });

  it('twenty lookups one after the other use at most two connections', async () => {
    const sockets = new Set<unknown>();
    const stub = await startStub((request, response) => {
      sockets.add(request.socket);
      response.end(
        '{"job_complete": false, "job_success": false, "result": "No zip uploaded yet"}',
      );
    });
    try {
      const profile = await profileFor(stub.url);
      sockets.clear();
      for (let count = 0; count < 20; count += 1) {
        const outcome = await api.getJobStatus({ profile, userId: 'user-1', jobId: 'job-1' });
        assert.equal(outcome.kind, 'answered');
      }
      assert.ok(sockets.size <= 2, `${sockets.size} connections`);
    } finally {
      await stub.stop();
    }
  });

  it('what comes instead of HTTP is reported as what it is, at once', async () => {
    const server = await startRawServer();
    const messageFor = async (sent: string): Promise<string> => {
      server.respond = (socket) => socket.write(sent);
      const outcome = await api.getJobStatus({ profile, userId: 'user-1', jobId: fresh('job') });
      assert.ok(outcome.kind === 'unreachable' || outcome.kind === 'unreadable', outcome.kind);
      return outcome.message.replace(server.host, 'HOST').replace(PARSER_CODE, '');
    };
    const head = 'HTTP/1.1 200 OK\r\n';
    const profile = await profileFor(`http://${server.host}/v1`);
    try {
      assert.deepEqual(
        [
          await messageFor('SSH-2.0-OpenSSH_9.2\r\n'),
          await messageFor('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
          await messageFor(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`),
          await messageFor(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}`),
          await messageFor(`${head}Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}`),
        ],
        [
          'What responds at HOST does not speak HTTP.',
          'HOST responded by switching to another protocol (HTTP 101).',
          'The response of HOST breaks the rules of HTTP.',
          'The response breaks the rules of HTTP, so its body could not be read.',
          'The response could not be decompressed: its Content-Encoding is wrong, or its data is damaged.',
        ],
      );
    } finally {
      await server.stop();
    }
  });

  it('image links are not followed off this machine, nor through a redirect', async () => {
    const other = await startStub((_request, response) => response.end('an image'));
    const stub = await startStub((request, response) => {
      if (request.url !== '/v1/job_status') {
        response.writeHead(302, { Location: `${other.url}/x.png` }).end();
        return;
      }
      const links = {
        by_address: 'http://192.0.2.1/x.png',
        by_name: 'https://images.example/x.png?signature=s3cret',
        of_a_file: 'file:///etc/hostname', // not a web link: left out of the job
        of_smile_id: 'https://testapi.smileidentity.com/x.png',
        redirected: `http://${request.headers.host ?? ''}/x.png`,
      };
      response.setHeader('Content-Type', 'application/json');
      response.end(
        JSON.stringify({ job_complete: true, job_success: true, result: {}, image_links: links }),
      );
    });
    const recorded = recordConnections();
    try {
      const [outcome, page] = await show(await profileFor(stub.url));
      assert.equal(outcome.kind, 'answered');
      const reasons: [string, string][] = [];
      for (const { name } of outcome.job.images) {
        const image = await imageOf(page, name);
        assert.equal(image.kind, 'failed');
        reasons.push([name, image.reason]);
      }
      const leaves = (host: string) =>
        `The link leaves this machine (${host}); it is not followed.`;
      assert.deepEqual(Object.fromEntries(reasons), {
        image_1: leaves('192.0.2.1'),
        image_2: leaves('images.example'),
        image_4: leaves('testapi.smileidentity.com'),
        image_5: 'The image could not be fetched (HTTP 302).',
      });
      assert.deepEqual(other.requests, []);
      assert.deepEqual(
        recorded.attempts.filter(({ host }) => !LOOPBACK.test(host)),
        [],
      );
    } finally {
      recorded.stop();
      await Promise.all([stub.stop(), other.stop()]);
    }
  });

  it('a response over 10 MB is cut off, and the rest of it is never read', async () => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    const responses: { sent: number; closed: boolean }[] = [];
    const endless = await startStub((_request, response) => {
      const sending = { sent: 0, closed: false };
      responses.push(sending);
      const send = (): void => {
        while (!sending.closed) {
          sending.sent += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', send);
            return;
          }
        }
      };
      response.on('close', () => {
        sending.closed = true;
      });
      response.setHeader('Content-Type', 'application/json');
      response.write('{"result": "');
      send();
    });
    try {
      const profile = await profileFor(endless.url); // its probe gets such a response, too
      const outcome = await api.getJobStatus({ profile, userId: 'user-1', jobId: 'approved' });
      assert.deepEqual(outcome, {
        kind: 'unreadable',
        httpStatus: 200,
        contentType: 'application/json',
        excerpt: 'Body over the limit, 10,485,760 bytes',
        bodyKind: 'too large',
        message: 'The response is larger than 10 MB; reading stopped.',
        retryAt: null,
      });
      await until('the end of both', () => responses.every(({ closed }) => closed) || undefined);
      const most = 20 * 1024 * 1024; // the operating system buffers some of it
      assert.deepEqual(
        responses.map(({ sent }) => sent > 10 * 1024 * 1024 && sent < most),
        [true, true],
        JSON.stringify(responses),
      );
    } finally {
      await endless.stop();
    }
  });

  it('a request to a server that never responds can be canceled, and costs only the wait', async () => {
    const silent = await startStub(() => undefined);
    const source = new vscode.CancellationTokenSource();
    try {
      const added = vscode.commands.executeCommand('smile.addProfile', {
        name: 'Silent',
        environment: 'local',
        partnerId: '085',
        apiKey: 'local-simulator',
        url: silent.url,
      });
      await until('the probe', () => silent.requests[0]);
      const pending = api.getJobStatus(
        { profile: 'Silent', userId: 'user-1', jobId: 'approved' },
        source.token,
      );
      await until('the request', () => silent.requests[1]);
      source.cancel();
      assert.deepEqual(await pending, { kind: 'cancelled', cause: 'stopped' });
      await silent.stop();
      await added;
    } finally {
      source.dispose();
      await silent.stop();
    }
  });

  it('a stub on this machine may speak https with a certificate of its own', async () => {
    const simulator = await startSimulator({ tls: await makeCertificate() });
    try {
      assert.match(simulator.url, /^https:\/\/127\.0\.0\.1:\d+\/v1$/);
      const profile = await profileFor(simulator.url);
      const [outcome, page] = await show(profile);
      assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
      assert.equal(outcome.signature, 'valid');
      const [image] = outcome.job.images;
      assert.ok(image);
      assert.match(image.url, /^https:\/\/127\.0\.0\.1:/);
      assert.equal((await imageOf(page, image.name)).kind, 'image');
    } finally {
      await simulator.stop();
    }
  });
});
