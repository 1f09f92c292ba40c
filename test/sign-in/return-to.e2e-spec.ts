import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { Browser, locationOf, paramsOf, targetOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

/** Signs in with `returnTo` in the query just as it is written here, and returns the last answer. */
async function signInWith(query: string, provider: 'google' | 'twitter' | 'facebook' = 'google') {
  const browser = new Browser(latchkey);
  const start = await browser.get(`/auth/${provider}?${query}`);
  const callback = await browser.consent(locationOf(start), { person: 'grace' });
  return browser.callback(callback);
}

const returnTo = (value: string) => `returnTo=${encodeURIComponent(value)}`;

describe('returnTo', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({ ALLOWED_ORIGINS: 'https://app.test,http://localhost:5173' });
  });

  afterAll(() => latchkey.close());

  it.each([
    ['/account?tab=1#top', '/account?tab=1#top'],
    ['/caf%C3%A9', '/caf%C3%A9'],
    ['/search?q=café', '/search?q=caf%C3%A9'],
    ['/käse', '/k%C3%A4se'],
    [`/${'a'.repeat(1999)}`, `/${'a'.repeat(1999)}`],
    ['https://app.test/home?a=b#c', 'https://app.test/home?a=b#c'],
    ['http://localhost:5173', 'http://localhost:5173/'],
  ])('is the redirect target: %s', async (value, expected) => {
    const response = await signInWith(returnTo(value));
    expect([response.status, locationOf(response)]).toEqual([302, expected]);
  });

  it('may be an absolute URL of the service itself', async () => {
    const own = `${latchkey.url}/account?x=1`;
    expect(locationOf(await signInWith(returnTo(own)))).toBe(own);
  });

  it.each([
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/\v/evil.test',
    '/.//evil.test',
    '/%2f%2fevil.test',
    '/%252fevil.test',
    '/%5cevil.test',
    'https://evil.test/',
    'https:evil.test',
    'https:///evil.test',
    'https://app.test.evil.test/',
    'https://app.test@evil.test/',
    'https://user@app.test/',
    'https://app.test:8443/',
    'http://app.test/',
    'http://localhost:5174/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\uff0fevil.test',
    '//evil\u3002test',
    '/%00',
    '',
    'account',
    `/${'a'.repeat(2000)}`,
  ])('is ignored when it is %j', async (value) => {
    const response = await signInWith(returnTo(value));
    expect([response.status, locationOf(response)]).toEqual([302, '/account']);
  });

  it.each([
    'returnTo=/%0d%0aSet-Cookie:%20injected=1',
    'returnTo=/%0D%0AX-Injected:%201',
    'returnTo=/%250d%250aX-Injected:%201',
    'returnTo=/x%0aX-Injected:%201%0a%0a<script>',
    'returnTo=/%E5%98%8D%E5%98%8AX-Injected:%201',
  ])('cannot inject a header: %s', async (query) => {
    const response = await signInWith(query);
    expect(response.headers).not.toHaveProperty('x-injected');
    expect(String(response.headers['set-cookie'])).not.toContain('injected');
    expect(locationOf(response)).toMatch(/^\/(?:account$|%E5%98%8D%E5%98%8AX-Injected)/);
  });

  it.each([
    'returnTo=/one&returnTo=/two',
    'returnTo[]=/one',
    'returnTo[x]=/one',
    'returnto=/one',
    'returnTo',
    '__proto__[returnTo]=/one',
  ])('is ignored in %s', async (query) => {
    expect(locationOf(await signInWith(query))).toBe('/account');
  });

  it.each(providerIds)('is ignored in the callback of %s', async (provider) => {
    const browser = new Browser(latchkey);
    const url = await browser.start(provider, { returnTo: '/mine' });
    const callback = await browser.consent(url, { person: 'grace' });
    const response = await browser.callback(`${callback}&returnTo=/theirs`);
    expect(targetOf(response)).toBe('/mine');
  });
});

describe('after a failure', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({ ALLOWED_ORIGINS: 'https://app.test' });
  });

  afterEach(() => latchkey.sandbox.reset());
  afterAll(() => latchkey.close());

  it.each(providerIds)('at %s, a retry keeps returnTo', async (provider) => {
    const browser = new Browser(latchkey);
    const url = await browser.start(provider, { returnTo: '/mine?a=b&c=d#e' });
    const refused = await browser.callback(await browser.consent(url, { decision: 'deny' }));
    expect(paramsOf(refused)['returnTo']).toBe('/mine?a=b&c=d#e');

    const page = await browser.get(locationOf(refused));
    const again = new RegExp(`href="([^"]*/auth/${provider}\\?[^"]+)"`).exec(page.text)?.[1] ?? '';
    const start = await browser.get(again);
    const callback = await browser.consent(locationOf(start), { person: 'grace' });
    expect(locationOf(await browser.callback(callback))).toBe('/mine?a=b&c=d#e');
  });

  it('returnTo is kept for a failed start too', async () => {
    latchkey.sandbox.failNext('twitter', 'request_token', 'error');
    const response = await new Browser(latchkey).get(
      `/auth/twitter?${returnTo('https://app.test/home')}`,
    );
    expect(paramsOf(response)).toMatchObject({
      error: 'provider_error',
      returnTo: 'https://app.test/home',
    });
  });

  it.each(['', returnTo('https://evil.test/')])('%j is not kept', async (query) => {
    const browser = new Browser(latchkey);
    const start = await browser.get(`/auth/google?${query}`);
    const callback = await browser.consent(locationOf(start), { decision: 'deny' });
    expect(paramsOf(await browser.callback(callback))).not.toHaveProperty('returnTo');
  });
});

describe('without returnTo', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({
      DEFAULT_RETURN_TO: 'https://app.test/home?from=id',
      SIGN_IN_ERROR_URL: 'https://app.test/oops?from=id#top',
    });
  });

  afterAll(() => latchkey.close());

  it('a sign-in redirects to DEFAULT_RETURN_TO', async () => {
    expect(locationOf(await signInWith(''))).toBe('https://app.test/home?from=id');
  });

  it('an invalid returnTo redirects there too', async () => {
    const response = await signInWith(returnTo('https://evil.test/'));
    expect(locationOf(response)).toBe('https://app.test/home?from=id');
  });

  it('a failure redirects to SIGN_IN_ERROR_URL, with its parameters', async () => {
    const response = await new Browser(latchkey).get('/auth/google/callback?state=x&code=y');
    const { origin, pathname, hash } = new URL(locationOf(response));
    expect([origin, pathname, hash]).toEqual(['https://app.test', '/oops', '#top']);
    expect(paramsOf(response)).toEqual({
      from: 'id',
      error: 'invalid_state',
      provider: 'google',
      requestId: response.headers['x-request-id'],
    });
  });
});
