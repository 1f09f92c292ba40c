import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Lifecycle } from '../common/lifecycle.js';

/**
 * How long a connection that nobody uses stays open. Longer than proxies keep theirs (nginx and AWS: 60 s), so that it is
 * the proxy that closes it: a request that meets a connection being closed from this side is lost.
 */
const KEEP_ALIVE_MS = 75_000;

/**
 * How long clients are told that it stays open (`Keep-Alive: timeout`, in seconds). Those that heed it have no idle
 * connection left when a drain that is longer than this has passed.
 */
export const KEEP_ALIVE_HINT_SECONDS = 5;

/** How long a client may take for its headers, and for its whole request: at most 16 KB, and 32 KB of body. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** How long a new connection may stay without a request when the service stops: browsers open some ahead of need. */
const SPEECHLESS_MS = 500;

/** How long nobody must have connected for the listener to close, and how long at most to wait for that. */
const QUIET_MS = 50;
const QUIET_WITHIN_MS = 500;

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** The connections of the service: how long they live, and how they come to an end without breaking off an answer. */
export class Connections {
  private readonly sockets = new Set<Socket>();
  private readonly unanswered = new Set<ServerResponse>();
  private connected = 0;
  /** Requests that wait until the listener has closed; null while they are answered as they come. */
  private held: (() => void)[] | null = null;

  constructor(
    private readonly server: Server,
    private readonly lifecycle: Lifecycle,
  ) {
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.on('connection', (socket) => {
      this.connected += 1;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    const handlers = server.listeners('request') as Handle[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      this.announce(response);
      this.unanswered.add(response);
      response.once('close', () => this.unanswered.delete(response));
      const handle = () => {
        for (const handler of handlers) handler.call(server, request, response);
      };
      if (this.held === null) handle();
      else this.held.push(handle);
    });
  }

  /** Tells every client from here on, in the answer that it gets, that its connection ends with it (RFC 9112 §9.6). */
  startDraining(): void {
    for (const response of this.unanswered) this.announce(response);
  }

  /** Takes no more connections, and closes those on which nothing is asked. What is being answered is not touched. */
  async close(): Promise<void> {
    await this.closeListener();
    setTimeout(() => {
      for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SPEECHLESS_MS).unref();
  }

  /** Ends every connection, whatever it is doing. */
  breakOff(): void {
    this.server.closeAllConnections();
  }

  /**
   * Closes the listener in a turn of the event loop that has found nobody waiting to be let in, after some time without
   * anybody: the kernel resets those whom it finds, and the processor may be somebody else's between the look and the
   * close. Node lets in one a turn, so requests are put off until then: that makes the turns short, and leaves a client
   * that waits for its answer no reason to connect again.
   */
  private async closeListener(): Promise<void> {
    const held: (() => void)[] = [];
    this.held = held;
    const until = performance.now() + QUIET_WITHIN_MS;
    let [lastSeen, quietSince] = [this.connected, performance.now()];
    for (
      let now = quietSince;
      now - quietSince < QUIET_MS && now < until;
      now = performance.now()
    ) {
      await new Promise(setImmediate);
      if (this.connected !== lastSeen) [lastSeen, quietSince] = [this.connected, now];
    }
    this.server.close();
    this.held = null;
    for (const handle of held) handle();
  }

  private announce(response: ServerResponse): void {
    if (response.headersSent) return;
    if (!this.lifecycle.isStopping) {
      response.setHeader('Keep-Alive', `timeout=${KEEP_ALIVE_HINT_SECONDS}`);
      return;
    }
    response.removeHeader('Keep-Alive');
    response.setHeader('Connection', 'close');
  }
}
