import { createHash } from 'node:crypto';
import type { PlannedFault } from './faults.js';
import type { Account } from './people.js';
import type { SandboxClient } from './provider.js';
import { sameText } from './secrets.js';

/** What somebody allowed: carried by the code, then by the access token. */
export interface Grant {
  account: Account;
  scopes: readonly string[];
  redirectUri: string;
  challenge: string | undefined;
  plan: PlannedFault | undefined;
}

type PkceRequest = { challenge: string | undefined } | { problem: string };

/** The PKCE part of an authorization request (RFC 7636 §4.3): S256 or nothing. */
export function readChallenge(query: URLSearchParams): PkceRequest {
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge === null) {
    return method === null
      ? { challenge: undefined }
      : { problem: 'code_challenge_method was given without a code_challenge.' };
  }
  if (method !== 'S256') {
    return { problem: `Transform algorithm not supported: ${method ?? 'plain'}. Use S256.` };
  }
  if (!/^[\w-]{43,128}$/.test(challenge)) {
    return { problem: 'code_challenge must be 43 to 128 characters of base64url.' };
  }
  return { challenge };
}

/** What a `code_verifier` came to; `unexpected` is one without a challenge. Each provider words its own refusal. */
export type VerifierCheck = 'ok' | 'missing' | 'unexpected' | 'wrong';

/** Whether a verifier fits its challenge: RFC 7636 §4.6, and RFC 9700 §2.1.1: a verifier without a challenge is a downgrade attempt. */
export function checkVerifier(
  challenge: string | undefined,
  verifier: string | null,
): VerifierCheck {
  if (challenge === undefined) return verifier === null ? 'ok' : 'unexpected';
  if (verifier === null || verifier === '') return 'missing';
  if (!/^[\w\-.~]{43,128}$/.test(verifier)) return 'wrong';
  const computed = createHash('sha256').update(verifier).digest('base64url');
  return sameText(computed, challenge) ? 'ok' : 'wrong';
}

/** What client authentication came to; `both` is two methods in one request. Each provider words its own refusal. */
export type ClientCheck = 'ok' | 'both' | 'malformed' | 'no_id' | 'no_secret' | 'unknown' | 'wrong';

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function readBasic(header: string): { id: string; secret: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const [id, secret, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const plainId = formDecode(id ?? '');
  const plainSecret = formDecode(secret ?? '');
  if (secret === undefined || rest.length > 0) return undefined;
  if (plainId === undefined || plainSecret === undefined) return undefined;
  return { id: plainId, secret: plainSecret };
}

/** Client authentication in the body or by Basic, never by both (RFC 6749 §2.3). */
export function authenticateClient(
  authorization: string | undefined,
  form: URLSearchParams,
  client: SandboxClient,
): ClientCheck {
  let id = form.get('client_id');
  let secret = form.get('client_secret');
  if (authorization !== undefined) {
    if (secret !== null) return 'both';
    const basic = readBasic(authorization);
    if (!basic || (id !== null && id !== basic.id)) return 'malformed';
    ({ id, secret } = basic);
  }
  if (!id) return 'no_id';
  if (id !== client.clientId) return 'unknown';
  if (!secret) return 'no_secret';
  return sameText(secret, client.clientSecret) ? 'ok' : 'wrong';
}
