import { hash } from 'node:crypto';
import type { CookieOptions } from 'express-session';
import type { PublicUrl } from '../config/config.js';

export interface CookieNames {
  readonly session: string;
  readonly pendingLink: string;
  readonly handover: string;
  /** Which provider a browser signed in with the last time. */
  readonly lastSignIn: string;
  /** That of COOKIE_DOMAIN. */
  readonly domain: string;
  /** The beginning of each attempt's: a hash of its state follows, and its start. */
  readonly attempt: string;
  /** What all of them have in them. */
  readonly common: string;
}

/**
 * Names the cookies. On https browsers hold their flags to the name: `__Host-` is Secure, for `/`, and for no other host;
 * on http it is not accepted (RFC 6265bis §4.1.3). The one of COOKIE_DOMAIN is for other hosts too, and only `__Secure-`.
 *
 * Cookies are kept apart by host alone, neither by port nor, for `__Host-`, by path. So a service with either has a hash
 * of its address in its names. It is hexadecimal: no name of one service begins with what another's begin with.
 */
export function cookieNames({ secure, origin, prefix, href }: PublicUrl): CookieNames {
  const isAlone = prefix === '' && new URL(origin).port === '';
  const service = isAlone ? 'latchkey' : `latchkey-${hash('sha256', href, 'hex').slice(0, 8)}`;
  const session = secure ? `__Host-${service}` : service;
  return {
    session,
    pendingLink: `${session}-pending`,
    handover: `${session}-handover`,
    lastSignIn: `${session}-last`,
    domain: secure ? `__Secure-${service}` : `${service}-domain`,
    attempt: `${session}-attempt-`,
    common: service,
  };
}

/** The flags of every cookie of this service. They follow PUBLIC_URL, not the request, which may come through a proxy. */
export function cookieFlags({ secure }: PublicUrl) {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const satisfies CookieOptions;
}
