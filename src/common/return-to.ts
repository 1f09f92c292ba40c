/** The longest accepted `returnTo`. It travels in the sealed attempt cookie, five of which must fit into a request's headers. */
const MAX_LENGTH = 512;

/** Visible ASCII without the backslash, which browsers read as a slash (WHATWG URL, "special authority ignore slashes"). */
const VISIBLE = /^[\x21-\x5b\x5d-\x7e]+$/;

/** What no stage of decoding may bring to light: control characters, and a backslash. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const HIDDEN = /[\x00-\x1f\x7f\\]/;

/** Decoding is repeated, because proxies and front ends decode too. */
const DECODING_ROUNDS = 3;

export interface ReturnToPolicy {
  /** The service's own origin, from `PUBLIC_URL`. */
  ownOrigin: string;
  /** Other origins, from `ALLOWED_ORIGINS`. */
  allowedOrigins: readonly string[];
}

/**
 * Decides where a browser may be sent after sign-in: a path on this origin, or an absolute URL of an allowed one.
 *
 * @param value the `returnTo` query parameter, as it came
 * @returns a path (`/…`) or an absolute URL that is safe in a `Location` header, or null when the value is not
 *   acceptable and the default is to be used (RFC 9700 §4.11: no open redirectors)
 */
export function parseReturnTo(value: unknown, policy: ReturnToPolicy): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !VISIBLE.test(value)) return null;
  const isPath = value.startsWith('/');
  if (!isPath && !/^https?:\/\/[^/]/i.test(value)) return null;
  if (!staysHarmlessWhenDecoded(value)) return null;

  const url = parseUrl(value, policy.ownOrigin);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.pathname.startsWith('//')) return null;
  if (isPath) {
    const path = url.pathname + url.search + url.hash;
    // Once more: resolving dot segments can bring slashes to the front.
    return url.origin === policy.ownOrigin && staysHarmlessWhenDecoded(path) ? path : null;
  }
  if (url.origin === policy.ownOrigin || policy.allowedOrigins.includes(url.origin))
    return url.href;
  return null;
}

function staysHarmlessWhenDecoded(value: string): boolean {
  let current = value;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    if (HIDDEN.test(current) || current.startsWith('//')) return false;
    const decoded = decode(current);
    if (decoded === null) return round > 0;
    if (decoded === current) return true;
    current = decoded;
  }
  return !HIDDEN.test(current) && !current.startsWith('//');
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
