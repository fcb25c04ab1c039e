import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { systemClock } from '../../core/clock';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from './scenarios';
import { Simulation } from './simulation';
import type { Simulator, SimulatorOptions } from './simulator';

const LOOPBACK = '127.0.0.1';
const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * Starts a stand-in for Smile ID's job status API on this machine.
 * @throws Node's listen error, such as EADDRINUSE
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, tls, clock = systemClock } = options;
  const { partnerId = SIMULATOR_PARTNER_ID, apiKey = SIMULATOR_API_KEY } = options;
  const scheme = tls ? 'https' : 'http';
  const simulation = new Simulation(partnerId, apiKey, clock);
  const stopping = new AbortController();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    const abort = (): void => {
      gone.abort();
    };
    response.on('close', abort);
    stopping.signal.addEventListener('abort', abort);
    try {
      const origin = `${scheme}://${LOOPBACK}:${request.socket.localPort ?? port}`;
      const answer = await simulation.answer(
        {
          method: request.method ?? '',
          // Only the path counts, whatever the request line says (`//host/path` would change the host).
          url: new URL(`${origin}${request.url?.startsWith('/') ? request.url : '/'}`),
          accept: request.headers.accept ?? '',
          body: await bodyOf(request),
        },
        gone.signal,
      );
      if (gone.signal.aborted) return;
      if (!answer) {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, {
        ...answer.headers,
        'Content-Length': Buffer.byteLength(answer.body),
        'x-amzn-requestid': crypto.randomUUID(),
      });
      response.end(answer.body);
    } finally {
      stopping.signal.removeEventListener('abort', abort);
    }
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => {
      // Either the client left in the middle of its request, and nobody reads this, or it is a fault here.
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
        stopping.abort();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The body as text, or null where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= MAX_REQUEST_BYTES) chunks.push(chunk);
  }
  return size > MAX_REQUEST_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}
