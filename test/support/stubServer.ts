import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A tiny server on this machine, for what the simulator would never do. */
export interface StubServer {
  /** Base URL for a local profile. */
  readonly url: string;
  /** Method and path of each request, in the order they came. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

export async function startStub(
  respond: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<StubServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    respond(request, response);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The stub has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

/** A loopback address at which nothing listens: its port was free a moment ago. */
export async function freeAddress(): Promise<string> {
  const stub = await startStub((_request, response) => response.end());
  await stub.stop();
  return stub.url;
}
