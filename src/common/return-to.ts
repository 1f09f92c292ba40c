/** It travels in the sealed attempt cookie, and five of those must fit into a request's headers. */
const MAX_LENGTH = 512;

/** Visible ASCII without `\`, which browsers treat as `/` (WHATWG URL, "special authority ignore slashes"). */
const VISIBLE = /^[\x21-\x5b\x5d-\x7e]+$/;

/** Control characters and the backslash, which must not appear after any round of decoding. */
// oxlint-disable-next-line no-control-regex -- control characters are what it matches
const UNSAFE = /[\x00-\x1f\x7f\\]/;

/** Proxies and front ends decode too, so decoding is repeated. */
const DECODING_ROUNDS = 3;

export interface ReturnToPolicy {
  ownOrigin: string;
  allowedOrigins: readonly string[];
}

/**
 * Validates the redirect target after sign-in: a path on this origin, or an absolute URL on an allowed one.
 *
 * @param value the raw `returnTo` query parameter
 * @returns a path (`/…`) or an absolute URL that is safe in a `Location` header, or null when the value is not
 *   acceptable and the default applies (RFC 9700 §4.11: no open redirectors)
 */
export function parseReturnTo(value: unknown, policy: ReturnToPolicy): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !VISIBLE.test(value)) return null;
  const isPath = value.startsWith('/');
  if (!isPath && !/^https?:\/\/[^/]/i.test(value)) return null;
  if (!isSafeWhenDecoded(value)) return null;

  const url = parseUrl(value, policy.ownOrigin);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.pathname.startsWith('//')) return null;
  if (isPath) {
    const path = url.pathname + url.search + url.hash;
    // Checked again, since resolving dot segments can produce leading slashes.
    return url.origin === policy.ownOrigin && isSafeWhenDecoded(path) ? path : null;
  }
  if (url.origin === policy.ownOrigin || policy.allowedOrigins.includes(url.origin))
    return url.href;
  return null;
}

function isSafeWhenDecoded(value: string): boolean {
  let current = value;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    if (UNSAFE.test(current) || current.startsWith('//')) return false;
    const decoded = decode(current);
    if (decoded === null) return round > 0;
    if (decoded === current) return true;
    current = decoded;
  }
  return !UNSAFE.test(current) && !current.startsWith('//');
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function parseUrl(value: string, base: string): URL | null {
  return URL.canParse(value, base) ? new URL(value, base) : null;
}
