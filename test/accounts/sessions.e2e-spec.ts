import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  crossSite,
  link,
  me,
  session,
  sessionCookie,
  sessionList,
  signedIn,
  somebody,
  type Somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { namesOf, setCookies } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';

const latchkey = accountSuite();
let ada: Somebody;
let browser: Browser;
let phone: Browser;

beforeEach(async () => {
  ada = somebody();
  phone = await signedIn(latchkey, 'google', ada);
  browser = await signedIn(latchkey, 'google', ada);
});

const rows = () => latchkey.database.selectFrom('sessions').selectAll().execute();
const idOf = async (of: Browser): Promise<string> => (await session(of)).id;

describe('the list of sessions', () => {
  it.each([
    [
      'Chrome on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
      { browser: 'Chrome', system: 'Windows' },
    ],
    [
      'Firefox on Linux',
      'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
      { browser: 'Firefox', system: 'Linux' },
    ],
    [
      'Safari on macOS',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      { browser: 'Safari', system: 'macOS' },
    ],
    [
      'Safari on an iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      { browser: 'Safari', system: 'iOS' },
    ],
    [
      'Chrome on Android',
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
      { browser: 'Chrome', system: 'Android' },
    ],
    [
      'Edge on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
      { browser: 'Microsoft Edge', system: 'Windows' },
    ],
    ['something unknown', 'x', { browser: null, system: null }],
  ])('describes %s in words', async (_name, userAgent, words) => {
    const one = new Browser(latchkey);
    const callback = await one.consent(await one.start('google'), ada);
    await one.callback(callback, { 'User-Agent': userAgent });
    const list = await sessionList(one);
    expect(list.find(({ current }) => current)).toEqual({
      id: await idOf(one),
      current: true,
      kind: 'browser',
      target: null,
      provider: 'google',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      lastSeenAt: expect.any(String),
      authenticatedAt: expect.any(String),
      expiresAt: expect.any(String),
      address: '127.0.0.1',
      ...words,
    });
  });

  it('contains every browser of the person, marks the current one, and no one else’s', async () => {
    await signedIn(latchkey, 'google');
    const list = await sessionList(browser);
    expect(list.map(({ id }) => id).toSorted()).toEqual(
      [await idOf(browser), await idOf(phone)].toSorted(),
    );
    expect(list.filter(({ current }) => current).map(({ id }) => id)).toEqual([
      await idOf(browser),
    ]);
  });

  it('contains the provider of each', async () => {
    const x = somebody();
    await link(browser, 'twitter', x);
    await signedIn(latchkey, 'twitter', x);
    const providers = (await sessionList(browser)).map(({ provider }) => provider).toSorted();
    expect(providers).toEqual(['google', 'google', 'twitter']);
  });

  it('is ordered by last use, without expired ones', async () => {
    const hourAgo = Date.now() - 3_600_000;
    await latchkey.database
      .updateTable('sessions')
      .set({ last_seen_at: hourAgo })
      .where('id', '=', await idOf(phone))
      .execute();
    const list = await sessionList(browser);
    expect(list.map(({ current }) => current)).toEqual([true, false]);
    expect(list[1]?.lastSeenAt).toBe(new Date(hourAgo).toISOString());
    await latchkey.database
      .updateTable('sessions')
      .set({ expires_at: hourAgo })
      .where('last_seen_at', '=', hourAgo)
      .execute();
    expect(await sessionList(browser)).toHaveLength(1);
  });

  it('contains no session id that could be used to sign in', async () => {
    const text = JSON.stringify(await sessionList(browser));
    for (const { token_hash: hash } of await rows()) expect(text).not.toContain(hash);
    expect(text).not.toContain((await sessionCookie(phone)).slice(4, 24));
  });

  it('requires a session', async () => {
    expectProblem(await new Browser(latchkey).api('/users/me/sessions'), 'unauthenticated');
  });
});

describe('ending sessions', () => {
  it('one by one signs out that browser at once, and no other', async () => {
    const cookie = await sessionCookie(phone);
    const response = await browser.apiSend('delete', `/users/me/sessions/${await idOf(phone)}`);
    expect([response.status, setCookies(response)]).toEqual([204, []]);
    expect(await worthOf(latchkey, cookie)).toBe(401);
    expect((await browser.api('/users/me')).status).toBe(200);
    expect(await sessionList(browser)).toHaveLength(1);
  });

  it('except the current one keeps this browser signed in, and other people', async () => {
    const stranger = await signedIn(latchkey, 'google');
    const cookies = [await sessionCookie(phone)];
    cookies.push(await sessionCookie(await signedIn(latchkey, 'google', ada)));
    expect((await browser.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    for (const cookie of cookies) expect(await worthOf(latchkey, cookie)).toBe(401);
    expect((await browser.api('/users/me')).status).toBe(200);
    expect((await stranger.api('/users/me')).status).toBe(200);
    expect((await browser.apiSend('delete', '/users/me/sessions')).status).toBe(204);
  });

  it('for the current browser signs it out', async () => {
    const cookie = await sessionCookie(browser);
    const path = `/users/me/sessions/${await idOf(browser)}`;
    expect((await browser.apiSend('delete', path)).status).toBe(204);
    expect(await browser.cookies()).not.toHaveProperty(namesOf(latchkey).session);
    expect(await worthOf(latchkey, cookie)).toBe(401);
    expect((await phone.api('/users/me')).status).toBe(200);
  });

  it('404 for another user’s session, exactly as for an unknown one', async () => {
    const stranger = await signedIn(latchkey, 'google');
    const answers = await Promise.all(
      [await idOf(stranger), '0199c7d2-0000-7000-8000-000000000000'].map((id) =>
        browser.apiSend('delete', `/users/me/sessions/${id}`),
      ),
    );
    const [theirs, none] = answers.map(({ status, text, body, headers }) => ({
      status,
      text: text.replace((body as { requestId: string }).requestId, ''),
      headers: { ...headers, date: '', 'x-request-id': '' },
    }));
    expect(theirs).toEqual(none);
    expect(theirs?.status).toBe(404);
    expect((await stranger.api('/users/me')).status).toBe(200);
  });

  it.each(['x', '%00', "' or 1=1 --", '*', '%25', 'x'.repeat(500)])('404 for %s', async (id) => {
    const path = `/users/me/sessions/${encodeURIComponent(decodeURIComponent(id))}`;
    expect((await browser.apiSend('delete', path)).status).toBe(404);
    expect(await rows()).toHaveLength(2);
  });

  it('404 for its hash in the store', async () => {
    const [row] = await rows();
    const path = `/users/me/sessions/${row?.token_hash}`;
    expect((await browser.apiSend('delete', path)).status).toBe(404);
  });

  it.each(crossSite)('is refused to %s', async (_name, headers) => {
    const paths = ['/users/me/sessions', `/users/me/sessions/${await idOf(phone)}`];
    for (const path of paths) {
      expectProblem(await browser.apiSend('delete', path, headers), 'csrf_failed');
    }
    expect(await rows()).toHaveLength(2);
  });

  it('requires no recent sign-in: locking a thief out must not wait', async () => {
    await latchkey.database.updateTable('sessions').set({ authenticated_at: 0 }).execute();
    expect((await browser.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    expect(await rows()).toHaveLength(1);
  });

  it('404 the second time', async () => {
    const path = `/users/me/sessions/${await idOf(phone)}`;
    await browser.apiSend('delete', path);
    expect((await browser.apiSend('delete', path)).status).toBe(404);
  });

  it('does not prevent signing in there again', async () => {
    const before = await idOf(phone);
    await browser.apiSend('delete', '/users/me/sessions');
    await phone.signIn('google', ada);
    expect((await me(phone)).id).toBe((await me(browser)).id);
    expect(await idOf(phone)).not.toBe(before);
  });
});
