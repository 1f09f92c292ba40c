import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  crossSite,
  letTimePass,
  link,
  linkCallback,
  me,
  sessionAnswer,
  sessionList,
  signedIn,
  signedInWith,
  somebody,
} from '../support/accounts.js';
import { Browser, type Consent, locationOf } from '../support/browser.js';
import { expectErrorRedirect, expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite();
let browser: Browser;

beforeEach(async () => {
  browser = await signedIn(latchkey, 'google', { person: 'grace' });
});

describe('the start of a link', () => {
  it('requires a session', async () => {
    const response = await new Browser(latchkey).apiSend('post', '/auth/twitter/link');
    expectProblem(response, 'unauthenticated');
  });

  it('requires a recent sign-in, and returns the URL for it', async () => {
    await letTimePass(latchkey);
    const response = await browser.apiSend('post', '/auth/twitter/link');
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({
      code: 'reauth_required',
      reauthUrl: `${latchkey.url}/auth/google?prompt=login`,
    });
  });

  it.each(crossSite)('is refused to %s', async (_name, headers) => {
    const response = await browser.apiSend('post', '/auth/twitter/link', headers);
    expectProblem(response, 'csrf_failed');
  });

  it('is not possible by GET', async () => {
    expect((await browser.get('/auth/twitter/link')).status).toBe(404);
  });

  it('at an unknown provider is 404', async () => {
    expect((await browser.apiSend('post', '/auth/myspace/link')).status).toBe(404);
  });
});

/** Plays a link that has to fail, and checks that nothing of anybody's has changed. */
async function expectRefused(
  by: Browser,
  provider: ProviderId,
  callback: string,
  code: Parameters<typeof expectErrorRedirect>[2],
): Promise<void> {
  const before = await identityRows(latchkey.database);
  const answer = await sessionAnswer(by);
  // What belongs to no attempt is not known to be a link.
  const purpose = code === 'invalid_state' ? {} : { purpose: 'link' };
  expectErrorRedirect(await by.callback(callback), provider, code, purpose);
  expect(await identityRows(latchkey.database)).toEqual(before);
  expect(await sessionAnswer(by)).toEqual(answer);
}

describe('the callback of a link', () => {
  it('is refused after a sign-out', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    await browser.apiSend('post', '/auth/logout');
    await expectRefused(browser, 'twitter', callback, 'invalid_state');
  });

  it('is refused after a sign-in as another user', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    await browser.signIn('facebook', somebody());
    await expectRefused(browser, 'twitter', callback, 'session_changed');
    expect(await connected(browser)).toEqual(['facebook']);
  });

  it('is refused after the session was revoked elsewhere', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    const elsewhere = await signedIn(latchkey, 'google', { person: 'grace' });
    await elsewhere.apiSend('delete', '/users/me/sessions');
    await expectRefused(browser, 'twitter', callback, 'session_changed');
  });

  it('is refused in a later session of the same user', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    // Ended from elsewhere: signing out here takes the attempt, too.
    await latchkey.database.deleteFrom('sessions').execute();
    await browser.signIn('google', { person: 'grace' });
    await expectRefused(browser, 'twitter', callback, 'session_changed');
  });

  it.each<Record<string, string>>([{}, { prompt: 'login' }])(
    'counts in the session where it began after that was renewed (%j), and again',
    async (query) => {
      const callback = await linkCallback(browser, 'twitter', somebody());
      await browser.signIn('google', { person: 'grace' }, query);
      for (const delivery of [callback, callback]) {
        expect(locationOf(await browser.callback(delivery))).toBe('/account');
      }
      expect(await connected(browser)).toEqual(['google', 'twitter']);
    },
  );

  it('is refused after the user was deleted', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    await browser.apiSend('delete', '/users/me');
    await expectRefused(browser, 'twitter', callback, 'invalid_state');
  });

  it('is refused in another browser, even of the same person', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    const elsewhere = await signedIn(latchkey, 'google', { person: 'grace' });
    await expectRefused(elsewhere, 'twitter', callback, 'invalid_state');
    await expectRefused(new Browser(latchkey), 'twitter', callback, 'invalid_state');
  });

  it('connects nothing the second time', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody());
    await browser.callback(callback);
    await browser.apiSend('delete', '/users/me/identities/twitter');
    expect(locationOf(await browser.callback(callback))).toBe('/account');
    expect(await connected(browser)).not.toContain('twitter');
  });

  it('is refused for another user’s identity: nothing moves', async () => {
    const theirs = somebody({ email: 'owner@example.test' });
    const owner = await signedInWith(latchkey, ['facebook', somebody()], ['twitter', theirs]);
    const callback = await linkCallback(browser, 'twitter', theirs);
    await expectRefused(browser, 'twitter', callback, 'identity_in_use');
    expect(await connected(owner)).toEqual(['facebook', 'twitter']);
    await expectInvariants(latchkey.database);
  });

  it('answers a client that asked for JSON with 409', async () => {
    const theirs = somebody();
    await signedIn(latchkey, 'twitter', theirs);
    const callback = await linkCallback(browser, 'twitter', theirs);
    const response = await browser.callback(callback, { Accept: 'application/json' });
    expectProblem(response, 'identity_in_use');
  });

  it('is refused for a second account of the same provider', async () => {
    await link(browser, 'twitter', somebody());
    const callback = await linkCallback(browser, 'twitter', somebody());
    await expectRefused(browser, 'twitter', callback, 'identity_in_use');
  });

  it('is refused when the person declines, who stays signed in', async () => {
    const callback = await linkCallback(browser, 'twitter', { decision: 'deny', person: 'ada' });
    await expectRefused(browser, 'twitter', callback, 'access_denied');
    expect((await me(browser)).displayName).toBe('Grace Hopper');
  });

  it('does not sign anybody in as the identity’s owner', async () => {
    const theirs = somebody();
    const owner = await signedIn(latchkey, 'twitter', theirs);
    await link(browser, 'twitter', theirs);
    expect((await me(browser)).displayName).toBe('Grace Hopper');
    expect(await sessionList(owner)).toHaveLength(1);
  });

  it.each<[ProviderId, string, Parameters<typeof expectErrorRedirect>[2]]>([
    ['twitter', 'token_error', 'provider_error'],
    ['twitter', 'token_malformed', 'provider_error'],
    ['twitter', 'profile_malformed', 'provider_error'],
    ['twitter', 'subject_object', 'provider_error'],
    ['facebook', 'server_error', 'provider_error'],
    ['facebook', 'token_5xx', 'provider_error'],
    ['facebook', 'profile_error', 'provider_error'],
  ])('of %s with the fault %s changes nothing', async (provider, fault, code) => {
    const person: Consent = { ...somebody(), fault };
    await expectRefused(browser, provider, await linkCallback(browser, provider, person), code);
  });

  it.each(['id_token_wrong_nonce', 'id_token_unsigned', 'id_token_wrong_audience'])(
    'of Google with the fault %s changes nothing',
    async (fault) => {
      browser = await signedIn(latchkey, 'facebook');
      const callback = await linkCallback(browser, 'google', { ...somebody(), fault });
      await expectRefused(browser, 'google', callback, 'invalid_id_token');
    },
  );

  it('for a sign-in does not link: a new person becomes another user', async () => {
    const { id } = await me(browser);
    await browser.signIn('twitter', somebody());
    expect((await me(browser)).id).not.toBe(id);
    expect(await connected(browser)).toEqual(['twitter']);
  });
});
