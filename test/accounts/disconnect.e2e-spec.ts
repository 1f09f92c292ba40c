import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { ConstraintViolation } from '../../src/database/store-error.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  crossSite,
  letTimePass,
  link,
  me,
  outcomeOf,
  session,
  sessionCookie,
  signedIn,
  signedInWith,
  somebody,
  stepUp,
  type Somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite();
let google: Somebody;
let x: Somebody;
let browser: Browser;

beforeEach(async () => {
  google = somebody({ email: 'ada@google.test', name: 'Ada at Google' });
  x = somebody({ email: 'ada@x.test', name: 'Ada on X' });
  browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
  await stepUp(browser, 'twitter', x);
});

const disconnect = (provider: string, by = browser, headers = {}): Promise<Response> =>
  by.apiSend('delete', `/users/me/identities/${provider}`, headers);

describe('disconnecting a provider', () => {
  it('removes the identity and keeps the user', async () => {
    const { id } = await me(browser);
    const response = await disconnect('twitter');
    expect([response.status, response.text]).toEqual([204, '']);
    expect(await connected(browser)).toEqual(['google']);
    expect((await me(browser)).id).toBe(id);
    await expectInvariants(latchkey.database);
  });

  it.each<ProviderId>(['google', 'twitter'])('works for either: %s', async (provider) => {
    expect((await disconnect(provider)).status).toBe(204);
    expect(await connected(browser)).toEqual([provider === 'google' ? 'twitter' : 'google']);
    await expectInvariants(latchkey.database);
  });

  it('ends the sessions that were started with it, and no others', async () => {
    const withX = [await signedIn(latchkey, 'twitter', x), await signedIn(latchkey, 'twitter', x)];
    const withGoogle = await signedIn(latchkey, 'google', google);
    await disconnect('twitter');
    for (const each of withX) expect((await each.api('/users/me')).status).toBe(401);
    expect((await withGoogle.api('/users/me')).status).toBe(200);
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('keeps the current session, even when it was started with it', async () => {
    const withX = await signedIn(latchkey, 'twitter', x);
    await stepUp(withX, 'google', google);
    expect((await disconnect('twitter', withX)).status).toBe(204);
    expect((await session(withX)).provider).toBe('google');
    expect((await withX.api('/users/me')).status).toBe(200);
  });

  it('passes the primary identity on', async () => {
    expect(await me(browser)).toMatchObject({ displayName: google.name, email: google.email });
    await disconnect('google');
    expect(await me(browser)).toMatchObject({
      displayName: x.name,
      email: x.email,
      emailVerified: true,
    });
  });

  it('passes it to the provider that was linked next, not the last', async () => {
    const facebook = somebody({ name: 'Ada on Facebook' });
    await link(browser, 'facebook', facebook);
    await disconnect('google');
    expect((await me(browser)).displayName).toBe(x.name);
    await stepUp(browser, 'facebook', facebook);
    await disconnect('twitter');
    expect((await me(browser)).displayName).toBe('Ada on Facebook');
    await expectInvariants(latchkey.database);
  });

  it('does not verify an address that another user has verified meanwhile', async () => {
    // Of two who have proven one address, it is verified for one alone: here for whom it is the only one.
    const other = await signedIn(latchkey, 'google', somebody({ email: 'eve@x.test' }));
    const alike = somebody({ email: 'ADA@x.test' });
    await link(other, 'twitter', alike);
    await stepUp(other, 'twitter', alike);
    await other.apiSend('delete', '/users/me/identities/google');
    await disconnect('google');
    expect(await me(browser)).toMatchObject({ email: 'ada@x.test', emailVerified: false });
    expect(await me(other)).toMatchObject({ email: 'ADA@x.test', emailVerified: true });
    await expectInvariants(latchkey.database);
  });

  it('frees the identity: signing in with it creates a new user', async () => {
    const { id } = await me(browser);
    await disconnect('twitter');
    const elsewhere = await signedIn(latchkey, 'twitter', x);
    expect((await me(elsewhere)).id).not.toBe(id);
    expect(await connected(elsewhere)).toEqual(['twitter']);
  });

  it('does not free an address that is still the user’s: account_exists', async () => {
    const same = somebody({ email: google.email ?? '' });
    browser = await signedInWith(latchkey, ['facebook', somebody()], ['twitter', same]);
    await latchkey.database.deleteFrom('users').execute();
    browser = await signedInWith(latchkey, ['google', google], ['twitter', same]);
    await disconnect('twitter');
    const response = await new Browser(latchkey).signIn('twitter', same);
    expect(outcomeOf(response)).toBe('account_exists');
  });

  it('frees the identity for another account too', async () => {
    await disconnect('twitter');
    const other = await signedInWith(latchkey, ['facebook', somebody()], ['twitter', x]);
    expect(await connected(other)).toEqual(['facebook', 'twitter']);
  });

  it('can be undone by linking it again', async () => {
    await disconnect('twitter');
    expect(outcomeOf(await link(browser, 'twitter', x))).toBe('/account');
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it('of the session’s own provider still allows re-authentication', async () => {
    expect((await session(browser)).provider).toBe('google');
    await disconnect('google');
    await link(browser, 'facebook', somebody());
    await letTimePass(latchkey);
    const { reauthUrl } = (await disconnect('facebook')).body as { reauthUrl: string };
    expect(new URL(reauthUrl).pathname).toBe('/auth/twitter');
  });
});

/** Plays a disconnection that has to fail, and checks that nothing has changed. */
async function expectRefused(
  response: () => Promise<Response>,
  code: Parameters<typeof expectProblem>[1],
): Promise<void> {
  const before = await identityRows(latchkey.database);
  const { body } = await response();
  expect(body).toMatchObject({ code });
  expect(await identityRows(latchkey.database)).toEqual(before);
}

describe('disconnecting is refused', () => {
  it.each(providerIds)('for the last provider: %s', async (provider) => {
    const alone = await signedIn(latchkey, provider);
    await expectRefused(() => disconnect(provider, alone), 'last_identity');
    expectProblem(await disconnect(provider, alone), 'last_identity');
    expect((await alone.api('/users/me')).status).toBe(200);
  });

  it('for a provider that is not linked', async () => {
    await expectRefused(() => disconnect('facebook'), 'not_found');
    const alone = await signedIn(latchkey, 'facebook');
    await expectRefused(() => disconnect('google', alone), 'not_found');
  });

  it.each(['myspace', 'Google', 'GOOGLE', '__proto__', 'google%20', '..%2fgoogle', "'--"])(
    'for an unknown provider: %s',
    async (provider) => {
      await expectRefused(() => disconnect(provider), 'not_found');
    },
  );

  it('without a session', async () => {
    await expectRefused(() => disconnect('twitter', new Browser(latchkey)), 'unauthenticated');
  });

  it('without a recent sign-in', async () => {
    await letTimePass(latchkey);
    const refusal = (await disconnect('twitter')).body as object;
    expect(refusal).toMatchObject({ status: 403, reauthUrl: expect.any(String) });
    await expectRefused(() => disconnect('twitter'), 'reauth_required');
  });

  it.each(crossSite)('by %s', async (_name, headers) => {
    await expectRefused(() => disconnect('twitter', browser, headers), 'csrf_failed');
    expect(await worthOf(latchkey, await sessionCookie(browser))).toBe(200);
  });

  it('to cross-site forms, links and scripts, which cannot send DELETE', async () => {
    const before = await identityRows(latchkey.database);
    expect((await browser.get('/users/me/identities/twitter')).status).toBe(404);
    expect((await browser.submit('/users/me/identities/twitter')).status).toBe(404);
    const tricked = await browser.apiSend('post', '/users/me/identities/twitter?_method=DELETE', {
      'X-HTTP-Method-Override': 'DELETE',
    });
    expect(tricked.status).toBe(404);
    expect(await identityRows(latchkey.database)).toEqual(before);
  });
});

describe('the database itself', () => {
  it('keeps the last identity of a user', async () => {
    const alone = await signedIn(latchkey, 'google');
    const { id } = await me(alone);
    const removal = latchkey.database.deleteFrom('identities').where('user_id', '=', id).execute();
    await expect(removal).rejects.toThrow(ConstraintViolation);
    expect(await connected(alone)).toEqual(['google']);
  });

  it('keeps two identities from being deleted at once', async () => {
    const { id } = await me(browser);
    const removal = latchkey.database.deleteFrom('identities').where('user_id', '=', id).execute();
    await expect(removal).rejects.toMatchObject({ kind: 'foreign_key' });
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it('keeps an identity from moving to another user, and from a second one of its provider', async () => {
    const other = await signedIn(latchkey, 'facebook');
    const { id } = await me(other);
    const move = latchkey.database
      .updateTable('identities')
      .set({ user_id: id })
      .where('subject', '=', google.subject)
      .execute();
    await expect(move).rejects.toMatchObject({ kind: 'foreign_key' });
    const { issuer: facebookIssuer } = await latchkey.database
      .selectFrom('identities')
      .select('issuer')
      .where('user_id', '=', id)
      .executeTakeFirstOrThrow();
    const second = latchkey.database
      .insertInto('identities')
      .columns(['provider', 'issuer', 'subject', 'user_id', 'linked_at', 'last_used_at'])
      .values({
        provider: 'facebook',
        issuer: facebookIssuer,
        subject: '1',
        user_id: id,
        linked_at: 1,
        last_used_at: 1,
      } as never)
      .execute();
    await expect(second).rejects.toMatchObject({ kind: 'unique' });
    await expectInvariants(latchkey.database);
  });
});
