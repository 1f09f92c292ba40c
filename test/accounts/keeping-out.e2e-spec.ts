import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import { AccountService } from '../../src/users/account.service.js';
import {
  giveSession,
  letTimePass,
  link,
  me,
  outcomeOf,
  sessionCookie,
  signedIn,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { asApp, bearerOf, HANDOVER_TARGETS, stepUpAsApp } from '../support/handover.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { linkIn } from '../support/page.js';
import { identityRows } from '../support/rows.js';

/* Somebody who has a session in an account, or a page that its owner visits, tries to keep the owner from acting. */

let latchkey: Latchkey;
let addresses = 0;

/** A browser at an address of its own. */
class At extends Browser {
  private readonly from = { 'X-Forwarded-For': `198.51.100.${(addresses += 1) % 250}` };

  constructor() {
    super(latchkey);
  }

  override get(target: string, headers: Record<string, string> = {}) {
    return super.get(target, { ...this.from, ...headers });
  }

  override api(target: string, headers: Record<string, string> = {}) {
    return super.api(target, { ...this.from, ...headers });
  }

  override apiSend(
    method: 'post' | 'delete',
    target: string,
    headers: Record<string, string> = {},
  ) {
    return super.apiSend(method, target, { ...this.from, ...headers });
  }
}

let ada: Somebody;
let mallory: Somebody;
let home: At;

beforeAll(async () => {
  latchkey = await startLatchkey({
    HANDOVER_TARGETS,
    RATE_LIMIT_PER_MINUTE: '30',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '10',
    TRUST_PROXY: '1',
  });
});

beforeEach(async () => {
  ada = somebody();
  mallory = somebody({ name: 'Mallory' });
  home = new At();
  await home.signIn('google', ada);
});

afterAll(() => latchkey.close());

const sessionsOf = (userId: string, provider: ProviderId) =>
  latchkey.database
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('provider', '=', provider)
    .execute();

const repeat = async (count: number, act: () => ReturnType<Browser['get']>) => {
  const statuses = [];
  for (let turn = 0; turn < count; turn += 1) statuses.push((await act()).status);
  return statuses;
};

/** The owner disconnects X as quickly as anybody can. */
async function throwOut(by: At): Promise<void> {
  const asked = await by.signIn('google', ada, { prompt: 'login' });
  expect(outcomeOf(asked)).toBe('/account');
  expect((await by.apiSend('delete', '/users/me/identities/twitter')).status).toBe(204);
}

describe('who has connected an identity of their own', () => {
  beforeEach(async () => {
    await link(home, 'twitter', mallory);
  });

  it('may end the owner’s sessions three times an hour, and then no more', async () => {
    const own = new At();
    await own.signIn('twitter', mallory);
    const end = () => own.apiSend('delete', '/users/me/sessions');
    expect(await repeat(4, end)).toEqual([204, 204, 204, 403]);
    const another = new At();
    await another.signIn('twitter', mallory);
    const { status } = await another.apiSend('delete', '/users/me/sessions');
    expect(status).toBe(403);
    await throwOut(new At());
  });

  it('leaves the owner a way who is signed in with what they have connected lately themselves', async () => {
    const own = new At();
    await own.signIn('twitter', mallory);
    const end = () => own.apiSend('delete', '/users/me/sessions');
    await repeat(3, end);
    const reauthUrl = `${latchkey.url}/auth/google?prompt=login`;
    expect((await end()).body).toMatchObject({ code: 'reauth_required', reauthUrl });
    await own.signIn('google', ada, { prompt: 'login' });
    expect(await repeat(4, end)).toEqual([204, 204, 204, 204]);
  });

  it('cannot use up what it takes to step up', async () => {
    for (let count = 0; count < 8; count += 1) {
      const own = new At();
      await own.signIn('twitter', mallory);
      await repeat(9, () => own.get('/auth/twitter/callback?oauth_token=x&oauth_verifier=y'));
      await repeat(29, () => own.api('/users/me'));
    }
    const own = new At();
    await own.signIn('twitter', mallory);
    expect((await own.get('/account')).status).toBe(429);
    expect((await home.api('/users/me')).status).toBe(200);
    expect((await home.get('/account')).status).toBe(200);
    await throwOut(home);
    const { identities } = await identityRows(latchkey.database);
    expect(identities.some(({ subject }) => subject === mallory.subject)).toBe(false);
  });

  it('ends none of the owner’s sessions by signing in again and again', async () => {
    const own = await signedIn(latchkey, 'twitter', mallory);
    const { id } = await me(own);
    const [row] = await sessionsOf(id, 'twitter');
    for (let count = 0; count < 100; count += 1) {
      const another = { ...row, id: randomUUID(), token_hash: randomUUID() };
      await latchkey.database
        .insertInto('sessions')
        .values(another as never)
        .execute();
    }
    await new At().signIn('twitter', mallory);
    expect(await sessionsOf(id, 'twitter')).toHaveLength(100);
    expect((await home.api('/users/me')).status).toBe(200);
  });
});

describe('who has copied the owner’s cookie', () => {
  it('may end their other sessions thirty times an hour, until they have stepped up', async () => {
    const stolen = new At();
    await giveSession(latchkey, stolen, await sessionCookie(home));
    await letTimePass(latchkey);
    const end = () => stolen.apiSend('delete', '/users/me/sessions');
    expect(new Set(await repeat(30, end))).toEqual(new Set([204]));
    const plain = new At();
    await plain.signIn('google', ada);
    const { status, body } = await plain.apiSend('delete', '/users/me/sessions');
    expect([status, body]).toEqual([
      403,
      expect.objectContaining({
        code: 'reauth_required',
        reauthUrl: `${latchkey.url}/auth/google?prompt=login`,
      }),
    ]);
    const owner = new At();
    await owner.signIn('google', ada, { prompt: 'login' });
    expect(await repeat(5, () => owner.apiSend('delete', '/users/me/sessions'))).toEqual([
      204, 204, 204, 204, 204,
    ]);
    expect((await stolen.api('/users/me')).status).toBe(401);
  });
});

describe('who has a copy of the only cookie there is', () => {
  it('and uses up what the session has is told to the owner, and a step-up helps', async () => {
    const cookie = await sessionCookie(home);
    const stolen = new At();
    await giveSession(latchkey, stolen, cookie);
    await repeat(31, () => stolen.api('/users/me'));
    const reauthUrl = `${latchkey.url}/auth/google?prompt=login`;
    const { status, body, headers } = await home.api('/users/me');
    expect([status, body]).toEqual([
      429,
      expect.objectContaining({ code: 'rate_limited', reauthUrl }),
    ]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const page = await home.get('/account');
    expect(page.status).toBe(429);
    expect(linkIn(page, 'Sign in again')).toBe(`${reauthUrl}&returnTo=%2Faccount`);
    await home.signIn('google', ada, { prompt: 'login' });
    expect((await home.get('/account')).status).toBe(200);
    expect((await home.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    expect(await sessionCookie(home)).not.toBe(cookie);
    expect(await sessionsOf((await me(home)).id, 'google')).toHaveLength(1);
  });

  it('of an identity that is the only one left is thrown out by a step-up', async () => {
    await link(home, 'twitter', mallory);
    await latchkey.app.get(AccountService).disconnectAsOperator((await me(home)).id, 'google');
    const own = new At();
    await own.signIn('twitter', mallory);
    const end = () => own.apiSend('delete', '/users/me/sessions');
    expect(await repeat(4, end)).toEqual([204, 204, 204, 204]);
  });
});

describe('who has copied an application’s token', () => {
  it('at many addresses uses up nothing of what it takes to step up', async () => {
    const bearer = await bearerOf(latchkey, ada);
    const ask = (address: string) =>
      asApp(latchkey, bearer, 'get', '/users/me', { 'X-Forwarded-For': address });
    for (let count = 0; count < 6; count += 1) await repeat(28, () => ask(`203.0.113.${count}`));
    const { status, body } = await ask('203.0.113.99');
    const reauthUrl = `${latchkey.url}/auth/google?prompt=login`;
    expect([status, body]).toMatchObject([429, { code: 'rate_limited', reauthUrl }]);
    expect((await stepUpAsApp(latchkey, bearer, ada)).status).toBe(204);
    expect((await ask('203.0.113.99')).status).toBe(200);
  });
});

describe('who has signed in to many browsers as the owner', () => {
  let many: At[];

  beforeEach(async () => {
    many = [];
    for (let count = 0; count < 6; count += 1) {
      const own = new At();
      await own.signIn('google', ada);
      many.push(own);
    }
  });

  it('cannot use up what it takes to step up, neither its start nor its end', async () => {
    const callback = await home.consent(await home.start('google', { prompt: 'login' }), ada);
    for (const own of many) await repeat(30, () => own.api('/users/me'));
    const reauthUrl = `${latchkey.url}/auth/google?prompt=login`;
    const { status, body } = await home.api('/users/me');
    expect([status, body]).toMatchObject([429, { code: 'rate_limited', reauthUrl }]);
    expect(outcomeOf(await home.callback(callback))).toBe('/account');
    expect(outcomeOf(await home.signIn('google', ada, { prompt: 'login' }))).toBe('/account');
  });
});

describe('somebody else’s page', () => {
  const image = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };

  it('uses up no sign-in by images that start none', async () => {
    const visitor = new At();
    const load = () => visitor.get('/auth/google', { ...image, 'Sec-Fetch-Dest': 'image' });
    expect(new Set(await repeat(15, load))).toEqual(new Set([400]));
    expect(outcomeOf(await visitor.signIn('google', somebody()))).toBe('/account');
  });
});

describe('starts', () => {
  it('with the cookie of a session that has ended count as a visitor’s', async () => {
    const visitor = new At();
    await visitor.signIn('google', ada);
    const Cookie = await visitor.jar.getCookieString(latchkey.url);
    await visitor.apiSend('post', '/auth/logout');
    const start = () => visitor.get('/auth/google', { Cookie });
    const statuses = await repeat(12, start);
    expect(statuses.filter((status) => status === 302).length).toBeLessThan(10);
    expect(statuses.at(-1)).toBe(429);
  });

  it('of connections that are refused use up none of the day’s', async () => {
    await letTimePass(latchkey);
    const statuses = await repeat(9, () => home.apiSend('post', '/auth/twitter/link'));
    expect(new Set(statuses)).toEqual(new Set([403]));
    const other = new At();
    await other.signIn('google', ada);
    expect(outcomeOf(await link(other, 'twitter', mallory))).toBe('/account');
  });
});
