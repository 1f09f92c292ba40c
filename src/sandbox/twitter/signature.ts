import { createHmac } from 'node:crypto';

/** A decoded parameter. Pairs rather than a map: a name may come twice, and the signature covers both. */
export type Pair = readonly [name: string, value: string];

/** RFC 5849 §3.6: everything but RFC 3986's unreserved characters, in upper case. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** RFC 5849 §3.4.1.3.2: encoded first, then sorted by name and by value. */
function normaliseParameters(pairs: readonly Pair[]): string {
  return pairs
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .toSorted((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** RFC 5849 §3.4.1.2: scheme and host in lower case, no default port, no query. */
function baseStringUri(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** RFC 5849 §3.4.1.1. `pairs` holds query, form body and oauth_ parameters, without realm and signature. */
export function signatureBaseString(method: string, url: string, pairs: readonly Pair[]): string {
  return [method.toUpperCase(), baseStringUri(url), normaliseParameters(pairs)]
    .map(percentEncode)
    .join('&');
}

/** The value of `oauth_signature`, in base64 (RFC 5849 §3.4.2). Without a token its secret is empty. */
export function hmacSha1Signature(
  baseString: string,
  consumerSecret: string,
  tokenSecret = '',
): string {
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
  return createHmac('sha1', key).update(baseString).digest('base64');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * RFC 5849 §3.5.1: the parameters of an `Authorization: OAuth …` header, realm left out.
 * @returns undefined when it is no such header, or a malformed one, or repeats a parameter.
 */
export function parseAuthorizationHeader(header: string): Map<string, string> | undefined {
  const scheme = /^OAuth[ \t]+/i.exec(header);
  if (!scheme) return undefined;
  const params = new Map<string, string>();
  const pair = /[ \t]*([^\s=",]+)="([^"]*)"[ \t]*(,|$)/y;
  pair.lastIndex = scheme[0].length;
  while (pair.lastIndex < header.length) {
    const match = pair.exec(header);
    if (!match) return undefined;
    const name = decode(match[1] ?? '');
    const value = decode(match[2] ?? '');
    if (name === undefined || value === undefined || params.has(name)) return undefined;
    params.set(name, value);
  }
  params.delete('realm');
  return params;
}
