import { hash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { bareAddress } from '../common/http/client-ip.js';
import type { Config } from '../config/config.js';
import type { RequestLimits } from './request-limits.js';

const KEY = 'x-latchkey-service-key';
const CLIENT_ADDRESS = 'x-latchkey-client-address';

/** What only browsers send. Node's own `fetch` sends `Sec-Fetch-Mode`. */
const OF_BROWSERS = ['origin', 'sec-fetch-site', 'sec-fetch-dest'] as const;

/**
 * Recognises servers by their key. A key that is wrong is refused, and not taken for a visitor: the server would be told
 * that nobody is signed in. A server may name the address of the person it asks for, by which that is counted and recorded.
 *
 * @param limits a refused request counts as its address's
 */
export function serviceKeyCheck(
  serviceKeys: Config['serviceKeys'],
  limits: Pick<RequestLimits, 'countRefused'>,
): RequestHandler {
  const keys = serviceKeys.map((key) => ({ ...key, hash: Buffer.from(key.hash, 'base64url') }));
  return (request, _response, next) => {
    const sent = request.headers[KEY];
    if (sent === undefined) {
      next();
      return;
    }
    const refusal = recognise(request, keys, String(sent));
    if (refusal === null) next();
    else limits.countRefused(request).then(() => next(refusal), next);
  };
}

/** Notes whose key a request has, and the address that it names. Returns why it is refused. */
function recognise(
  request: Request,
  keys: readonly { name: string; hash: Buffer }[],
  sent: string,
): AppError | null {
  const { headers } = request;
  const ofBrowser = OF_BROWSERS.find((name) => headers[name] !== undefined);
  if (ofBrowser !== undefined) {
    return new AppError('service_key_in_browser', {
      detail: `A service key came with ${ofBrowser}, which browsers send. If a page has the key, take it out, and replace it; if your server passes a browser’s headers on, leave this one out.`,
      log: { reason: ofBrowser },
    });
  }
  const name = nameOf(keys, sent);
  if (name === null) {
    return new AppError('unauthenticated', {
      detail:
        'X-Latchkey-Service-Key is none of SERVICE_KEYS. Send the secret alone, without its name.',
      log: { reason: keys.length === 0 ? 'no SERVICE_KEYS' : 'unknown service key' },
    });
  }
  const named = headers[CLIENT_ADDRESS];
  const address = named === undefined ? null : bareAddress(String(named));
  if (address !== null && isIP(address) === 0) {
    return new AppError('bad_request', {
      detail: 'X-Latchkey-Client-Address needs one IP address, that of the person’s browser.',
      log: { reason: 'malformed client address', serviceKey: name },
    });
  }
  request.serviceKey = name;
  if (address !== null) {
    request.clientIp = address;
    request.isForClient = true;
  }
  return null;
}

/** Takes the same time whatever is sent: all keys are compared, as hashes. */
function nameOf(keys: readonly { name: string; hash: Buffer }[], sent: string): string | null {
  const given = hash('sha256', sent, 'buffer');
  let found: string | null = null;
  for (const { name, hash: known } of keys) {
    if (timingSafeEqual(known, given)) found = name;
  }
  return found;
}

declare module 'http' {
  interface IncomingMessage {
    /** Whether a server asks for somebody whose address it has named. */
    isForClient?: boolean;
  }
}
