import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { type Answer, json } from './answers.js';
import type { Account, PlannedFault, SandboxClient } from './provider.js';

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** @param bytes how many random bytes; the text is a third longer */
export function randomBase64url(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** @param bytes how many random bytes; the text is twice as long */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Letters and digits only, as in X's and Facebook's tokens. */
export function randomAlphanumeric(length: number): string {
  let text = '';
  while (text.length < length) text += alphanumerics.charAt(randomInt(alphanumerics.length));
  return text;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares in constant time. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** The consent of a user: carried by the code, then by the access token. */
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

/**
 * Whether a verifier fits its challenge: RFC 7636 §4.6, and RFC 9700 §2.1.1: a verifier without a challenge is a downgrade
 * attempt.
 * @returns what is wrong with it
 */
export function verifierProblem(
  challenge: string | undefined,
  verifier: string | null,
): string | undefined {
  if (challenge === undefined) {
    return verifier === null ? undefined : 'code_verifier or verifier is not needed.';
  }
  if (verifier === null || verifier === '') return 'Missing code verifier.';
  const isValid =
    /^[\w\-.~]{43,128}$/.test(verifier) &&
    sameText(createHash('sha256').update(verifier).digest('base64url'), challenge);
  return isValid ? undefined : 'Invalid code verifier.';
}

/** An error answer of a token endpoint (RFC 6749 §5.2). */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });

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

/**
 * Client authentication in the body or by Basic, never by both (RFC 6749 §2.3).
 * @returns the refusal, where the client is not authenticated
 */
export function refuseClient(
  authorization: string | undefined,
  form: URLSearchParams,
  client: SandboxClient,
): Answer | undefined {
  const invalid = (description: string) => oauthError(400, 'invalid_request', description);
  let id = form.get('client_id');
  let secret = form.get('client_secret');
  if (authorization !== undefined) {
    if (secret !== null) return invalid('Client authentication was sent in two ways.');
    const basic = readBasic(authorization);
    if (!basic || (id !== null && id !== basic.id)) {
      return invalid('Could not read the Authorization header.');
    }
    ({ id, secret } = basic);
  }
  if (!id) return invalid('Could not determine client ID from request.');
  if (id !== client.clientId) {
    return oauthError(401, 'invalid_client', 'The OAuth client was not found.');
  }
  if (!secret) return invalid('client_secret is missing.');
  if (sameText(secret, client.clientSecret)) return undefined;
  return oauthError(401, 'invalid_client', 'The provided client secret is invalid.');
}
