import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { AppError } from '../../common/errors.js';
import type { GoogleConfig } from '../../config/config.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import { GOOGLE } from './google.config.js';
import { GoogleDiscovery, type GoogleMetadata } from './google-discovery.js';

const LEEWAY_SECONDS = 60;
/** An ID token comes straight from the token endpoint, so an old one is a replayed one, whatever its `exp` says. */
const MAX_AGE_SECONDS = 3600;
const KEYS_LIFETIME_MS = 60 * 60_000;

/** Keys from one address. */
interface PublishedKeys {
  uri: string;
  find: ReturnType<typeof createRemoteJWKSet>;
  /** How often they have been asked for. */
  fetches: number;
}

const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Verifies Google's ID tokens (OpenID Connect Core §3.1.3.7). */
@Injectable()
export class IdTokenVerifier {
  private keys: PublishedKeys | undefined;

  constructor(
    @Inject(GOOGLE) private readonly config: GoogleConfig,
    private readonly discovery: GoogleDiscovery,
    private readonly http: ProviderHttp,
  ) {}

  /**
   * Verifies an ID token in full: signature by a published key, issuer, audience, authorised party, expiry, issue time,
   * nonce. Only asymmetric signatures by keys from the discovery document count; what the header says about keys is not
   * looked at.
   *
   * @param expected.nonce the nonce of the attempt that the token answers
   * @param expected.authenticatedSince when the person was asked to prove who they are, in milliseconds since 1970; where
   *   Google says when they did (`auth_time`), it must not have been earlier. Null when they were not asked.
   * @returns the claims
   * @throws AppError `invalid_id_token`, or `provider_error` / `provider_timeout` when the keys cannot be fetched
   */
  async verify(
    idToken: string,
    expected: { nonce: string; authenticatedSince: number | null },
  ): Promise<JWTPayload> {
    const metadata = await this.discovery.metadata();
    const payload = await this.verifyByKeys(idToken, metadata).catch((error: unknown) => {
      // Malformed keys and tokens come as errors of many kinds; what is ours has a code of its own.
      if (error instanceof AppError) throw error;
      throw refused(reasonOf(error), error);
    });
    const { clientId } = this.config;
    const azp = payload['azp'];
    const aud = payload.aud;
    if (azp !== undefined && azp !== clientId) throw refused('azp');
    if (Array.isArray(aud) && aud.length > 1 && azp === undefined) throw refused('azp missing');
    if (payload['nonce'] !== expected.nonce) throw refused('nonce');
    const authTime = payload['auth_time'];
    if (
      expected.authenticatedSince !== null &&
      typeof authTime === 'number' &&
      (authTime + LEEWAY_SECONDS) * 1000 < expected.authenticatedSince
    ) {
      throw refused('auth_time');
    }
    return payload;
  }

  /** Verifies by the published keys; once more by fresh ones when it may be the keys that are wrong. */
  private async verifyByKeys(idToken: string, metadata: GoogleMetadata): Promise<JWTPayload> {
    const keys = this.keysOf(metadata);
    const { fetches } = keys;
    const verify = async () => {
      const { payload } = await jwtVerify(idToken, keys.find, {
        algorithms: ['RS256', 'ES256'],
        issuer: acceptedIssuers(metadata.issuer),
        audience: this.config.clientId,
        clockTolerance: LEEWAY_SECONDS,
        maxTokenAge: MAX_AGE_SECONDS,
        requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
      });
      return payload;
    };
    try {
      return await verify();
    } catch (error) {
      if (!mayBeTheKeys(error) || keys.fetches > fetches) throw error;
      await keys.find.reload();
      return verify();
    }
  }

  /**
   * The published keys, cached. A token signed with a key that is not among them makes one refetch: keys rotate. That
   * needs no cool-down, since tokens come from the token endpoint and not from browsers.
   */
  private keysOf({ jwks_uri: uri }: GoogleMetadata): PublishedKeys {
    if (this.keys?.uri === uri) return this.keys;
    const find = createRemoteJWKSet(new URL(uri), {
      cacheMaxAge: KEYS_LIFETIME_MS,
      cooldownDuration: 0,
      [customFetch]: async () => {
        keys.fetches += 1;
        const exchange = { provider: 'google', step: 'keys', method: 'GET', url: uri } as const;
        return Response.json(await this.http.json(exchange, keysSchema));
      },
    });
    const keys: PublishedKeys = { uri, find, fetches: 0 };
    this.keys = keys;
    return keys;
  }
}

/** Google still issues tokens under its name without the scheme. */
function acceptedIssuers(issuer: string): string[] {
  return issuer === 'https://accounts.google.com' ? [issuer, 'accounts.google.com'] : [issuer];
}

/** Whether keys that were fetched before are to blame: another key under the same name, or one that cannot be used. */
function mayBeTheKeys(error: unknown): boolean {
  if (error instanceof AppError) return false;
  return (
    error instanceof errors.JWSSignatureVerificationFailed || !(error instanceof errors.JOSEError)
  );
}

/** What of a token was not as it must be: the claim, or jose's code for what is wrong with the whole. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
    return error.claim;
  }
  return error instanceof errors.JOSEError ? error.code : 'malformed';
}

function refused(reason: string, cause?: unknown): AppError {
  return new AppError('invalid_id_token', { log: { provider: 'google', reason }, cause });
}
