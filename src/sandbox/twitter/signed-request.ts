import type { Request } from 'express';
import { type Answer, json } from '../core/answers.js';
import { paramsOf, pathOf } from '../core/http.js';
import type { ProviderContext } from '../core/provider.js';
import { sameText } from '../core/secrets.js';
import { hmacSha1Signature, parseAuthorizationHeader, signatureBaseString } from './signature.js';

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
