import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  everythingIn,
  expectPage,
  followSignIn,
  formsWith,
  leaving,
  questionsWith,
  statusOf,
} from '../support/account-forms.js';
import { type Ada, accountSuite, adaWith } from '../support/account-suite.js';
import { connected, crossSite, letTimePass, me, session, somebody } from '../support/accounts.js';
import { Browser, locationOf, paramsOf } from '../support/browser.js';
import { linkIn } from '../support/page.js';

const latchkey = accountSuite();
let google: Ada['google'];
/** Ada’s browser, signed in with Google, with X connected. */
let browser: Browser;
/** Another browser of hers, signed in with X. */
let other: Browser;
let otherId: string;

beforeEach(async () => {
  ({ google, browser, other } = await adaWith(latchkey, { email: 'ada@example.test' }));
  otherId = (await session(other)).id;
});

const everything = () => everythingIn(latchkey);
const forms = () => formsWith(otherId);
const questions = () => questionsWith(otherId);

describe('a sign-in that lies long back', () => {
  const guarded: [method: 'get' | 'submit', path: string, question: string][] = [
    ['get', '/account/disconnect/twitter', 'Disconnect X?'],
    ['submit', '/account/disconnect/twitter', 'Disconnect X?'],
    ['get', '/account/delete', 'Delete your account?'],
    ['submit', '/account/delete', 'Delete your account?'],
  ];

  it.each(guarded)(
    'does not do for %s %s: the page leads to signing in again, and back',
    async (method, path, question) => {
      await letTimePass(latchkey);
      const before = await everything();
      const response = await browser[method](path);
      expectPage(response, 403, 'Confirm that it is you');
      expect(await everything()).toEqual(before);
      expect(linkIn(response, 'Back to your account')).toBe('/account');

      const page = await followSignIn(browser, linkIn(response, 'Continue with Google'), google);
      expectPage(page, 200, question);
      expect((await everything()).identities).toHaveLength(before.identities.length);
      expect((await browser.submit(path)).status).toBe(303);
    },
  );

  it('is not renewed by coming back as somebody else', async () => {
    await letTimePass(latchkey);
    const { id } = await me(browser);
    const response = await browser.submit('/account/delete');
    await followSignIn(browser, linkIn(response, 'Continue with Google'), somebody());
    expect((await me(browser)).id).toBe(id);
    expect((await me(other)).id).toBe(id);
    expectPage(await browser.submit('/account/delete'), 403, 'Confirm that it is you');
    expectPage(await other.submit('/account/delete'), 403, 'Confirm that it is you');
  });
});

describe('a visitor', () => {
  it('is sent to sign in, wherever they are going, and gets to a page that exists', async () => {
    for (const path of ['/account', ...questions()]) {
      const visitor = new Browser(latchkey);
      const sent = await visitor.get(path);
      expect([path, sent.status, paramsOf(sent)]).toEqual([path, 302, { returnTo: path }]);
      const page = await visitor.get(locationOf(sent));
      expectPage(page, 200, /sign in/i);
      const landed = await followSignIn(visitor, linkIn(page, 'Google'), google);
      expect([path, landed.status]).toEqual([path, 200]);
      expect(landed.headers['content-type']).toMatch(/^text\/html/);
    }
  });

  it('who sends a form is sent to sign in, and gets to a page that exists', async () => {
    for (const path of forms()) {
      const before = await everything();
      const visitor = new Browser(latchkey);
      const sent = await visitor.submit(path, { decision: 'yes' });
      expect([path, sent.status]).toEqual([path, 303]);
      expect(locationOf(sent)).toMatch(leaving.includes(path) ? /^\/$/ : /^\/\?returnTo=/);
      expect(await everything()).toEqual(before);
      const page = await visitor.get(locationOf(sent));
      const landed = await followSignIn(visitor, linkIn(page, 'Google'), google);
      expect([path, landed.status]).toEqual([path, 200]);
    }
    expect(await statusOf(other)).toBe(200);
  });

  it('with a session that has ended is sent to sign in as well', async () => {
    await browser.submit('/account/sessions/revoke-others');
    for (const path of forms()) {
      const sent = await other.submit(path, { decision: 'yes' });
      expect([path, sent.status]).toEqual([path, 303]);
      expect(locationOf(sent)).toMatch(leaving.includes(path) ? /^\/$/ : /^\/\?returnTo=/);
    }
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });
});

describe.each(crossSite)('a form on %s', (_name, headers) => {
  it('changes nothing', async () => {
    const before = await everything();
    for (const path of forms()) {
      const response = await browser.apiSend('post', path, { Accept: 'text/html', ...headers });
      expect([path, response.status]).toEqual([path, 403]);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    expect(await everything()).toEqual(before);
  });
});

it('nothing changes by looking, and what is only a form is not there to be looked at', async () => {
  const before = await everything();
  for (const path of ['/account', ...questions()]) {
    for (const query of ['', '?decision=yes', '?_method=post']) {
      const response = await browser.get(path + query);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers['cache-control']).toBe('no-store');
    }
  }
  expectPage(await browser.get('/account/pending-link?decision=yes'), 404, 'There is no page here');
  expect(await everything()).toEqual(before);
});

it('every link and form of the account page leads to something that exists', async () => {
  const { text } = await browser.get('/account');
  const links = [...text.matchAll(/<a\b[^>]*?href="(\/[^"]*)"/g)].map(([, href = '']) => href);
  expect(links).toEqual(expect.arrayContaining(questions()));
  for (const href of links) {
    expect([href, (await browser.get(href.replaceAll('&amp;', '&'))).status]).toEqual([href, 200]);
  }
});
