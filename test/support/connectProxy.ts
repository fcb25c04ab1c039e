import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

const USER = 'user';
const PASSWORD = 'pass word';

/** A proxy on this machine that opens tunnels for clients that know the password. */
export interface ConnectProxy {
  /** For the setting http.proxy, with the password. */
  readonly url: string;
  readonly urlWithWrongPassword: string;
  /** What clients requested to connect to, and what it responded. */
  readonly tunnels: string[];
  /** Refuses all from now on with this status; null: it does as it should. */
  refuseWith: number | null;
  stop(): Promise<void>;
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const follow = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
  const server = createServer((request, response) => {
    proxy.tunnels.push(`${request.method ?? ''} ${request.url ?? ''}`); // not what a proxy of TLS is for
    response.writeHead(501).end();
  });
  server.on('connection', follow);
  server.on('connect', ({ url = '', headers }, client: Socket, head) => {
    const isKnown = headers['proxy-authorization'] === expected;
    const status = proxy.refuseWith ?? (isKnown ? 200 : 407);
    proxy.tunnels.push(`${status} ${url}`);
    if (status !== 200) {
      const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="test"\r\n' : '';
      client.end(`HTTP/1.1 ${status} Refused\r\n${challenge}Content-Length: 2\r\n\r\nno`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    follow(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const urlWith = (password: string): string =>
    `http://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const proxy: ConnectProxy = {
    url: urlWith(PASSWORD),
    urlWithWrongPassword: urlWith('wrong'),
    tunnels: [],
    refuseWith: null,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
  return proxy;
}
