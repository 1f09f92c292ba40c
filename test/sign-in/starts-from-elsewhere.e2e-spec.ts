import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { Metrics } from '../../src/telemetry/metrics.js';
import { accountSuite } from '../support/account-suite.js';
import { me, outcomeOf, session, sessionCookie, signedIn, somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { setCookies } from '../support/cookies.js';
import { identityRows } from '../support/rows.js';

/* Who may begin a sign-in, and how the start is answered. */

const FRONT_END = 'http://app.localhost:5173';
const latchkey = accountSuite({ ALLOWED_ORIGINS: FRONT_END });
let browser: Browser;

beforeEach(() => {
  browser = new Browser(latchkey);
});

const navigation = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

async function claims(): Promise<unknown[]> {
  return latchkey.database.selectFrom('claimed_attempts').selectAll().execute();
}

describe('what a browser fetches ahead', () => {
  it.each<[string, Record<string, string>]>([
    ['Sec-Purpose', { 'Sec-Purpose': 'prefetch' }],
    ['Sec-Purpose of a prerender', { 'Sec-Purpose': 'prefetch;prerender' }],
    ['Purpose', { Purpose: 'prefetch' }],
    ['X-Moz', { 'X-Moz': 'prefetch' }],
  ])('begins and finishes nothing: %s', async (_name, headers) => {
    const start = await browser.get('/auth/google', { ...navigation, ...headers });
    expect([start.status, setCookies(start)]).toEqual([503, []]);
    expect(start.headers['cache-control']).toContain('no-store');
    const callback = await browser.consent(await browser.start('google'), somebody());
    const before = await claims();
    const ahead = await browser.callback(callback, headers);
    expect([ahead.status, setCookies(ahead)]).toEqual([503, []]);
    expect(await claims()).toEqual(before);
    expect(outcomeOf(await browser.callback(callback))).toBe('/account');
  });
});

it('what is fetched ahead has a label of its own in the metrics', async () => {
  await browser.get('/auth/google', { ...navigation, 'Sec-Purpose': 'prefetch' });
  const text = await latchkey.app.get(Metrics).registry.metrics();
  expect(text).toMatch(/route="\/auth\/:provider",status="speculation"/);
  expect(text).not.toMatch(/outcome="not_ready"/);
});

describe('what a browser loads without navigating', () => {
  it.each<[string, Record<string, string>]>([
    [
      'an image',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' },
    ],
    [
      'a frame',
      { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
    ],
    [
      'fetch of another site',
      {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'cors',
        'Sec-Fetch-Dest': 'empty',
        Origin: 'https://evil.test',
        Accept: 'application/json',
      },
    ],
    [
      'fetch that does not want JSON',
      {
        'Sec-Fetch-Site': 'same-origin',
        'Sec-Fetch-Mode': 'cors',
        'Sec-Fetch-Dest': 'empty',
        Accept: '*/*',
      },
    ],
    [
      'an older browser’s fetch of another site',
      { 'Sec-Fetch-Site': '', Origin: 'https://evil.test', Accept: '*/*' },
    ],
  ])('is refused: %s', async (_name, headers) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const response = await raw('/auth/google', given);
    expect([response.status, setCookies(response)]).toEqual([400, []]);
    expect(response.text).toMatch(/navigate/);
  });
});

describe('a script', () => {
  it.each<[string, Record<string, string>]>([
    [
      'of the own origin',
      { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
    ],
    [
      'of an allowed origin of the same site',
      {
        'Sec-Fetch-Site': 'same-site',
        'Sec-Fetch-Mode': 'cors',
        'Sec-Fetch-Dest': 'empty',
        Origin: FRONT_END,
      },
    ],
  ])('%s gets the address to navigate to', async (_name, headers) => {
    const response = await browser.api('/auth/google', headers);
    expect(response.status).toBe(200);
    const { url } = response.body as { url: string };
    expect(setCookies(response)).toHaveLength(1);
    const back = await browser.callback(await browser.consent(url, somebody()));
    expect(outcomeOf(back)).toBe('/account');
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('that is no browser’s is redirected', async () => {
    const response = await raw('/auth/google', {
      'Sec-Fetch-Mode': 'cors',
      Accept: 'application/json',
    });
    expect(response.status).toBe(302);
  });

  it('connects by the same way', async () => {
    const connecting = await signedIn(latchkey);
    const response = await connecting.apiSend('post', '/auth/twitter/link', {
      'Sec-Fetch-Mode': 'cors',
      'Sec-Fetch-Dest': 'empty',
    });
    expect([response.status, Object.keys(response.body as object)]).toEqual([200, ['url']]);
  });
});

describe('a start that another site sent the browser to', () => {
  const elsewhere = { 'Sec-Fetch-Site': 'cross-site', ...navigation };

  it('signs in who is signed out', async () => {
    const start = await browser.get('/auth/google', elsewhere);
    const back = await browser.callback(await browser.consent(locationOf(start), somebody()));
    expect(outcomeOf(back)).toBe('/account');
  });

  it('signs the same person in again', async () => {
    const ada = somebody();
    browser = await signedIn(latchkey, 'google', ada);
    const start = await browser.get('/auth/google', elsewhere);
    const back = await browser.callback(await browser.consent(locationOf(start), ada));
    expect(outcomeOf(back)).toBe('/account');
  });

  it.each(['new', 'known'])('replaces nobody’s session: by somebody %s', async (kind) => {
    const grace = somebody();
    if (kind === 'known') await signedIn(latchkey, 'google', grace);
    browser = await signedIn(latchkey);
    const { id } = await me(browser);
    const before = [await identityRows(latchkey.database), await sessionCookie(browser)];
    const start = await browser.get('/auth/google?returnTo=%2Fdocs', elsewhere);
    const back = await browser.callback(await browser.consent(locationOf(start), grace));
    expect(outcomeOf(back)).toBe('session_changed');
    expect([await identityRows(latchkey.database), await sessionCookie(browser)]).toEqual(before);
    expect((await me(browser)).id).toBe(id);
    expect((await session(browser)).provider).toBe('google');
    const page = await browser.get(locationOf(back));
    expect(page.text).toContain('/auth/google?returnTo=%2Fdocs');
  });
});

/** A request with these headers and no others of a browser. */
async function raw(path: string, headers: Record<string, string>): Promise<Response> {
  const { default: request } = await import('supertest');
  return request(latchkey.url).get(path).redirects(0).set(headers);
}
