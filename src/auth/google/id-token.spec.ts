import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import type { ProviderHttp } from '../provider-http/provider-http.js';
import type { GoogleDiscovery } from './google-discovery.js';
import { authTimeOf, IdTokenVerifier } from './id-token.js';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

const clientId = '1234.apps.googleusercontent.com';
const expected = 'the-nonce';

let published: Pair;
let curve: Pair;
let foreign: Pair;
let honest: JWK[];
let keys: JWK[];
let fetches: number;

beforeAll(async () => {
  [published, curve, foreign] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ]);
  honest = [
    { ...(await exportJWK(published.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(curve.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
  ];
  keys = honest;
});

function verifierFor(issuer = 'https://accounts.google.com'): IdTokenVerifier {
  fetches = 0;
  const discovery = {
    metadata: () => Promise.resolve({ issuer, jwks_uri: `${issuer}/certs` }),
  } as unknown as GoogleDiscovery;
  const http = {
    json: () => {
      fetches += 1;
      return Promise.resolve({ keys });
    },
  } as unknown as ProviderHttp;
  return new IdTokenVerifier(
    {
      providers: {
        google: { clientId, clientSecret: 'secret', issuer, authTime: true },
        twitter: null,
        facebook: null,
      },
    },
    discovery,
    http,
  );
}

const now = () => Math.floor(Date.now() / 1000);

function token(
  claims: Record<string, unknown> = {},
  header: Partial<JWTHeaderParameters> = {},
  key: Pair = published,
): Promise<string> {
  const body = {
    iss: 'https://accounts.google.com',
    azp: clientId,
    aud: clientId,
    sub: '110169484474386276334',
    nonce: 'the-nonce',
    iat: now(),
    exp: now() + 3600,
    ...claims,
  };
  const present = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(present)
    .setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...header })
    .sign(key.privateKey);
}

const refusal = expect.objectContaining({ code: 'invalid_id_token' });

describe('an ID token is accepted', () => {
  it.each<[string, Record<string, unknown>]>([
    ['as Google issues it', {}],
    ['under Google’s older name', { iss: 'accounts.google.com' }],
    ['for this client in a list of one', { aud: [clientId] }],
    ['for several clients, with this one as the authorised party', { aud: [clientId, 'other'] }],
    ['without an authorised party', { azp: undefined }],
    ['59 seconds after its end', { exp: now() - 50 }],
    ['50 seconds before its beginning', { iat: now() + 50 }],
  ])('%s', async (_name, claims) => {
    const payload = await verifierFor().verify(await token(claims), expected);
    expect(payload.sub).toBe('110169484474386276334');
  });

  it('with an ECDSA signature', async () => {
    const signed = await token({}, { alg: 'ES256', kid: 'ec' }, curve);
    expect(await verifierFor().verify(signed, expected)).toMatchObject({ nonce: 'the-nonce' });
  });

  it('with keys that are fetched once', async () => {
    const verifier = verifierFor();
    await verifier.verify(await token(), expected);
    await verifier.verify(await token(), expected);
    expect(fetches).toBe(1);
  });
});

async function unnamed(pair: Pair): Promise<JWK> {
  return { ...(await exportJWK(pair.publicKey)), alg: 'RS256' };
}

describe('cached keys', () => {
  it.each<[string, string | undefined, () => Promise<JWK>]>([
    [
      'is replaced under its name',
      'rsa',
      async () => ({ ...(await unnamed(foreign)), kid: 'rsa' }),
    ],
    ['is replaced, and has no name', undefined, () => unnamed(foreign)],
    [
      'could not be used',
      'rsa',
      () => Promise.resolve({ kty: 'RSA', kid: 'rsa', alg: 'RS256', n: 'x', e: 'AQAB' }),
    ],
  ])('are fetched again when one of them %s', async (_name, kid, before) => {
    const verifier = verifierFor();
    const signed = await token({}, { kid } as Partial<JWTHeaderParameters>);
    const after = [{ ...(await unnamed(published)), ...(kid !== undefined && { kid }) }];
    try {
      keys = [await before()];
      await expect(verifier.verify(signed, expected)).rejects.toEqual(refusal);
      keys = after;
      expect(await verifier.verify(signed, expected)).toMatchObject({ nonce: 'the-nonce' });
    } finally {
      keys = honest;
    }
  });
});

describe('the time of authentication', () => {
  it.each<[unknown, number | null]>([
    [now() - 120, (now() - 120) * 1000],
    [undefined, null],
    ['1', null],
    [-1, null],
    [1.5, null],
    [now() + 3600, null],
  ])('of auth_time %j', (auth_time, expectedTime) => {
    expect(authTimeOf({ auth_time } as never)).toBe(expectedTime);
  });

  it('is never in the future, where the clocks differ by less than a minute', () => {
    expect(authTimeOf({ auth_time: now() + 30 } as never)).toBeLessThanOrEqual(Date.now());
  });
});

describe('an ID token is rejected', () => {
  it.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'other' }],
    ['an audience that only begins alike', { aud: `${clientId}.evil.test` }],
    ['no audience', { aud: undefined }],
    ['an audience that is an object', { aud: { 0: clientId } }],
    ['another authorised party', { azp: 'other' }],
    ['an authorised party that is null', { azp: null }],
    ['several audiences and no authorised party', { azp: undefined, aud: [clientId, 'other'] }],
    ['another issuer', { iss: 'https://accounts.google.com.evil.test' }],
    ['an issuer with a slash more', { iss: 'https://accounts.google.com/' }],
    ['an issuer over http', { iss: 'http://accounts.google.com' }],
    ['no issuer', { iss: undefined }],
    ['an end that has passed', { exp: now() - 70 }],
    ['no end', { exp: undefined }],
    ['an end that is a text', { exp: 'tomorrow' }],
    ['a beginning in the future', { iat: now() + 90 }],
    ['no beginning', { iat: undefined }],
    ['a beginning long ago', { iat: now() - 7200 }],
    ['a time before which it is not valid', { nbf: now() + 90 }],
    ['another nonce', { nonce: 'other' }],
    ['a nonce in capitals', { nonce: 'THE-NONCE' }],
    ['no nonce', { nonce: undefined }],
    ['a nonce in a list', { nonce: ['the-nonce'] }],
    ['no subject', { sub: undefined }],
  ])('with %s, and the log names the claim', async (_name, claims) => {
    const [claim = ''] = Object.keys(claims);
    const named: unknown = expect.stringMatching(`^${claim}( missing)?$`);
    await expect(verifierFor().verify(await token(claims), expected)).rejects.toMatchObject({
      code: 'invalid_id_token',
      log: { provider: 'google', reason: named },
    });
  });

  it.each<[string, () => Promise<string>]>([
    ['signed by a key that is not published', () => token({}, {}, foreign)],
    ['signed by one that says it is new', () => token({}, { kid: 'new' }, foreign)],
    [
      'with its key in the header',
      async () => token({}, { jwk: await exportJWK(foreign.publicKey) }, foreign),
    ],
    ['with its key elsewhere (jku)', () => token({}, { jku: 'https://evil.test/keys' }, foreign)],
    ['with its key elsewhere (x5u)', () => token({}, { x5u: 'https://evil.test/keys' }, foreign)],
    [
      'with a critical header that nobody knows',
      async () => {
        const [, payload, signature] = (await token()).split('.');
        const header = { alg: 'RS256', kid: 'rsa', crit: ['evil'], evil: true };
        return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
      },
    ],
    [
      'whose claims were changed',
      async () => {
        const [header, payload = '', signature] = (await token()).split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
        const changed = Buffer.from(JSON.stringify({ ...claims, sub: '1' })).toString('base64url');
        return `${header}.${changed}.${signature}`;
      },
    ],
    ['without a signature', async () => (await token()).replace(/[^.]*$/, '')],
    ['that is no token', () => Promise.resolve('x.y.z')],
    ['that is empty', () => Promise.resolve('')],
    ['for another key type', () => token({}, { kid: 'ec' })],
  ])('%s', async (_name, make) => {
    await expect(verifierFor().verify(await make(), expected)).rejects.toEqual(refusal);
  });

  it('with Google’s older issuer name, where the issuer is not Google', async () => {
    const verifier = verifierFor('https://issuer.test');
    const signed = await token({ iss: 'accounts.google.com' });
    await expect(verifier.verify(signed, expected)).rejects.toEqual(refusal);
  });

  it('only after one more fetch when the key with its id does not verify the signature', async () => {
    const verifier = verifierFor();
    await verifier.verify(await token(), expected);
    const foreignToken = await token({}, {}, foreign);
    await expect(verifier.verify(foreignToken, expected)).rejects.toEqual(refusal);
    expect(fetches).toBe(2);
  });

  it('after one more fetch when its key is unknown; the next valid one costs none', async () => {
    const verifier = verifierFor();
    await verifier.verify(await token(), expected);
    const unknown = await token({}, { kid: 'new' }, foreign);
    await expect(verifier.verify(unknown, expected)).rejects.toEqual(refusal);
    await verifier.verify(await token(), expected);
    expect(fetches).toBe(2);
  });
});
