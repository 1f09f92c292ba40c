import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  crossSite,
  letTimePass,
  link,
  sessionAnswer,
  sessionCookie,
  signedIn,
  signedInWith,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { cookieOf, namesOf } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';

const latchkey = accountSuite();
let browser: Browser;
let known: Somebody;
let pending: Somebody;
let cookie: string;

/** Ada has an account with Google; in this browser, her sign-in with X has just been refused. */
beforeEach(async () => {
  known = somebody({ email: 'ada@example.test' });
  pending = somebody({ email: 'ada@example.test' });
  await signedIn(latchkey, 'google', known);
  browser = new Browser(latchkey);
  cookie = cookieOf(await browser.signIn('twitter', pending), namesOf(latchkey).pending).value;
});

const confirm = (by = browser, headers = {}): Promise<Response> =>
  by.apiSend('post', '/auth/pending-link', headers);

async function cookieHeader(of: Browser, pendingValue: string): Promise<{ Cookie: string }> {
  const names = namesOf(latchkey);
  const own = await sessionCookie(of);
  return { Cookie: `${names.session}=${own}; ${names.pending}=${pendingValue}` };
}

describe('confirming a pending link', () => {
  it('requires a session', async () => {
    expectProblem(await confirm(), 'unauthenticated');
    expect((await sessionAnswer(browser)).pendingLink).not.toBeNull();
  });

  it('requires a recent sign-in, and succeeds after it', async () => {
    await browser.signIn('google', known);
    await letTimePass(latchkey);
    const response = await confirm();
    expect([response.status, response.body]).toEqual([
      403,
      expect.objectContaining({ code: 'reauth_required' }),
    ]);
    await browser.signIn('google', known, { prompt: 'login' });
    expect((await confirm()).status).toBe(204);
  });

  it.each(crossSite)('is refused to %s', async (_name, headers) => {
    await browser.signIn('google', known);
    expectProblem(await confirm(browser, headers), 'csrf_failed');
    expect(await connected(browser)).toEqual(['google']);
  });

  it.each(crossSite)('(and declining it) is refused to %s', async (_name, headers) => {
    const response = await browser.apiSend('delete', '/auth/pending-link', headers);
    expectProblem(response, 'csrf_failed');
    expect((await sessionAnswer(browser)).pendingLink).not.toBeNull();
  });

  it('is not possible by GET', async () => {
    await browser.signIn('google', known);
    expect((await browser.get('/auth/pending-link')).status).toBe(404);
    expect(await connected(browser)).toEqual(['google']);
  });

  it('is refused to another user who signs in in that browser', async () => {
    await browser.signIn('facebook', somebody());
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
    expect((await confirm()).status).toBe(404);
    expect(await connected(browser)).toEqual(['facebook']);
    await expectInvariants(latchkey.database);
  });

  it('is refused in another browser of the same person', async () => {
    const elsewhere = await signedIn(latchkey, 'google', known);
    expect((await sessionAnswer(elsewhere)).pendingLink).toBeNull();
    expect((await confirm(elsewhere)).status).toBe(404);
  });

  it('is refused with another person’s cookie', async () => {
    const mallory = await signedIn(latchkey, 'facebook');
    const headers = await cookieHeader(mallory, cookie);
    expect((await confirm(mallory, headers)).status).toBe(404);
    const { body } = await mallory.api('/auth/session', headers);
    expect(body).toMatchObject({ pendingLink: null });
    expect(await connected(mallory)).toEqual(['facebook']);
  });

  it('is refused to the successor of a deleted account', async () => {
    await browser.signIn('google', known, { prompt: 'login' });
    expect((await browser.apiSend('delete', '/users/me')).status).toBe(204);
    await browser.signIn('google', known);
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
    expect((await confirm()).status).toBe(404);
  });

  it('is 409 when another user owns the identity by now: nothing moves', async () => {
    const elsewhere = await signedInWith(latchkey, ['facebook', somebody()], ['twitter', pending]);
    await browser.signIn('google', known);
    expectProblem(await confirm(), 'identity_in_use');
    expect(await connected(browser)).toEqual(['google']);
    expect(await connected(elsewhere)).toEqual(['facebook', 'twitter']);
    await expectInvariants(latchkey.database);
  });

  it('is 409 when another account of that provider is linked by now', async () => {
    await browser.signIn('google', known);
    await link(browser, 'twitter', somebody());
    const response = await confirm();
    expect(response.body).toMatchObject({ status: 409, code: 'identity_in_use' });
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it('succeeds when the same identity is linked already', async () => {
    await browser.signIn('google', known);
    await link(browser, 'twitter', pending);
    expect((await confirm()).status).toBe(204);
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });
});

describe('the cookie of a pending link', () => {
  it.each<[string, (sealed: string) => string]>([
    [
      'with its last letter changed',
      (sealed) => sealed.replace(/.$/, (at) => (at === 'A' ? 'Q' : 'A')),
    ],
    [
      'with its contents changed',
      (sealed) => sealed.replace(/.(?=.{30}$)/, (at) => (at === 'A' ? 'B' : 'A')),
    ],
    ['cut off', (sealed) => sealed.slice(0, -20)],
    ['without its tag', (sealed) => sealed.slice(0, 16) + sealed.slice(38)],
    ['unencrypted', () => `e30.${Buffer.from('{"provider":"twitter"}').toString('base64url')}.`],
    ['made of JSON', () => encodeURIComponent('{"provider":"twitter"}')],
    ['very long', () => 'x'.repeat(6000)],
    ['empty', () => ''],
    ['badly encoded', () => '%E0%A4%A'],
  ])('%s is ignored', async (_name, change) => {
    const owner = await signedIn(latchkey, 'google', known);
    const headers = await cookieHeader(owner, change(cookie));
    expect((await confirm(owner, headers)).status).toBe(404);
    const { status, body } = await owner.api('/auth/session', headers);
    expect([status, body]).toEqual([200, expect.objectContaining({ pendingLink: null })]);
    expect(await connected(owner)).toEqual(['google']);
  });

  it('is ignored when it is an attempt, sealed for another purpose', async () => {
    const owner = await signedIn(latchkey, 'google', known);
    await owner.start('twitter');
    const attempt = Object.entries(await owner.cookies()).find(([name]) =>
      name.startsWith(namesOf(latchkey).attempt),
    );
    const headers = await cookieHeader(owner, attempt?.[1] ?? '');
    expect((await confirm(owner, headers)).status).toBe(404);
  });

  it('is ignored as an attempt', async () => {
    const callback = await browser.consent(await browser.start('google'), known);
    const name = Object.keys(await browser.cookies()).find((each) => each.includes('attempt'));
    const response = await browser.callback(callback, { Cookie: `${name}=${cookie}` });
    expect(response.headers['location']).toContain('error=invalid_state');
  });
});
