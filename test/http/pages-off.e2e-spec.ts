import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { en } from '../../src/pages/text/en/en.js';
import { wordsOf } from '../../src/pages/text/words.js';
import type { ErrorCode } from '../../src/common/errors/app-error.js';
import {
  connected,
  letTimePass,
  link,
  sessionAnswer,
  signedIn,
  somebody,
  startLink,
} from '../support/accounts.js';
import { Browser, locationOf, paramsOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { headingOf } from '../support/page.js';
import { takeStore } from '../support/take-store.js';

/* PAGES=off: whoever navigates is told by the front end, or by a plain page, and never by JSON. */

const APP = 'https://app.test';
const PREVIEW = 'https://preview.app.test';
const settings = {
  PAGES: 'off',
  ALLOWED_ORIGINS: `${APP},${PREVIEW}`,
  DEFAULT_RETURN_TO: '/home',
  SIGN_IN_ERROR_URL: `${APP}/sign-in?from=latchkey`,
};
const HTML = { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

/** A page that says what failed, by a title, with the headers of every page. */
function expectPlainPage(response: Response, status: number, title: string): void {
  expect([response.status, headingOf(response)]).toEqual([status, title]);
  expect(response.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'; form-action 'self'$/,
    ),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  });
  expect(response.text).not.toMatch(/<script|<form|href="\/(?:"|account)/);
}

/** A redirect to a page of the front end, which is told what has failed. */
function expectTold(
  response: Response,
  page: string,
  code: ErrorCode,
  more: Record<string, string> = {},
): void {
  const { error, requestId, ...others } = paramsOf(response);
  const { from, ...told } = others;
  expect({ page: locationOf(response).split('?')[0], error, told }).toEqual({
    page,
    error: code,
    told: more,
  });
  expect(from).toBe(page === `${APP}/sign-in` ? 'latchkey' : undefined);
  expect(requestId).toBe(response.headers['x-request-id']);
}

function expectProblemCode(response: Response, code: ErrorCode): void {
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.body).toMatchObject({ code });
}

const path = (length: number) => `/${'a'.repeat(length - 1)}`;

let latchkey: Latchkey;

describe('what is no outcome', () => {
  afterEach(() => latchkey.close());

  it('keeps its status and shows a plain page; who asks for JSON gets that', async () => {
    latchkey = await startLatchkey(settings);
    const browser = new Browser(latchkey);
    for (const target of ['/', '/account', '/auth/myspace', '/auth/myspace/callback?code=x']) {
      expectPlainPage(await browser.get(target, HTML), 404, 'There is no page here');
      expectProblemCode(await browser.api(target), 'not_found');
    }
    const image = { Accept: 'text/html', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'iframe' };
    const framed = await browser.get('/auth/google', image);
    expectPlainPage(framed, 400, 'Something went wrong');
    expectPlainPage(await browser.get('/users/me', HTML), 401, 'Not signed in');
    const forged = await browser.submit('/auth/logout', {}, 'https://evil.test');
    expectPlainPage(forged, 403, 'Not allowed');
    expect(locationOf(await browser.get('/auth/google', HTML))).toContain(latchkey.sandbox.url);
  });

  it('leads to the sign-in page of the front end, where there is one', async () => {
    latchkey = await startLatchkey({ PAGES: 'off' });
    expect((await new Browser(latchkey).get('/', HTML)).text).not.toContain('href="/');
    await latchkey.close();
    latchkey = await startLatchkey(settings);
    expect((await new Browser(latchkey).get('/', HTML)).text).toContain(
      `href="${settings.SIGN_IN_ERROR_URL}"`,
    );
  });

  it('says so of too many requests', async () => {
    latchkey = await startLatchkey({ ...settings, RATE_LIMIT_PER_MINUTE: '1' });
    const browser = new Browser(latchkey);
    await browser.get('/auth/google', HTML);
    const refused = await browser.get('/auth/google', HTML);
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d?$/);
    const wait = wordsOf(en).format.wait(Number(refused.headers['retry-after']));
    expectPlainPage(refused, 429, `Wait ${wait}`);
  });

  it('says so without the store', async () => {
    latchkey = await startLatchkey(settings);
    const browser = await signedIn(latchkey);
    const bringBack = await takeStore(latchkey);
    const refused = [
      await browser.get('/auth/google', HTML),
      await browser.submit('/auth/google/link'),
      await browser.submit('/auth/logout'),
    ];
    await bringBack();
    for (const page of refused) {
      expectPlainPage(page, 503, 'Temporarily unavailable');
      expect(page.text).toContain(page.headers['x-request-id']);
    }
  });

  it('says so under another name, while the sandbox is on', async () => {
    latchkey = await startLatchkey({
      ...settings,
      GOOGLE_CLIENT_ID: 'sandbox-google',
      GOOGLE_CLIENT_SECRET: 'sandbox-google-secret',
    });
    const refused = await new Browser(latchkey).get('/auth/google', { ...HTML, Host: 'evil.test' });
    expectPlainPage(refused, 421, 'Not at this address');
  });
});

describe('an outcome', () => {
  let browser: Browser;

  beforeAll(async () => {
    latchkey = await startLatchkey(settings);
  });
  beforeEach(async () => {
    await latchkey.database.deleteFrom('users').execute();
    browser = await signedIn(latchkey);
  });
  afterAll(() => latchkey.close());

  it('of a sign-in is told to the front end', async () => {
    const denied = await new Browser(latchkey).signIn('google', { decision: 'deny' });
    expectTold(denied, `${APP}/sign-in`, 'access_denied', { provider: 'google' });
    expect(locationOf(await browser.signIn('google'))).toBe('/home');
  });

  it('of connecting a provider is told to the front end, and keeps returnTo', async () => {
    const returnTo = `${APP}/settings`;
    const told = { provider: 'twitter', purpose: 'link', returnTo };
    const target = `/auth/twitter/link?returnTo=${encodeURIComponent(returnTo)}`;
    expectTold(
      await new Browser(latchkey).submit(target),
      `${APP}/sign-in`,
      'unauthenticated',
      told,
    );
    const taken = somebody();
    await signedIn(latchkey, 'twitter', taken);
    const refused = await link(browser, 'twitter', taken, { returnTo });
    expectTold(refused, `${APP}/sign-in`, 'identity_in_use', told);
    await letTimePass(latchkey);
    expectTold(await browser.submit(target), `${APP}/sign-in`, 'reauth_required', {
      ...told,
      signInWith: 'google',
    });
    expectProblemCode(await browser.apiSend('post', '/auth/twitter/link'), 'reauth_required');
    expect(await connected(browser)).toEqual(['google']);
  });

  it('of a form for another user is told to the front end', async () => {
    const refused = await browser.submit('/auth/twitter/link', { user: 'somebody-else' });
    expectTold(refused, `${APP}/sign-in`, 'session_changed', { provider: 'twitter' });
  });

  it('of a form with a stale proof is told to the front end', async () => {
    await letTimePass(latchkey);
    const refused = await browser.submit(`/users/me/export?returnTo=${APP}/data`);
    expect(refused.status).toBe(303);
    expectTold(refused, `${APP}/sign-in`, 'reauth_required', {
      returnTo: `${APP}/data`,
      signInWith: 'google',
    });
    const answer = await browser.submit('/users/me/export', { errorTo: `${PREVIEW}/oh` });
    expectTold(answer, `${PREVIEW}/oh`, 'reauth_required', { signInWith: 'google' });
  });

  it.each([
    ['nowhere', '/auth/logout', {}, settings.SIGN_IN_ERROR_URL],
    ['the query', `/auth/logout?returnTo=${PREVIEW}/bye`, {}, `${PREVIEW}/bye`],
    ['a field', '/auth/logout', { returnTo: '/signed-out' }, '/signed-out'],
    ['an evil query', '/auth/logout?returnTo=//evil.test', {}, settings.SIGN_IN_ERROR_URL],
    ['an evil field', '/auth/logout', { returnTo: '//evil.test' }, settings.SIGN_IN_ERROR_URL],
  ])('of a sign-out leads to where %s says', async (_name, target, fields, location) => {
    const answer = await browser.submit(target, fields);
    expect([answer.status, locationOf(answer)]).toEqual([303, location]);
    expect((await sessionAnswer(browser)).user).toBeNull();
  });

  it('of a pending link leads on, or is told', async () => {
    const owner = somebody({ email: 'owner@example.com', emailVerified: true });
    await signedIn(latchkey, 'google', owner);
    const other = new Browser(latchkey);
    const refused = await other.signIn('twitter', somebody({ email: 'owner@example.com' }));
    expectTold(refused, `${APP}/sign-in`, 'account_exists', {
      provider: 'twitter',
      signInWith: 'google',
    });
    const anybody = await other.submit('/auth/pending-link');
    expectTold(anybody, `${APP}/sign-in`, 'unauthenticated');
    await other.signIn('google', owner, { prompt: 'login' });
    const answer = await other.submit('/auth/pending-link', { returnTo: `${APP}/settings` });
    expect([answer.status, locationOf(answer)]).toEqual([303, `${APP}/settings`]);
    expect(await connected(other)).toEqual(['google', 'twitter']);
    expectPlainPage(await other.submit('/auth/pending-link'), 404, 'Not found');
  });
});

describe('errorTo', () => {
  let browser: Browser;
  const errorTo = `${PREVIEW}/sign-in?tab=2#top`;

  beforeAll(async () => {
    latchkey = await startLatchkey({ ...settings, PAGES: 'on' });
  });
  beforeEach(() => {
    browser = new Browser(latchkey);
  });
  afterAll(() => latchkey.close());

  it('says where a failed sign-in is told, start or callback', async () => {
    const denied = await browser.signIn('google', { decision: 'deny' }, { errorTo });
    expect(locationOf(denied)).toMatch(/^https:\/\/preview\.app\.test\/sign-in\?tab=2&.*#top$/);
    expectTold(denied, `${PREVIEW}/sign-in`, 'access_denied', { tab: '2', provider: 'google' });
    latchkey.sandbox.failNext('twitter', 'request_token', 'error');
    const failed = await browser.get(`/auth/twitter?errorTo=${PREVIEW}/oh&returnTo=/inbox`);
    expectTold(failed, `${PREVIEW}/oh`, 'provider_error', {
      provider: 'twitter',
      returnTo: '/inbox',
    });
    expect(locationOf(await browser.signIn('google', undefined, { errorTo }))).toBe('/home');
  });

  it('says where a refused link is told, with pages too', async () => {
    const member = await signedIn(latchkey);
    const target = `/auth/twitter/link?errorTo=${PREVIEW}/oh`;
    const told = { provider: 'twitter', purpose: 'link' };
    const page = await member.consent(locationOf(await member.submit(target)), {
      decision: 'deny',
    });
    expectTold(await member.callback(page), `${PREVIEW}/oh`, 'access_denied', told);
    await letTimePass(latchkey);
    const stale = await member.submit(target);
    expectTold(stale, `${PREVIEW}/oh`, 'reauth_required', { ...told, signInWith: 'google' });
    expect((await member.submit('/auth/twitter/link')).status).toBe(403);
  });

  it.each([
    ['another origin', 'https://evil.test/'],
    ['a host', '//evil.test'],
    ['a script', 'javascript:alert(1)'],
    ['a second one', [`${APP}/a`, `${APP}/b`]],
    ['what ends a header', '/a%0d%0aSet-Cookie:x'],
  ])('is dropped where it is %s', async (_name, value) => {
    const query = [value].flat().map((one) => `errorTo=${encodeURIComponent(one)}`);
    const start = await browser.get(`/auth/google?${query.join('&')}`);
    const callback = await browser.consent(locationOf(start), { decision: 'deny' });
    const denied = await browser.callback(callback);
    expectTold(denied, `${APP}/sign-in`, 'access_denied', { provider: 'google' });
  });

  it('has the room that returnTo leaves of 2,000 characters', async () => {
    for (const [length, fits] of [
      [1000, true],
      [1001, false],
    ] as const) {
      const query = { returnTo: path(1000), errorTo: path(length) };
      const denied = await browser.signIn('google', { decision: 'deny' }, query);
      expect([length, locationOf(denied).startsWith('/aaa')]).toEqual([length, fits]);
      expect(paramsOf(denied)['returnTo']).toBe(path(1000));
    }
  });

  it('is nothing that an answer of a provider can say', async () => {
    const unknown = await browser.callback(
      `${latchkey.url}/auth/google/callback?state=x&code=y&errorTo=${PREVIEW}/oh&returnTo=/inbox`,
    );
    expectTold(unknown, `${APP}/sign-in`, 'invalid_state', { provider: 'google' });
    const member = await signedIn(latchkey);
    const page = await startLink(member, 'facebook');
    const callback = await member.consent(page, { decision: 'deny' });
    const denied = await member.callback(`${callback}&errorTo=${PREVIEW}/oh`);
    expectTold(denied, `${APP}/sign-in`, 'access_denied', {
      provider: 'facebook',
      purpose: 'link',
    });
  });
});
