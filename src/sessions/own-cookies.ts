import { parse } from 'cookie';
import type { Request, RequestHandler } from 'express';
import { hasBearer } from '../common/http/bearer.js';
import type { PublicUrl } from '../config/config.js';
import { cookieFlags, type CookieNames, cookieNames } from './session-cookie.js';

/** Characters of the hash of an attempt's state in its cookie's name: 132 bits. */
export const STATE_HASH_LENGTH = 22;

const ATTEMPT_TAIL = /^[\w-]{1,64}$/;

/** Names expired per response, so that its headers stay small: normally there are none. */
const MAX_EXPIRED = 10;

const NONE: OwnCookies = new Map();

export interface OwnCookie {
  readonly name: string;
  readonly value: string;
}

/**
 * What a request brings of our cookies, by name; attempts without their start, so that one attempt's are together. There
 * are several of one on http alone.
 */
export type OwnCookies = ReadonlyMap<string, readonly OwnCookie[]>;

/**
 * Reads the cookies of a request, once and for all who ask. A browser holds one of each name. A second has been planted,
 * from another path or a sibling sub-domain, and which is which does not show. On https neither is believed, and both are
 * expired; on http, where anybody on the way can exchange them anyhow, the first that lives counts. The request's line in
 * the log has their names. Beside a bearer there are none.
 *
 * @param forServers paths that answer no browser, and set no cookie
 */
export function readOwnCookies(
  publicUrl: PublicUrl,
  forServers: ReadonlySet<string>,
): RequestHandler {
  const names = cookieNames(publicUrl);
  const flags = cookieFlags(publicUrl);
  return (request, response, next) => {
    const { cookie } = request.headers;
    const isRead = cookie !== undefined && !hasBearer(request);
    const cookies = isRead ? parseOwnCookies(cookie, names) : NONE;
    const doubled = [...cookies].flatMap(([key, same]) =>
      isDoubled(key, same, names) ? same : [],
    );
    request.ownCookies = cookies;
    if (doubled.length > 0) {
      const twice = [...new Set(doubled.map(({ name }) => name))].slice(0, MAX_EXPIRED);
      request.cookiesTwice = twice;
      request.ownCookies = believed(cookies, publicUrl);
      // What a server is told, its browser does not get.
      const isOfBrowser = request.serviceKey === undefined && !forServers.has(request.path);
      if (publicUrl.secure && isOfBrowser) {
        for (const name of twice) response.clearCookie(name, flags);
      }
    }
    next();
  };
}

/** Those of a header that count: on https none whose name is there twice. */
export function believed(cookies: OwnCookies, publicUrl: PublicUrl): OwnCookies {
  if (!publicUrl.secure) return cookies;
  const names = cookieNames(publicUrl);
  return new Map([...cookies].filter(([key, same]) => !isDoubled(key, same, names)));
}

/** Of the Domain cookie siblings may plant any number: the store tells which counts. */
function isDoubled(key: string, same: readonly OwnCookie[], { domain }: CookieNames): boolean {
  return same.length > 1 && key !== domain;
}

export function parseOwnCookies(header: string, names: CookieNames): Map<string, OwnCookie[]> {
  const found = new Map<string, OwnCookie[]>();
  // Pair by pair, since the library keeps only the first of a name.
  for (const pair of header.split(';')) {
    if (!pair.includes(names.common)) continue;
    for (const [name, value = ''] of Object.entries(parse(pair))) {
      const key = keyOf(name, names);
      if (key === null) continue;
      const same = found.get(key);
      if (same === undefined) found.set(key, [{ name, value }]);
      else same.push({ name, value });
    }
  }
  return found;
}

/** The name without an attempt's start; null when it is none of ours. Clients can send any, and not all can be expired. */
function keyOf(
  name: string,
  { session, pendingLink, handover, lastSignIn, domain, attempt }: CookieNames,
): string | null {
  if ([session, pendingLink, handover, lastSignIn, domain].includes(name)) return name;
  const isAttempt = name.startsWith(attempt) && ATTEMPT_TAIL.test(name.slice(attempt.length));
  return isAttempt ? name.slice(0, attempt.length + STATE_HASH_LENGTH) : null;
}

export function ownCookiesOf({ ownCookies }: Request): OwnCookies {
  if (ownCookies === undefined) throw new Error('The request’s cookies were not read.');
  return ownCookies;
}

declare module 'http' {
  interface IncomingMessage {
    ownCookies?: OwnCookies;
  }
}
