import { beforeEach, describe, expect, it } from '@jest/globals';
import { expectDone, expectPage, followSignIn } from '../support/account-forms.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  link,
  me,
  session,
  sessionAnswer,
  signedIn,
  somebody,
  type Somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { formIn, linkIn, messageOf, newsOn, readOn } from '../support/page.js';

/* What was connected lately is on every page, until the person has said that it was them. */

const latchkey = accountSuite({ IDENTITY_SETTLE_SECONDS: '604800' });
const NEWS =
  /^X was connected to your account @mallory, \d+ \w+ \d{4}, \d\d:\d\d UTC, Firefox on Linux, 127\.0\.0\.1 /;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let ada: Somebody;
let mallory: Somebody;
/** Ada's unlocked browser, in which somebody has connected their X. */
let browser: Browser;
let userId: string;

beforeEach(async () => {
  [ada, mallory] = [somebody(), somebody({ name: 'Mallory', username: 'mallory' })];
  browser = await signedIn(latchkey, 'google', ada);
  await link(browser, 'twitter', mallory);
  await latchkey.database
    .updateTable('identities')
    .set({ linked_user_agent: FIREFOX })
    .where('provider', '=', 'twitter')
    .execute();
  ({ id: userId } = await me(browser));
});

const dismissed = async () => (await sessionAnswer(browser)).newIdentities.length === 0;

async function press(by: Browser, page: string, words: string) {
  return by.submit(...formIn(await by.get(page), words));
}

describe('to a session that an older identity has proven', () => {
  it.each([
    ['/', 200],
    ['/account', 200],
    ['/account?done=connected&provider=twitter', 200],
    ['/account/activity', 200],
    ['/account/sessions/revoke-others', 200],
    ['/account/sign-out-everywhere', 200],
    ['/account/delete', 200],
    ['/account/disconnect/facebook', 404],
    ['/account/nowhere', 404],
    ['/?error=access_denied&provider=facebook&purpose=link', 200],
    ['/?error=session_changed&provider=facebook', 200],
  ])('%s says what was connected, when and from where', async (page, status) => {
    const response = await browser.get(page);
    expect(response.status).toBe(status);
    expect(newsOn(response)).toEqual([expect.stringMatching(NEWS)]);
    expect(linkIn(response, 'Disconnect it')).toBe('/account/disconnect/twitter');
    const [action] = formIn(response, 'It was me');
    expect(action).toContain(`/account/identities/twitter/acknowledge?user=${userId}`);
  });

  it('the question whether to disconnect it says so itself', async () => {
    const question = await browser.get('/account/disconnect/twitter');
    expect(newsOn(question)).toEqual([]);
    expect(readOn(question)).toMatch(
      /Account@mallory Connected\d+ \w+ \d{4}, \d\d:\d\d UTC FromFirefox on Linux, 127\.0\.0\.1 Whoever has that X account can sign in to yours\./,
    );
    expect(readOn(question)).not.toContain('Last used');
    await link(browser, 'facebook', somebody());
    expect(newsOn(await browser.get('/account/disconnect/twitter'))).toEqual([
      expect.stringMatching(/^Facebook was connected/),
    ]);
  });

  it('what was connected just now is said once', async () => {
    const page = await browser.get('/account?done=connected&provider=twitter');
    expect([newsOn(page).length, messageOf(page)]).toEqual([1, null]);
    const older = await browser.get('/account?done=connected&provider=google');
    expect([newsOn(older).length, messageOf(older)]).toEqual([1, 'Google is connected.']);
  });

  it('the account page says since when, until somebody has signed in with it', async () => {
    expect(readOn(await browser.get('/account'))).toMatch(/@mallory · connected now/);
    await latchkey.database
      .updateTable('identities')
      .set(({ eb }) => ({ last_used_at: eb('last_used_at', '+', 1) }))
      .where('provider', '=', 'twitter')
      .execute();
    const account = readOn(await browser.get('/account'));
    expect(account).toMatch(/@mallory · last used now/);
    expect(account).not.toContain('· connected');
  });

  it('so do the page that asks to sign in again, and the one for another user’s form', async () => {
    await latchkey.database.updateTable('session_proofs').set({ asked_at: null }).execute();
    const asked = await browser.get('/account/delete');
    expectPage(asked, 403, 'Confirm that it is you');
    expect(newsOn(asked)).toHaveLength(1);
    const another = '0199c7d2-0000-7000-8000-00000000e0e0';
    const refused = await browser.submit(`/account/delete?user=${another}`);
    expectPage(refused, 403, 'Somebody else is signed in now');
    expect(newsOn(refused)).toHaveLength(1);
  });

  it('looking dismisses nothing, and there is nothing to look at where only a form leads', async () => {
    const { 0: action } = formIn(await browser.get('/account'), 'It was me');
    expect((await browser.get(action)).status).toBe(404);
    expect(await dismissed()).toBe(false);
  });
});

describe('“It was me”', () => {
  it('dismisses it for good, and says so', async () => {
    await expectDone(browser, await press(browser, '/account', 'It was me'), 'X stays connected.');
    expect(await dismissed()).toBe(true);
    expect(newsOn(await browser.get('/account'))).toEqual([]);
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it.each([
    ['/account/activity', '/account/activity'],
    ['/account/delete', '/account/delete'],
    ['/?error=session_changed&provider=facebook', '/?error=session_changed&provider=facebook'],
    ['/account?done=connected&provider=twitter', '/account?done=acknowledged&provider=twitter'],
    ['/account/nowhere', '/account/nowhere'],
  ])('on %s leads to %s', async (page, to) => {
    expect(locationOf(await press(browser, page, 'It was me'))).toBe(to);
    expect(await dismissed()).toBe(true);
  });

  it('twice is the same as once', async () => {
    const form = formIn(await browser.get('/account'), 'It was me');
    await browser.submit(...form);
    await expectDone(browser, await browser.submit(...form), 'X stays connected.');
  });

  it('leads to no other site', async () => {
    const query = `user=${userId}&returnTo=${encodeURIComponent('https://evil.test/')}`;
    const answer = await browser.submit(`/account/identities/twitter/acknowledge?${query}`);
    expect(locationOf(answer)).toBe('/account?done=acknowledged&provider=twitter');
  });

  it.each(['?user=0199c7d2-0000-7000-8000-00000000e0e0', '?'])(
    'sent with %s does nothing',
    async (query) => {
      const answer = await browser.submit(`/account/identities/twitter/acknowledge${query}`);
      expectPage(answer, 403, 'Somebody else is signed in now');
      expect(await dismissed()).toBe(false);
    },
  );

  it('is not said by another site', async () => {
    const answer = await browser.apiSend(
      'post',
      `/account/identities/twitter/acknowledge?user=${userId}`,
      { 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' },
    );
    expect(answer.status).toBe(403);
    expect(await dismissed()).toBe(false);
  });
});

describe('a session that only the new identity has proven', () => {
  it('sees nothing of it, and cannot dismiss it', async () => {
    const own = await signedIn(latchkey, 'twitter', mallory);
    expect(newsOn(await own.get('/account'))).toEqual([]);
    await own.submit('/account/identities/twitter/acknowledge');
    expect(await dismissed()).toBe(false);
    expect(newsOn(await browser.get('/account'))).toHaveLength(1);
  });
});

it('“Disconnect it” leads through the question to an account without it, and without its sessions', async () => {
  const own = await signedIn(latchkey, 'twitter', mallory);
  const { steppedUpUntil } = await session(browser);
  expect(steppedUpUntil).not.toBeNull();
  const question = await browser.get(linkIn(await browser.get('/account'), 'Disconnect it'));
  expectPage(question, 200, 'Disconnect X?');
  const answer = await browser.submit(...formIn(question, 'Disconnect X'));
  await expectDone(browser, answer, 'X is disconnected.');
  expect(newsOn(await browser.get('/account'))).toEqual([]);
  expect(await connected(browser)).toEqual(['google']);
  expect((await own.api('/users/me')).status).toBe(401);
});

it('each of two is shown, and dismissed by itself', async () => {
  await link(browser, 'facebook', somebody());
  expect(newsOn(await browser.get('/account'))).toEqual([
    expect.stringMatching(/^X was connected/),
    expect.stringMatching(/^Facebook was connected/),
  ]);
  await press(browser, '/account', 'It was me');
  expect(newsOn(await browser.get('/account'))).toEqual([
    expect.stringMatching(/^Facebook was connected/),
  ]);
});

it('a visitor sees nothing', async () => {
  expect(newsOn(await new Browser(latchkey).get('/'))).toEqual([]);
});

describe('a new identity', () => {
  const when = /\d+ \w+ \d{4}, \d\d:\d\d UTC/;

  it('does not do for deleting: the page says from when on, and leads to an older one', async () => {
    await latchkey.database.updateTable('session_proofs').set({ asked_at: null }).execute();
    await stepUp(browser, 'twitter', mallory);
    const page = await browser.get('/account/delete');
    expectPage(page, 403, 'Confirm it with Google');
    expect(page.text).toMatch(when);
    expect(page.text).toContain('you go straight on');
    const landed = await followSignIn(browser, linkIn(page, 'Continue with Google'), ada);
    expectPage(landed, 200, 'Delete your account?');
  });

  it('does not evict the older one: the page says from when on, and back', async () => {
    await stepUp(browser, 'twitter', mallory);
    const page = await browser.get('/account/disconnect/google');
    expectPage(page, 403, 'It is too early for this');
    const { availableFrom } = (await browser.apiSend('delete', '/users/me/identities/google'))
      .body as { availableFrom: string };
    expect(page.text).toContain(`datetime="${availableFrom}"`);
    const back = await browser.get(linkIn(page, 'Back to your account'));
    expect([back.status, messageOf(back)]).toEqual([200, null]);
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it('does not connect another, from a session that it has begun', async () => {
    const own = await signedIn(latchkey, 'twitter', mallory);
    const account = await own.get('/account');
    const page = await own.submit(...formIn(account, 'Connect'));
    expectPage(page, 403, 'Confirm it with Google');
    expect(linkIn(page, 'Continue with Google')).toContain('/auth/google?prompt=login&returnTo=');
  });

  it('the API says the same: an older one that does at once, where there is one', async () => {
    await latchkey.database.updateTable('session_proofs').set({ asked_at: null }).execute();
    await stepUp(browser, 'twitter', mallory);
    expect((await browser.apiSend('delete', '/users/me')).body).toMatchObject({
      code: 'identity_too_new',
      reauthUrl: `${latchkey.url}/auth/google?prompt=login`,
    });
    const evicting = await browser.apiSend('delete', '/users/me/identities/google');
    expect(evicting.body).toMatchObject({ code: 'identity_too_new' });
    expect(evicting.body).not.toHaveProperty('reauthUrl');
  });
});
