import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';

/**
 * Stores the client's address as `request.clientIp` before anything reads it: it is lost when the connection closes,
 * and every action is recorded with one. With TRUST_PROXY, a proxy's value counts if it is a valid address; otherwise
 * the socket's own does. A request whose connection has already closed is dropped.
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

export function clientIpOf({ clientIp }: Request): string {
  if (clientIp === undefined) throw new Error('The client’s address was not recorded.');
  return clientIp;
}

declare module 'http' {
  interface IncomingMessage {
    clientIp?: string;
  }
}
