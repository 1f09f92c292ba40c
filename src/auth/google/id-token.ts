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
/** An ID token comes straight from the token endpoint, so an old one is a replayed one, whatever its `exp` says. */
const MAX_AGE_SECONDS = 3600;

/** A compact JWS (RFC 7515 §3.1), none of whose parts is empty. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** What is read of a token's header. Keys that it names or brings along are not; `crit` asks for what is not known here. */
const headerSchema = z.object({
  alg: algorithmSchema,
  kid: z.string().optional(),
  crit: z.undefined().optional(),
});

const seconds = z.number();

/** The claims that are checked (OpenID Connect Core §2); the others are the profile's. */
const claimsSchema = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  // Whether it is of the shape that a subject has, the profile says.
  sub: z.unknown().refine((sub) => sub !== undefined),
  nonce: z.string(),
  iat: seconds,
  exp: seconds,
  nbf: seconds.optional(),
  azp: z.string().optional(),
  auth_time: z.unknown().optional(),
});

export type IdTokenClaims = z.infer<typeof claimsSchema>;

/** What an attempt expects of the token that answers it. */
interface Expected {
  /** The attempt's nonce. */
  nonce: string;
  /**
   * When the person was asked to prove who they are, in milliseconds since 1970; where Google says when they did
   * (`auth_time`), it must not have been earlier. Null when they were not asked.
   */
  authenticatedSince: number | null;
}

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
   * Verifies an ID token in full: signature by a published key, issuer, audience, authorised party, expiry, issue time,
   * nonce. Only asymmetric signatures by keys from the discovery document count.
   *
   * @returns the claims
   * @throws AppError `invalid_id_token`, or `provider_error` / `provider_timeout` when the keys cannot be fetched
   */
  async verify(idToken: string, expected: Expected): Promise<IdTokenClaims> {
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
      ...expected,
      issuers: acceptedIssuers(issuer),
      clientId: settingsOf(this.config, 'google').clientId,
      now: Date.now() / 1000,
    });
    if (wrong !== null) throw refused(wrong);
    return claims.data;
  }
}

/** The claim that is not as it must be; null when all are. */
function wrongClaim(
  { iss, aud, azp, exp, iat, nbf, nonce, auth_time: authTime }: IdTokenClaims,
  expected: Expected & { issuers: readonly string[]; clientId: string; now: number },
): string | null {
  const { clientId, now, authenticatedSince } = expected;
  const audiences = typeof aud === 'string' ? [aud] : aud;
  if (!expected.issuers.includes(iss)) return 'iss';
  if (!audiences.includes(clientId)) return 'aud';
  if (azp !== undefined && azp !== clientId) return 'azp';
  if (azp === undefined && audiences.length > 1) return 'azp missing';
  if (exp + LEEWAY_SECONDS <= now) return 'exp';
  if (iat - LEEWAY_SECONDS > now || iat + MAX_AGE_SECONDS + LEEWAY_SECONDS < now) return 'iat';
  if (nbf !== undefined && nbf - LEEWAY_SECONDS > now) return 'nbf';
  if (nonce !== expected.nonce) return 'nonce';
  const isOlder =
    authenticatedSince !== null &&
    typeof authTime === 'number' &&
    (authTime + LEEWAY_SECONDS) * 1000 < authenticatedSince;
  return isOlder ? 'auth_time' : null;
}

/**
 * Whether a signature is by a key, in the one way that the key is for. In this thread: a thread pool takes longer to hand
 * the work over than the work takes.
 */
function isSignature(signature: Buffer, signed: Buffer, key: KeyObject): boolean {
  // An ECDSA signature is two numbers of the curve's length (RFC 7518 §3.4).
  return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function decode(part: string): unknown {
  return parseJson(Buffer.from(part, 'base64url').toString('utf8'));
}

/** Google still issues tokens under its name without the scheme. */
function acceptedIssuers(issuer: string): string[] {
  return issuer === 'https://accounts.google.com' ? [issuer, 'accounts.google.com'] : [issuer];
}

/** @param reason what of the token was not as it must be: a claim, or a part of it */
function refused(reason: string): AppError {
  return new AppError('invalid_id_token', { log: { provider: 'google', reason } });
}
