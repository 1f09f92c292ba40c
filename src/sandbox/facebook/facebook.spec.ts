import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { clients, consent, jsonOf, startForSpec, withQuery } from '../spec-support.js';

const client = clients.facebook;
type Fields = Record<string, string | undefined>;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startForSpec();
});
afterAll(() => sandbox.close());

const dialogUrl = (changes: Fields = {}): string =>
  withQuery(`${sandbox.settings.FACEBOOK_DIALOG_URL}/v26.0/dialog/oauth`, {
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: 'email,public_profile',
    state: 's1',
    ...changes,
  });

const tokenUrl = (code: string, changes: Fields = {}): string =>
  withQuery(`${sandbox.settings.FACEBOOK_GRAPH_URL}/v26.0/oauth/access_token`, {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uri: client.redirectUri,
    code,
    ...changes,
  });

const codeFor = async (decision: Record<string, string> = {}, changes: Fields = {}) =>
  (await consent(dialogUrl(changes), decision)).searchParams.get('code') ?? '';

const tokenFor = async (decision: Record<string, string> = {}, changes: Fields = {}) =>
  String((await jsonOf(await fetch(tokenUrl(await codeFor(decision, changes)))))['access_token']);

const proofOf = (token: string, secret = client.clientSecret): string =>
  createHmac('sha256', secret).update(token).digest('hex');

const me = (token: string, query: Fields = {}): Promise<Response> =>
  fetch(
    withQuery(`${sandbox.settings.FACEBOOK_GRAPH_URL}/v26.0/me`, {
      appsecret_proof: proofOf(token),
      ...query,
    }),
    { headers: { authorization: `Bearer ${token}` } },
  );

describe('Facebook', () => {
  it('signs a person in', async () => {
    const back = await consent(dialogUrl({ auth_type: 'rerequest' }));
    expect(back.searchParams.get('state')).toBe('s1');
    expect(back.hash).toBe('#_=_');
    const url = new URL(tokenUrl(back.searchParams.get('code') ?? ''));
    const answer = await fetch(url.origin + url.pathname, {
      method: 'POST',
      body: url.searchParams,
    });
    const tokens = await jsonOf(answer);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 5183944 });
    const token = String(tokens['access_token']);
    const answers = await me(token, { fields: 'id,name,email,picture{url}' });
    expect(await answers.json()).toEqual({
      id: expect.stringMatching(/^10\d{15}$/),
      name: 'Ada Lovelace',
      email: 'ada@facebook.example',
      picture: { data: { url: expect.stringContaining(`${sandbox.url}/sandbox/pictures/`) } },
    });
    expect(Object.keys(await jsonOf(await me(token)))).toEqual(['id', 'name']);

    const debug = withQuery(`${sandbox.settings.FACEBOOK_GRAPH_URL}/debug_token`, {
      input_token: token,
      access_token: `${client.clientId}|${client.clientSecret}`,
    });
    expect(await (await fetch(debug)).json()).toMatchObject({
      data: { app_id: client.clientId, is_valid: true },
    });
    const permissions = withQuery(`${sandbox.settings.FACEBOOK_GRAPH_URL}/me/permissions`, {
      access_token: token,
      appsecret_proof: proofOf(token),
    });
    expect(await (await fetch(permissions, { method: 'DELETE' })).json()).toEqual({
      success: true,
    });
    expect((await me(token)).status).toBe(401);
    expect(await (await fetch(debug)).json()).toMatchObject({ data: { is_valid: false } });
  });

  it('redirects with Facebook’s parameters after a denial', async () => {
    const back = await consent(dialogUrl(), { decision: 'deny' });
    expect(back.search + back.hash).toBe(
      '?error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied&state=s1#_=_',
    );
  });

  it('fails without the parameter "error"', async () => {
    const back = await consent(dialogUrl(), { fault: 'error_message' });
    expect([...back.searchParams.keys()]).toEqual(['error_code', 'error_message', 'state']);
  });

  it.each<[string, Record<string, string>, Fields]>([
    ['somebody has none', { person: 'grace' }, {}],
    ['it was not asked for', { person: 'ada' }, { scope: 'public_profile' }],
  ])('leaves the email out when %s', async (_what, decision, changes) => {
    const answer = await me(await tokenFor(decision, changes), { fields: 'id,email' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).not.toHaveProperty('email');
  });
});

describe('Facebook refuses to ask when', () => {
  it.each<[string, Fields]>([
    ['the app is another', { client_id: '1' }],
    ['the redirect URI is another', { redirect_uri: 'http://evil.test/' }],
    ['the scope is unknown', { scope: 'email,everything' }],
    ['the response type is token', { response_type: 'token' }],
    ['PKCE is plain', { code_challenge: 'c'.repeat(43), code_challenge_method: 'plain' }],
  ])('%s', async (_what, changes) => {
    const answer = await fetch(dialogUrl(changes), { redirect: 'manual' });
    expect(answer.status).toBe(400);
  });
});

describe('Facebook refuses to exchange when', () => {
  it.each<[string, Fields, number]>([
    ['the app is another', { client_id: '1' }, 101],
    ['the secret is wrong', { client_secret: 'x' }, 1],
    ['the redirect URI is another', { redirect_uri: 'http://evil.test/' }, 100],
    ['the redirect URI is missing', { redirect_uri: undefined }, 191],
    ['the code is another', { code: 'AQx' }, 100],
    ['a verifier comes without a challenge', { code_verifier: 'v'.repeat(43) }, 100],
  ])('%s', async (_what, changes, code) => {
    const url = new URL(tokenUrl(await codeFor(), changes));
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) url.searchParams.delete(name);
    }
    const answer = await fetch(url);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { type: 'OAuthException', code, fbtrace_id: expect.stringMatching(/^A/) },
    });
  });

  it('the code was used', async () => {
    const url = tokenUrl(await codeFor());
    expect((await fetch(url)).status).toBe(200);
    expect(await (await fetch(url)).json()).toMatchObject({ error: { error_subcode: 36009 } });
  });
});

describe('Graph refuses when', () => {
  it.each<[string, (token: string) => Fields, number]>([
    ['the proof is of another secret', (token) => ({ appsecret_proof: proofOf(token, 'x') }), 100],
    [
      'the proof is in capitals',
      (token) => ({ appsecret_proof: proofOf(token).toUpperCase() }),
      100,
    ],
    ['a field does not exist', () => ({ fields: 'id,constructor' }), 100],
    ['the fields do not parse', () => ({ fields: 'id{' }), 2500],
  ])('%s', async (_what, query, code) => {
    const token = await tokenFor();
    const answer = await me(token, query(token));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it('there is no proof, no token, or another token', async () => {
    const token = await tokenFor();
    const url = `${sandbox.settings.FACEBOOK_GRAPH_URL}/v26.0/me`;
    const bare = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect(bare.status).toBe(400);
    expect(await bare.json()).toMatchObject({
      error: { type: 'GraphMethodException', code: 100 },
    });
    expect(await (await fetch(url)).json()).toMatchObject({ error: { code: 2500 } });
    expect((await me('EAAx')).status).toBe(401);
  });
});
