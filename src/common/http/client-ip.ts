import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

/**
 * Stores the client's address as `request.clientIp` before anything reads it: it is lost when the connection closes,
 * and every action is recorded with one. With TRUST_PROXY, a proxy's value counts if it is a valid address; otherwise
 * the socket's own does. A request whose connection has already closed is dropped.
 *
 * @param trustProxy whether a proxy may name the address
 */
export function recordClientIp(trustProxy: boolean): RequestHandler {
  return (request, _response, next) => {
    const peer = request.socket.remoteAddress;
    if (peer === undefined) {
      request.destroy();
      return;
    }
    if (trustProxy) cutOffPorts(request);
    const named = trustProxy ? request.ip : undefined;
    request.clientIp = named !== undefined && isIP(named) > 0 ? named : peer;
    next();
  };
}

/**
 * Leaves the addresses in `X-Forwarded-For` without the ports and brackets that some proxies write (Azure: `192.0.2.1:40000`,
 * `[2001:db8::1]:40000`): Express would neither recognise a proxy by such an entry nor take a client's address from it.
 */
function cutOffPorts({ headers }: Request): void {
  const forwardedFor = headers['x-forwarded-for'];
  if (typeof forwardedFor !== 'string') return;
  headers['x-forwarded-for'] = forwardedFor.split(',').map(bareAddress).join(', ');
}

/** An address without the port and brackets that it may come with; anything else as it is. */
export function bareAddress(entry: string): string {
  const text = entry.trim();
  if (isIP(text) > 0) return text;
  const [, address = ''] = /^"?\[?(.+?)\]?(?::\d+)?"?$/.exec(text) ?? [];
  return isIP(address) > 0 ? address : text;
}

const NO_ADDRESS =
  'The entry in X-Forwarded-For that TRUST_PROXY trusts is not an address: whoever it stands for has the address of the proxy, and shares its rate limit. Let the proxy write the address that it was connected from.';

const UNTRUSTED_PROXY =
  'A request has more addresses in X-Forwarded-For than TRUST_PROXY trusts. If they are from your proxies, set TRUST_PROXY to the number of proxies in front, or to their networks: until then, everybody has the address of a proxy, and shares its rate limit.';

/**
 * Warns once each when `X-Forwarded-For` names more proxies than TRUST_PROXY trusts, and when what it names is not an
 * address: clients then share a proxy's address and its rate limit. Anybody can send the header, so it may mean nothing.
 */
export function warnOfUntrustedProxies(log: Pick<Logger, 'warn'>): RequestHandler {
  const warned = new Set<string>();
  const warnOnce = (event: string, fields: object, message: string) => {
    if (warned.has(event)) return;
    warned.add(event);
    log.warn({ event, ...fields }, message);
  };
  return (request, _response, next) => {
    const forwardedFor = warned.size === 2 ? undefined : request.get('x-forwarded-for');
    if (forwardedFor !== undefined) {
      const forwarded = forwardedFor.split(',').length;
      // The addresses that a trusted proxy names (https://expressjs.com/en/5x/api.html#req.ips).
      const trusted = request.ips.length;
      if (forwarded > trusted) warnOnce('untrusted_proxy', { forwarded, trusted }, UNTRUSTED_PROXY);
      if (trusted > 0 && isIP(request.ip ?? '') === 0) warnOnce('no_address', {}, NO_ADDRESS);
    }
    next();
  };
}

/** Whether the connection is from a proxy that TRUST_PROXY trusts, so that what it says of the request counts. */
export function isFromTrustedProxy({ app, socket: { remoteAddress } }: Request): boolean {
  // Express's compiled form of the setting (https://expressjs.com/en/5x/api.html#trust.proxy.options.table).
  const trusts = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  return remoteAddress !== undefined && trusts(remoteAddress, 0);
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

/** Unmaps an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
export function unmapIpv4(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
