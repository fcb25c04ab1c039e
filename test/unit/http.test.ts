import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpFailure, type HttpResponse } from '../../src/core/smile/http';
import { NodeHttpClient } from '../../src/node/http';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { startSimulator } from '../../src/node/simulator/server';

describe('NodeHttpClient', () => {
  const http = new NodeHttpClient();
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

  it('sends the body as JSON and brings status, headers and bytes back', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.writeHead(201, { 'X-Amzn-RequestId': 'req-1' });
        response.end(`${request.method ?? ''} ${request.headers['content-type'] ?? ''} ${body}`);
      });
    });
    const signal = new AbortController().signal;
    const answer = await http.send({ method: 'POST', url, body: '{"a":1}', maxBytes: 99, signal });
    assert.deepEqual(
      {
        status: answer.status,
        requestId: answer.headers.get('x-amzn-requestid'),
        body: new TextDecoder().decode(answer.body),
        cut: answer.cut,
      },
      { status: 201, requestId: 'req-1', body: 'POST application/json {"a":1}', cut: null },
    );
  });

  it('follows no redirect: the other server hears nothing', async () => {
    let heard = 0;
    const other = await serve((_request, response) => {
      heard += 1;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await serve((_request, response) => {
        response.writeHead(status, { Location: other });
        response.end();
      });
      assert.equal((await get(url)).status, status);
    }
    assert.equal(heard, 0);
  });

  it('stops reading at the limit, without waiting for the rest', async () => {
    const url = await serve((_request, response) => {
      response.write(Buffer.alloc(5000, 'a')); // and never ends
    });
    const answer = await get(url, 1000);
    assert.deepEqual([answer.cut, answer.body.length], ['too large', 1000]);
  });

  it('tells a connection that ended early from a whole answer', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"job_', () => response.destroy());
    });
    const answer = await get(url);
    assert.deepEqual(
      [answer.cut, new TextDecoder().decode(answer.body)],
      ['connection lost', '{"job_'],
    );
  });

  it('tells why no answer came', async () => {
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

  it('says why in a sentence that holds no part of the query', async () => {
    const error: unknown = await get('http://no-such-host.invalid/x?signature=secret').catch(
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof HttpFailure);
    assert.equal(
      error.message,
      'The name no-such-host.invalid could not be resolved. Is this machine online?',
    );
  });

  it('takes a throw-away certificate from this machine', async () => {
    const simulator = await startSimulator({ tls: await makeCertificate() });
    try {
      assert.equal((await get(new URL('/scenarios', simulator.url).href, 100_000)).status, 200);
    } finally {
      await simulator.stop();
    }
  });

  it('stops when it is told to: before, while waiting, while reading', async () => {
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
  });
});
