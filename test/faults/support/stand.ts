import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/sandbox.js';

/** How a provider is down. */
export const outages = ['refused', 'silent', '5xx', 'hangs up'] as const;

export type Outage = (typeof outages)[number];

/** One provider at an address of its own, which can go down and come back there. */
export interface Stand {
  /** While it is up. */
  sandbox(): Sandbox;
  /** How many connections were open at once, at most, since it went down. */
  mostConnections(): number;
  goDown(outage: Outage): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a provider, which is up at first. */
export async function startStand(clients: SandboxOptions['clients']): Promise<Stand> {
  let sandbox: Sandbox | null = await startSandbox({ host: '127.0.0.1', port: 0, clients });
  const first = sandbox;
  const port = Number(new URL(sandbox.url).port);
  let impostor: Server | null = null;
  const sockets = new Set<Socket>();
  let most = 0;

  async function closeAll(): Promise<void> {
    await sandbox?.close();
    sandbox = null;
    impostor?.close();
    impostor = null;
    for (const socket of sockets) socket.destroy();
  }

  return {
    // Its addresses are the same each time.
    sandbox: () => sandbox ?? first,
    mostConnections: () => most,
    async goDown(outage) {
      await closeAll();
      most = 0;
      if (outage === 'refused') return;
      impostor = impostorFor(outage);
      impostor.on('connection', (socket) => {
        sockets.add(socket);
        most = Math.max(most, sockets.size);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => sockets.delete(socket));
      });
      impostor.listen(port, '127.0.0.1');
      await once(impostor, 'listening');
    },
    async comeBack() {
      if (sandbox !== null) return;
      await closeAll();
      sandbox = await startSandbox({ host: '127.0.0.1', port, clients });
    },
    close: closeAll,
  };
}

/** What listens in a provider's place while it is down. */
function impostorFor(outage: Exclude<Outage, 'refused'>): Server {
  const impostors = {
    // It reads, so that it hears of those who have gone.
    silent: () => createServer((socket) => socket.resume()),
    '5xx': () => createHttpServer((_request, response) => response.writeHead(503).end('down')),
    'hangs up': () => createServer((socket) => socket.once('data', () => socket.destroy())),
  };
  return impostors[outage]();
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
