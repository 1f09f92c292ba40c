import { spawn, spawnSync } from 'node:child_process';
import { createHmac, createPublicKey, type JsonWebKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createLatchkeyServer } from '../../client/src/server.js';
import { openSigningKey, signToken } from '../../src/tokens/signing-key.js';
import { signedIn } from '../support/accounts.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { keySetOf, tokenOf, verified } from '../support/tokens.js';

/*
 * What a service that follows docs/frontends.md takes, and what it refuses: with jose, and with a library of each of three
 * other languages that know nothing but the published documents. .ci/run installs these; who does not have one skips it.
 */

const API = 'https://api.test';

interface Outcome {
  claims?: JWTPayload;
  refused?: string;
}

let latchkey: Latchkey;
let genuine: string;
const attacks: Record<string, string> = {};

const base64 = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

beforeAll(async () => {
  latchkey = await startLatchkey({ TOKEN_AUDIENCES: `${API}, https://other.test` });
  const browser = await signedIn(latchkey);
  genuine = await tokenOf(latchkey, browser, { audience: API });
  const row = await latchkey.database
    .selectFrom('signing_keys')
    .selectAll()
    .executeTakeFirstOrThrow();
  const key = openSigningKey(row, latchkey.config);
  if (key === null) throw new Error('The key does not open.');
  const { kid, privateKey } = key;
  const [header = '', payload = '', signature = ''] = genuine.split('.');
  const claims = decodeJwt(genuine);
  const now = Math.floor(Date.now() / 1000);
  const somebodyElse = { ...claims, sub: '0199c7d2-0000-7000-8000-000000000001' };

  const [jwk] = (await keySetOf(latchkey)).keys as [JsonWebKey];
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const hs256 = (secret: string | Buffer) => {
    const input = `${base64({ alg: 'HS256', typ: 'at+jwt', kid })}.${base64(somebodyElse)}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const theirs = await generateKeyPair('ES256', { extractable: true });
  const forge = (more: object) =>
    new SignJWT(somebodyElse)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...more })
      .sign(theirs.privateKey);
  const ofType = (typ: string) => {
    const input = `${base64({ alg: 'ES256', typ, kid })}.${payload}`;
    const made = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${made.toString('base64url')}`;
  };
  const der = sign('sha256', Buffer.from(`${header}.${payload}`), privateKey).toString('base64url');

  Object.assign(attacks, {
    'alg none': `${base64({ alg: 'none', typ: 'at+jwt', kid })}.${base64(somebodyElse)}.`,
    'alg none with a signature': `${base64({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.${signature}`,
    'no signature': `${header}.${payload}.`,
    'another payload': `${header}.${base64(somebodyElse)}.${signature}`,
    'another header': `${base64({ alg: 'ES256', typ: 'at+jwt' })}.${payload}.${signature}`,
    'a signature in DER': `${header}.${payload}.${der}`,
    'a signature of zeros': `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
    'HS256 with the key as PEM': hs256(pem),
    'HS256 with the key as JWK': hs256(JSON.stringify(jwk)),
    'HS256 with the document': hs256(JSON.stringify(await keySetOf(latchkey))),
    'HS256 with the coordinates': hs256(Buffer.from(`${jwk.x}${jwk.y}`, 'base64url')),
    'HS256 with nothing': hs256(''),
    'another key under our kid': await forge({ kid }),
    'a key that is not published': await forge({ kid: 'another' }),
    'a key without a kid': await forge({}),
    'a key in the header': await forge({ kid, jwk: await exportJWK(theirs.publicKey) }),
    'a key elsewhere': await forge({ kid, jku: 'https://evil.test/keys' }),
    'a token for another service': await tokenOf(latchkey, browser, {
      audience: 'https://other.test',
    }),
    'another issuer': signToken(key, { ...claims, iss: 'https://evil.test' }),
    'an issuer that is nearly ours': signToken(key, { ...claims, iss: `${claims.iss}/` }),
    'one that is over': signToken(key, { ...claims, iat: now - 600, exp: now - 300 }),
    'an ID token’s type': ofType('JWT'),
    'a logout token’s type': ofType('logout+jwt'),
    'no token': 'e30.e30.e30',
  });
});

afterAll(() => latchkey.close());

/** Runs a program of test/support/verifiers on tokens. */
async function run(program: string, script: string, tokens: string[]): Promise<Outcome[]> {
  const child = spawn(
    program,
    [
      `test/support/verifiers/${script}`,
      `${latchkey.url}/.well-known/oauth-authorization-server`,
      API,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(tokens.map((token) => `${token}\n`).join(''));
  const [output] = await Promise.all([textOf(child.stdout), once(child, 'close')]);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Outcome);
}

async function byJose(tokens: string[]): Promise<Outcome[]> {
  return Promise.all(
    tokens.map((token) =>
      verified(latchkey, token, API).then(
        (claims) => ({ claims }),
        (error: unknown) => ({ refused: String(error) }),
      ),
    ),
  );
}

async function byOurs(tokens: string[]): Promise<Outcome[]> {
  const { verifyToken } = createLatchkeyServer({ baseUrl: latchkey.url, audience: API });
  return Promise.all(
    tokens.map((token) =>
      verifyToken(token).then(
        (claims) => ({ claims: { ...claims } }),
        (error: unknown) => ({ refused: String(error) }),
      ),
    ),
  );
}

const has = (program: string, ...check: string[]) => spawnSync(program, check).status === 0;

const languages: [
  name: string,
  isThere: boolean,
  verify: (tokens: string[]) => Promise<Outcome[]>,
][] = [
  ['JavaScript (jose)', true, byJose],
  ['JavaScript (@latchkey/client/server)', true, byOurs],
  [
    'Python (python3-jwt)',
    has('/usr/bin/python3', '-c', 'import jwt, cryptography'),
    (tokens) => run('/usr/bin/python3', 'verify.py', tokens),
  ],
  [
    'Ruby (ruby-jwt)',
    has('/usr/bin/ruby', '-e', 'require "jwt"'),
    (tokens) => run('/usr/bin/ruby', 'verify.rb', tokens),
  ],
  [
    'Perl (libcrypt-jwt-perl)',
    has('/usr/bin/perl', '-e', 'use Crypt::JWT'),
    (tokens) => run('/usr/bin/perl', 'verify.pl', tokens),
  ],
];

for (const [name, isThere, verify] of languages) {
  // Without Debian's package; `.ci/run` installs all of them.
  (isThere ? describe : describe.skip)(`a service in ${name}`, () => {
    it('takes a token, by the published documents alone', async () => {
      expect(await verify([genuine])).toEqual([{ claims: decodeJwt(genuine) }]);
    });

    it('refuses everything else', async () => {
      const outcomes = await verify(Object.values(attacks));
      const taken = Object.keys(attacks).filter((_what, at) => outcomes[at]?.refused === undefined);
      expect([outcomes.length, taken]).toEqual([Object.keys(attacks).length, []]);
    });
  });
}
