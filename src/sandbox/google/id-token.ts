import { createHash } from 'node:crypto';
import {
  CompactSign,
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
} from 'jose';
import { type Grant, randomBase64url, randomHex } from '../core/oauth.js';
import { namePartsOf } from '../core/people.js';
import type { PersonField } from '../core/provider.js';

/** The scopes that the user granted. */
export interface GoogleGrant extends Grant {
  nonce: string | undefined;
  /** Whether `max_age` was sent: the ID token then has `auth_time` (OpenID Connect Core §3.1.2.1). */
  includesAuthTime: boolean;
}

/** The domain of a Google Workspace, the claim `hd`. */
export const hostedDomain = {
  name: 'hostedDomain',
  label: 'Workspace domain',
  hint: 'optional',
  kind: 'code',
  maxLength: 255,
  tag: 'Workspace',
  readyMade: { katherine: 'school.example' },
} as const satisfies PersonField;

/** The `hd` of claims and callbacks; it is left out for people without a Workspace. */
export function hostedDomainOf({ account }: Pick<GoogleGrant, 'account'>): { hd?: string } {
  const hd = account.own[hostedDomain.name];
  return typeof hd === 'string' ? { hd } : {};
}

const long = 'https://www.googleapis.com/auth/userinfo.';

/** Google's two names for a scope, and the one it answers with. */
export const googleScopes: Record<string, string> = {
  openid: 'openid',
  email: `${long}email`,
  profile: `${long}profile`,
  [`${long}email`]: `${long}email`,
  [`${long}profile`]: `${long}profile`,
};

/** The claims of userinfo, and those about the person in an ID token (OpenID Connect Core §5.1, §5.4). */
export function personClaims(grant: GoogleGrant): Record<string, unknown> {
  const { account, scopes } = grant;
  const { given, family } = namePartsOf(account);
  return {
    sub: account.subject,
    ...hostedDomainOf(grant),
    ...(scopes.includes(`${long}email`) &&
      account.email !== null && { email: account.email, email_verified: account.emailVerified }),
    ...(scopes.includes(`${long}profile`) && {
      name: account.name,
      picture: account.picture,
      given_name: given,
      ...(family !== undefined && { family_name: family }),
    }),
  };
}

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
  publicPem: string;
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomHex(20);
  const jwk = await exportJWK(publicKey);
  return {
    kid,
    privateKey,
    publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' },
    publicPem: await exportSPKI(publicKey),
  };
}

/** The keys under ID tokens. Google's change now and then, so a client has to live through `rotate`. */
export interface GoogleKeys {
  current(): Promise<SigningKey>;
  /** A key that is not published, for signatures that must not verify. */
  unpublished(): Promise<SigningKey>;
  rotate(): Promise<void>;
}

/** Makes the first key, and one that is never published. RS256, as in Google's discovery document. */
function createGoogleKeys(): GoogleKeys {
  let [current, unpublished] = [createSigningKey(), createSigningKey()];
  return {
    current: () => current,
    unpublished: () => unpublished,
    async rotate() {
      const next = await createSigningKey();
      [unpublished, current] = [current, Promise.resolve(next)];
    },
  };
}

/** By address: Google's keys outlive an outage, so those of a sandbox that comes back in the same process do, too. */
const known = new Map<string, GoogleKeys>();

export function googleKeysAt(issuer: string): GoogleKeys {
  const keys = known.get(issuer) ?? createGoogleKeys();
  known.set(issuer, keys);
  return keys;
}

interface IdTokenInput {
  issuer: string;
  clientId: string;
  grant: GoogleGrant;
  accessToken: string;
  keys: GoogleKeys;
  fault: string | undefined;
}

type Claims = Record<string, unknown>;

const another = '407408718192.apps.googleusercontent.com';

/** OpenID Connect Core §3.1.3.6: the left half of the access token's hash. */
function accessTokenHash(accessToken: string): string {
  const hash = createHash('sha256').update(accessToken).digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}

function correctClaims(input: IdTokenInput): Claims {
  const { sub, ...person } = personClaims(input.grant);
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: input.issuer,
    azp: input.clientId,
    aud: input.clientId,
    sub,
    at_hash: accessTokenHash(input.accessToken),
    ...(input.grant.nonce !== undefined && { nonce: input.grant.nonce }),
    ...(input.grant.includesAuthTime && { auth_time: now }),
    ...person,
    iat: now,
    exp: now + 3600,
  };
}

const mistakes: Readonly<Record<string, (claims: Claims, now: number) => Claims>> = {
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
  email_verified_text: (claims) => ({
    ...claims,
    email_verified: String(claims['email_verified']),
  }),
  name_in_parts: ({ name: _whole, ...claims }) => claims,
  subject_object: (claims) => ({ ...claims, sub: { id: claims['sub'] } }),
};

function withMistake(claims: Claims, fault: string | undefined): Claims {
  const mistake = fault && mistakes[fault];
  return mistake ? mistake(claims, Math.floor(Date.now() / 1000)) : claims;
}

/** Signs the bytes as they are: a JWT builder would refuse the claims that are wrong on purpose. */
async function sign(payload: string, keys: GoogleKeys, fault: string | undefined): Promise<string> {
  const { kid, privateKey, publicPem } = await keys.current();
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
    .sign(fault === 'id_token_bad_signature' ? (await keys.unpublished()).privateKey : privateKey);
}

/** The ID token (OpenID Connect Core §2), with the mistake that a fault asks for; undefined when it is to be left out. */
export async function mintIdToken(input: IdTokenInput): Promise<string | undefined> {
  if (input.fault === 'id_token_missing') return undefined;
  const claims = withMistake(correctClaims(input), input.fault);
  return sign(JSON.stringify(claims), input.keys, input.fault);
}
