import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Lifecycle } from '../common/lifecycle.js';
import { type Config, providersMs } from '../config/config.js';

/**
 * The most that clients are told in `Keep-Alive: timeout`, in seconds. Those that heed it have no idle connection left when a
 * drain that is longer than this has passed.
 */
const KEEP_ALIVE_HINT_SECONDS = 5;

/** How long a client may take for its headers, and for its whole request: at most 16 KB, and 32 KB of body. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** How long an answer may wait for its client to read, beyond what providers may take: nothing moves meanwhile. */
const UNREAD_MS = 60_000;

/** How long a new connection may stay without a request when the service stops: browsers open some ahead of need. */
const UNUSED_SOCKET_MS = 500;

/** How long nobody must have connected or been answered for the listener to close, and how long at most to wait for that. */
const QUIET_MS = 50;
const QUIET_WITHIN_MS = 2000;

/** How much longer than its providers may take a request in flight may take when the service stops. */
const GRACE_MS = 3000;

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** The connections of the service: how long they live, and how they come to an end without breaking off an answer. */
export class Connections {
  private readonly sockets = new Set<Socket>();
  private readonly inFlight = new Set<ServerResponse>();
  /** Connections and answers so far. Whoever is answered with `Connection: close` connects again at once. */
  private activity = 0;
  /** Requests that wait until the listener has closed; null while they are answered as they come. */
  private waiting: (() => void)[] | null = null;

  constructor(
    private readonly server: Server,
    private readonly lifecycle: Lifecycle,
    private readonly config: Pick<Config, 'keepAliveSeconds' | 'providerTimeoutMs'>,
  ) {
    server.keepAliveTimeout = config.keepAliveSeconds * 1000;
    server.timeout = providersMs(config) + UNREAD_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.on('connection', (socket) => {
      this.activity += 1;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    const handlers = server.listeners('request') as Handle[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      this.setKeepAlive(response);
      this.inFlight.add(response);
      response.once('finish', () => (this.activity += 1));
      response.once('close', () => this.inFlight.delete(response));
      const handle = () => {
        for (const handler of handlers) handler.call(server, request, response);
      };
      if (this.waiting === null) handle();
      else this.waiting.push(handle);
    });
  }

  /** Tells every client from here on, in the answer that it gets, that its connection ends with it (RFC 9112 §9.6). */
  startDraining(): void {
    for (const response of this.inFlight) this.setKeepAlive(response);
  }

  /** Takes no more connections, and closes those on which nothing is asked. What is being answered is not touched. */
  async close(): Promise<void> {
    await this.closeListener();
    setTimeout(() => {
      for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    }, UNUSED_SOCKET_MS).unref();
  }

  /** Ends every connection, whatever it is doing. */
  destroyAll(): void {
    this.server.closeAllConnections();
  }

  /**
   * Closes the listener in a turn of the event loop without a pending connection, after some time without a new one: the
   * kernel resets pending connections, and the process may be descheduled between the check and the close. Node accepts
   * one connection a turn, so requests are deferred until then: that keeps the turns short, and gives a client that
   * waits for its answer no reason to connect again.
   */
  private async closeListener(): Promise<void> {
    const waiting: (() => void)[] = [];
    this.waiting = waiting;
    const until = performance.now() + QUIET_WITHIN_MS;
    let [lastActivity, quietSince] = [this.activity, performance.now()];
    // The time is read before the turn: what came while the process was descheduled shows in that turn.
    for (let now = quietSince; now < until; now = performance.now()) {
      await new Promise(setImmediate);
      if (this.activity !== lastActivity) {
        [lastActivity, quietSince] = [this.activity, performance.now()];
      } else if (now - quietSince >= QUIET_MS) break;
    }
    this.server.close();
    this.waiting = null;
    for (const handle of waiting) handle();
  }

  private setKeepAlive(response: ServerResponse): void {
    if (response.headersSent) return;
    if (!this.lifecycle.isStopping) {
      const told = Math.min(KEEP_ALIVE_HINT_SECONDS, this.config.keepAliveSeconds);
      response.setHeader('Keep-Alive', `timeout=${told}`);
      return;
    }
    response.removeHeader('Keep-Alive');
    response.setHeader('Connection', 'close');
  }
}

/**
 * Stops the service. First it only says that it is not ready, and goes on answering, until those who send requests have
 * noticed. Then it takes nothing new, and what is in flight may finish, a provider's answer included; but a client that
 * sends nothing more does not hold the process up for ever. The database is closed last.
 */
export async function shutDown(
  app: NestExpressApplication,
  connections: Connections,
  config: Config,
  signal: NodeJS.Signals,
): Promise<void> {
  app.get(Lifecycle).stop();
  connections.startDraining();
  if (signal === 'SIGTERM') await sleep(config.shutdownDrainMs);
  setTimeout(() => connections.destroyAll(), providersMs(config) + GRACE_MS).unref();
  await connections.close();
  await app.close();
}
