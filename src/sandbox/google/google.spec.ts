import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import type { Sandbox } from '../sandbox.js';
import { clients, consent, jsonOf, startForSpec, withQuery } from '../spec-support.js';

const client = clients.google;
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
type Fields = Record<string, string | undefined>;

let sandbox: Sandbox;
let keySet: JWTVerifyGetKey;
beforeAll(async () => {
  sandbox = await startForSpec();
  keySet = createRemoteJWKSet(new URL(`${sandbox.settings.GOOGLE_ISSUER}/oauth2/v3/certs`));
});
afterAll(() => sandbox.close());

const authorizeUrl = (changes: Fields = {}): string =>
  withQuery(`${sandbox.settings.GOOGLE_ISSUER}/o/oauth2/v2/auth`, {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: 'openid email profile',
    state: 'st&te',
    nonce: 'n-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  });

const exchange = (code: string, changes: Fields = {}, headers: Record<string, string> = {}) => {
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUri,
    client_id: client.clientId,
    client_secret: client.clientSecret,
    code_verifier: verifier,
    ...changes,
  };
  const kept = Object.entries(fields).filter((field): field is [string, string] => !!field[1]);
  return fetch(`${sandbox.settings.GOOGLE_ISSUER}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(kept),
  });
};

const codeFor = async (decision: Record<string, string> = {}, changes: Fields = {}) =>
  (await consent(authorizeUrl(changes), decision)).searchParams.get('code') ?? '';

const basic = `Basic ${Buffer.from(
  [client.clientId, client.clientSecret].map(encodeURIComponent).join(':'),
).toString('base64')}`;

describe('Google', () => {
  it('publishes its discovery document', async () => {
    const answer = await fetch(
      `${sandbox.settings.GOOGLE_ISSUER}/.well-known/openid-configuration`,
    );
    const document = await jsonOf(answer);
    expect(document['issuer']).toBe(sandbox.settings.GOOGLE_ISSUER);
    expect(document['id_token_signing_alg_values_supported']).toEqual(['RS256']);
    expect(document['token_endpoint']).toBe(`${sandbox.settings.GOOGLE_ISSUER}/token`);
  });

  it('signs a person in', async () => {
    const back = await consent(authorizeUrl(), { person: 'katherine' });
    expect(back.origin + back.pathname).toBe(client.redirectUri);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: 'st&te',
      iss: sandbox.settings.GOOGLE_ISSUER,
      authuser: '0',
      hd: 'school.example',
    });
    const answer = await exchange(back.searchParams.get('code') ?? '');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const tokens = await jsonOf(answer);
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });

    const accessToken = String(tokens['access_token']);
    const { payload } = await jwtVerify(String(tokens['id_token']), keySet, {
      issuer: sandbox.settings.GOOGLE_ISSUER,
      audience: client.clientId,
      algorithms: ['RS256'],
    });
    const hash = createHash('sha256').update(accessToken).digest().subarray(0, 16);
    expect(payload).toMatchObject({
      azp: client.clientId,
      email: 'katherine@school.example',
      email_verified: true,
      hd: 'school.example',
      name: 'Katherine Johnson',
      given_name: 'Katherine',
      family_name: 'Johnson',
      nonce: 'n-1',
      at_hash: hash.toString('base64url'),
    });

    const headers = { authorization: `Bearer ${accessToken}` };
    const userinfo = await fetch(`${sandbox.settings.GOOGLE_ISSUER}/v1/userinfo`, { headers });
    expect(await userinfo.json()).toMatchObject({ sub: payload.sub, name: 'Katherine Johnson' });

    const body = new URLSearchParams({ token: accessToken });
    const revoked = await fetch(`${sandbox.settings.GOOGLE_ISSUER}/revoke`, {
      method: 'POST',
      body,
    });
    expect(revoked.status).toBe(200);
    const after = await fetch(`${sandbox.settings.GOOGLE_ISSUER}/v1/userinfo`, { headers });
    expect(after.status).toBe(401);
  });

  it('accepts Basic authentication, and a request without PKCE and nonce', async () => {
    const none = { code_challenge: undefined, code_challenge_method: undefined, nonce: undefined };
    const answer = await exchange(
      await codeFor({ person: 'grace' }, none),
      { client_id: undefined, client_secret: undefined, code_verifier: undefined },
      { authorization: basic },
    );
    const claims = decodeJwt(String((await jsonOf(answer))['id_token']));
    expect(answer.status).toBe(200);
    expect(claims).not.toHaveProperty('nonce');
    expect(claims).not.toHaveProperty('email');
  });

  it('gives only what the scope asks for', async () => {
    const answer = await exchange(await codeFor({}, { scope: 'openid' }));
    const claims = decodeJwt(String((await jsonOf(answer))['id_token']));
    expect(claims).not.toHaveProperty('email');
    expect(claims).not.toHaveProperty('name');
  });
});

describe('Google refuses to ask when', () => {
  it.each<[string, Fields]>([
    ['the client is another', { client_id: 'x' }],
    ['the redirect URI has a slash more', { redirect_uri: `${client.redirectUri}/` }],
    ['the redirect URI is elsewhere', { redirect_uri: 'http://evil.test/' }],
    ['the response type is token', { response_type: 'token' }],
    ['the scope has no openid', { scope: 'email' }],
    ['the scope is unknown', { scope: 'openid everything' }],
    ['the prompt is unknown', { prompt: 'please' }],
    ['prompt=none is combined', { prompt: 'none consent' }],
    ['PKCE is plain', { code_challenge_method: 'plain' }],
    ['PKCE has no method', { code_challenge_method: undefined }],
    ['the challenge is short', { code_challenge: 'abc' }],
  ])('%s', async (_what, changes) => {
    const answer = await fetch(authorizeUrl(changes), { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  it('a parameter comes twice', async () => {
    const answer = await fetch(`${authorizeUrl()}&state=b`, { redirect: 'manual' });
    expect(answer.status).toBe(400);
  });
});

it('Google redirects for prompt=none, and for somebody who denies', async () => {
  const silent = await fetch(authorizeUrl({ prompt: 'none' }), { redirect: 'manual' });
  const location = new URL(silent.headers.get('location') ?? '');
  expect(location.searchParams.get('error')).toBe('login_required');
  expect(location.searchParams.get('state')).toBe('st&te');

  const denied = await consent(authorizeUrl(), { decision: 'deny' });
  expect(Object.fromEntries(denied.searchParams)).toEqual({
    error: 'access_denied',
    state: 'st&te',
    iss: sandbox.settings.GOOGLE_ISSUER,
  });
});

describe('Google refuses to exchange when', () => {
  it.each<[string, Fields, number, string, Record<string, string>?]>([
    ['the secret is wrong', { client_secret: 'x' }, 401, 'invalid_client'],
    ['the secret is missing', { client_secret: undefined }, 400, 'invalid_request'],
    ['the client is another', { client_id: 'x' }, 401, 'invalid_client'],
    ['credentials come twice', {}, 400, 'invalid_request', { authorization: basic }],
    ['the grant type is another', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['the grant type is missing', { grant_type: undefined }, 400, 'invalid_request'],
    ['the code is missing', { code: undefined }, 400, 'invalid_request'],
    ['the code is another', { code: '4/0Ax' }, 400, 'invalid_grant'],
    ['the redirect URI differs', { redirect_uri: 'http://x.test' }, 400, 'redirect_uri_mismatch'],
    ['the verifier is missing', { code_verifier: undefined }, 400, 'invalid_grant'],
    ['the verifier is another', { code_verifier: 'v'.repeat(43) }, 400, 'invalid_grant'],
    [
      'the body is JSON',
      {},
      400,
      'invalid_request',
      { 'content-type': 'application/json; charset=utf-8' },
    ],
  ])('%s', async (_what, changes, status, error, headers = {}) => {
    const answer = await exchange(await codeFor(), changes, headers);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(`"error":"${error}"`);
  });

  it('the code was presented before, even in a failed request', async () => {
    const code = await codeFor();
    expect((await exchange(code, { code_verifier: undefined })).status).toBe(400);
    const again = await exchange(code);
    expect(again.status).toBe(400);
    expect(await jsonOf(again)).toMatchObject({ error: 'invalid_grant' });
  });

  it('the request is a GET', async () => {
    expect((await fetch(`${sandbox.settings.GOOGLE_ISSUER}/token`)).status).toBe(404);
  });
});

const minted = async (fault: string): Promise<string> => {
  const tokens = await jsonOf(await exchange(await codeFor({ fault })));
  return typeof tokens['id_token'] === 'string' ? tokens['id_token'] : '';
};

const verified = async (fault: string): Promise<unknown> =>
  jwtVerify(await minted(fault), keySet, {
    issuer: sandbox.settings.GOOGLE_ISSUER,
    audience: client.clientId,
    algorithms: ['RS256'],
  });

describe('Google’s ID token, made wrong', () => {
  it.each([
    ['id_token_unsigned', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['id_token_hs256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['id_token_bad_signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['id_token_wrong_audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['id_token_wrong_issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['id_token_expired', 'ERR_JWT_EXPIRED'],
  ])('%s', async (fault, code) => {
    await expect(verified(fault)).rejects.toMatchObject({ code });
  });

  it('in ways that only a full check finds', async () => {
    expect(decodeJwt(await minted('id_token_wrong_azp'))['azp']).not.toBe(client.clientId);
    expect(decodeJwt(await minted('id_token_wrong_nonce'))['nonce']).not.toBe('n-1');
    expect(decodeJwt(await minted('id_token_no_nonce'))).not.toHaveProperty('nonce');
    const { iat = 0 } = decodeJwt(await minted('id_token_future'));
    expect(iat).toBeGreaterThan(Date.now() / 1000 + 3000);
    expect(typeof decodeJwt(await minted('subject_object')).sub).toBe('object');
    expect(await minted('id_token_missing')).toBe('');
    expect(decodeProtectedHeader(await minted('id_token_unsigned')).alg).toBe('none');
  });

  it('and signed by a new key after a rotation', async () => {
    const kids = async (): Promise<unknown> =>
      (await fetch(`${sandbox.settings.GOOGLE_ISSUER}/oauth2/v3/certs`)).json();
    const before = await kids();
    await sandbox.act('google/rotate-key');
    const after = await kids();
    expect(after).not.toEqual(before);
    expect(after).toMatchObject({
      keys: [{ kid: decodeProtectedHeader(await minted('none')).kid }],
    });
  });
});
