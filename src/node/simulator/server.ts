import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { systemClock } from '../../core/clock';
import { refusalOf } from '../loopbackRequest';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from './scenarios';
import { Simulation } from './simulation';
import type { Simulator, SimulatorOptions } from './simulator';

const LOOPBACK = '127.0.0.1';
/** Real requests have less than 1 KB. IDs of a request come back in each entry of a history, 200 times. */
const MAX_REQUEST_BYTES = 64 * 1024;

/**
 * Starts a stand-in for Smile ID's job status API on this machine.
 * @throws Node's listen error, such as EADDRINUSE
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, tls, clock = systemClock } = options;
  const { partnerId = SIMULATOR_PARTNER_ID, apiKey = SIMULATOR_API_KEY } = options;
  const scheme = tls ? 'https' : 'http';
  const simulation = new Simulation(partnerId, apiKey, clock);

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(request);
    if (refusal !== null) {
      endWith(request, response, 403, refusal);
      return;
    }
    const gone = new AbortController();
    // Stopping the server closes the connections, and so ends the responses under way.
    response.on('close', () => {
      gone.abort();
    });
    const origin = `${scheme}://${LOOPBACK}:${request.socket.localPort ?? port}`;
    const body = await bodyOf(request);
    if (body === null) {
      endWith(request, response, 413, 'Request Too Long');
      return;
    }
    const reply = await simulation.respond(
      {
        method: request.method ?? '',
        // Only the path counts, whatever the request line says (`//host/path` would change the host).
        url: new URL(`${origin}${request.url?.startsWith('/') ? request.url : '/'}`),
        accept: request.headers.accept ?? '',
        body,
      },
      gone.signal,
    );
    if (gone.signal.aborted) return;
    if (!reply) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status, {
      ...reply.headers,
      'Content-Length': Buffer.byteLength(reply.body),
      'x-amzn-requestid': crypto.randomUUID(),
    });
    response.end(reply.body);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => {
      // Either the client left in the middle of its request, and nothing reads this, or it is a fault here.
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end('{"message":"Internal server error"}');
    });
  };
  const server = tls ? createTlsServer({ ...tls }, listener) : createServer(listener);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `${scheme}://${LOOPBACK}:${bound}/v1`,
    partnerId,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Responds at once, and reads nothing more of the request. */
function endWith(
  { socket }: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
): void {
  const body = JSON.stringify({ message });
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body, () => {
    socket.destroySoon();
  });
}

/** The body as text, or null if it is too large: then the rest is not read. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not end the connection: there is still a response to send.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
