import { afterEach, describe, expect, it } from '@jest/globals';
import { Browser, locationOf, paramsOf } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { raw, type RawAnswer } from '../support/raw.js';

let latchkey: Latchkey;

afterEach(() => latchkey.close());

const send = (path: string, headers: Record<string, string> = {}) =>
  raw(latchkey.url + path, { headers });

/** How many of some requests, each with its own headers, are let through before the first that is not. */
async function passed(path: string, headersOf: (n: number) => Record<string, string>, tries = 8) {
  const answers: RawAnswer[] = [];
  for (let n = 0; n < tries; n += 1) answers.push(await send(path, headersOf(n)));
  const refused = answers.filter(({ status }) => status === 429);
  return { passed: answers.length - refused.length, refused: refused[0] };
}

describe('the rate limit', () => {
  it('on all requests answers 429 with Retry-After, whatever X-Forwarded-For says', async () => {
    latchkey = await startLatchkey({ RATE_LIMIT_PER_MINUTE: '5' });
    const burst = await passed('/auth/session', (n) => ({ 'X-Forwarded-For': `203.0.113.${n}` }));
    expect(burst.passed).toBe(5);
    const { headers, text } = burst.refused ?? {};
    expect(headers?.['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(text ?? '')).toMatchObject({
      code: 'rate_limited',
      status: 429,
      requestId: headers?.['x-request-id'],
    });
    expect(headers?.['retry-after']).toMatch(/^(?:[1-9]|[1-5]\d|60)$/);
  });

  it('does not count health checks', async () => {
    latchkey = await startLatchkey({ RATE_LIMIT_PER_MINUTE: '2' });
    expect((await passed('/health/ready', () => ({}))).passed).toBe(8);
  });

  it('on sign-in counts starts and callbacks together, and nothing else', async () => {
    latchkey = await startLatchkey({ SIGN_IN_RATE_LIMIT_PER_MINUTE: '4' });
    expect((await passed('/auth/google', () => ({}), 2)).passed).toBe(2);
    expect((await passed('/auth/facebook/callback', () => ({}), 2)).passed).toBe(2);
    const page = await new Browser(latchkey).get('/auth/twitter');
    expect([page.status, page.headers['location']]).toEqual([429, undefined]);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect((await passed('/auth/session', () => ({}))).passed).toBe(8);
  });

  it('is per client behind a trusted proxy, by the address that the proxy reports', async () => {
    latchkey = await startLatchkey({ RATE_LIMIT_PER_MINUTE: '3', TRUST_PROXY: '1' });
    const one = { 'X-Forwarded-For': '203.0.113.1' };
    const other = { 'X-Forwarded-For': '203.0.113.2' };
    expect((await passed('/auth/session', () => one)).passed).toBe(3);
    expect((await passed('/auth/session', () => other, 3)).passed).toBe(3);
    // What a client writes itself stands left of what the proxy adds.
    const spoofed = await passed('/auth/session', (n) => ({
      'X-Forwarded-For': `198.51.100.${n}, 203.0.113.1`,
    }));
    expect(spoofed.passed).toBe(0);
  });

  it('is per /64 for IPv6', async () => {
    latchkey = await startLatchkey({ RATE_LIMIT_PER_MINUTE: '3', TRUST_PROXY: '1' });
    const walk = await passed('/auth/session', (n) => ({
      'X-Forwarded-For': `2001:db8:1:2::${n}`,
    }));
    expect(walk.passed).toBe(3);
  });
});

describe('X-Request-Id', () => {
  const chosen = 'chosen-outside-1';

  it.each([
    ['its network', 'loopback', chosen, true],
    ['a hop', '1', chosen, true],
    ['its network, unless it is no plain token', 'loopback', 'a b; c', false],
    ['another network', '192.0.2.0/24', chosen, false],
    ['no proxy', undefined, chosen, false],
  ])('is kept from a peer when TRUST_PROXY names %s', async (_what, TRUST_PROXY, id, isKept) => {
    latchkey = await startLatchkey({ TRUST_PROXY });
    // Whoever claims to be further away is a stranger all the same.
    const headers = { 'X-Request-Id': id, 'X-Forwarded-For': '192.0.2.1' };
    const answer = await send('/users/me', headers);
    const own = expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/);
    expect(answer.headers['x-request-id']).toEqual(isKept ? id : own);
  });
});

describe('PUBLIC_URL', () => {
  it('on https enables HSTS, which no forged header disables', async () => {
    latchkey = await startLatchkey({ PUBLIC_URL: 'https://id.test' });
    for (const headers of [{}, { 'X-Forwarded-Proto': 'http' }]) {
      const answer = await send('/auth/session', headers);
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    }
    const start = await send('/auth/google', { Host: 'evil.test' });
    expect(new URL(String(start.headers['location'])).searchParams.get('redirect_uri')).toBe(
      'https://id.test/auth/google/callback',
    );
  });

  it('with a path prefixes every route, and the whole sign-in works there', async () => {
    const port = await freePort();
    const PUBLIC_URL = `http://localhost:${port}/id`;
    latchkey = await startLatchkey({ PORT: String(port), PUBLIC_URL });
    const browser = new Browser(latchkey);

    const page = await browser.get('/id/');
    expect(page.text).toContain(`href="${PUBLIC_URL}/auth/google"`);
    expect((await browser.get('/id')).status).toBe(200);
    const { body: list } = await browser.api('/id/auth/providers');
    expect(list[0]).toMatchObject({ startUrl: `${PUBLIC_URL}/auth/google` });
    expect(locationOf(await browser.get('/id/account'))).toBe('/id/?returnTo=%2Fid%2Faccount');

    const start = await browser.get('/id/auth/google');
    expect(paramsOf(start)['redirect_uri']).toBe(`${PUBLIC_URL}/auth/google/callback`);
    const callback = await browser.consent(locationOf(start), { person: 'ada' });
    expect(locationOf(await browser.callback(callback))).toBe('/id/account');
    expect((await browser.api('/id/users/me')).status).toBe(200);
    expect((await browser.get('/id/account')).text).toContain('action="/id/auth/logout"');
    expect(locationOf(await browser.submit('/id/auth/logout'))).toBe('/id/');
    expect(locationOf(await browser.callback(callback))).toMatch(/^\/id\/\?error=invalid_state&/);
    expect((await browser.api('/id/users/me')).status).toBe(401);

    for (const path of ['/id/health/ready', '/id/openapi.json', '/id/docs']) {
      expect((await browser.get(path)).status).toBe(200);
    }
    const outside = ['/', '/auth/google', '/users/me', '/health/ready', '/idx/auth/session'];
    for (const path of [...outside, '/ID', '/ID/users/me', '/Id/auth/google', '/id/USERS/me']) {
      expectProblem(await browser.api(path), 'not_found');
    }
  });

  it('with a path still limits, checks and parses requests under it', async () => {
    latchkey = await startLatchkey({
      PUBLIC_URL: 'http://localhost/id',
      RATE_LIMIT_PER_MINUTE: '3',
    });
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const refused = await raw(`${latchkey.url}/id/auth/logout`, { method: 'POST', headers });
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('csrf_failed')]);
    expect((await passed('/id/health/ready', () => ({}))).passed).toBe(8);
    expect((await passed('/id/auth/session', () => ({}))).passed).toBe(2);
  });
});

describe('a feature that is off', () => {
  it('answers 404: a provider without keys, and the pages', async () => {
    latchkey = await startLatchkey({
      PAGES: 'off',
      TWITTER_CLIENT_ID: undefined,
      TWITTER_CLIENT_SECRET: undefined,
    });
    for (const path of ['/auth/twitter', '/auth/twitter/callback?denied=x', '/', '/account']) {
      const answer = await send(path, { Accept: 'text/html' });
      expect([answer.status, answer.headers['location']]).toEqual([404, undefined]);
      expect(answer.headers['content-type']).toMatch(/^text\/html/);
    }
    const { body } = await new Browser(latchkey).api('/auth/providers');
    expect(body).toEqual([
      { id: 'google', label: 'Google', startUrl: `${latchkey.url}/auth/google` },
      { id: 'facebook', label: 'Facebook', startUrl: `${latchkey.url}/auth/facebook` },
    ]);
    expect(locationOf(await new Browser(latchkey).signIn('google'))).toBe('/account');
  });

  it('answers 404: the page at /docs and all that it loads, but not the description', async () => {
    latchkey = await startLatchkey({ DOCS: 'off' });
    for (const path of ['', '/', '/start.js', '/swagger-ui.css', '/swagger-ui-bundle.js']) {
      expectProblem(await new Browser(latchkey).api(`/docs${path}`), 'not_found');
    }
    expect((await send('/openapi.json')).status).toBe(200);
  });
});
