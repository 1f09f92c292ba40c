import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import {
  connected,
  me,
  outcomeOf,
  sessionList,
  signedIn,
  signedInWith,
  somebody,
  type Somebody,
  startLink,
  stepUp,
} from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { headingOf } from '../support/page.js';
import { identityRows } from '../support/rows.js';

/** One browser that two people use: what one of them left open in a tab must not happen to the other. */

let latchkey: Latchkey;
let ada: Somebody;
let bob: Somebody;
let bobsX: Somebody;
/** Ada signed in first; in another tab Bob has signed in since. */
let browser: Browser;
let phone: Browser;
/** Where the forms of Ada's pages lead, as they stand in her tab. */
let left: Map<string, string>;

beforeAll(async () => {
  latchkey = await startLatchkey({ IDENTITY_SETTLE_SECONDS: '0' });
});

beforeEach(async () => {
  await latchkey.database.deleteFrom('users').execute();
  [ada, bob, bobsX] = [somebody(), somebody(), somebody()];
  const adasX = somebody();
  browser = await signedInWith(latchkey, ['google', ada], ['twitter', adasX]);
  await stepUp(browser, 'twitter', adasX);
  phone = await signedIn(latchkey, 'google', ada);
  left = await formsOn(browser);
  await signedInWith(latchkey, ['google', bob], ['twitter', bobsX]);
  await browser.signIn('google', bob);
  await stepUp(browser, 'google', bob);
});

afterAll(() => latchkey.close());

/** Every form of the account's pages, by the path that it is sent to. */
async function formsOn(of: Browser): Promise<Map<string, string>> {
  const others = (await sessionList(of)).filter(({ current }) => !current);
  const pages = [
    '/account',
    ...(await connected(of)).map((provider) => `/account/disconnect/${provider}`),
    ...others.map(({ id }) => `/account/sessions/${id}/revoke`),
    '/account/sessions/revoke-others',
    '/account/sign-out-everywhere',
    '/account/delete',
  ];
  const forms = new Map<string, string>();
  for (const page of pages) {
    const { text } = await of.get(page);
    for (const [, action = ''] of text.matchAll(/<form\b[^>]*action="([^"]*)"/g)) {
      const target = action.replaceAll('&amp;', '&');
      forms.set(target.split('?')[0] ?? '', target);
    }
  }
  forms.delete('/auth/logout');
  return forms;
}

describe('after another user has signed in,', () => {
  it('a form that was left open changes nothing', async () => {
    const before = await identityRows(latchkey.database);
    const answers = new Map<string, string>();
    for (const [path, target] of left) {
      const answer = await browser.submit(target, { decision: 'yes' });
      answers.set(path, answer.status === 302 ? outcomeOf(answer) : headingOf(answer));
    }
    const { '/auth/facebook/link': connecting, ...asking } = Object.fromEntries(answers);
    expect(connecting).toBe('session_changed');
    expect(Object.values(asking)).toEqual(
      Array.from({ length: 7 }, () => 'Somebody else is signed in now'),
    );
    expect(await identityRows(latchkey.database)).toEqual(before);
    expect((await phone.api('/users/me')).status).toBe(200);
    expect((await me(browser)).identities[0]?.subject).toBe(bob.subject);
  });

  it('the forms of a reloaded page work', async () => {
    const forms = await formsOn(browser);
    const answer = await browser.submit(forms.get('/account/disconnect/twitter') ?? '');
    expect(locationOf(answer)).toBe('/account?done=disconnected&provider=twitter');
    expect(await connected(browser)).toEqual(['google']);
    expect(await connected(phone)).toEqual(['google', 'twitter']);
  });
});

it('a form without a user is rejected', async () => {
  const answer = await browser.submit('/account/delete?');
  expect([answer.status, headingOf(answer)]).toEqual([403, 'Somebody else is signed in now']);
  expect((await me(browser)).identities[0]?.subject).toBe(bob.subject);
});

it.each(providerIds)('a front end may name the user for whom it links %s', async (provider) => {
  const { id } = await me(browser);
  const { id: another } = await me(phone);
  expect(await startLink(browser, provider, { user: id })).toMatch(/^http/);
  const refused = await browser.submit(`/auth/${provider}/link?user=${another}`);
  expect(outcomeOf(refused)).toBe('session_changed');
});
