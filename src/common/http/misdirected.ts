import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors/app-error.js';
import { isLoopback } from '../url.js';

/** A host name, or an IPv6 address in brackets; then perhaps a port (RFC 9110 §7.2). */
const HOST = /^([\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/;

/** What proxies and tunnels add (RFC 7239; the others are older than it). */
const FORWARDING = ['forwarded', 'x-real-ip'].concat(
  ['for', 'host', 'proto', 'port', 'prefix', 'server'].map((name) => `x-forwarded-${name}`),
);

interface Misdirection {
  kind: 'host' | 'forwarded';
  /** What the operator is told. Whatever a client sends is shown only as far as it is a host name. */
  advice: string;
}

/**
 * Refuses what others have sent, while anybody can sign in as anybody: a name that is not this machine's (a tunnel, or a
 * page that has rebound its own name to 127.0.0.1), and what a proxy that nobody has named passes on. Each is warned of
 * once.
 *
 * @param trustProxy whether a proxy may pass requests on
 */
export function refuseMisdirected(
  log: Pick<Logger, 'warn'>,
  { trustProxy, publicUrl }: { trustProxy: boolean; publicUrl: string },
): RequestHandler {
  const warned = new Set<string>();
  return ({ headers }, _response, next) => {
    const misdirection = misdirectionOf(headers, trustProxy, publicUrl);
    if (misdirection === null) {
      next();
      return;
    }
    const { kind, advice } = misdirection;
    if (!warned.has(kind)) {
      warned.add(kind);
      log.warn(
        { event: 'misdirected_request', reason: kind },
        `A request was refused: while the sandbox is on, anybody can sign in as anybody, so only this machine is answered. ${advice}`,
      );
    }
    next(new AppError('misdirected_request', { log: { reason: kind } }));
  };
}

function misdirectionOf(
  headers: IncomingHttpHeaders,
  trustProxy: boolean,
  publicUrl: string,
): Misdirection | null {
  const host = HOST.exec(headers.host?.toLowerCase() ?? '');
  if (host === null || !isLoopback(host[1] ?? '')) {
    const name = host?.[0] ?? 'id.example.com';
    return {
      kind: 'host',
      advice: `It was for ${host === null ? 'no host name' : name}: open ${publicUrl} instead. To be reached there, set the keys of a provider and a SESSION_SECRET, and: PUBLIC_URL=https://${name}`,
    };
  }
  const header = trustProxy ? undefined : FORWARDING.find((name) => name in headers);
  if (header === undefined) return null;
  return {
    kind: 'forwarded',
    advice: `It had the header ${header}, so a proxy has passed it on. If that is yours, and nobody else can reach it, set: TRUST_PROXY=1`,
  };
}
