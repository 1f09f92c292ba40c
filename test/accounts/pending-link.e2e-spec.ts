import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import type { ProviderId } from '../../src/common/provider-id.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  me,
  outcomeOf,
  session,
  sessionAnswer,
  signedIn,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser, paramsOf } from '../support/browser.js';
import { cookieOf, namesOf } from '../support/cookies.js';
import { expectErrorRedirect, expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite();
let owner: Browser;
let browser: Browser;
let known: Somebody;
let pending: Somebody;

/** Ada signs in with Google; then, in another browser, with X, which has verified the same address. */
beforeEach(async () => {
  known = somebody({ email: 'ada@example.test' });
  pending = somebody({ email: 'ada@example.test', name: 'Ada on X' });
  owner = await signedIn(latchkey, 'google', known);
  browser = new Browser(latchkey);
});

const refused = (provider: ProviderId = 'twitter', person = pending): Promise<Response> =>
  browser.signIn(provider, person);
const confirm = (by = browser): Promise<Response> => by.apiSend('post', '/auth/pending-link');

describe('a sign-in whose address belongs to an existing user', () => {
  it('is refused, names the provider they signed in with, and changes nothing', async () => {
    const before = await identityRows(latchkey.database);
    expectErrorRedirect(await refused(), 'twitter', 'account_exists', { signInWith: 'google' });
    expect(await identityRows(latchkey.database)).toEqual(before);
    expect((await browser.api('/users/me')).status).toBe(401);
  });

  it('does not name it when the incoming address is only claimed', async () => {
    expectErrorRedirect(await refused('facebook'), 'facebook', 'account_exists');
    expect(paramsOf(await refused('facebook'))).not.toHaveProperty('signInWith');
  });

  it('answers a client that asked for JSON with the same error', async () => {
    const callback = await browser.consent(await browser.start('twitter'), pending);
    const response = await browser.callback(callback, { Accept: 'application/json' });
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({ code: 'account_exists', signInWith: 'google' });
  });

  it('names the provider that was used last', async () => {
    const callback = await owner.consent(
      new URL((await owner.submit('/auth/facebook/link')).headers['location'] ?? '').href,
      somebody(),
    );
    await owner.callback(callback);
    expect(paramsOf(await refused())).toMatchObject({ signInWith: 'facebook' });
    await owner.signIn('google', known);
    expect(paramsOf(await refused())).toMatchObject({ signInWith: 'google' });
  });

  it('sets a cookie that is random, HttpOnly, Lax and lives ten minutes', async () => {
    const { value, flags } = cookieOf(await refused(), namesOf(latchkey).pending);
    expect(flags).toEqual(
      expect.arrayContaining(['Max-Age=600', 'Path=/', 'HttpOnly', 'SameSite=Lax']),
    );
    const decoded = value
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
      .join(' ');
    expect(value + decoded).not.toMatch(new RegExp(`ada@|${pending.subject}`));
  });

  it('sets a cookie within the size limit of browsers, however large the profile', async () => {
    const large = {
      email: `${'ä'.repeat(60)}@${'ü'.repeat(180)}.test`,
      name: '👩🏽‍🚀'.repeat(50),
      username: 'u'.repeat(50),
      picture: `https://pbs.twimg.com/${'p'.repeat(2000)}`,
    };
    await signedIn(latchkey, 'google', somebody({ email: large.email }));
    const response = await refused('twitter', somebody(large));
    const { value } = cookieOf(response, namesOf(latchkey).pending);
    expect(`${namesOf(latchkey).pending}=${value}`.length).toBeLessThan(4096);
    expect((await sessionAnswer(browser)).pendingLink).toEqual({
      provider: 'twitter',
      email: large.email,
      canSeparate: false,
    });
  });

  it('is replaced by the next one that is refused', async () => {
    await refused();
    await refused('facebook');
    expect((await sessionAnswer(browser)).pendingLink).toMatchObject({ provider: 'facebook' });
  });
});

describe('a pending link', () => {
  it('is shown before and after signing in with the linked provider', async () => {
    await refused();
    const told = { provider: 'twitter', email: 'ada@example.test', canSeparate: false };
    expect(await sessionAnswer(browser)).toEqual({
      user: null,
      session: null,
      newIdentities: [],
      pendingLink: told,
    });
    await browser.signIn('google', known);
    const answer = await sessionAnswer(browser);
    expect(answer.pendingLink).toEqual(told);
    expect(answer.user).toMatchObject({ identities: [{ provider: 'google' }] });
  });

  it('is not completed by signing in alone', async () => {
    await refused();
    await browser.signIn('google', known);
    expect(await connected(browser)).toEqual(['google']);
  });

  it.each<ProviderId>(['twitter', 'facebook'])(
    'of %s is completed by confirming',
    async (provider) => {
      await refused(provider);
      await browser.signIn('google', known);
      const before = [await me(browser), await session(browser)] as const;
      const response = await confirm();
      expect(response.status).toBe(204);
      expect(cookieOf(response, namesOf(latchkey).pending).value).toBe('');
      expect(await browser.cookies()).not.toHaveProperty(namesOf(latchkey).pending);
      expect((await sessionAnswer(browser)).pendingLink).toBeNull();
      expect(await connected(browser)).toEqual(['google', provider].toSorted());
      expect(await session(browser)).toEqual(before[1]);
      const elsewhere = await signedIn(latchkey, provider, pending);
      expect(await me(elsewhere)).toMatchObject({ id: before[0].id, displayName: known.name });
      await expectInvariants(latchkey.database);
    },
  );

  it('is completed once: there is nothing to confirm a second time', async () => {
    await refused();
    await browser.signIn('google', known);
    await confirm();
    expect((await confirm()).status).toBe(404);
  });

  it('is dropped by declining: nothing is linked, then or later', async () => {
    await refused();
    await browser.signIn('google', known);
    const response = await browser.apiSend('delete', '/auth/pending-link');
    expect(response.status).toBe(204);
    expect(cookieOf(response, namesOf(latchkey).pending).value).toBe('');
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
    expect((await confirm()).status).toBe(404);
    expect(await connected(browser)).toEqual(['google']);
  });

  it('can be declined without a session', async () => {
    await refused();
    expect((await browser.apiSend('delete', '/auth/pending-link')).status).toBe(204);
    await browser.signIn('google', known);
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
  });

  it('can be declined when none is pending', async () => {
    expect((await browser.apiSend('delete', '/auth/pending-link')).status).toBe(204);
  });

  it('ends with signing out: the next user of the browser does not see it', async () => {
    await refused();
    await browser.signIn('google', known);
    await browser.apiSend('post', '/auth/logout');
    expect((await browser.api('/auth/session')).body).toMatchObject({ pendingLink: null });
    await browser.signIn('google', known);
    expect((await confirm()).status).toBe(404);
  });

  it('fills the gaps of the profile without becoming its primary identity', async () => {
    await refused('twitter', { ...pending, name: 'Someone Else', username: 'ada_x' });
    await browser.signIn('google', known);
    await confirm();
    const user = await me(browser);
    expect(user.displayName).toBe(known.name);
    expect(user.identities.at(-1)).toMatchObject({ provider: 'twitter', username: 'ada_x' });
  });

  it('does not sign anybody in: the provider is refused until it is linked', async () => {
    await refused();
    expectErrorRedirect(await refused(), 'twitter', 'account_exists', { signInWith: 'google' });
    expect(outcomeOf(await browser.signIn('google', known))).toBe('/account');
    await confirm();
    expect(outcomeOf(await browser.signIn('twitter', pending))).toBe('/account');
  });

  it('cannot be confirmed when none is pending', async () => {
    expectProblem(await confirm(new Browser(latchkey)), 'unauthenticated');
    expect((await confirm(owner)).status).toBe(404);
  });
});
