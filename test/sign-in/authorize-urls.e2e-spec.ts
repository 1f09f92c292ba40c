import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import { backChannel } from '../support/back-channel.js';
import { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

afterAll(() => latchkey.close());

async function authorize(provider: ProviderId, query: Record<string, string> = {}) {
  const url = new URL(await new Browser(latchkey).start(provider, query));
  return { page: url.origin + url.pathname, params: Object.fromEntries(url.searchParams) };
}

const fresh = expect.stringMatching(/^[\w-]{43,}$/);

describe('the authorization request', () => {
  it('to Google has state, nonce and S256 challenge', async () => {
    const { page, params } = await authorize('google');
    expect(page).toBe(`${latchkey.sandbox.settings.GOOGLE_ISSUER}/o/oauth2/v2/auth`);
    expect(params).toEqual({
      response_type: 'code',
      client_id: 'google-client',
      redirect_uri: `${latchkey.url}/auth/google/callback`,
      scope: 'openid email profile',
      state: fresh,
      nonce: fresh,
      code_challenge: fresh,
      code_challenge_method: 'S256',
    });
  });

  it('to Facebook has state and S256 challenge', async () => {
    const { page, params } = await authorize('facebook');
    expect(page).toBe(`${latchkey.sandbox.settings.FACEBOOK_DIALOG_URL}/v26.0/dialog/oauth`);
    expect(params).toEqual({
      response_type: 'code',
      client_id: 'facebook-client',
      redirect_uri: `${latchkey.url}/auth/facebook/callback`,
      scope: 'email,public_profile',
      state: fresh,
      code_challenge: fresh,
      code_challenge_method: 'S256',
    });
  });

  it('to X has a request token and nothing else', async () => {
    const { page, params } = await authorize('twitter');
    expect(page).toBe(`${latchkey.sandbox.settings.TWITTER_API_URL}/oauth/authenticate`);
    expect(params).toEqual({ oauth_token: expect.stringMatching(/^\w{27}$/) });
  });

  it.each<[ProviderId, string[]]>([
    ['google', ['state', 'nonce', 'code_challenge']],
    ['facebook', ['state', 'code_challenge']],
    ['twitter', ['oauth_token']],
  ])('to %s uses new random values every time', async (provider, names) => {
    const starts = await Promise.all(Array.from({ length: 10 }, () => authorize(provider)));
    const values = starts.flatMap(({ params }) => names.map((name) => params[name]));
    expect(new Set(values).size).toBe(10 * names.length);
  });
});

describe('the parameters of a start', () => {
  it.each<[ProviderId, Record<string, string>, Record<string, string>]>([
    ['google', { prompt: 'select_account' }, { prompt: 'select_account' }],
    ['google', { prompt: 'consent select_account' }, { prompt: 'consent select_account' }],
    ['google', { prompt: 'none' }, { prompt: 'none' }],
    ['google', { prompt: 'login' }, { prompt: 'select_account', max_age: '0' }],
    ['google', { prompt: 'login consent' }, { prompt: 'consent', max_age: '0' }],
    ['google', { prompt: 'create consent' }, { prompt: 'consent' }],
    ['google', { login_hint: 'ada@example.com' }, { login_hint: 'ada@example.com' }],
    ['facebook', { prompt: 'login' }, { auth_type: 'reauthenticate' }],
    ['facebook', { prompt: 'login consent' }, { auth_type: 'reauthenticate' }],
    ['facebook', { prompt: 'consent' }, { auth_type: 'rerequest' }],
    ['facebook', { prompt: 'select_account', login_hint: 'ada@example.com' }, {}],
    ['facebook', { prompt: 'constructor' }, {}],
    ['twitter', { prompt: 'login' }, { force_login: 'true' }],
    ['twitter', { prompt: 'consent' }, {}],
    ['twitter', { login_hint: 'ada' }, { screen_name: 'ada' }],
    ['twitter', { login_hint: 'ada@example.com' }, {}],
  ])('are passed on to %s: %j', async (provider, query, expected) => {
    const [plain, asked] = [await authorize(provider), await authorize(provider, query)];
    const added = Object.entries(asked.params).filter(([name]) => !(name in plain.params));
    expect(Object.fromEntries(added)).toEqual(expected);
  });

  it.each<[ProviderId, Record<string, string>]>([
    ['google', { prompt: '<script>' }],
    ['google', { prompt: 'x'.repeat(100) }],
    ['google', { login_hint: 'a\r\nb' }],
    ['google', { login_hint: 'x'.repeat(400) }],
    ['google', { scope: 'https://www.googleapis.com/auth/drive', hd: 'x', access_type: 'offline' }],
    ['google', { state: 'mine', nonce: 'mine', redirect_uri: 'https://evil.test' }],
    ['google', { code_verifier: 'mine' }],
    ['facebook', { auth_type: 'rerequest', display: 'popup', scope: 'user_friends' }],
    ['twitter', { force_login: 'true', screen_name: 'ada', oauth_callback: 'mine' }],
    ['twitter', { login_hint: 'ada&force_login=true' }],
  ])('are not passed on to %s: %j', async (provider, query) => {
    const [plain, asked] = [await authorize(provider), await authorize(provider, query)];
    expect(Object.keys(asked.params)).toEqual(Object.keys(plain.params));
    expect(Object.values(asked.params)).not.toContain('mine');
    expect(asked.params['redirect_uri']).toBe(plain.params['redirect_uri']);
    expect(asked.params['scope']).toBe(plain.params['scope']);
  });

  it.each<[ProviderId, string]>([
    ['google', 'code=x&state=y'],
    ['google', 'error=access_denied&state=y'],
    ['facebook', 'code=x'],
    ['facebook', 'error_code=1&error_message=x'],
    ['twitter', 'oauth_token=x&oauth_verifier=y'],
    ['twitter', 'denied=x'],
  ])('cannot set an authorization parameter of %s: %s', async (provider, query) => {
    latchkey.sandbox.reset();
    const browser = new Browser(latchkey);
    await browser.get(`/auth/${provider}?${query}`);
    const asked = backChannel(latchkey.sandbox).map(({ path }) => path);
    expect(asked.filter((path) => path !== '/x/oauth/request_token')).toEqual([]);
    expect((await browser.api('/users/me')).status).toBe(401);
  });

  it('may be repeated', async () => {
    const response = await new Browser(latchkey).get('/auth/google?prompt=none&prompt=login');
    expect(response.status).toBe(302);
    expect(response.headers['location']).not.toContain('prompt=');
  });
});
