import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SessionsTable } from '../../src/database/session-tables.js';
import { accountSuite } from '../support/account-suite.js';
import { Browser, locationOf } from '../support/browser.js';
import { cookieOf, namesOf, setCookies, signedCookie } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { storedText } from '../support/rows.js';

const SECRET = 'the-secret-of-this-suite-0123456789';

const latchkey = accountSuite({ SESSION_SECRET: SECRET });
let browser: Browser;

beforeEach(async () => {
  browser = new Browser(latchkey);
});

const me = (cookie: string) =>
  new Browser(latchkey).api('/users/me', { Cookie: `${namesOf(latchkey).session}=${cookie}` });
const sessions = () => latchkey.database.selectFrom('sessions').selectAll().execute();

async function signedInCookie(from: Browser = browser): Promise<string> {
  return cookieOf(await from.signIn('google'), namesOf(latchkey).session).value;
}

describe('signing in', () => {
  it('creates a new session and ends the previous one (no session fixation)', async () => {
    const planted = await signedInCookie(new Browser(latchkey));
    await browser.jar.setCookie(`${namesOf(latchkey).session}=${planted}`, latchkey.url);
    const own = await signedInCookie();
    expect(own).not.toBe(planted);
    expect((await me(own)).status).toBe(200);
    expect((await me(planted)).status).toBe(401);
    expect(await sessions()).toHaveLength(1);
  });

  it('never adopts a client’s session id, even a correctly signed one', async () => {
    const planted = signedCookie('a-made-up-session-id-0123456789ab', SECRET);
    await browser.jar.setCookie(`${namesOf(latchkey).session}=${planted}`, latchkey.url);
    expect((await browser.api('/users/me')).status).toBe(401);
    const own = await signedInCookie();
    expect(own).not.toContain('made-up');
    expect((await me(planted)).status).toBe(401);
  });

  it('does not affect other browsers of the same person', async () => {
    const [one, other] = [await signedInCookie(new Browser(latchkey)), await signedInCookie()];
    expect(one).not.toBe(other);
    expect([(await me(one)).status, (await me(other)).status]).toEqual([200, 200]);
  });
});

describe('the cookie', () => {
  it('on http is HttpOnly and Lax, for the whole site and no other', async () => {
    const { value, flags } = cookieOf(await browser.signIn('google'), namesOf(latchkey).session);
    expect(flags.filter((flag) => !flag.startsWith('Expires='))).toEqual([
      'Path=/',
      'HttpOnly',
      'SameSite=Lax',
    ]);
    const expires = Date.parse(flags.find((flag) => flag.startsWith('Expires='))?.slice(8) ?? '');
    expect(Math.abs(expires - Date.now() - 2_592_000_000)).toBeLessThan(10_000);
    const id = /^s%3A([\w-]+)\./.exec(value)?.[1] ?? '';
    expect(Buffer.from(id, 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  it('is stored only as a hash', async () => {
    const cookie = decodeURIComponent(await signedInCookie());
    const id = cookie.slice(2, cookie.lastIndexOf('.'));
    const stored = await storedText(latchkey.database);
    expect(stored).not.toContain(cookie);
    expect(stored).not.toContain(id);
    expect(stored).toContain(createHash('sha256').update(id).digest('base64url'));
    expect((await me(signedCookie(id, SECRET))).status).toBe(200);
    expect(
      (await me(signedCookie(createHash('sha256').update(id).digest('base64url'), SECRET))).status,
    ).toBe(401);
  });

  it('is not set again by reading', async () => {
    await browser.signIn('google');
    expect(setCookies(await browser.api('/users/me'))).toEqual([]);
    expect(setCookies(await browser.api('/auth/session'))).toEqual([]);
  });

  it.each<[string, (cookie: string) => string]>([
    [
      'with another id',
      (cookie) => cookie.replace(/(?<=^s%3A)./, (first) => (first === 'A' ? 'B' : 'A')),
    ],
    [
      'with another signature',
      (cookie) => cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ],
    ['without its signature', (cookie) => cookie.replace(/\..*/, '')],
    ['with an empty signature', (cookie) => cookie.replace(/\..*/, '.')],
    ['without its mark', (cookie) => cookie.replace('s%3A', '')],
    ['unsigned', (cookie) => cookie.replace(/^s%3A([^.]*).*/, '$1')],
    ['as JSON', () => encodeURIComponent('j:{"id":1}')],
    [
      'signed by somebody else',
      (cookie) => signedCookie(/^s%3A([^.]*)/.exec(cookie)?.[1] ?? '', 'x'.repeat(32)),
    ],
    ['signed and unknown', () => signedCookie('x'.repeat(32), SECRET)],
    ['signed and empty', () => signedCookie('', SECRET)],
    ['empty', () => ''],
    ['badly encoded', () => '%E0%A4%A'],
    ['very long', () => 'x'.repeat(8000)],
    ['with an SQL quote', () => signedCookie("' or 1=1 --", SECRET)],
  ])('%s signs nobody in, and creates nothing', async (_name, change) => {
    const cookie = await signedInCookie();
    const before = await sessions();
    const response = await me(change(cookie));
    expect(response.status).toBe(401);
    expectProblem(response, 'unauthenticated');
    expect(setCookies(response)).toEqual([]);
    expect(await sessions()).toEqual(before);
    expect((await me(cookie)).status).toBe(200);
  });
});

describe('an anonymous visitor', () => {
  it('has no session on any page', async () => {
    for (const path of [
      '/',
      '/account',
      '/auth/session',
      '/auth/providers',
      '/users/me',
      '/docs',
    ]) {
      expect(setCookies(await browser.get(path))).toEqual([]);
    }
    await browser.start('google');
    expect(Object.keys(await browser.cookies())).toEqual([
      expect.stringContaining(namesOf(latchkey).attempt),
    ]);
    await browser.apiSend('post', '/auth/logout');
    expect([await sessions(), await browser.cookies()]).toEqual([[], {}]);
  });

  it.each([
    ['nobody', null],
    ['a broken cookie', 'x'],
    ['an unknown cookie', signedCookie('x'.repeat(32), SECRET)],
  ])('gets 200 from /auth/session: %s', async (_name, value) => {
    const Cookie = value === null ? '' : `${namesOf(latchkey).session}=${value}`;
    const { status, body } = await browser.api('/auth/session', { Cookie });
    expect([status, body]).toEqual([
      200,
      { user: null, session: null, newIdentities: [], pendingLink: null },
    ]);
  });
});

describe('signing out', () => {
  it('by a form redirects to the sign-in page, and the cookie is cleared and worthless', async () => {
    const cookie = await signedInCookie();
    const response = await browser.submit('/auth/logout');
    expect([response.status, locationOf(response)]).toEqual([303, '/']);
    expect(cookieOf(response, namesOf(latchkey).session).value).toBe('');
    // Which provider it was, and that it is over.
    const { lastSignIn } = namesOf(latchkey);
    expect(await browser.lastingCookies()).toEqual({ [lastSignIn]: 'google.out' });
    expect((await me(cookie)).status).toBe(401);
    expect(await sessions()).toEqual([]);
  });

  it('is not possible by GET', async () => {
    const cookie = await signedInCookie();
    const response = await browser.get('/auth/logout');
    expect(response.status).toBe(404);
    expect((await me(cookie)).status).toBe(200);
  });

  it('is idempotent, and ends only this session', async () => {
    const other = await signedInCookie(new Browser(latchkey));
    await browser.signIn('google');
    expect((await browser.apiSend('post', '/auth/logout')).status).toBe(204);
    expect((await browser.apiSend('post', '/auth/logout')).status).toBe(204);
    expect((await me(other)).status).toBe(200);
  });

  it('wins against a request in flight', async () => {
    const cookie = await signedInCookie();
    await Promise.all([
      ...Array.from({ length: 10 }, () => me(cookie)),
      browser.apiSend('post', '/auth/logout'),
      ...Array.from({ length: 10 }, () => me(cookie)),
    ]);
    expect((await me(cookie)).status).toBe(401);
    expect(await sessions()).toEqual([]);
  });
});

describe('a user with a hundred sessions', () => {
  it('can sign in once more: the least recently used one ends', async () => {
    await signedInCookie();
    const { database } = latchkey;
    const [one] = await database.selectFrom('sessions').selectAll().execute();
    const others = Array.from({ length: 99 }, (_, at) => ({
      ...one,
      id: randomUUID(),
      token_hash: `hash ${at}`,
      last_seen_at: (one?.last_seen_at ?? 0) - at * 1000,
    }));
    await database
      .insertInto('sessions')
      .values(others as SessionsTable[])
      .execute();
    await signedInCookie(new Browser(latchkey));
    const left = await database.selectFrom('sessions').select('token_hash').execute();
    expect(left).toHaveLength(100);
    expect(left).not.toContainEqual({ token_hash: 'hash 98' });
    expect(left).toContainEqual({ token_hash: 'hash 97' });
    const events = await database.selectFrom('activity').select(['event', 'provider']).execute();
    expect(events.filter(({ event }) => event !== 'sign_in')).toEqual([
      { event: 'oldest_sessions_ended', provider: 'google' },
    ]);
  });
});

it('records an address even when the client disconnects at once', async () => {
  const cookie = await signedInCookie();
  const { hostname, port } = new URL(latchkey.url);
  for (let times = 0; times < 20; times += 1) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const cookies = `Cookie: ${namesOf(latchkey).session}=${cookie}\r\n`;
    socket.write(`DELETE /users/me/sessions HTTP/1.1\r\nHost: localhost\r\n${cookies}\r\n`);
    setImmediate(() => socket.resetAndDestroy());
    await once(socket, 'close');
  }
  await me(cookie);
  const { database } = latchkey;
  const recorded = await database.selectFrom('activity').select('address').execute();
  expect(recorded.filter(({ address }) => address === null)).toEqual([]);
  expect(recorded.length).toBeGreaterThan(0);
});

describe('when the user is gone', () => {
  it('all their sessions are deleted', async () => {
    const cookies = [await signedInCookie(new Browser(latchkey)), await signedInCookie()];
    await latchkey.database.deleteFrom('users').execute();
    for (const cookie of cookies) expect((await me(cookie)).status).toBe(401);
    expect((await browser.api('/auth/session')).body).toMatchObject({ user: null, session: null });
    expect(locationOf(await browser.get('/account'))).toBe('/?returnTo=%2Faccount');
    expect(await sessions()).toEqual([]);
  });
});
