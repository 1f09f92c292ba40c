import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * Fixes the address that a request comes from (`request.ip`) before anybody asks for it. Later it may be gone, with the
 * connection, and what is done must not be nobody's. A proxy's word counts where TRUST_PROXY says so, if it is an address
 * at all; else the connection's own does. A request whose connection has ended already is dropped.
 */
export const peerAddress: RequestHandler = (request, _response, next) => {
  const peer = request.socket.remoteAddress;
  if (peer === undefined) {
    request.destroy();
    return;
  }
  const said = request.ip;
  Object.defineProperty(request, 'ip', {
    value: said !== undefined && isIP(said) > 0 ? said : peer,
  });
  next();
};
