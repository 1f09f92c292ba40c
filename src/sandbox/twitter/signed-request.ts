import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import { type Answer, json } from '../core/answers.js';
import { paramsOf, pathOf } from '../core/http.js';
import type { ProviderContext } from '../core/provider.js';
import { sameText } from '../core/oauth.js';

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

const windowSeconds = 300;

/** An error as X words it; its codes are at https://developer.x.com/en/support/x-api/error-troubleshooting */
export const twitterError = (status: number, code: number, message: string): Answer =>
  json(status, { errors: [{ code, message }] });

const noCredentials = twitterError(400, 215, 'Bad Authentication data.');
const notAuthenticated = twitterError(401, 32, 'Could not authenticate you.');
const outOfTime = twitterError(401, 135, 'Timestamp out of bounds.');
/** A token that X does not know, or no longer. */
export const badToken = twitterError(401, 89, 'Invalid or expired token.');

/** Whether a nonce is new. RFC 5849 §3.3: it is good once for a client, token and timestamp. */
export type UseNonce = (key: string) => boolean;

/** Remembers nonces for as long as their timestamp could still be taken. */
export function rememberNonces(sandbox: Pick<ProviderContext, 'onReset'>): UseNonce {
  const seen = new Map<string, number>();
  sandbox.onReset(() => seen.clear());
  return (key) => {
    const now = Date.now();
    // Oldest first. Past twice the window the timestamp alone refuses a replay.
    for (const [old, at] of seen) {
      if (at + 2 * windowSeconds * 1000 > now) break;
      seen.delete(old);
    }
    if (seen.has(key)) return false;
    seen.set(key, now);
    return true;
  };
}

function requestUrl(req: Request): string | undefined {
  const url = `http://${req.get('host') ?? ''}${pathOf(req)}`;
  return URL.canParse(url) ? url : undefined;
}

type SignedRequest = { oauth: ReadonlyMap<string, string> } | { refusal: Answer };

const refuse = (refusal: Answer): SignedRequest => ({ refusal });

/**
 * Verifies an OAuth 1.0a request (RFC 5849 §3.2): all of it, before any of it is used.
 * @param secretOf the secret of a token, undefined when there is no such token; left out where no token is sent.
 */
export function verifySigned(
  req: Request,
  { client }: Pick<ProviderContext, 'client'>,
  useNonce: UseNonce,
  secretOf?: (token: string) => string | undefined,
): SignedRequest {
  const oauth = parseAuthorizationHeader(req.get('authorization') ?? '');
  if (!oauth) return refuse(noCredentials);
  const nonce = oauth.get('oauth_nonce') ?? '';
  const timestamp = oauth.get('oauth_timestamp') ?? '';
  const signature = oauth.get('oauth_signature') ?? '';
  const consumer = oauth.get('oauth_consumer_key') ?? '';
  if (nonce === '' || signature === '' || consumer === '' || !/^[1-9]\d{0,14}$/.test(timestamp)) {
    return refuse(noCredentials);
  }
  if ((oauth.get('oauth_version') ?? '1.0') !== '1.0') return refuse(noCredentials);
  if (oauth.get('oauth_signature_method') !== 'HMAC-SHA1') return refuse(notAuthenticated);
  if (consumer !== client.clientId) return refuse(notAuthenticated);
  if (Math.abs(Number(timestamp) - Date.now() / 1000) > windowSeconds) return refuse(outOfTime);

  const token = oauth.get('oauth_token') ?? '';
  if (!secretOf && token !== '') return refuse(notAuthenticated);
  const tokenSecret = secretOf ? secretOf(token) : '';
  if (tokenSecret === undefined) return refuse(token === '' ? noCredentials : badToken);

  const url = requestUrl(req);
  if (url === undefined) return refuse(noCredentials);
  // RFC 5849 §3.4.1.3.1
  const pairs = [...paramsOf(req), ...oauth].filter(([name]) => name !== 'oauth_signature');
  const baseString = signatureBaseString(req.method, url, pairs);
  const expected = hmacSha1Signature(baseString, client.clientSecret, tokenSecret);
  if (!sameText(expected, signature)) return refuse(notAuthenticated);
  // Only a request that is genuine may use a nonce up.
  if (!useNonce([consumer, token, timestamp, nonce].map(encodeURIComponent).join('&'))) {
    return refuse(notAuthenticated);
  }
  return { oauth };
}
