import { type KeyObject, verify } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { AppError } from '../../common/errors/app-error.js';
import { parseJson } from '../../common/parse-json.js';
import { CONFIG, type Config } from '../../config/config.js';
import { settingsOf } from '../../config/providers.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import { GoogleDiscovery } from './google-discovery.js';
import { algorithmSchema, GoogleKeys } from './google-keys.js';

const LEEWAY_SECONDS = 60;
/** ID tokens come straight from the token endpoint, so an old one is a replay, whatever its `exp`. */
const MAX_AGE_SECONDS = 3600;

/** A compact JWS (RFC 7515 §3.1) without empty parts. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** The header fields used. Keys in the header are ignored; `crit` names extensions that are not supported. */
const headerSchema = z.object({
  alg: algorithmSchema,
  kid: z.string().optional(),
  crit: z.undefined().optional(),
});

const seconds = z.number();

/** The validated claims (OpenID Connect Core §2); the others belong to the profile. */
const claimsSchema = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  // Its format is checked with the profile.
  sub: z.unknown().refine((sub) => sub !== undefined),
  nonce: z.string(),
  iat: seconds,
  exp: seconds,
  nbf: seconds.optional(),
  azp: z.string().optional(),
  auth_time: z.unknown().optional(),
});

export type IdTokenClaims = z.infer<typeof claimsSchema>;

/** Verifies Google's ID tokens (OpenID Connect Core §3.1.3.7). */
@Injectable()
export class IdTokenVerifier {
  private keys: GoogleKeys | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'providers'>,
    private readonly discovery: GoogleDiscovery,
    private readonly http: ProviderHttp,
  ) {}

  /**
   * Verifies the signature by a published key, issuer, audience, authorised party, expiry, issue time and nonce. Only
   * asymmetric signatures by keys from the discovery document are accepted.
   *
   * @returns the claims
   * @throws AppError `invalid_id_token`, or `provider_error` / `provider_timeout` when the keys cannot be fetched
   */
  async verify(idToken: string, nonce: string): Promise<IdTokenClaims> {
    const { issuer, jwks_uri: uri } = await this.discovery.metadata();
    const [, head = '', payload = '', signature = ''] = COMPACT.exec(idToken) ?? [];
    const header = headerSchema.safeParse(decode(head)).data;
    if (header === undefined) throw refused('header');
    if (this.keys?.uri !== uri) this.keys = new GoogleKeys(uri, this.http);
    const signed = Buffer.from(`${head}.${payload}`);
    const bytes = Buffer.from(signature, 'base64url');
    const isSigned = await this.keys.some(header, (key) => isSignature(bytes, signed, key));
    if (!isSigned) throw refused('signature');
    const claims = claimsSchema.safeParse(decode(payload));
    if (!claims.success) throw refused(String(claims.error.issues[0]?.path[0] ?? 'payload'));
    const wrong = wrongClaim(claims.data, {
      nonce,
      issuers: acceptedIssuers(issuer),
      clientId: settingsOf(this.config, 'google').clientId,
      now: Date.now() / 1000,
    });
    if (wrong !== null) throw refused(wrong);
    return claims.data;
  }
}

function wrongClaim(
  { iss, aud, azp, exp, iat, nbf, nonce }: IdTokenClaims,
  expected: { nonce: string; issuers: readonly string[]; clientId: string; now: number },
): string | null {
  const { clientId, now } = expected;
  const audiences = typeof aud === 'string' ? [aud] : aud;
  if (!expected.issuers.includes(iss)) return 'iss';
  if (!audiences.includes(clientId)) return 'aud';
  if (azp !== undefined && azp !== clientId) return 'azp';
  if (azp === undefined && audiences.length > 1) return 'azp missing';
  if (exp + LEEWAY_SECONDS <= now) return 'exp';
  if (iat - LEEWAY_SECONDS > now || iat + MAX_AGE_SECONDS + LEEWAY_SECONDS < now) return 'iat';
  if (nbf !== undefined && nbf - LEEWAY_SECONDS > now) return 'nbf';
  return nonce === expected.nonce ? null : 'nonce';
}

/**
 * When the person authenticated at Google.
 *
 * @returns milliseconds since 1970; null where the token does not say, or names a time to come
 */
export function authTimeOf({ auth_time: authTime }: IdTokenClaims): number | null {
  if (typeof authTime !== 'number' || !Number.isSafeInteger(authTime) || authTime <= 0) return null;
  const now = Date.now();
  const time = authTime * 1000;
  return time > now + LEEWAY_SECONDS * 1000 ? null : Math.min(time, now);
}

/** Synchronous: handing it to the thread pool takes longer than verifying. */
function isSignature(signature: Buffer, signed: Buffer, key: KeyObject): boolean {
  // An ECDSA signature is R and S concatenated (RFC 7518 §3.4).
  return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function decode(part: string): unknown {
  return parseJson(Buffer.from(part, 'base64url').toString('utf8'));
}

/** Google still issues tokens whose issuer has no scheme. */
function acceptedIssuers(issuer: string): string[] {
  return issuer === 'https://accounts.google.com' ? [issuer, 'accounts.google.com'] : [issuer];
}

/** @param reason the invalid claim, or the invalid part of the token */
function refused(reason: string): AppError {
  return new AppError('invalid_id_token', { log: { provider: 'google', reason } });
}
