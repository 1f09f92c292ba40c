import { beforeEach, describe, expect, it } from '@jest/globals';
import { expectPage } from '../support/account-forms.js';
import { accountSuite } from '../support/account-suite.js';
import {
  link,
  me,
  outcomeOf,
  signedIn,
  somebody,
  type Somebody,
  stepUp,
} from '../support/accounts.js';
import { type Browser, locationOf } from '../support/browser.js';
import { formIn, linkIn, readOn } from '../support/page.js';

/* Somebody else is signed in than the one for whom something was meant: a page says so, and leads on. */

const latchkey = accountSuite();
let ada: Somebody;
let bob: Somebody;
let browser: Browser;

beforeEach(async () => {
  [ada, bob] = [somebody({ name: 'Ada' }), somebody({ name: 'Bob' })];
  browser = await signedIn(latchkey, 'google', ada);
});

/** Every form of the pages of somebody with two providers and another browser. */
async function formsOfPages(): Promise<string[]> {
  const twitter = somebody();
  await link(browser, 'twitter', twitter);
  await stepUp(browser, 'twitter', twitter);
  const phone = await signedIn(latchkey, 'google', ada);
  const { text } = await browser.get('/account');
  const links = [...text.matchAll(/<a\b[^>]*?href="(\/account[^"]*)"/g)].map(([, to = '']) => to);
  const pages = [text];
  for (const to of new Set(links)) pages.push((await browser.get(to)).text);
  expect((await phone.api('/users/me')).status).toBe(200);
  return pages.flatMap((page) =>
    [...page.matchAll(/<form\b[^>]*action="([^"]*)"/g)].map(([, to = '']) =>
      to.replaceAll('&amp;', '&'),
    ),
  );
}

it('every form of the pages says for whom it is, except signing out', async () => {
  const { id } = await me(browser);
  const forms = await formsOfPages();
  const paths = forms.map((action) => (action.split('?')[0] ?? '').replace(/[\da-f-]{36}/, ':id'));
  expect([...new Set(paths)].toSorted()).toEqual([
    '/account/delete',
    '/account/disconnect/google',
    '/account/disconnect/twitter',
    '/account/sessions/:id/revoke',
    '/account/sessions/revoke-others',
    '/account/sign-out-everywhere',
    '/auth/facebook/link',
    '/auth/logout',
    '/users/me/export',
  ]);
  for (const action of forms) {
    const user = new URL(action, latchkey.url).searchParams.get('user');
    expect([action, user]).toEqual([action, action.startsWith('/auth/logout') ? null : id]);
  }
});

describe('a form that was left open', () => {
  it.each(['Download', 'Connect'])('“%s” leads on', async (words) => {
    const form = formIn(await browser.get('/account'), words);
    await browser.signIn('google', bob);
    const answer = await browser.submit(...form);
    const page = answer.status === 302 ? await browser.get(locationOf(answer)) : answer;
    expect(readOn(page)).toMatch(/Somebody else is signed in/);
    expect(readOn(page)).toMatch(/igned in as Bob/);
    expectPage(await browser.get(linkIn(page, 'Go to your account')), 200, 'Bob');
    if (page === answer) {
      expectPage(
        await browser.get(linkIn(page, 'Sign in as somebody else')),
        200,
        'You are signed in to',
      );
    }
  });
});

it('a step-up with somebody else’s account leaves who is signed in, and leads to another try', async () => {
  const other = await signedIn(latchkey, 'google', bob);
  const response = await browser.signIn('google', bob, {
    prompt: 'login',
    returnTo: '/account/delete',
  });
  expect(outcomeOf(response)).toBe('session_changed');
  const page = await browser.get(locationOf(response));
  expect(readOn(page)).toContain(
    'The Google account that you chose is not connected to the account that is signed in here. Nothing has changed.',
  );
  expect(readOn(page)).toContain('Signed in as Ada');
  const again = new URL(linkIn(page, 'Continue with Google'), latchkey.url);
  expect(Object.fromEntries(again.searchParams)).toEqual({
    prompt: 'login',
    returnTo: '/account/delete',
  });
  expect((await me(browser)).displayName).toBe('Ada');
  expect((await me(other)).displayName).toBe('Bob');
});

it('a sign-in that another site began leaves who is signed in, and leads on', async () => {
  const start = await browser.get('/auth/google', { 'Sec-Fetch-Site': 'cross-site' });
  const response = await browser.callback(await browser.consent(locationOf(start), bob));
  expect(outcomeOf(response)).toBe('session_changed');
  const page = await browser.get(locationOf(response));
  expect(readOn(page)).toContain('Somebody else is signed in here');
  expectPage(await browser.get(linkIn(page, 'Go to your account')), 200, 'Ada');
});

it('a page for those who have to choose how to confirm it asks each connected provider for it', async () => {
  const page = await browser.get('/?error=reauth_required&returnTo=/account');
  expectPage(page, 200, 'Confirm that it is you');
  expect(page.text.match(/Continue with \w+</g)).toEqual(['Continue with Google<']);
  expect(linkIn(page, 'Continue with Google')).toBe(
    `${latchkey.url}/auth/google?prompt=login&returnTo=%2Faccount`,
  );
});
