import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  link,
  linkCallback,
  me,
  outcomeOf,
  session,
  sessionCookie,
  signedIn,
  signedInWith,
  somebody,
  startLink,
} from '../support/accounts.js';
import { Browser, locationOf, targetOf } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite({ ALLOWED_ORIGINS: 'https://app.test' });

const nextOf: Record<ProviderId, ProviderId> = {
  google: 'twitter',
  twitter: 'facebook',
  facebook: 'google',
};

describe.each(providerIds)('connecting %s', (provider) => {
  const first = nextOf[provider];
  let browser: Browser;

  beforeEach(async () => {
    browser = await signedIn(latchkey, first, { person: 'grace' });
  });

  it('starts by a form with 303 to the provider', async () => {
    const response = await browser.submit(`/auth/${provider}/link`);
    expect(response.status).toBe(303);
    expect(locationOf(response)).toMatch(latchkey.sandbox.url);
  });

  it('starts by fetch with the address to navigate to', async () => {
    const response = await browser.apiSend('post', `/auth/${provider}/link`);
    expect(response.status).toBe(200);
    expect((response.body as { url: string }).url).toMatch(latchkey.sandbox.url);
  });

  it('starts from an allowed front end', async () => {
    const response = await browser.apiSend('post', `/auth/${provider}/link`, {
      Accept: 'text/html',
      Origin: 'https://app.test',
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    });
    expect(response.status).toBe(303);
  });

  it('gives the user both identities, under the same id', async () => {
    const { id } = await me(browser);
    const response = await link(browser, provider, { person: 'grace' });
    expect([response.status, targetOf(response)]).toEqual([302, '/account']);
    expect((await me(browser)).id).toBe(id);
    expect(await connected(browser)).toEqual([first, provider].toSorted());
    const elsewhere = await signedIn(latchkey, provider, { person: 'grace' });
    expect((await me(elsewhere)).id).toBe(id);
    await expectInvariants(latchkey.database);
  });

  it('redirects to returnTo', async () => {
    const response = await link(browser, provider, somebody(), { returnTo: '/account?tab=2#p' });
    expect(locationOf(response)).toBe('/account?tab=2#p');
  });

  it('does not redirect anywhere else', async () => {
    const response = await link(browser, provider, somebody(), { returnTo: '//evil.test' });
    expect(targetOf(response)).toBe('/account');
  });

  it('changes neither the session nor its cookie', async () => {
    const before = [await session(browser), await sessionCookie(browser)];
    await link(browser, provider);
    expect([await session(browser), await sessionCookie(browser)]).toEqual(before);
  });

  it('again succeeds, and only updates the profile', async () => {
    const person = somebody({ name: 'Before' });
    await link(browser, provider, person);
    const response = await link(browser, provider, { ...person, name: 'After' });
    expect(targetOf(response)).toBe('/account');
    const { identities } = await me(browser);
    expect(identities.find((identity) => identity.provider === provider)).toMatchObject({
      subject: person.subject,
      displayName: 'After',
    });
    expect(identities).toHaveLength(2);
  });

  it('is over after signing out, also where the same person signs in again', async () => {
    const callback = await linkCallback(browser, provider, somebody());
    await browser.apiSend('post', '/auth/logout');
    await browser.signIn(first, { person: 'grace' });
    expect(outcomeOf(await browser.callback(callback))).toBe('invalid_state');
    expect(await connected(browser)).toHaveLength(1);
  });

  it('in two tabs at once links it once', async () => {
    const person = somebody();
    const callbacks = await Promise.all([
      linkCallback(browser, provider, person),
      linkCallback(browser, provider, person),
    ]);
    const responses = await Promise.all(callbacks.map((callback) => browser.callback(callback)));
    expect(responses.map(outcomeOf)).toEqual(['/account', '/account']);
    expect(await connected(browser)).toHaveLength(2);
  });

  it('leaves no trace when it is only started', async () => {
    const before = await identityRows(latchkey.database);
    await startLink(browser, provider);
    expect(await identityRows(latchkey.database)).toEqual(before);
  });
});

describe('the profile of a user who links another provider', () => {
  it('has its gaps filled', async () => {
    const person = somebody({ name: 'Grace' });
    const browser = await signedIn(latchkey, 'google', person);
    expect(await me(browser)).toMatchObject({ email: null, emailVerified: false });
    await link(browser, 'twitter', somebody({ email: 'grace@navy.test', name: 'Admiral' }));
    expect(await me(browser)).toMatchObject({
      displayName: 'Grace',
      email: 'grace@navy.test',
      emailVerified: true,
    });
  });

  it('keeps the values of the first provider', async () => {
    const person = somebody({ name: 'Ada Lovelace', email: 'ada@first.test' });
    const browser = await signedIn(latchkey, 'google', person);
    const before = await me(browser);
    await link(browser, 'twitter', somebody({ name: 'countess', email: 'ada@second.test' }));
    const { displayName, email, avatarUrl } = await me(browser);
    expect({ displayName, email, avatarUrl }).toEqual({
      displayName: before.displayName,
      email: before.email,
      avatarUrl: before.avatarUrl,
    });
    expect(displayName).toBe('Ada Lovelace');
  });

  it('prefers a verified address to a claimed one', async () => {
    const person = somebody({ email: 'ada@claimed.test' });
    const browser = await signedIn(latchkey, 'facebook', person);
    expect(await me(browser)).toMatchObject({ email: 'ada@claimed.test', emailVerified: false });
    await link(browser, 'twitter', somebody({ email: 'ada@verified.test' }));
    expect(await me(browser)).toMatchObject({ email: 'ada@verified.test', emailVerified: true });
  });

  it('does not show an address as verified that another user has verified', async () => {
    const owner = await signedIn(latchkey, 'google', somebody({ email: 'owner@taken.test' }));
    const browser = await signedIn(latchkey, 'google', somebody());
    await link(browser, 'twitter', somebody({ email: 'OWNER@taken.test' }));
    expect(await me(browser)).toMatchObject({ email: 'OWNER@taken.test', emailVerified: false });
    expect(await me(owner)).toMatchObject({ email: 'owner@taken.test', emailVerified: true });
    await expectInvariants(latchkey.database);
  });

  it('can combine all three providers, each of which signs in', async () => {
    const [google, x, facebook] = [somebody(), somebody(), somebody()];
    const browser = await signedInWith(
      latchkey,
      ['google', google],
      ['twitter', x],
      ['facebook', facebook],
    );
    const { id } = await me(browser);
    const ids = await Promise.all(
      (
        [
          ['google', google],
          ['twitter', x],
          ['facebook', facebook],
        ] as const
      ).map(
        async ([provider, person]) => (await me(await signedIn(latchkey, provider, person))).id,
      ),
    );
    expect(ids).toEqual([id, id, id]);
  });
});
