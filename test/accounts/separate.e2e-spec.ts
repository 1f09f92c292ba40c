import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  link,
  me,
  outcomeOf,
  sessionAnswer,
  signedIn,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows, storedText } from '../support/rows.js';

/* The owner of a mailbox meets an account that has merely verified its address. */

const ADDRESS = 'ada@gmail.com';
const latchkey = accountSuite();
let squatter: Somebody;
let squatters: Browser;
let owner: Somebody;
let browser: Browser;

beforeEach(async () => {
  squatter = somebody({ email: ADDRESS });
  squatters = await signedIn(latchkey, 'twitter', squatter);
  owner = somebody({ email: ADDRESS });
  browser = new Browser(latchkey);
});

const separate = (by = browser) => by.apiSend('post', '/auth/pending-link?decision=separate');

async function refuse(): Promise<void> {
  expect(outcomeOf(await browser.signIn('google', owner))).toBe('account_exists');
}

describe('somebody whose provider hosts the mailbox', () => {
  it('is offered an account of their own, and has the address there', async () => {
    await refuse();
    expect((await sessionAnswer(browser)).pendingLink).toEqual({
      provider: 'google',
      email: ADDRESS,
      canSeparate: true,
    });
    expect((await separate()).status).toBe(204);
    const user = await me(browser);
    expect(user).toMatchObject({ email: ADDRESS, emailVerified: true });
    expect(user.id).not.toBe((await me(squatters)).id);
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
    await expectInvariants(latchkey.database);
  });

  it('leaves the other with a mere claim, which no refresh undoes, and both see it', async () => {
    await refuse();
    await separate();
    expect(await me(squatters)).toMatchObject({ email: ADDRESS, emailVerified: false });
    await squatters.signIn('twitter', squatter);
    expect(await me(squatters)).toMatchObject({ email: ADDRESS, emailVerified: false });
    expect((await activity(squatters)).map(({ event }) => event)).toContain('address_contested');
    const again = await signedIn(latchkey, 'google', owner);
    expect(await me(again)).toMatchObject({ email: ADDRESS, emailVerified: true });
    await expectInvariants(latchkey.database);
  });

  it('keeps it, whatever addresses the other has meanwhile, and however they connect', async () => {
    await refuse();
    await separate();
    await squatters.signIn('twitter', { ...squatter, email: 'bob@gmail.com' });
    const bob = new Browser(latchkey);
    expect(outcomeOf(await bob.signIn('google', somebody({ email: 'bob@gmail.com' })))).toBe(
      'account_exists',
    );
    expect((await separate(bob)).status).toBe(204);
    await squatters.signIn('twitter', squatter);
    const facebook = await signedIn(latchkey, 'facebook', somebody());
    await link(facebook, 'twitter', somebody({ email: ADDRESS }));
    const { identities } = await identityRows(latchkey.database);
    const claims = identities.filter(({ email }) => email === ADDRESS);
    expect(
      claims.map(({ provider, email_trust: trust }) => `${provider} ${trust}`).toSorted(),
    ).toEqual(['google authoritative', 'twitter claimed', 'twitter claimed']);
    await expectInvariants(latchkey.database);
  });

  it('is offered one also where the other has an account of that provider connected', async () => {
    await link(squatters, 'google', somebody());
    await refuse();
    expect((await sessionAnswer(browser)).pendingLink).toMatchObject({ canSeparate: true });
    const claimant = new Browser(latchkey);
    await claimant.signIn('twitter', squatter);
    expect((await separate()).status).toBe(204);
    expect(await me(browser)).toMatchObject({ email: ADDRESS, emailVerified: true });
    await expectInvariants(latchkey.database);
  });

  it('can answer once', async () => {
    await refuse();
    await separate();
    expectProblemCode(await separate(), 'not_found');
  });
});

describe('an account of one’s own is not offered', () => {
  it('where the address is only verified', async () => {
    const facebook = somebody({ email: ADDRESS });
    expect(outcomeOf(await browser.signIn('facebook', facebook))).toBe('account_exists');
    expect((await sessionAnswer(browser)).pendingLink).toMatchObject({ canSeparate: false });
    const before = await identityRows(latchkey.database);
    expectProblem(await separate(), 'account_exists');
    expect(await identityRows(latchkey.database)).toEqual(before);
  });

  it('where the other’s user is disabled', async () => {
    await refuse();
    await latchkey.database.updateTable('users').set({ disabled_at: 1 }).execute();
    expect((await sessionAnswer(browser)).pendingLink).toMatchObject({ canSeparate: false });
    expectProblem(await separate(), 'account_exists');
  });

  it('without a refused sign-in', async () => {
    expectProblemCode(await separate(), 'not_found');
  });
});

describe('a pending link', () => {
  it('is a row with the hash of a random token: no secret makes one', async () => {
    await refuse();
    const { [namesOf(latchkey).pending]: token = '' } = await browser.cookies();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await storedText(latchkey.database)).not.toContain(token);
    const forged = new Browser(latchkey);
    const { body } = await forged.api('/auth/session', {
      Cookie: `${namesOf(latchkey).pending}=${Buffer.alloc(32, 7).toString('base64url')}`,
    });
    expect(body).toMatchObject({ pendingLink: null });
  });

  it('is void after sign-out, for a copy of its cookie as well', async () => {
    await refuse();
    const { [namesOf(latchkey).pending]: token = '' } = await browser.cookies();
    await browser.apiSend('post', '/auth/logout');
    const copy = new Browser(latchkey);
    const { body } = await copy.api('/auth/session', {
      Cookie: `${namesOf(latchkey).pending}=${token}`,
    });
    expect(body).toMatchObject({ pendingLink: null });
  });

  it('is one per identity: the latest browser’s', async () => {
    await refuse();
    const elsewhere = new Browser(latchkey);
    await elsewhere.signIn('google', owner);
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
    expect((await sessionAnswer(elsewhere)).pendingLink).not.toBeNull();
  });
});

function expectProblemCode(response: { body: unknown }, code: string): void {
  expect(response.body).toMatchObject({ code });
}
