import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import OAuth from 'oauth-1.0a';
import type { Sandbox } from '../sandbox.js';
import { clients, consent, startForSpec, withQuery } from '../spec-support.js';

const client = clients.twitter;
type Fields = Record<string, string>;
interface Changes {
  consumer?: { key: string; secret: string };
  header?: (authorization: OAuth.Authorization) => object;
  callback?: string;
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startForSpec();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Another's implementation of OAuth 1.0a, so that ours is not only in agreement with itself. */
async function call(
  method: string,
  path: string,
  data: Fields = {},
  token?: OAuth.Token,
  changes: Changes = {},
): Promise<Response> {
  const oauth = new OAuth({
    consumer: changes.consumer ?? { key: client.clientId, secret: client.clientSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (text, key) => createHmac('sha1', key).update(text).digest('base64'),
  });
  const url = sandbox.settings.TWITTER_API_URL + path;
  const signed = oauth.authorize({ url, method, data }, token);
  const sent = { ...signed, ...changes.header?.(signed) };
  return fetch(url, { method, headers: { ...oauth.toHeader(sent) } });
}

const fieldsOf = async (answer: Response): Promise<Fields> =>
  Object.fromEntries(new URLSearchParams(await answer.text()));

const askToken = (changes: Changes = {}): Promise<Response> =>
  call(
    'POST',
    '/oauth/request_token',
    { oauth_callback: changes.callback ?? client.redirectUri },
    undefined,
    changes,
  );

const authorizeUrl = (token = ''): string =>
  withQuery(`${sandbox.settings.TWITTER_API_URL}/oauth/authenticate`, { oauth_token: token });

async function approved(decision: Fields = {}) {
  const { oauth_token: key = '', oauth_token_secret: secret = '' } = await fieldsOf(
    await askToken(),
  );
  const back = await consent(authorizeUrl(key), decision);
  return { token: { key, secret }, verifier: back.searchParams.get('oauth_verifier') ?? '', back };
}

const swap = (token: OAuth.Token, verifier: string): Promise<Response> =>
  call('POST', '/oauth/access_token', { oauth_verifier: verifier }, token);

async function userToken(decision: Fields = {}) {
  const { token, verifier } = await approved(decision);
  const answer = await swap(token, verifier);
  const fields = await fieldsOf(answer);
  return {
    fields,
    token: { key: fields['oauth_token'] ?? '', secret: fields['oauth_token_secret'] ?? '' },
  };
}

const profilePath = '/1.1/account/verify_credentials.json';

describe('X', () => {
  it('signs a person in', async () => {
    const answer = await askToken();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html;charset=utf-8');
    expect(await fieldsOf(answer)).toMatchObject({ oauth_callback_confirmed: 'true' });

    const { token, verifier, back } = await approved({ person: 'ada' });
    expect(back.origin + back.pathname).toBe(client.redirectUri);
    expect([...back.searchParams.keys()]).toEqual(['oauth_token', 'oauth_verifier']);
    const fields = await fieldsOf(await swap(token, verifier));
    expect(fields).toMatchObject({
      screen_name: 'ada',
      user_id: expect.stringMatching(/^\d{19}$/),
    });

    const user = { key: fields['oauth_token'] ?? '', secret: fields['oauth_token_secret'] ?? '' };
    const path = `${profilePath}?include_email=true&skip_status=true&include_entities=false`;
    const profile = await call('GET', path, {}, user);
    const text = await profile.text();
    expect(text).toContain(`"id":${fields['user_id']},"id_str":"${fields['user_id']}"`);
    expect(JSON.parse(text)).toMatchObject({ screen_name: 'ada', email: 'ada@x.example' });
    expect(JSON.parse(text)).not.toHaveProperty('status');

    const bare: unknown = await (await call('GET', profilePath, {}, user)).json();
    expect(bare).not.toHaveProperty('email');
    expect(bare).toHaveProperty('status');

    const ended = await call('POST', '/1.1/oauth/invalidate_token.json', {}, user);
    expect(ended.status).toBe(200);
    const after = await call('GET', profilePath, {}, user);
    expect(after.status).toBe(401);
    expect(await after.json()).toMatchObject({ errors: [{ code: 89 }] });
  });

  it.each(['grace', 'alan'])('gives no address of %s', async (person) => {
    const { token } = await userToken({ person });
    const profile = await call('GET', `${profilePath}?include_email=true`, {}, token);
    expect(await profile.json()).toMatchObject({ email: null });
  });

  it('comes back with "denied" and nothing else', async () => {
    const { oauth_token: key } = await fieldsOf(await askToken());
    const back = await consent(authorizeUrl(key), { decision: 'deny' });
    expect(Object.fromEntries(back.searchParams)).toEqual({ denied: key });
    expect((await fetch(authorizeUrl(key))).status).toBe(403);
  });
});

describe('X refuses a request token when', () => {
  const now = Math.floor(Date.now() / 1000);
  it.each<[string, Changes, number, string]>([
    ['the consumer is another', { consumer: { key: 'x', secret: 'y' } }, 401, '"code":32'],
    ['the secret is wrong', { consumer: { key: client.clientId, secret: 'y' } }, 401, '"code":32'],
    ['the callback is another', { callback: 'http://evil.test/' }, 403, '<error code="415">'],
    ['the callback is out of band', { callback: 'oob' }, 403, '<error code="415">'],
    [
      'the callback was changed on the way',
      { header: () => ({ oauth_callback: 'http://evil.test/' }) },
      401,
      '"code":32',
    ],
    ['the time is long ago', { header: () => ({ oauth_timestamp: now - 400 }) }, 401, '"code":135'],
    ['the time was changed', { header: () => ({ oauth_timestamp: now - 3 }) }, 401, '"code":32'],
    ['the version is another', { header: () => ({ oauth_version: '2.0' }) }, 400, '"code":215'],
    [
      'the method is another',
      { header: () => ({ oauth_signature_method: 'PLAINTEXT' }) },
      401,
      '"code":32',
    ],
    ['there is no nonce', { header: () => ({ oauth_nonce: '' }) }, 400, '"code":215'],
  ])('%s', async (_what, changes, status, text) => {
    const answer = await askToken(changes);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });

  it('the nonce was seen before, or nothing is signed', async () => {
    await askToken();
    const headers = { authorization: sandbox.requests[0]?.headers['authorization'] ?? '' };
    const url = `${sandbox.settings.TWITTER_API_URL}/oauth/request_token`;
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(401);
    expect((await fetch(url, { method: 'POST' })).status).toBe(400);
  });
});

describe('X refuses an access token when', () => {
  it('the verifier is wrong; the token is then spent', async () => {
    const { token, verifier } = await approved();
    expect((await swap(token, 'x')).status).toBe(401);
    expect((await swap(token, verifier)).status).toBe(401);
  });

  it('one was given already, or nobody allowed it', async () => {
    const { token, verifier } = await approved();
    expect((await swap(token, verifier)).status).toBe(200);
    expect((await swap(token, verifier)).status).toBe(401);
    const fresh = await fieldsOf(await askToken());
    const unasked = {
      key: fresh['oauth_token'] ?? '',
      secret: fresh['oauth_token_secret'] ?? '',
    };
    expect((await swap(unasked, 'x')).status).toBe(401);
  });

  it('the secret of the request token is not in the signature', async () => {
    const { token, verifier } = await approved();
    expect((await swap({ key: token.key, secret: '' }, verifier)).status).toBe(401);
    expect((await swap(token, verifier)).status).toBe(200);
  });
});

describe('X, made to fail', () => {
  it('does not confirm the callback', async () => {
    sandbox.failNext('twitter', 'request_token', 'callback_unconfirmed');
    expect(await fieldsOf(await askToken())).toMatchObject({ oauth_callback_confirmed: 'false' });
    expect(await fieldsOf(await askToken())).toMatchObject({ oauth_callback_confirmed: 'true' });
  });

  it.each([
    ['profile_refused', 403, '"code":453'],
    ['profile_rate_limited', 429, '"code":88'],
    ['profile_error', 500, '"code":131'],
    ['profile_malformed', 200, '<!doctype html>'],
    ['subject_object', 200, '"id":{"id":"'],
  ])('%s', async (fault, status, text) => {
    const { token } = await userToken({ fault });
    const answer = await call('GET', profilePath, {}, token);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });
});
