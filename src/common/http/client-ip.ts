import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';

/**
 * Records the client's address before anything reads it (`request.clientIp`). Later it may be gone, with the connection,
 * and every action is recorded with one. A proxy's word counts where TRUST_PROXY says so, if it is an
 * address at all; else the connection's own does. A request whose connection has ended already is dropped.
 *
 * @param trustProxy whether a proxy may name the address
 */
export function noteClientIp(trustProxy: boolean): RequestHandler {
  return (request, _response, next) => {
    const peer = request.socket.remoteAddress;
    if (peer === undefined) {
      request.destroy();
      return;
    }
    const named = trustProxy ? request.ip : undefined;
    request.clientIp = named !== undefined && isIP(named) > 0 ? named : peer;
    next();
  };
}

/** The address that a request comes from. */
export function clientIpOf({ clientIp }: Request): string {
  if (clientIp === undefined) throw new Error('The client’s address has not been noted.');
  return clientIp;
}

declare module 'http' {
  interface IncomingMessage {
    clientIp?: string;
  }
}
