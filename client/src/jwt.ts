import { LatchkeyError } from './errors.js';
import { fromBase64Url } from './pkce.js';
import { sendForJson } from './request.js';
import type { KeySet, ProviderId } from './types.js';

/** What a token says (`docs/frontends.md` explains each). */
export interface TokenClaims {
  readonly iss: string;
  /** The user's id: the key to all that you keep of them. */
  readonly sub: string;
  readonly aud: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly sid: string;
  readonly idp: ProviderId;
  readonly auth_time?: number;
  readonly acr?: 'proven' | 'asked';
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly picture?: string;
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const KEPT_MS = 600_000;
const AGAIN_AFTER_MS = 30_000;
const CLOCK_SECONDS = 30;
const LONGEST = 8192;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** The keys that a service publishes: kept for ten minutes; asked for again at one that is not there, twice a minute at most. */
function keysAt(url: string, init: () => RequestInit) {
  let keys = new Map<string, Key>();
  let at = -Infinity;
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const { keys: published } = await sendForJson<KeySet>(url, init());
    const usable = published.filter(({ kty, crv }) => kty === 'EC' && crv === 'P-256');
    const imported = usable.map(async ({ kty, crv, x, y, kid }) => {
      const key = { kty, crv, x, y };
      return [
        kid,
        await crypto.subtle.importKey('jwk', key, ALGORITHM, false, ['verify']),
      ] as const;
    });
    keys = new Map(await Promise.all(imported));
    at = Date.now();
  }

  const loadOnce = () =>
    (loading ??= load().finally(() => {
      loading = null;
    }));

  return async (kid: string): Promise<Key | undefined> => {
    const age = Date.now() - at;
    if (age > KEPT_MS || (!keys.has(kid) && age > AGAIN_AFTER_MS)) await loadOnce();
    return keys.get(kid);
  };
}

/**
 * Verifies tokens of one issuer for one audience (RFC 9068). Algorithm and type are fixed, whatever a token says of itself.
 *
 * @param keysUrl where the issuer publishes its keys
 * @param init how they are asked for
 */
export function tokenVerifier(
  { issuer, audience, keysUrl }: { issuer: string; audience: string; keysUrl: string },
  init: () => RequestInit,
): (token: string) => Promise<TokenClaims> {
  const keyOf = keysAt(keysUrl, init);
  return async (token) => {
    const [head = '', body = '', signature = '', ...rest] = token.split('.');
    if (token.length > LONGEST || rest.length > 0) throw refusal('is no JWT');
    const header = parse(head);
    if (header['alg'] !== 'ES256' || header['typ'] !== 'at+jwt' || 'crit' in header) {
      throw refusal('is of another algorithm or type');
    }
    const { kid } = header;
    const key = typeof kid === 'string' ? await keyOf(kid) : undefined;
    if (key === undefined) throw refusal('is signed with none of the published keys');
    const signed = new TextEncoder().encode(`${head}.${body}`);
    if (!(await crypto.subtle.verify(ALGORITHM, key, decode(signature), signed))) {
      throw refusal('has a signature that is not its own');
    }
    const claims = parse(body);
    const now = Date.now() / 1000;
    const { iss, aud, sub, exp, nbf = 0 } = claims;
    if (iss !== issuer) throw refusal('is of another issuer');
    if (aud !== audience) throw refusal('is for another audience');
    if (typeof sub !== 'string' || sub === '') throw refusal('names nobody');
    if (typeof exp !== 'number' || exp + CLOCK_SECONDS <= now) throw refusal('is over');
    if (typeof nbf !== 'number' || nbf - CLOCK_SECONDS > now) throw refusal('is not valid yet');
    return claims as unknown as TokenClaims;
  };
}

function decode(part: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(part);
  } catch {
    throw refusal('is no JWT');
  }
}

function parse(part: string): Record<string, unknown> {
  const text = new TextDecoder().decode(decode(part));
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told below: whatever is no object is no JWT.
  }
  throw refusal('is no JWT');
}

function refusal(why: string): LatchkeyError {
  return new LatchkeyError('unauthenticated', `The token ${why}.`, { status: 401 });
}
