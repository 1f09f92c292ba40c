import type { Origins } from './origins.js';
import { UNSAFE_CHARACTERS } from './unsafe-characters.js';

/** Five attempts with the longest would not fit into a request's headers; see `AttemptsService`. */
export const MAX_LENGTH = 2000;

/** White space but for spaces within it: parsers take it away in different ways. */
const OUTER_SPACE = /[^\S ]|^ | $/;

/** The host in ASCII: a lookalike of an allowed one would be folded into it. */
const ABSOLUTE = /^https?:\/\/[\x21-\x2e\x30-\x7e]+(?:[/?#]|$)/i;

/** Proxies and front ends decode too, so decoding is repeated. */
const DECODING_ROUNDS = 3;

export interface ReturnToPolicy {
  ownOrigin: string;
  allowedOrigins: Origins;
}

/** Why a redirect target is not taken. */
export type ReturnToRefusal = 'not a URL' | 'too long' | 'unsafe characters' | 'another origin';

export type ReturnTo = { target: string } | { refusal: ReturnToRefusal };

/**
 * Validates the redirect target after sign-in: a path on this origin, or an absolute URL on an allowed one. Letters beyond
 * ASCII are encoded, as a browser's address bar does it.
 *
 * @param value the raw `returnTo` query parameter
 * @returns a path (`/…`) or an absolute URL that is safe in a `Location` header; or why the value is not acceptable and
 *   the default applies (RFC 9700 §4.11: no open redirectors)
 */
export function parseReturnTo(value: unknown, policy: ReturnToPolicy): ReturnTo {
  if (typeof value !== 'string') return { refusal: 'not a URL' };
  if (value.length > MAX_LENGTH) return { refusal: 'too long' };
  if (OUTER_SPACE.test(value)) return { refusal: 'unsafe characters' };
  const isPath = value.startsWith('/');
  if (!isPath && !ABSOLUTE.test(value)) return { refusal: 'not a URL' };
  if (!URL.canParse(value, policy.ownOrigin)) return { refusal: 'not a URL' };
  const url = new URL(value, policy.ownOrigin);
  const isAllowed =
    url.origin === policy.ownOrigin || (!isPath && policy.allowedOrigins.has(url.origin));
  if (!isAllowed || url.username !== '' || url.password !== '') {
    return { refusal: 'another origin' };
  }
  const path = url.pathname + url.search + url.hash;
  // The result too: resolving dot segments can produce leading slashes.
  const paths = [isPath ? value.replace(/[?#].*/, '') : url.pathname, url.pathname];
  if (!paths.every(isSafeWhenDecoded) || breaksLines(url.search + url.hash)) {
    return { refusal: 'unsafe characters' };
  }
  const target = isPath ? path : url.href;
  return target.length > MAX_LENGTH ? { refusal: 'too long' } : { target };
}

/** What stands in a query or a fragment leads nowhere: it may only not end a header's line, however often it is decoded. */
function breaksLines(value: string): boolean {
  return /%(?:25)*(?:0[\da-f]|1[\da-f]|7f)/i.test(value);
}

function isSafeWhenDecoded(value: string): boolean {
  let current = value;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    if (!isSafe(current)) return false;
    const decoded = decode(current);
    if (decoded === null) return round > 0;
    if (decoded === current) return true;
    current = decoded;
  }
  return isSafe(current);
}

/**
 * Browsers treat a backslash as `/` (WHATWG URL, "special authority ignore slashes"). Compatibility forms count as what
 * they stand for (`／` as `/`): front ends may fold them.
 */
function isSafe(value: string): boolean {
  const folded = value.normalize('NFKC');
  if (folded.search(UNSAFE_CHARACTERS) >= 0 || folded.includes('\\')) return false;
  const resolved = URL.canParse(folded, 'http://base') ? new URL(folded, 'http://base') : null;
  return resolved?.host === 'base' && !resolved.pathname.startsWith('//');
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
