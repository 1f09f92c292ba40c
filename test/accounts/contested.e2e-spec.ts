import { expect, it } from '@jest/globals';
import { issuerOf } from '../../src/config/issuers.js';
import { RecoveryService } from '../../src/users/recovery.service.js';
import { accountSuite } from '../support/account-suite.js';
import {
  link,
  me,
  outcomeOf,
  signedIn,
  signedInWith,
  somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser, type Consent } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';

/* An address that was contested or released does not come back, whichever way its claim is written again. */

const latchkey = accountSuite();
const ADDRESS = 'ada@corp.example';
const verified = { email: ADDRESS, emailVerified: true };
const authoritative = { ...verified, hostedDomain: 'corp.example' };

/** Takes the address from a browser's user. */
async function release(browser: Browser): Promise<void> {
  const { id } = await me(browser);
  await latchkey.app.get(RecoveryService).releaseAddress(id, ADDRESS);
}

/** Whether somebody else who has the mailbox can begin anew; and the first user's claim stays a claim. */
async function expectFree(squatter: Browser, owner: Consent = somebody(verified)): Promise<void> {
  const { identities } = await me(squatter);
  const claims = identities.filter(({ email }) => email === ADDRESS);
  expect(claims.map(({ emailVerified }) => emailVerified)).not.toContain(true);
  const browser = new Browser(latchkey);
  expect(outcomeOf(await browser.signIn('google', owner))).toBe('/account');
  expect(await me(browser)).toMatchObject({ email: ADDRESS, emailVerified: true });
  await expectInvariants(latchkey.database);
}

it.each([true, false])('not by verifying later what another has (at once: %s)', async (atOnce) => {
  const ada = await signedIn(latchkey, 'twitter', somebody({ email: 'ada@home.example' }));
  expect(outcomeOf(await link(ada, 'google', somebody(authoritative)))).toBe('/account');
  const mallory = somebody({ email: 'mallory@other.example', emailVerified: true });
  const browser = await signedIn(latchkey, 'google', mallory);
  if (!atOnce) {
    await browser.signIn('google', { ...mallory, email: ADDRESS, emailVerified: false });
  }
  await browser.signIn('google', { ...mallory, ...verified });
  expect(await me(browser)).toMatchObject({ email: ADDRESS, emailVerified: false });
  const third = new Browser(latchkey);
  expect(outcomeOf(await third.signIn('facebook', somebody({ email: ADDRESS })))).toBe(
    'account_exists',
  );
  const pending = await latchkey.database.selectFrom('pending_links').select('user_id').execute();
  expect(pending).toEqual([{ user_id: (await me(ada)).id }]);
});

it('not by another provider', async () => {
  const browser = await signedIn(latchkey, 'twitter', somebody({ email: ADDRESS }));
  await release(browser);
  expect(outcomeOf(await link(browser, 'google', somebody(verified)))).toBe('/account');
  expect(await me(browser)).toMatchObject({ email: ADDRESS, emailVerified: false });
  await browser.apiSend('post', '/auth/logout');
  const owner = new Browser(latchkey);
  expect(outcomeOf(await owner.signIn('twitter', somebody({ email: ADDRESS })))).toBe('/account');
  expect(await me(owner)).toMatchObject({ email: ADDRESS, emailVerified: true });
  await expectInvariants(latchkey.database);
});

it('not with a provider that was off', async () => {
  const [google, x] = [somebody(verified), somebody({ email: ADDRESS })];
  const browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
  const ofX = (issuer: string) =>
    latchkey.database
      .updateTable('identities')
      .set({ issuer })
      .where('provider', '=', 'twitter')
      .execute();
  await ofX('https://off.example');
  const owner = new Browser(latchkey);
  expect(outcomeOf(await owner.signIn('google', somebody(authoritative)))).toBe('account_exists');
  const separate = await owner.apiSend('post', '/auth/pending-link?decision=separate');
  expect(separate.status).toBe(204);
  await ofX(issuerOf(latchkey.config, 'twitter') ?? '');
  await browser.signIn('twitter', x);
  const { identities } = await me(browser);
  expect(identities.map(({ emailVerified }) => emailVerified)).toEqual([false, false]);
});

it('a claim is as good as any where whoever overruled it does not have the address any more', async () => {
  const { id } = await me(await signedIn(latchkey, 'google', somebody(authoritative)));
  const browser = await signedIn(latchkey, 'facebook', somebody());
  const x = somebody({ email: ADDRESS });
  expect(outcomeOf(await link(browser, 'twitter', x))).toBe('/account');
  expect(await me(browser)).toMatchObject({ email: ADDRESS, emailVerified: false });
  expect((await browser.get('/account')).text).toContain('>Contested<');
  await latchkey.app.get(RecoveryService).releaseAddress(id, ADDRESS);
  await browser.signIn('twitter', x);
  expect(await me(browser)).toMatchObject({ email: ADDRESS, emailVerified: true });
});

it('not by disconnecting, and connecting again', async () => {
  const [google, x] = [somebody({ email: 'old@gmail.com' }), somebody({ email: ADDRESS })];
  const browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
  await stepUp(browser, 'google', google);
  await release(browser);
  expect((await browser.apiSend('delete', '/users/me/identities/twitter')).status).toBe(204);
  expect(outcomeOf(await link(browser, 'twitter', x))).toBe('/account');
  await expectFree(browser);
});

it('not by way of another contested address', async () => {
  await signedIn(latchkey, 'google', somebody({ email: 'bob@gmail.com' }));
  const x = somebody({ email: ADDRESS });
  const browser = await signedIn(latchkey, 'twitter', x);
  await release(browser);
  await browser.signIn('twitter', { ...x, email: 'bob@gmail.com' });
  await browser.signIn('twitter', x);
  await expectFree(browser);
});

it('not by another account in the identity’s place', async () => {
  const [x, google] = [somebody({ email: ADDRESS }), somebody({ email: 'u@gmail.com' })];
  const browser = await signedInWith(latchkey, ['twitter', x], ['google', google]);
  const { id } = await me(browser);
  const owner = new Browser(latchkey);
  expect(outcomeOf(await owner.signIn('google', somebody(authoritative)))).toBe('account_exists');
  const separate = await owner.apiSend('post', '/auth/pending-link?decision=separate');
  expect(separate.status).toBe(204);
  const other = somebody({ email: 'u@gmail.com' });
  expect(outcomeOf(await new Browser(latchkey).signIn('twitter', other))).toBe('account_exists');
  await latchkey.app.get(RecoveryService).moveIdentity(id, 'twitter', other.subject);
  const moved = await signedIn(latchkey, 'twitter', { ...other, email: ADDRESS });
  expect((await me(moved)).identities).toContainEqual(
    expect.objectContaining({ provider: 'twitter', email: ADDRESS, emailVerified: false }),
  );
  expect(await me(owner)).toMatchObject({ email: ADDRESS, emailVerified: true });
});
