import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** What a proxy does to what passes it. */
export interface Meddling {
  /** Changes the headers of a request on its way to the service. */
  toService?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
  /** Changes the headers of an answer on its way to the browser. */
  toBrowser?: (headers: IncomingHttpHeaders) => OutgoingHttpHeaders;
  /** How long a request is held before it is passed on, in milliseconds. */
  holdMs?: number;
  /** Answers itself: a status, headers and a text. */
  instead?: { status: number; headers?: OutgoingHttpHeaders; body?: string };
}

/** A proxy in front of the service that adds to X-Forwarded-For, and can be told to get in the way. */
export interface MeddlingProxy {
  url: string;
  meddling: Meddling;
  close(): Promise<void>;
}

/**
 * Starts a proxy.
 *
 * @param upstreamPort where the service listens on this machine
 * @param tls key and certificate, for https
 */
export async function startProxy(
  upstreamPort: number,
  tls?: { key: string; cert: string },
): Promise<MeddlingProxy> {
  const pass = (req: IncomingMessage, res: ServerResponse): void => {
    const { toService, toBrowser } = proxy.meddling;
    const said = [req.headers['x-forwarded-for'] ?? [], req.socket.remoteAddress ?? []].flat();
    const forwarded = { ...req.headers, 'x-forwarded-for': said.join(', ') };
    const passed = request(
      {
        host: '127.0.0.1',
        port: upstreamPort,
        method: req.method,
        path: req.url,
        headers: toService?.(forwarded) ?? forwarded,
      },
      (answer) => {
        const headers = toBrowser?.(answer.headers) ?? answer.headers;
        res.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(res);
      },
    );
    passed.on('error', () => res.writeHead(502).end());
    req.pipe(passed);
  };
  const listener: RequestListener = (req, res) => {
    const { instead, holdMs } = proxy.meddling;
    if (instead !== undefined) {
      res.writeHead(instead.status, instead.headers).end(instead.body);
    } else if (holdMs === undefined) {
      pass(req, res);
    } else {
      setTimeout(() => pass(req, res), holdMs);
    }
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const proxy: MeddlingProxy = {
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
    meddling: {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
