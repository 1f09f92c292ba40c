import { beforeEach, describe, expect, it } from '@jest/globals';
import { errorCodes } from '../../src/common/errors/app-error.js';
import { accountSuite } from '../support/account-suite.js';
import {
  letTimePass,
  me,
  outcomeOf,
  session,
  sessionAnswer,
  sessionList,
  signedIn,
  signedInWith,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { followSignIn } from '../support/account-forms.js';
import { en } from '../../src/pages/text/en/en.js';
import { wordsOf } from '../../src/pages/text/words.js';
import { formIn, headingOf, linkIn, messageOf, readOn } from '../support/page.js';

const words = wordsOf(en);

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const ADA = 'Signed in as Ada Lovelace, ada@example.test';

const latchkey = accountSuite();
const host = () => new URL(latchkey.url).host;
let google: Somebody;
/** Ada's browser, signed in with Google, with X connected. */
let browser: Browser;

beforeEach(async () => {
  google = somebody({ name: 'Ada Lovelace', email: 'ada@example.test' });
  browser = await signedInWith(latchkey, ['google', google], ['twitter', somebody()]);
});

describe('a provider that was not connected', () => {
  const failed = '/?error=access_denied&provider=twitter&purpose=link';

  it('is told to somebody who is signed in, with the way back to the account alone', async () => {
    const page = await browser.get(failed);
    expect(page.status).toBe(200);
    expect(headingOf(page)).toBe('X was not connected');
    expect(page.text).toContain(`<title>Error: X was not connected · ${host()}</title>`);
    expect(readOn(page)).toContain('Nothing about your account has changed.');
    expect(readOn(page)).toContain(ADA);
    const links = [...page.text.matchAll(/<a\b[^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual(['/account']);
    expect(linkIn(page, 'Back to your account')).toBe('/account');
  });

  it('is told to a visitor, who has to sign in and gets to the account', async () => {
    const page = await new Browser(latchkey).get(failed);
    expect(headingOf(page)).toBe(`Sign in to ${host()}`);
    expect(readOn(page)).toMatch(/X was not connected.*Sign in first, then connect the provider/);
    expect(linkIn(page, 'Continue with X')).toBe(
      `${latchkey.url}/auth/twitter?returnTo=%2Faccount`,
    );
  });

  it.each(errorCodes)('never offers to sign in as somebody else: %s', async (code) => {
    const page = await browser.get(`/?error=${code}&provider=google&purpose=link`);
    expect(headingOf(page)).toBe('Google was not connected');
    expect(page.text).not.toContain('/auth/');
  });

  it.each(['purpose=link', 'purpose=link&provider=<b>', 'error=access_denied&purpose=<b>link'])(
    'repeats nothing of ?%s',
    async (query) => {
      const page = await browser.get(`/?${query}`);
      expect([page.status, page.text.includes('<b>')]).toEqual([200, false]);
      expect(linkIn(page, 'account')).toBe('/account');
    },
  );
});

describe('an address whose owner has another account of the same provider', () => {
  it('says which one to sign in with, and does not speak of connecting', async () => {
    const query = 'error=account_exists&provider=twitter&signInWith=twitter';
    const page = await new Browser(latchkey).get(`/?${query}`);
    expect(readOn(page)).toContain('Sign in with your other X account');
    expect(readOn(page)).not.toContain('connect this one');
  });
});

/** A browser in which somebody was refused for Ada's address, and which then signed in the old way. */
async function refused(provider: 'facebook' | 'twitter', as: Somebody): Promise<Browser> {
  const asked = new Browser(latchkey);
  expect(outcomeOf(await asked.signIn(provider, as))).toBe('account_exists');
  await asked.signIn('google', google);
  return asked;
}

describe('the question whether to connect what was refused', () => {
  const mallory = { name: 'Mallory <b>Attacker</b>', email: 'ada@example.test' };

  it('shows whose account it is, and that the address is only claimed', async () => {
    const asked = await refused('facebook', somebody(mallory));
    const page = await asked.get('/account');
    expect(headingOf(page)).toBe('Connect Facebook to your account?');
    expect(page.text).toContain('Mallory &lt;b&gt;Attacker&lt;/b&gt;');
    expect(readOn(page)).toContain('Facebook has not verified the email address');
    expect(readOn(page)).toContain(ADA);
  });

  it('shows the username where there is one, and no doubt about an address that is verified', async () => {
    await browser.submit('/account/disconnect/twitter');
    const asked = await refused('twitter', somebody({ ...mallory, username: 'mallory' }));
    const page = await asked.get('/account');
    expect(page.text).toContain(
      '<span class="small">X, <bdi>@mallory</bdi>, <bdi>ada@example.test</bdi></span>',
    );
    expect(readOn(page)).not.toContain('has not verified');
  });

  it('tells the API no more than it says', async () => {
    const asked = await refused('facebook', somebody(mallory));
    expect((await sessionAnswer(asked)).pendingLink).toEqual({
      provider: 'facebook',
      email: 'ada@example.test',
      canSeparate: false,
    });
  });
});

describe('a question', () => {
  it('says whose account it is about', async () => {
    const other = await signedIn(latchkey, 'google', google);
    for (const path of [
      '/account/delete',
      '/account/disconnect/twitter',
      '/account/sign-out-everywhere',
      '/account/sessions/revoke-others',
      `/account/sessions/${(await session(other)).id}/revoke`,
    ]) {
      expect([path, readOn(await browser.get(path))]).toEqual([path, expect.stringContaining(ADA)]);
    }
  });

  it('asked of somebody who signed in again as another person still names who is signed in', async () => {
    await letTimePass(latchkey);
    const again = linkIn(await browser.get('/account/delete'), 'Continue with Google');
    const query = Object.fromEntries(new URL(again, latchkey.url).searchParams);
    await browser.signIn('google', somebody({ name: 'Grace', email: 'grace@example.test' }), query);
    const page = await browser.get('/account/delete');
    expect(readOn(page)).toContain('Signed in as Ada');
  });

  it('about a browser tells two alike apart', async () => {
    const alike = new Browser(latchkey);
    const start = new URL(await alike.start('google'));
    await alike.callback(await alike.consent(start.href, google), { 'User-Agent': firefox });
    const shown = (await sessionList(alike)).find(({ current }) => current);
    const page = await browser.get(`/account/sessions/${shown?.id}/revoke`);
    expect(headingOf(page)).toBe('Sign out of Firefox on Linux?');
    expect(page.text).toContain(`<bdi dir="auto">${shown?.address}</bdi>`);
    expect(page.text).toContain(`<dt>Signed in</dt><dd><time datetime="${shown?.createdAt}">`);
    expect(page.text).toContain(`<dt>Last seen</dt><dd><time datetime="${shown?.lastSeenAt}">`);
    expect(page.text).toContain('<dt>Provider</dt><dd><bdi dir="auto">Google</bdi>');
  });
});

describe('signing in again', () => {
  it('comes back to a question, and is said to', async () => {
    await letTimePass(latchkey);
    const page = await browser.get('/account/delete');
    expect(readOn(page)).toContain('Sign in again, and you go straight on.');
  });

  it('before connecting comes back to that question, and goes on to the provider', async () => {
    await letTimePass(latchkey);
    const page = await browser.submit('/auth/facebook/link?returnTo=%2Faccount');
    expect(headingOf(page)).toBe('Confirm that it is you');
    expect(readOn(page)).toContain('Connecting Facebook needs you to sign in once more.');
    expect(readOn(page)).toContain('you go straight on.');
    expect(readOn(page)).toContain(ADA);
    const again = linkIn(page, 'Continue with Google');
    const question = await followSignIn(browser, again, google);
    expect(headingOf(question)).toBe('Connect Facebook to your account?');
    expect(readOn(question)).toContain(ADA);
    // Browsers hold the way to the provider against form-action.
    expect(question.headers['content-security-policy']).not.toContain('form-action');
    const [action] = formIn(question, 'Connect Facebook');
    const start = await browser.apiSend('post', action, { Accept: 'text/html' });
    expect([start.status, locationOf(start)]).toEqual([
      303,
      expect.stringMatching(/^http.*\/facebook\//),
    ]);
  });

  it('before the download comes back to it', async () => {
    await letTimePass(latchkey);
    const { id } = await me(browser);
    const page = await browser.submit(`/users/me/export?user=${id}`);
    expect(readOn(page)).toContain('Downloading your data needs you to sign in once more.');
    const question = await followSignIn(browser, linkIn(page, 'Continue with Google'), google);
    expect(headingOf(question)).toBe('Download a copy of your data?');
    expect(formIn(question, 'Download')).toEqual([
      `/users/me/export?user=${id}`,
      { decision: 'yes' },
    ]);
  });

  it('that comes from a front end goes back there', async () => {
    await letTimePass(latchkey);
    const page = await browser.submit('/auth/facebook/link?returnTo=%2Fsettings');
    expect(readOn(page)).toContain('you come back to where you were. Then try again.');
    expect(linkIn(page, 'Continue with Google')).toMatch(/returnTo=%2Fsettings$/);
  });

  it.each(['/account/connect/facebook', '/account/export'])(
    'is not gone round by %s itself',
    async (path) => {
      await letTimePass(latchkey);
      expect(headingOf(await browser.get(path))).toBe('Confirm that it is you');
    },
  );

  it.each(['twitter', 'github'])('asks nothing about connecting %s', async (provider) => {
    expect((await browser.get(`/account/connect/${provider}`)).status).toBe(404);
  });
});

describe('a failure', () => {
  it('leads somebody who is signed in to their account', async () => {
    const page = await browser.get('/account/pending-link');
    expect(linkIn(page, 'Go to your account')).toBe('/account');
    expect(page.text).not.toContain('Go to the sign-in page');
  });

  it('of an address where nothing is knows who is signed in', async () => {
    const page = await browser.get('/nowhere');
    expect([page.status, headingOf(page)]).toEqual([404, 'There is no page here']);
    expect(readOn(page)).toContain(ADA);
    expect(linkIn(page, 'Go to your account')).toBe('/account');
    expect(page.text).not.toContain('Go to the sign-in page');
    const visitor = await new Browser(latchkey).get('/nowhere');
    expect(linkIn(visitor, 'Go to the sign-in page')).toBe('/');
    expect(visitor.text).not.toContain('Go to your account');
  });

  it('leads a visitor to the sign-in page', async () => {
    const page = await new Browser(latchkey).get('/auth/github');
    expect(linkIn(page, 'Go to the sign-in page')).toBe('/');
    expect(page.text).not.toContain('Go to your account');
  });

  it('of a form is not a page that is missing', async () => {
    const page = await browser.submit('/account/sessions/none/revoke');
    expect([page.status, headingOf(page)]).toEqual([404, 'Nothing to do here']);
  });

  it.each([
    ['/account/disconnect/facebook', 'Facebook is not connected to your account.'],
    ['/account/disconnect/github', 'That provider is not connected to your account.'],
    ['/account/sessions/none/revoke', 'That browser is no longer signed in.'],
  ])('of a question that is out of date says so: %s', async (path, sentence) => {
    const page = await browser.get(path);
    expect([page.status, headingOf(page)]).toEqual([404, 'Nothing to do here']);
    expect(readOn(page)).toContain(sentence);
    expect(linkIn(page, 'Back to your account')).toBe('/account');
  });
});

describe('the account page', () => {
  it('says since when each browser is signed in', async () => {
    const { text } = await browser.get('/account');
    await signedIn(latchkey, 'google', google);
    const { text: later } = await browser.get('/account');
    for (const { current, createdAt, lastSeenAt } of await sessionList(browser)) {
      const title = words.format.time(createdAt);
      const since = `<time datetime="${createdAt}" title="${title}">now</time>`;
      expect(current ? text : later).toContain(`signed in with Google ${since}`);
      const seen = `Active <time datetime="${lastSeenAt}" title=`;
      expect(later).toContain(current ? 'Active now' : seen);
    }
  });

  it.each([
    ['connected', 'twitter', 'X is connected.'],
    ['connected', 'facebook', null],
    ['disconnected', 'facebook', 'Facebook is disconnected.'],
    ['disconnected', 'twitter', null],
    ['connected', '<b>', null],
    ['<b>', 'twitter', null],
    ['others-ended', '', 'All other browsers are signed out.'],
    ['deleted', '', null],
    ['constructor', '', null],
  ])('answers ?done=%s&provider=%s only with what is so', async (done, provider, message) => {
    const query = new URLSearchParams({ done, provider }).toString();
    expect(messageOf(await browser.get(`/account?${query}`))).toBe(message);
    expect(messageOf(await browser.get(`/?${query}`))).toBeNull();
  });

  it('shows the exact times to who asks for them, and leads to them', async () => {
    const page = await browser.get('/account');
    expect(linkIn(page, 'Show exact times')).toBe('/account?times=exact');
    const exact = await browser.get('/account?times=exact');
    expect(exact.text).not.toMatch(/<time[^>]*title=|Show exact times/);
    for (const [, at = '', written] of exact.text.matchAll(/<time datetime="(.*?)">(.*?)</g)) {
      expect(written).toBe(words.format.time(at));
    }
  });

  it('has signing out at the top, and what cannot be undone at the end', async () => {
    const { text } = await browser.get('/account');
    expect(text.match(/action="\/auth\/logout"/g)).toHaveLength(1);
    expect(text.indexOf('/auth/logout')).toBeLessThan(text.indexOf('<main>'));
    const headings = [...text.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'Ways to sign in',
      'Where you are signed in',
      'Recent activity',
      'Your data',
      'Delete account',
    ]);
  });

  it('has the message in its title too', async () => {
    const { text } = await browser.get('/account?done=connected&provider=twitter');
    expect(text).toContain(`<title>X is connected – Your account · ${host()}</title>`);
  });

  it('does not say that all others are signed out while one is not', async () => {
    await signedIn(latchkey, 'google', google);
    expect(messageOf(await browser.get('/account?done=others-ended'))).toBeNull();
  });

  it('leads to all of the activity, page by page', async () => {
    expect((await browser.get('/account')).text).not.toContain('/account/activity');
    const { id: userId } = await latchkey.database
      .selectFrom('users')
      .select('id')
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: 60 }, (_, index) => ({
      id: `00000000-0000-7000-8000-0000000000${String(index).padStart(2, '0')}`,
      user_id: userId,
      at: index,
      event: 'sign_in' as const,
      provider: 'google' as const,
      address: `192.0.2.${index}`,
      user_agent: null,
    }));
    await latchkey.database.insertInto('activity').values(rows).execute();

    const seen: string[] = [];
    let page = await browser.get('/account');
    for (let count = 0; count < 5; count += 1) {
      expect(page.status).toBe(200);
      seen.push(...[...page.text.matchAll(/192\.0\.2\.\d+/g)].map(([address]) => address));
      if (!page.text.includes('>Older activity<')) break;
      page = await browser.get(linkIn(page, 'Older activity'));
    }
    expect(new Set(seen).size).toBe(60);
    expect(seen).toHaveLength(60);
    expect(linkIn(page, 'Back to your account')).toBe('/account');
    expect(linkIn(page, 'Newest activity')).toBe('/account/activity');
    expect(readOn(await browser.get('/account/activity'))).toContain('Connected X');
  });

  it.each(['x', '', '%00', '1&cursor=2'])('reads the cursor %s as none', async (cursor) => {
    const page = await browser.get(`/account/activity?cursor=${cursor}`);
    expect([page.status, readOn(page).includes('Connected X')]).toEqual([200, true]);
  });

  it('shows nobody else’s activity', async () => {
    const stranger = await signedIn(latchkey, 'google', somebody());
    const page = await stranger.get(
      '/account/activity?cursor=ffffffff-ffff-7fff-bfff-ffffffffffff',
    );
    expect(page.text.match(/<li>/g)).toHaveLength(1);
  });

  it('lets the direction of a name be its own', async () => {
    const reader = await signedIn(latchkey, 'google', somebody({ name: 'عائشة' }));
    expect((await reader.get('/account')).text).toContain('<h1 dir="auto">عائشة</h1>');
    expect((await reader.get('/')).text).toContain('dir="auto">عائشة</bdi>');
    expect((await reader.get('/account/delete')).text).toContain('<bdi dir="auto">عائشة</bdi>');
  });
});
