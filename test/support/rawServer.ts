import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on this machine that sends what a test sets, byte by byte, whether it is HTTP or not. */
export interface RawServer {
  /** As in a URL: `127.0.0.1:PORT`. */
  readonly host: string;
  /** What the next requests get. */
  respond: (socket: Socket) => void;
  stop(): Promise<void>;
}

const HEAD_END = '\r\n\r\n';

/** @param isWhole whether what came so far is a request to respond to; by default a whole request of HTTP */
export async function startRawServer(isWhole = isWholeRequest): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    let received = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // a client that leaves is no fault here
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isWhole(received)) return;
      received = '';
      raw.respond(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const raw: RawServer = {
    host: `127.0.0.1:${port}`,
    respond: (socket) => socket.end(),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
  return raw;
}

function isWholeRequest(received: string): boolean {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
  return received.length >= headEnd + HEAD_END.length + length;
}
