import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  link,
  outcomeOf,
  session,
  signedIn,
  somebody,
  type Somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';

/* Google signs when people authenticated, and what cannot be undone needs that. */

const latchkey = accountSuite({ GOOGLE_AUTH_TIME: 'on', RECENT_SIGN_IN_ASSURANCE: 'proven' });
let ada: Somebody;
let browser: Browser;

beforeEach(async () => {
  ada = somebody();
  browser = new Browser(latchkey);
  await browser.signIn('google', ada);
});

const leave = (by = browser) => by.apiSend('delete', '/users/me');

describe('a start at Google', () => {
  it.each([{}, { prompt: 'login' }])('asks for the time: %j', async (query) => {
    const url = new URL(await browser.start('google', query));
    expect(JSON.parse(url.searchParams.get('claims') ?? '')).toEqual({
      id_token: { auth_time: { essential: true } },
    });
  });

  it('does not where it is off', async () => {
    const { config } = latchkey;
    expect(config.providers.google?.authTime).toBe(true);
    const twitter = new URL(await browser.start('twitter'));
    expect(twitter.searchParams.has('claims')).toBe(false);
  });
});

describe('a step-up with Google', () => {
  it('that proves a recent time is enough', async () => {
    expect((await leave()).status).toBe(403);
    await stepUp(browser, 'google', ada);
    expect((await leave()).status).toBe(204);
  });

  it('is as old as the time that Google has signed', async () => {
    await stepUp(browser, 'google', ada);
    const { steppedUpUntil } = await session(browser);
    // Google's times are whole seconds.
    expect(Date.parse(steppedUpUntil ?? '') % 1000).toBe(0);
  });

  it.each(['id_token_old_authentication'])('with %s proves nothing', async (fault) => {
    const before = await session(browser);
    const response = await browser.signIn('google', { ...ada, fault }, { prompt: 'login' });
    expect(outcomeOf(response)).toBe('/account');
    expect(await session(browser)).toEqual(before);
    expect((await activity(browser))[0]).toMatchObject({ event: 'reauthentication_failed' });
    const { body, status } = await leave();
    expect([status, body]).toEqual([
      403,
      expect.objectContaining({
        code: 'reauth_required',
        detail: expect.stringContaining('sign out there first'),
      }),
    ]);
  });
});

describe('another provider', () => {
  it('does not do for somebody who has Google connected', async () => {
    const x = somebody();
    await link(browser, 'twitter', x);
    await stepUp(browser, 'twitter', x);
    const { body, status } = await leave();
    expect([status, body]).toEqual([
      403,
      expect.objectContaining({ reauthUrl: `${latchkey.url}/auth/google?prompt=login` }),
    ]);
    await stepUp(browser, 'google', ada);
    expect((await leave()).status).toBe(204);
  });

  it('does for somebody who has not', async () => {
    const only = await signedIn(latchkey, 'facebook');
    expect((await leave(only)).status).toBe(204);
  });
});
