import type { Dispatcher, request as Send } from 'undici';
import { bothFamilies } from '../../common/http/address-family.js';
import type { Config } from '../../config/config.js';

const CONNECT_TIMEOUT_MS = 3000;
/** Of an answer, unpacked too. */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/** undici is loaded lazily: it takes a good part of the start-up time. */
export interface Client {
  send: typeof Send;
  agent: Dispatcher;
}

export async function openClient({
  outgoingProxy: proxy,
}: Pick<Config, 'outgoingProxy'>): Promise<Client> {
  const { Agent, buildConnector, EnvHttpProxyAgent, request: send } = await import('undici');
  const connecting = { timeout: CONNECT_TIMEOUT_MS, ...bothFamilies(CONNECT_TIMEOUT_MS) };
  const connect = buildConnector(connecting);
  const options = {
    connect: ((target, callback) => {
      connect(target, (error, socket) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        // undici says it of a connection that was closed, but not of one that was reset.
        socket.once('error', (reset: Error) => {
          Object.assign(reset, { socket: { bytesRead: socket.bytesRead } });
        });
        callback(null, socket);
      });
    }) satisfies typeof connect,
    connections: 256,
    maxResponseSize: MAX_ANSWER_BYTES,
  };
  if (proxy === null) return { send, agent: new Agent(options) };
  const { http: httpProxy = '', https: httpsProxy = '', except: noProxy } = proxy;
  const tls = { proxyTls: connecting, requestTls: connecting };
  return {
    send,
    agent: new EnvHttpProxyAgent({ ...options, ...tls, httpProxy, httpsProxy, noProxy }),
  };
}

/** How a connection ends that the other side closes. */
const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * Whether a request met a connection that the provider was just closing, one on which it had answered before: it never
 * took the request.
 *
 * @param thrown what a request threw that was not answered
 */
export function metClosingConnection(thrown: unknown): boolean {
  const { code, socket } = thrown as { code?: unknown; socket?: { bytesRead?: number } | null };
  return CLOSED.has(String(code)) && (socket?.bytesRead ?? 0) > 0;
}
