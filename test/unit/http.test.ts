import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { HttpFailure, type HttpClient, type HttpResponse } from '../../src/core/smile/http';
import { BeyondFetch } from '../../src/node/http/failures';
import { FetchAdapter } from '../../src/node/http/fetchAdapter';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { NodeFetchAdapter } from '../../src/node/http/nodeFetchAdapter';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { startSimulator } from '../../src/node/simulator/server';
import { FakeHttp, response } from '../support/fakes';
import { fetchTrusting } from '../support/fetchTrusting';
import { startRawServer } from '../support/rawServer';

const ADAPTERS: Readonly<Record<string, HttpClient>> = {
  'HTTP by fetch': new FetchAdapter(),
  'HTTP by node-fetch': new NodeFetchAdapter(),
};

/** What a request may add to what the caller gave: nothing that says who sends it, or from where. */
const HEADERS: ReadonlySet<string> = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'connection', 'content-length'],
  ...['content-type', 'host', 'sec-fetch-mode', 'user-agent'],
]);

for (const [name, http] of Object.entries(ADAPTERS)) {
  describe(name, () => {
    const servers: Server[] = [];
    const serve = async (listener: RequestListener): Promise<string> => {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const get = (url: string, maxBytes = 1000, signal = new AbortController().signal) =>
      http.send({ method: 'GET', url, maxBytes, signal });
    const reasonOf = async (sent: Promise<HttpResponse>): Promise<string> => {
      const error: unknown = await sent.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof HttpFailure, String(error));
      return error.reason;
    };
    afterEach(() => {
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        server.close();
      }
    });

    it('sends the body as JSON and returns status, headers and bytes', async () => {
      const url = await serve((request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => {
          response.writeHead(201, { 'X-Amzn-RequestId': 'req-1' });
          response.end(`${request.method ?? ''} ${request.headers['content-type'] ?? ''} ${body}`);
        });
      });
      const signal = new AbortController().signal;
      const result = await http.send({
        method: 'POST',
        url,
        body: '{"a":1}',
        maxBytes: 99,
        signal,
      });
      assert.deepEqual(
        {
          status: result.status,
          requestId: result.headers.get('x-amzn-requestid'),
          body: new TextDecoder().decode(result.body),
          cut: result.cut,
        },
        { status: 201, requestId: 'req-1', body: 'POST application/json {"a":1}', cut: null },
      );
    });

    it('follows no redirect: the other server receives nothing', async () => {
      let received = 0;
      const other = await serve((_request, response) => {
        received += 1;
        response.end();
      });
      for (const status of [301, 302, 303, 307, 308]) {
        const url = await serve((_request, response) => {
          response.writeHead(status, { Location: other });
          response.end();
        });
        assert.equal((await get(url)).status, status);
      }
      assert.equal(received, 0);
    });

    it('stops reading at the limit, without waiting for the rest', async () => {
      const url = await serve((_request, response) => {
        response.write(Buffer.alloc(5000, 'a')); // and never ends
      });
      const result = await get(url, 1000);
      assert.deepEqual([result.cut, result.body.length], ['too large', 1000]);
    });

    it('distinguishes a connection that ended early from a complete response', async () => {
      const url = await serve((_request, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"job_', () => response.destroy());
      });
      const result = await get(url);
      assert.deepEqual(
        [result.cut, new TextDecoder().decode(result.body)],
        ['connection lost', '{"job_'],
      );
    });

    it('says why no response came', async () => {
      const reset = await serve((request) => request.socket.destroy());
      const plain = await serve(() => undefined);
      const closed = await serve(() => undefined);
      await new Promise((resolve) => servers.pop()?.close(resolve));
      assert.deepEqual(
        {
          reset: await reasonOf(get(reset)),
          refused: await reasonOf(get(closed)),
          dns: await reasonOf(get('http://no-such-host.invalid')),
          tls: await reasonOf(get(plain.replace('http:', 'https:'))),
        },
        { reset: 'reset', refused: 'refused', dns: 'dns', tls: 'tls' },
      );
    });

    it('says why in a sentence that contains no part of the query string', async () => {
      const error: unknown = await get('http://no-such-host.invalid/x?signature=secret').catch(
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof HttpFailure);
      assert.equal(error.message, 'Cannot resolve no-such-host.invalid. Check your connection.');
    });

    it('sends no header that says who sends it', async () => {
      const seen: Record<string, unknown>[] = [];
      const url = await serve((request, response) => {
        seen.push(request.headers);
        response.end();
      });
      const signal = new AbortController().signal;
      await get(url);
      await http.send({ method: 'POST', url, body: '{}', maxBytes: 99, signal });
      const unknown = seen.flatMap(Object.keys).filter((header) => !HEADERS.has(header));
      const given = seen.map((headers) => [headers.accept, headers['content-type']]);
      assert.deepEqual(
        { unknown, given },
        {
          unknown: [],
          given: [
            ['*/*', undefined],
            ['application/json', 'application/json'],
          ],
        },
      );
    });

    it('counts the limit in bytes after decompression', async () => {
      const large = Buffer.alloc(10 * 1024 ** 2);
      for (const [encoding, bytes] of [
        ['gzip', gzipSync(large)],
        ['br', brotliCompressSync(large)],
      ] as const) {
        const url = await serve((_request, response) => {
          response.setHeader('Content-Encoding', encoding);
          response.end(bytes);
        });
        const { cut, body } = await get(url, 1000);
        assert.deepEqual([encoding, cut, body.length], [encoding, 'too large', 1000]);
      }
    });

    it('can be aborted in a body of damaged gzip without a length', async () => {
      const bytes = gzipSync('{"job_complete": false}');
      bytes.writeUInt8(0xa9, 12);
      const stop = new AbortController();
      const url = await serve((_request, response) => {
        response.useChunkedEncodingByDefault = false;
        response.writeHead(200, { 'Content-Encoding': 'gzip', Connection: 'close' });
        response.end(bytes, () => {
          setTimeout(() => {
            stop.abort();
          }, 200);
        });
      });
      const end = await get(url, 1000, stop.signal).then(
        ({ cut }) => cut,
        (error: unknown) => (error instanceof Error ? error.name : null),
      );
      assert.ok(end === 'bad encoding' || end === 'AbortError', String(end));
    });

    it('stops when it is aborted: before it starts, while it waits, while it reads', async () => {
      const silent = await serve(() => undefined);
      const endless = await serve((_request, response) => {
        response.write('a');
      });
      for (const [url, delay] of [
        [silent, 0],
        [silent, 50],
        [endless, 100],
      ] as const) {
        const stop = new AbortController();
        setTimeout(() => {
          stop.abort();
        }, delay);
        await assert.rejects(get(url, 1000, stop.signal), { name: 'AbortError' });
      }
      const post = { method: 'POST', url: silent, body: '{}', maxBytes: 1000 } as const;
      const stopped = http.send({ ...post, signal: AbortSignal.abort() });
      await assert.rejects(stopped, { name: 'AbortError' });
    });
  });
}

describe('NodeHttpClient', () => {
  const request = (url: string) => ({
    method: 'GET' as const,
    url,
    maxBytes: 100_000,
    signal: new AbortController().signal,
  });
  const ELSEWHERE = 'https://192.0.2.1/';

  it('accepts a temporary certificate from this machine', async () => {
    const simulator = await startSimulator({ tls: await makeCertificate() });
    try {
      assert.equal(
        (await new NodeHttpClient().send(request(new URL('/scenarios', simulator.url).href)))
          .status,
        200,
      );
    } finally {
      await simulator.stop();
    }
  });

  it('uses fetch, and node-fetch if VS Code has not patched fetch or a server on this machine may have any certificate', async () => {
    const usedFor = async (url: string, isFetchPatched: boolean): Promise<number[]> => {
      const adapters = [1, 2].map(() => new FakeHttp([() => response({})]));
      await new NodeHttpClient(() => isFetchPatched, ...adapters).send(request(url));
      return adapters.map(({ requests }) => requests.length);
    };
    assert.deepEqual(
      {
        elsewhere: await usedFor(ELSEWHERE, true),
        unpatched: await usedFor(ELSEWHERE, false),
        thisMachine: await usedFor('http://127.0.0.1/', true),
        ownCertificate: await usedFor('https://127.0.0.1/', true),
        ownCertificate6: await usedFor('https://[::1]/', true),
        notThisMachine: await usedFor('https://127.0.0.2/', true),
      },
      {
        elsewhere: [1, 0],
        unpatched: [0, 1],
        thisMachine: [1, 0],
        ownCertificate: [0, 1],
        ownCertificate6: [0, 1],
        notThisMachine: [1, 0],
      },
    );
  });

  it('tries node-fetch once after a failure that only fetch may have, and after no other failure', async () => {
    const outcomeOf = async (failure: Error): Promise<string> => {
      const second = new FakeHttp([() => new HttpFailure('tls', 'The second failed.')]);
      const client = new NodeHttpClient(() => true, new FakeHttp([() => failure]), second);
      const error: unknown = await client
        .send(request(ELSEWHERE))
        .catch((thrown: unknown) => thrown);
      return `${second.requests.length}: ${error instanceof Error ? error.message : ''}`;
    };
    assert.deepEqual(
      [
        await outcomeOf(new BeyondFetch('tls', 'The first failed.')),
        await outcomeOf(new HttpFailure('tls', 'The first failed.')),
        await outcomeOf(new HttpFailure('proxy', 'The first failed.')),
      ],
      ['1: The second failed.', '0: The first failed.', '0: The first failed.'],
    );
  });

  it('knows what only fetch may fail at: certificates, some ports, HTTP 407, an unexpected HTTP 100', async () => {
    const plain = await startRawServer();
    const { key, cert } = await makeCertificate();
    const secure = createSecureServer({ key, cert }, (_request, response) => response.end());
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const { port } = secure.address() as AddressInfo;
    const failed = async (url: string, sent = '', fetch = globalThis.fetch): Promise<string> => {
      plain.respond = (socket) => socket.end(sent);
      const error: unknown = await new FetchAdapter(fetch).send(request(url)).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error === null) return 'succeeded';
      assert.ok(error instanceof HttpFailure);
      return error instanceof BeyondFetch ? 'beyond' : error.reason;
    };
    const url = `http://${plain.host}`;
    try {
      assert.deepEqual(
        {
          certificate: await failed(`https://127.0.0.1:${port}`),
          trusted: await failed(`https://127.0.0.1:${port}`, '', await fetchTrusting(cert)),
          port: await failed('http://127.0.0.1:6000'),
          proxy: await failed(url, 'HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n'),
          interim: await failed(url, 'HTTP/1.1 100 X\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'),
          reset: await failed(url, ''),
        },
        {
          certificate: 'beyond',
          trusted: 'succeeded',
          port: 'beyond',
          proxy: 'beyond',
          interim: 'beyond',
          reset: 'reset',
        },
      );
    } finally {
      secure.closeAllConnections();
      secure.close();
      await plain.stop();
    }
  });

  it('is not stopped by a request that an extension that wraps fetch sends before it', async () => {
    const server = createServer((incoming, response) => {
      response.statusCode = incoming.url === '/telemetry' ? 407 : 200;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const wrapped: typeof fetch = async (url, init) => {
      await fetch(`http://127.0.0.1:${port}/telemetry`).catch(() => undefined);
      return await fetch(url, init);
    };
    try {
      const sent = new FetchAdapter(wrapped).send(
        request(`http://127.0.0.1:${port}/v1/job_status`),
      );
      assert.equal((await sent).status, 200);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('keeps connections: twenty requests in a row use at most two', async () => {
    let connections = 0;
    const server = createServer((_request, response) => response.end('{}'));
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const client = new NodeHttpClient();
      for (let count = 0; count < 20; count += 1) {
        await client.send(request(`http://127.0.0.1:${port}`));
      }
      assert.ok(connections <= 2, `${connections} connections`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
