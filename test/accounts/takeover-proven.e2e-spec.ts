import { describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  link,
  outcomeOf,
  session,
  signedIn,
  somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';

/* Somebody without Google, at whose unlocked browser a Google account has been connected. */

const latchkey = accountSuite({
  GOOGLE_AUTH_TIME: 'on',
  RECENT_SIGN_IN_ASSURANCE: 'proven',
  IDENTITY_SETTLE_SECONDS: '604800',
});

describe('a Google account that is new', () => {
  it.each(['twitter', 'facebook'] as const)(
    'is disconnected by the older identity (%s), which needs no proof of it',
    async (own) => {
      const [ada, mallory] = [somebody(), somebody({ name: 'Mallory' })];
      const victim = await signedIn(latchkey, own, ada);
      expect(outcomeOf(await link(victim, 'google', mallory))).toBe('/account');
      const theirs = await signedIn(latchkey, 'google', mallory);
      const home = new Browser(latchkey);
      await home.signIn(own, ada);
      expect((await home.apiSend('delete', '/users/me/identities/google')).status).toBe(403);
      await stepUp(home, own, ada);
      expect((await home.apiSend('delete', '/users/me/identities/google')).status).toBe(204);
      expect(await connected(home)).toEqual([own]);
      expect((await theirs.api('/users/me')).status).toBe(401);
    },
  );

  it('disconnects nothing that is older, also when it has proven a time', async () => {
    const mallory = somebody({ name: 'Mallory' });
    const victim = await signedIn(latchkey, 'twitter');
    await link(victim, 'google', mallory);
    const theirs = await signedIn(latchkey, 'google', mallory);
    await stepUp(theirs, 'google', mallory);
    const { status, body } = await theirs.apiSend('delete', '/users/me/identities/twitter');
    expect([status, body]).toEqual([403, expect.objectContaining({ code: 'identity_too_new' })]);
  });
});

describe('two new ones beside an X account', () => {
  it.each([
    ['google', 'facebook'],
    ['facebook', 'google'],
  ] as const)('(%s, then %s) are disconnected in any order', async (...order) => {
    const [ada, mallory] = [somebody(), somebody({ name: 'Mallory' })];
    const victim = await signedIn(latchkey, 'twitter', ada);
    for (const provider of order) await link(victim, provider, mallory);
    for (const provider of ['facebook', 'google'] as const) {
      const home = await signedIn(latchkey, 'twitter', ada);
      await stepUp(home, 'twitter', ada);
      expect((await home.apiSend('delete', `/users/me/identities/${provider}`)).status).toBe(204);
    }
    expect(await connected(await signedIn(latchkey, 'twitter', ada))).toEqual(['twitter']);
  });
});

describe('a session that began without asking anybody', () => {
  it('connects nothing after a step-up with what was connected lately', async () => {
    const [ada, mallory] = [somebody(), somebody({ name: 'Mallory' })];
    await link(await signedIn(latchkey, 'twitter', ada), 'facebook', mallory);
    const silent = new Browser(latchkey);
    await silent.signIn('twitter', ada, { prompt: 'none' });
    await stepUp(silent, 'facebook', mallory);
    const { status, body } = await silent.apiSend('post', '/auth/google/link');
    expect([status, body]).toEqual([403, expect.objectContaining({ code: expect.any(String) })]);
  });
});

describe('prompt=none beside login', () => {
  it.each(['none login', 'login none'])('asks for no step-up, and is none: %s', async (prompt) => {
    const ada = somebody();
    const browser = await signedIn(latchkey, 'google', ada);
    const url = new URL(await browser.start('google', { prompt }));
    expect(url.searchParams.has('max_age')).toBe(false);
    const before = await session(browser);
    url.searchParams.delete('prompt');
    await browser.callback(await browser.consent(url.href, ada));
    expect(await session(browser)).toMatchObject({ steppedUpUntil: before.steppedUpUntil });
  });
});
