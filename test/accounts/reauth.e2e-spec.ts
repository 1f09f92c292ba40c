import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  connected,
  letTimePass,
  me,
  outcomeOf,
  session,
  sessionCookie,
  sessionList,
  signedIn,
  signedInWith,
  stepUp,
  somebody,
  type Somebody,
  startLink,
  worthOf,
} from '../support/accounts.js';
import { type Browser, locationOf, targetOf } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { expectErrorRedirect } from '../support/failed-sign-in.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite();
let people: Record<ProviderId, Somebody>;
let browser: Browser;

/** Ada, who signed in with Google a while ago, and has X and Facebook connected. */
beforeEach(async () => {
  people = { google: somebody(), twitter: somebody(), facebook: somebody() };
  browser = await signedInWith(
    latchkey,
    ['google', people.google],
    ['twitter', people.twitter],
    ['facebook', people.facebook],
  );
  await letTimePass(latchkey);
});

describe.each(providerIds)('re-authenticating with %s', (provider) => {
  it('renews the existing session', async () => {
    const before = await session(browser);
    const response = await browser.signIn(provider, people[provider], {
      prompt: 'login',
      returnTo: '/docs?x=1',
    });
    expect(targetOf(response)).toBe('/docs?x=1');
    const after = await session(browser);
    const { authenticatedAt, recentUntil, steppedUpUntil } = before;
    expect({ ...after, authenticatedAt, recentUntil, steppedUpUntil }).toEqual(before);
    expect(Date.now() - Date.parse(after.authenticatedAt)).toBeLessThan(10_000);
    expect(await sessionList(browser)).toHaveLength(1);
  });

  it('rotates the session’s cookie, and the old one is worthless', async () => {
    const old = await sessionCookie(browser);
    await browser.signIn(provider, people[provider]);
    expect(await sessionCookie(browser)).not.toBe(old);
    expect(await worthOf(latchkey, old)).toBe(401);
    expect(await worthOf(latchkey, await sessionCookie(browser))).toBe(200);
  });

  it('does not extend the session', async () => {
    const { expiresAt } = await session(browser);
    const cookies = await browser.jar.getCookies(latchkey.url);
    const before = cookies.find(({ key }) => key === namesOf(latchkey).session)?.expiryTime() ?? 0;
    await browser.signIn(provider, people[provider]);
    expect((await session(browser)).expiresAt).toBe(expiresAt);
    const renewed = await browser.jar.getCookies(latchkey.url);
    const after = renewed.find(({ key }) => key === namesOf(latchkey).session)?.expiryTime() ?? 0;
    expect(Math.abs(after - before)).toBeLessThan(5000);
  });

  it('satisfies the recent sign-in requirement', async () => {
    const other = provider === 'twitter' ? 'facebook' : 'twitter';
    const target = `/users/me/identities/${other}`;
    expect((await browser.apiSend('delete', target)).status).toBe(403);
    await browser.signIn(provider, people[provider], { prompt: 'login' });
    expect((await browser.apiSend('delete', target)).status).toBe(204);
  });

  it('is not what a plain sign-in is, however often', async () => {
    const before = await session(browser);
    for (let round = 0; round < 3; round += 1) await browser.signIn(provider, people[provider]);
    expect(await session(browser)).toEqual(before);
    expect((await browser.apiSend('delete', '/users/me')).status).toBe(403);
    expect((await activity(browser))[0]).toMatchObject({ event: 'sign_in', provider });
  });

  it('is recorded as reauthenticated', async () => {
    await stepUp(browser, provider, people[provider]);
    expect((await activity(browser))[0]).toMatchObject({ event: 'reauthenticated', provider });
  });

  it('does not affect other browsers', async () => {
    const elsewhere = await signedIn(latchkey, provider, people[provider]);
    const before = [await session(elsewhere), await sessionCookie(elsewhere)];
    await browser.signIn(provider, people[provider]);
    expect([await session(elsewhere), await sessionCookie(elsewhere)]).toEqual(before);
  });

  it('and declining leaves the session unchanged', async () => {
    const before = [await session(browser), await sessionCookie(browser)];
    const denied = { ...people[provider], decision: 'deny' } as const;
    expect(outcomeOf(await browser.signIn(provider, denied))).toBe('access_denied');
    expect([await session(browser), await sessionCookie(browser)]).toEqual(before);
    expect((await browser.apiSend('delete', '/users/me')).status).toBe(403);
  });
});

/** What a start asks of the provider. */
async function asked(
  provider: ProviderId,
  query: Record<string, string> = {},
): Promise<Record<string, string>> {
  return Object.fromEntries(new URL(await browser.start(provider, query)).searchParams);
}

describe('asking the provider for re-authentication', () => {
  it('sends max_age=0 to Google', async () => {
    expect(await asked('google', { prompt: 'login' })).toMatchObject({ max_age: '0' });
    expect(await asked('google')).not.toHaveProperty('max_age');
  });

  it('sends force_login=true to X', async () => {
    expect(await asked('twitter', { prompt: 'login' })).toMatchObject({ force_login: 'true' });
    expect(await asked('twitter')).not.toHaveProperty('force_login');
  });

  it('sends auth_type=reauthenticate to Facebook', async () => {
    expect(await asked('facebook', { prompt: 'login' })).toMatchObject({
      auth_type: 'reauthenticate',
    });
    expect(await asked('facebook')).not.toHaveProperty('auth_type');
  });

  it('can be part of linking a provider', async () => {
    await stepUp(browser, 'google', people.google);
    const url = new URL(await startLink(browser, 'twitter', { prompt: 'login' }));
    expect(url.searchParams.get('force_login')).toBe('true');
  });

  it('does not read auth_time where GOOGLE_AUTH_TIME is off', async () => {
    const stale = { ...people.google, fault: 'id_token_old_authentication' };
    await stepUp(browser, 'google', stale);
    expect((await browser.apiSend('delete', '/users/me')).status).toBe(204);
  });
});

describe('re-authenticating as somebody else', () => {
  it.each<[string, () => Promise<Somebody>]>([
    ['who is new', () => Promise.resolve(somebody())],
    [
      'who has an account',
      async () => {
        const grace = somebody({ name: 'Grace' });
        await signedIn(latchkey, 'google', grace);
        return { ...grace, name: 'Renamed' };
      },
    ],
    [
      'whose address is this user’s',
      () => Promise.resolve(somebody({ email: 'ada@example.test' })),
    ],
  ])('%s changes nothing', async (_name, other) => {
    const person = await other();
    const before = [await identityRows(latchkey.database), await sessionCookie(browser)];
    const response = await browser.signIn('google', person, { prompt: 'login' });
    expectErrorRedirect(response, 'google', 'session_changed', { purpose: 'reauthenticate' });
    expect([await identityRows(latchkey.database), await sessionCookie(browser)]).toEqual(before);
    expect((await browser.apiSend('delete', '/users/me')).status).toBe(403);
  });

  it('is recorded in the account of whoever is signed in', async () => {
    await browser.signIn('google', somebody(), { prompt: 'login' });
    expect((await activity(browser))[0]).toMatchObject({ event: 'reauthentication_failed' });
  });

  it('ends in session_changed where the session has ended meanwhile', async () => {
    const callback = await browser.consent(
      await browser.start('google', { prompt: 'login' }),
      people.google,
    );
    const elsewhere = await signedIn(latchkey, 'google', people.google);
    await elsewhere.apiSend('delete', '/users/me/sessions');
    expect(outcomeOf(await browser.callback(callback))).toBe('session_changed');
    expect((await browser.api('/users/me')).status).toBe(401);
  });
});

describe('signing in plainly as another user', () => {
  it('creates their session, and ends this browser’s previous one', async () => {
    const [before, old] = [await session(browser), await sessionCookie(browser)];
    const { id } = await me(browser);
    await browser.signIn('google', somebody());
    expect((await me(browser)).id).not.toBe(id);
    const after = await session(browser);
    expect(after.id).not.toBe(before.id);
    expect(Date.parse(after.createdAt)).toBeGreaterThan(Date.parse(before.createdAt));
    expect(await worthOf(latchkey, old)).toBe(401);
  });

  it('does not affect the first user’s other browsers', async () => {
    const elsewhere = await signedIn(latchkey, 'google', people.google);
    const before = await session(elsewhere);
    await browser.signIn('google', somebody());
    expect(await session(elsewhere)).toEqual(before);
    expect(await connected(elsewhere)).toHaveLength(3);
    expect(await sessionList(elsewhere)).toHaveLength(1);
  });
});

describe('the reauthUrl when a recent sign-in is required', () => {
  it('leads to the provider, back to where the person was, and on', async () => {
    const refusal = await browser.apiSend('delete', '/users/me/identities/twitter');
    expect(refusal.status).toBe(403);
    expect(refusal.headers['content-type']).toMatch(/^application\/problem\+json/);
    const { code, reauthUrl } = refusal.body as { code: string; reauthUrl: string };
    expect(code).toBe('reauth_required');

    const start = await browser.get(`${reauthUrl}&returnTo=%2Faccount%3Fstep%3D2`);
    expect(new URL(locationOf(start)).searchParams.get('max_age')).toBe('0');
    const back = await browser.callback(await browser.consent(locationOf(start), people.google));
    expect(locationOf(back)).toBe('/account?step=2');
    expect((await browser.apiSend('delete', '/users/me/identities/twitter')).status).toBe(204);
  });

  it.each<[string, 'post' | 'delete']>([
    ['/users/me', 'delete'],
    ['/users/me/identities/facebook', 'delete'],
    ['/auth/google/link', 'post'],
    ['/auth/pending-link', 'post'],
    ['/users/me/export', 'post'],
  ])('is returned by %s', async (path, method) => {
    expect((await browser.apiSend(method, path)).body).toMatchObject({
      code: 'reauth_required',
      reauthUrl: `${latchkey.url}/auth/google?prompt=login`,
    });
  });

  it.each(['/users/me', '/users/me/sessions', '/users/me/activity'])(
    'is not needed for reading %s',
    async (path) => {
      expect((await browser.api(path)).status).toBe(200);
    },
  );
});
