import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a server that can be closed: what is sent meanwhile waits, and arrives when it is opened. */
export interface Gate {
  port: number;
  shut(): void;
  open(): void;
  /** Waits until somebody stands before the gate. */
  knocked(): Promise<void>;
  close(): void;
}

/** Starts a gate before a port of this machine. */
export async function startGate(target: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  let waiting: (() => void)[] = [];
  let isShut = false;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    client.on('data', (chunk: Buffer) => {
      if (isShut) waiting.push(() => upstream.write(chunk));
      else upstream.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    shut() {
      isShut = true;
    },
    open() {
      isShut = false;
      for (const pass of waiting) pass();
      waiting = [];
    },
    async knocked() {
      for (let tries = 0; waiting.length === 0; tries += 1) {
        if (tries === 500) throw new Error('Nobody came to the gate.');
        await sleep(10);
      }
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
