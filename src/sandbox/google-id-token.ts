import { createHash } from 'node:crypto';
import { CompactSign } from 'jose';
import type { SandboxFault } from './faults.js';
import { personClaims, type GoogleGrant } from './google-grant.js';
import type { GoogleKeys } from './google-keys.js';
import { randomBase64url } from './random.js';

interface IdTokenInput {
  issuer: string;
  clientId: string;
  grant: GoogleGrant;
  accessToken: string;
  keys: GoogleKeys;
  fault: SandboxFault | undefined;
}

type Claims = Record<string, unknown>;

const another = '407408718192.apps.googleusercontent.com';

/** OpenID Connect Core §3.1.3.6: the left half of the access token's hash. */
function accessTokenHash(accessToken: string): string {
  const hash = createHash('sha256').update(accessToken).digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}

function honestClaims(input: IdTokenInput): Claims {
  const { sub, ...person } = personClaims(input.grant);
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: input.issuer,
    azp: input.clientId,
    aud: input.clientId,
    sub,
    at_hash: accessTokenHash(input.accessToken),
    ...(input.grant.nonce !== undefined && { nonce: input.grant.nonce }),
    ...(input.grant.tellsAuthTime && { auth_time: now }),
    ...person,
    iat: now,
    exp: now + 3600,
  };
}

const spoilers: Partial<Record<SandboxFault, (claims: Claims, now: number) => Claims>> = {
  id_token_wrong_audience: (claims) => ({ ...claims, aud: another }),
  id_token_wrong_azp: (claims) => ({ ...claims, azp: another }),
  id_token_wrong_issuer: (claims) => ({
    ...claims,
    iss: 'https://accounts.google.com.issuer.example',
  }),
  id_token_expired: (claims, now) => ({ ...claims, iat: now - 7200, exp: now - 3600 }),
  id_token_future: (claims, now) => ({ ...claims, iat: now + 3600, exp: now + 7200 }),
  id_token_wrong_nonce: (claims) => ({ ...claims, nonce: randomBase64url(24) }),
  id_token_no_nonce: ({ nonce: _left, ...claims }) => claims,
  id_token_old_authentication: (claims, now) => ({ ...claims, auth_time: now - 3600 }),
  subject_object: (claims) => ({ ...claims, sub: { id: claims['sub'] } }),
};

function spoil(claims: Claims, fault: SandboxFault | undefined): Claims {
  const spoiler = fault && spoilers[fault];
  return spoiler ? spoiler(claims, Math.floor(Date.now() / 1000)) : claims;
}

/** Signs the bytes as they are: a JWT builder would refuse the claims that are wrong on purpose. */
async function sign(
  payload: string,
  keys: GoogleKeys,
  fault: SandboxFault | undefined,
): Promise<string> {
  const { kid, privateKey, publicPem } = keys.current();
  const bytes = new TextEncoder().encode(payload);
  if (fault === 'id_token_unsigned') {
    const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    return `${header}.${Buffer.from(bytes).toString('base64url')}.`;
  }
  if (fault === 'id_token_hs256') {
    return new CompactSign(bytes)
      .setProtectedHeader({ alg: 'HS256', kid, typ: 'JWT' })
      .sign(new TextEncoder().encode(publicPem));
  }
  return new CompactSign(bytes)
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .sign(fault === 'id_token_bad_signature' ? keys.stranger().privateKey : privateKey);
}

/** The ID token (OpenID Connect Core §2), spoilt when asked for; undefined when it is to be left out. */
export async function mintIdToken(input: IdTokenInput): Promise<string | undefined> {
  if (input.fault === 'id_token_missing') return undefined;
  const claims = spoil(honestClaims(input), input.fault);
  return sign(JSON.stringify(claims), input.keys, input.fault);
}
