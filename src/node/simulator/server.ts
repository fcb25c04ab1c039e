import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { systemClock } from '../../core/clock';
import { refusalOf } from '../loopbackRequest';
import { MultipartReader } from './multipart';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from './scenarios';
import { json, type SimulatedRequest, type SimulatedResponse } from './simulatedHttp';
import { Simulation } from './simulation';
import type { Simulator, SimulatorOptions } from './simulator';
import { MAX_GATEWAY_BYTES, TOO_LARGE_FOR_GATEWAY } from './v3Errors';

const LOOPBACK = '127.0.0.1';
/** Without files requests have less than 1 KB. IDs of a request come back in each entry of a history, 200 times. */
const MAX_TEXT_BYTES = 64 * 1024;
const TOO_LONG = json(413, { message: 'Request Too Long' });

/**
 * Starts a stand-in for Smile ID's APIs on this machine: job status of v1, and v3.
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
      endWith(request, response, json(403, { message: refusal.message }));
      return;
    }
    const gone = new AbortController();
    // Stopping the server closes the connections, and so ends the responses under way.
    response.on('close', () => {
      gone.abort();
    });
    const origin = `${scheme}://${LOOPBACK}:${request.socket.localPort ?? port}`;
    // Only the path counts, whatever the request line says (`//host/path` would change the host).
    const url = new URL(`${origin}${request.url?.startsWith('/') ? request.url : '/'}`);
    const body = await bodyOf(request);
    if (body === null) {
      const isV3 = url.pathname.startsWith('/v3/');
      endWith(request, response, isV3 ? TOO_LARGE_FOR_GATEWAY : TOO_LONG);
      return;
    }
    const { method = '', headers } = request;
    const reply = await simulation.respond(
      { method, url, headers: textsIn(headers), ...body },
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
    submit: (job) => simulation.submit(job, `${scheme}://${LOOPBACK}:${bound}`),
    stop: () =>
      new Promise((resolve) => {
        simulation.stop();
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
  { status, headers, body }: SimulatedResponse,
): void {
  response.writeHead(status, {
    ...headers,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body, () => {
    socket.destroySoon();
  });
}

/** A header that is sent twice is joined by Node, except for cookies, which nothing here reads. */
function textsIn(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

/** The body as text or form, or null if it is too large: then the rest is not read. */
async function bodyOf(
  request: IncomingMessage,
): Promise<Pick<SimulatedRequest, 'body' | 'form'> | null> {
  const multipart = MultipartReader.of(request.headers['content-type'] ?? '');
  const limit = multipart ? MAX_GATEWAY_BYTES : MAX_TEXT_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > limit) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not end the connection: there is still a response to send.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) return null;
    if (multipart) multipart.push(chunk);
    else chunks.push(chunk);
  }
  if (!multipart) return { body: Buffer.concat(chunks).toString('utf8'), form: null };
  const form = multipart.end();
  return form === 'too large' ? null : { body: '', form };
}
