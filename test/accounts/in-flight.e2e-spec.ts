import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ActiveSessions } from '../../src/sessions/active-sessions.js';
import { SessionsService } from '../../src/sessions/sessions.service.js';
import { AccountService } from '../../src/users/account.service.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  link,
  linkCallback,
  outcomeOf,
  session,
  sessionCookie,
  sessionList,
  signedIn,
  somebody,
  type Somebody,
  worthOf,
} from '../support/accounts.js';
import { type Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { identityRows } from '../support/rows.js';

/*
 * What the races meet by chance, on purpose: a request is held after it has read its session and before it writes, and
 * something else happens meanwhile.
 */

const latchkey = accountSuite();
let ada: Somebody;
let browser: Browser;
let phone: Browser;

beforeEach(async () => {
  ada = somebody();
  browser = await signedIn(latchkey, 'google', ada);
  phone = await signedIn(latchkey, 'google', ada);
});

type Method<T> = {
  [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never;
}[keyof T];

/** Sends a request, and holds it where it calls a method; what else is to happen happens meanwhile. */
async function holding<T extends object>(
  target: T,
  method: Method<T>,
  request: () => Promise<Response>,
  meanwhile: () => Promise<unknown>,
): Promise<Response> {
  const original = target[method] as (...args: unknown[]) => unknown;
  const held = async (...args: unknown[]): Promise<unknown> => {
    Object.assign(target, { [method]: original });
    await meanwhile();
    return original.apply(target, args);
  };
  Object.assign(target, { [method]: held });
  try {
    return await request();
  } finally {
    Reflect.deleteProperty(target, method);
  }
}

const renew = () => phone.signIn('google', ada);
const revokeOthers = () => browser.apiSend('delete', '/users/me/sessions');

describe('revoking a session while its browser', () => {
  it('links a provider links nothing', async () => {
    const callback = await linkCallback(phone, 'twitter', somebody());
    const response = await holding(
      latchkey.app.get(UnitOfWork),
      'run',
      () => phone.callback(callback),
      revokeOthers,
    );
    expect(outcomeOf(response)).toBe('session_changed');
    expect(await connected(browser)).toEqual(['google']);
    expect((await identityRows(latchkey.database)).identities).toHaveLength(1);
  });

  it.each([
    ['deletes the account', 'delete', '/users/me'],
    ['disconnects a provider', 'disconnect', '/users/me/identities/twitter'],
  ] as const)('%s does nothing', async (_what, method, path) => {
    await link(browser, 'twitter', somebody());
    const response = await holding(
      latchkey.app.get(AccountService),
      method,
      () => phone.apiSend('delete', path),
      revokeOthers,
    );
    expectProblem(response, 'unauthenticated');
    expect(await connected(browser)).toEqual(['google', 'twitter']);
    expect(await sessionList(browser)).toHaveLength(1);
  });

  it.each(['revoke', 'revokeOthers'] as const)('ends others (%s) ends none', async (method) => {
    const { id } = await session(browser);
    const response = await holding(
      latchkey.app.get(SessionsService),
      method,
      () => phone.apiSend('delete', `/users/me/sessions${method === 'revoke' ? `/${id}` : ''}`),
      revokeOthers,
    );
    expectProblem(response, 'unauthenticated');
    expect((await session(browser)).id).toBe(id);
  });

  it('re-authenticates does not revive it: the sign-in creates a session of its own', async () => {
    const [{ id }, old] = [await session(phone), await sessionCookie(phone)];
    const callback = await phone.consent(await phone.start('google'), ada);
    await holding(
      latchkey.app.get(UnitOfWork),
      'run',
      () => phone.callback(callback),
      revokeOthers,
    );
    expect(await worthOf(latchkey, old)).toBe(401);
    expect((await sessionList(browser)).map((each) => each.id)).not.toContain(id);
  });

  it('reads does not extend it', async () => {
    const cookie = await sessionCookie(phone);
    await latchkey.database
      .updateTable('sessions')
      .set({ last_seen_at: Date.now() - 120_000 })
      .execute();
    await holding(
      latchkey.app.get(ActiveSessions),
      'touch',
      () => phone.api('/users/me'),
      revokeOthers,
    );
    expect(await worthOf(latchkey, cookie)).toBe(401);
    expect(await sessionList(browser)).toHaveLength(1);
  });
});

describe('renewing a session while its browser', () => {
  it('signs out in another tab ends it, under its new cookie too', async () => {
    const { id } = await session(phone);
    let renewed = '';
    const response = await holding(
      latchkey.app.get(SessionsService),
      'end',
      () => phone.apiSend('post', '/auth/logout'),
      async () => {
        await renew();
        renewed = await sessionCookie(phone);
      },
    );
    expect(response.status).toBe(204);
    expect(await worthOf(latchkey, renewed)).toBe(401);
    expect((await sessionList(browser)).map((each) => each.id)).not.toContain(id);
  });

  it('renews it in another tab renews it twice, and leaves one', async () => {
    const { id } = await session(phone);
    const callback = await phone.consent(await phone.start('google'), ada);
    await holding(latchkey.app.get(UnitOfWork), 'run', () => phone.callback(callback), renew);
    expect((await session(phone)).id).toBe(id);
    expect(await sessionList(phone)).toHaveLength(2);
  });
});

it('a user who is deleted during a sign-in elsewhere becomes a new user', async () => {
  const [{ body: before }, callback] = [
    await browser.api('/users/me'),
    await phone.consent(await phone.start('google'), ada),
  ];
  const response = await holding(
    latchkey.app.get(UnitOfWork),
    'run',
    () => phone.callback(callback),
    () => browser.apiSend('delete', '/users/me'),
  );
  expect(outcomeOf(response)).toBe('/account');
  const { body: after } = await phone.api('/users/me');
  expect((after as { id: string }).id).not.toBe((before as { id: string }).id);
  const { users, sessions } = await identityRows(latchkey.database);
  expect([users.length, sessions.length]).toEqual([1, 1]);
});
