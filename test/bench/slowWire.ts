import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server on this machine that is as slow as one to a server far away. */
export interface SlowWire {
  readonly port: number;
  readonly connections: () => number;
  /** How often a client had to wait for the other end: for a connection, and each time it sent after it had received. */
  readonly roundTrips: () => number;
  stop(): void;
}

/**
 * @param host of both ends
 * @param roundTripMs how long a byte and its reply are under way together; opening a connection takes as long
 */
export async function startSlowWire(
  host: string,
  serverPort: number,
  roundTripMs: number,
): Promise<SlowWire> {
  let connections = 0;
  let roundTrips = 0;
  const sockets = new Set<Socket>();
  const follow = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay();
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const wire = createServer((client) => {
    const server = connect(serverPort, host);
    const opened = performance.now() + roundTripMs; // the handshake of TCP, which the machine does by itself
    connections += 1;
    roundTrips += 1;
    let clientHasReceived = true;
    const later = (send: () => void, from = performance.now()): void => {
      const wait = Math.max(from, performance.now()) + roundTripMs / 2 - performance.now();
      if (roundTripMs === 0) send();
      else setTimeout(send, wait);
    };
    follow(client);
    follow(server);
    client.on('data', (bytes) => {
      if (clientHasReceived) roundTrips += 1;
      clientHasReceived = false;
      later(() => server.write(bytes), opened);
    });
    server.on('data', (bytes) => {
      later(() => {
        clientHasReceived = true;
        client.write(bytes);
      });
    });
    client.on('close', () => {
      later(() => server.destroy(), opened);
    });
    server.on('close', () => {
      later(() => client.destroy());
    });
  });
  await new Promise<void>((done) => wire.listen(0, host, done));
  return {
    port: (wire.address() as AddressInfo).port,
    connections: () => connections,
    roundTrips: () => roundTrips,
    stop() {
      wire.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
