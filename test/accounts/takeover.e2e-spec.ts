import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { type ErrorCode, statusOf } from '../../src/common/errors/app-error.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  letTimePass,
  link,
  me,
  outcomeOf,
  session,
  sessionAnswer,
  sessionCookie,
  signedIn,
  somebody,
  type Somebody,
  stepUp,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { identityRows } from '../support/rows.js';

/*
 * Somebody sits down at an unlocked browser. They can click through what its provider answers without asking, and have
 * provider accounts of their own.
 */

const SETTLE = 604_800;
const latchkey = accountSuite({ IDENTITY_SETTLE_SECONDS: String(SETTLE) });

let ada: Somebody;
let mallory: Somebody;
let browser: Browser;

beforeEach(async () => {
  ada = somebody();
  mallory = somebody({ name: 'Mallory' });
  browser = new Browser(latchkey);
  await browser.signIn('google', ada);
});

function expectRefused({ status, body }: Response, code: ErrorCode): void {
  expect([status, body]).toEqual([statusOf(code), expect.objectContaining({ code })]);
}

const disconnect = (provider: string, by = browser) =>
  by.apiSend('delete', `/users/me/identities/${provider}`);

const dismiss = (by: Browser) => by.apiSend('post', '/users/me/identities/twitter/acknowledge');

/** Lets so many seconds pass for every identity. */
async function letIdentitiesAge(seconds: number): Promise<void> {
  const rows = await latchkey.database.selectFrom('identities').selectAll().execute();
  for (const { issuer, subject, linked_at, unsettled_since } of rows) {
    await latchkey.database
      .updateTable('identities')
      .set({
        linked_at: linked_at - seconds * 1000,
        unsettled_since: unsettled_since === null ? null : unsettled_since - seconds * 1000,
      })
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }
}

describe('from an unlocked browser', () => {
  it('connecting an own provider and disconnecting the owner’s does not take the account', async () => {
    expect(outcomeOf(await link(browser, 'twitter', mallory))).toBe('/account');
    expectRefused(await disconnect('google'), 'identity_too_new');
    await stepUp(browser, 'twitter', mallory);
    const refusal = await disconnect('google');
    expectRefused(refusal, 'identity_too_new');
    const { availableFrom } = refusal.body as { availableFrom: string };
    const days = (Date.parse(availableFrom) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it.each<[string, () => Promise<{ status: number; body: unknown }>]>([
    ['deleting', () => browser.apiSend('delete', '/users/me')],
    ['exporting', () => browser.apiSend('post', '/users/me/export')],
  ])('an own provider, just connected, does not do for %s', async (_name, act) => {
    await link(browser, 'twitter', mallory);
    await stepUp(browser, 'twitter', mallory);
    expect(await act()).toMatchObject({ status: 403, body: { code: 'identity_too_new' } });
  });

  it('nor for connecting another, in a session that it has begun', async () => {
    await link(browser, 'twitter', mallory);
    const own = await signedIn(latchkey, 'twitter', mallory);
    expect((await own.submit('/auth/facebook/link')).status).toBe(403);
  });

  it('a new identity may end sessions, and disconnect itself', async () => {
    await link(browser, 'twitter', mallory);
    const own = await signedIn(latchkey, 'twitter', mallory);
    expect((await own.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    const owner = await signedIn(latchkey, 'google', ada);
    expect((await disconnect('twitter', owner)).status).toBe(204);
    expect((await own.api('/users/me')).status).toBe(401);
  });

  it('and disconnect itself in its own session, which ends', async () => {
    await link(browser, 'twitter', mallory);
    const own = await signedIn(latchkey, 'twitter', mallory);
    expectRefused(await disconnect('google', own), 'identity_too_new');
    await stepUp(own, 'twitter', mallory);
    expect((await disconnect('twitter', own)).status).toBe(204);
    expect((await own.api('/users/me')).status).toBe(401);
    expect(await connected(browser)).toEqual(['google']);
  });

  it('once settled, it counts like any other', async () => {
    await link(browser, 'twitter', mallory);
    await letIdentitiesAge(SETTLE);
    await stepUp(browser, 'twitter', mallory);
    expect((await disconnect('google')).status).toBe(204);
  });

  it('connecting again starts the clock anew', async () => {
    await link(browser, 'twitter', mallory);
    await letIdentitiesAge(SETTLE);
    await stepUp(browser, 'google', ada);
    await disconnect('twitter');
    await link(browser, 'twitter', mallory);
    await stepUp(browser, 'twitter', mallory);
    await letTimePass(latchkey);
    await stepUp(browser, 'twitter', mallory);
    expectRefused(await disconnect('google'), 'identity_too_new');
  });

  it('a plain start renews nothing, however often, and deletes nothing', async () => {
    await letTimePass(latchkey);
    for (let round = 0; round < 3; round += 1) await browser.signIn('google', ada);
    expectRefused(await browser.apiSend('delete', '/users/me'), 'reauth_required');
    expect((await browser.submit('/auth/twitter/link')).status).toBe(403);
  });

  it('a step-up answered by another account deletes neither account', async () => {
    const other = await signedIn(latchkey, 'google', mallory);
    await letTimePass(latchkey);
    const before = await identityRows(latchkey.database);
    const response = await browser.signIn('google', mallory, { prompt: 'login' });
    expect(outcomeOf(response)).toBe('session_changed');
    expectRefused(await browser.apiSend('delete', '/users/me'), 'reauth_required');
    expect(await identityRows(latchkey.database)).toEqual(before);
    expect((await me(other)).displayName).toBe('Mallory');
  });
});

describe('a session', () => {
  it('that a disconnected identity has proven ends with it, whatever it was begun with', async () => {
    await link(browser, 'twitter', mallory);
    const mixed = await signedIn(latchkey, 'google', ada);
    await mixed.signIn('twitter', mallory);
    expect((await session(mixed)).provider).toBe('google');
    const untouched = await signedIn(latchkey, 'google', ada);
    await stepUp(browser, 'google', ada);
    expect((await disconnect('twitter')).status).toBe(204);
    expect((await mixed.api('/users/me')).status).toBe(401);
    expect((await untouched.api('/users/me')).status).toBe(200);
  });

  it('is not led to by its old cookie and the secret', async () => {
    const old = await sessionCookie(browser);
    await browser.signIn('google', ada);
    const token = decodeURIComponent(old).slice(2).split('.')[0] ?? '';
    const { createHmac } = await import('node:crypto');
    const { sign } = await import('cookie-signature');
    const secret = latchkey.config.secrets[0] ?? '';
    const guesses = ['', ' ', 'undefined '].map((seed) =>
      createHmac('sha256', secret)
        .update(`latchkey session renewal ${seed}${token}`)
        .digest('base64url'),
    );
    for (const guess of guesses) {
      expect(await worthOf(latchkey, encodeURIComponent(`s:${sign(guess, secret)}`))).toBe(401);
    }
    expect(await worthOf(latchkey, await sessionCookie(browser))).toBe(200);
  });
});

describe('a newly connected identity', () => {
  it('is shown to sessions that an older one has proven, and only they can dismiss it', async () => {
    await link(browser, 'twitter', mallory);
    const own = await signedIn(latchkey, 'twitter', mallory);
    const shown = [
      {
        provider: 'twitter',
        linkedAt: expect.any(String),
        address: '127.0.0.1',
        browser: null,
        system: null,
      },
    ];
    expect((await sessionAnswer(browser)).newIdentities).toEqual(shown);
    expect((await sessionAnswer(own)).newIdentities).toEqual([]);
    expectRefused(await dismiss(own), 'not_found');
    expect((await sessionAnswer(browser)).newIdentities).toEqual(shown);
    expect((await dismiss(browser)).status).toBe(204);
    expect((await sessionAnswer(browser)).newIdentities).toEqual([]);
  });

  it('is not shown any more once it has settled', async () => {
    await link(browser, 'twitter', mallory);
    await letIdentitiesAge(SETTLE);
    expect((await sessionAnswer(browser)).newIdentities).toEqual([]);
  });
});

describe('what a session may do', () => {
  it('is said by /auth/session', async () => {
    const { createdAt, recentUntil, steppedUpUntil } = await session(browser);
    expect(Date.parse(recentUntil ?? '') - Date.parse(createdAt)).toBe(600_000);
    expect(steppedUpUntil).toBeNull();
    await stepUp(browser, 'google', ada);
    const after = await session(browser);
    const ahead = Date.parse(after.steppedUpUntil ?? '') - Date.now();
    expect(ahead).toBeGreaterThan(590_000);
    expect(ahead).toBeLessThanOrEqual(600_000);
  });
});

describe('a request that says for whom it is meant', () => {
  it.each<['post' | 'delete', string]>([
    ['delete', '/users/me'],
    ['post', '/users/me/export'],
    ['delete', '/users/me/identities/google'],
    ['post', '/users/me/identities/twitter/acknowledge'],
    ['delete', '/users/me/sessions'],
    ['delete', '/users/me/sessions/0199c7d2-0000-7000-8000-00000000ada0'],
    ['post', '/auth/pending-link'],
    ['delete', '/auth/pending-link'],
  ])('does nothing for anybody else: %s %s', async (method, path) => {
    const before = await identityRows(latchkey.database);
    const stranger = '0199c7d2-0000-7000-8000-00000000e0e0';
    expectRefused(await browser.apiSend(method, `${path}?user=${stranger}`), 'session_changed');
    expect(await identityRows(latchkey.database)).toEqual(before);
  });

  it('is done for them', async () => {
    await stepUp(browser, 'google', ada);
    const { id } = await me(browser);
    expect((await browser.apiSend('delete', `/users/me?user=${id}`)).status).toBe(204);
  });
});
