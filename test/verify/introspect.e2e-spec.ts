import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { me, session, signedIn, somebody, worthOf } from '../support/accounts.js';
import { signedCookie } from '../support/cookies.js';
import { type Latchkey } from '../support/latchkey.js';
import { problemOf, raw } from '../support/raw.js';
import { introspect, startWithSiblings, visitor, withKey } from '../support/servers.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startWithSiblings();
});

afterAll(() => latchkey.close());

const seen = async (cookie: string) =>
  JSON.parse((await introspect(latchkey, cookie)).text) as object;
const NOBODY = { active: false };

describe('POST /auth/introspect', () => {
  it('tells who is signed in, by either cookie, and no more than that', async () => {
    const person = somebody({ email: 'seen@example.test', emailVerified: true });
    const { browser, full, domain } = await visitor(latchkey, latchkey, 'google', person);
    const [user, { id, createdAt, authenticatedAt, expiresAt, provider }] = [
      await me(browser),
      await session(browser),
    ];
    const { displayName, email, emailVerified, avatarUrl } = user;
    const expected = {
      active: true,
      user: { id: user.id, displayName, email, emailVerified, avatarUrl },
      session: { id, createdAt, authenticatedAt, expiresAt, provider },
    };
    expect(email).toBe('seen@example.test');
    expect(await seen(domain)).toEqual(expected);
    expect(await seen(full)).toEqual(expected);
    expect(await seen(`theirs=1; ${domain}; other="2"`)).toEqual(expected);
    expect(await seen(`${full}; ${domain}`)).toEqual(expected);
  });

  it('believes the session cookie before the Domain cookie', async () => {
    const [ada, eve] = [await visitor(latchkey), await visitor(latchkey)];
    const { id } = await me(ada.browser);
    expect(await seen(`${eve.domain}; ${ada.full}`)).toMatchObject({ user: { id } });
  });

  it.each([
    ['nothing', ''],
    ['others’ cookies', 'a=1; b=2'],
    ['a cookie that we have not signed', 'latchkey=s%3Ax.y'],
    ['no header at all', '\u0000\r\n'],
  ])('shows nobody for %s', async (_what, cookie) => {
    const answer = await introspect(latchkey, cookie);
    expect([answer.status, answer.text]).toEqual([200, '{"active":false}']);
  });

  it('shows nobody once the session has ended, or was never there', async () => {
    const { browser, full, domain } = await visitor(latchkey);
    expect(await seen(domain)).toMatchObject({ active: true });
    await browser.apiSend('post', '/auth/logout');
    expect([await seen(full), await seen(domain)]).toEqual([NOBODY, NOBODY]);
    const secret = latchkey.environment['SESSION_SECRET'] ?? '';
    const [name] = domain.split('=');
    expect(await seen(`${name}=${signedCookie('x'.repeat(32), secret)}`)).toEqual(NOBODY);
  });

  it('renews, signs and sets nothing', async () => {
    const { full, domain } = await visitor(latchkey);
    const rows = () => latchkey.database.selectFrom('sessions').selectAll().execute();
    const before = await rows();
    for (const cookie of [full, domain]) {
      const { headers } = await introspect(latchkey, cookie);
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(await rows()).toEqual(before);
  });

  it('notes once a minute that the session is in use', async () => {
    const { domain, browser } = await visitor(latchkey);
    const { id } = await session(browser);
    const lastSeen = async () =>
      (
        await latchkey.database
          .selectFrom('sessions')
          .select('last_seen_at')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
      ).last_seen_at;
    const since = Date.now() - 61_000;
    await latchkey.database
      .updateTable('sessions')
      .set({ last_seen_at: since })
      .where('id', '=', id)
      .execute();
    await seen(domain);
    const touched = await lastSeen();
    expect(touched).toBeGreaterThan(since + 60_000);
    await seen(domain);
    expect(await lastSeen()).toBe(touched);
  });

  it('takes a service key', async () => {
    const { domain } = await visitor(latchkey);
    expect(problemOf(await introspect(latchkey, domain, {}))).toEqual([401, 'unauthenticated']);
    const cookie = { Cookie: domain };
    expect(problemOf(await introspect(latchkey, domain, cookie))).toEqual([401, 'unauthenticated']);
  });

  it.each([
    ['no cookie', {}],
    ['one that is no text', { cookie: ['a=1'] }],
    ['one that is too long', { cookie: 'x'.repeat(16_385) }],
  ])('refuses %s', async (_what, body) => {
    const answer = await raw(`${latchkey.url}/auth/introspect`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...withKey() },
      body: JSON.stringify(body),
    });
    expect(problemOf(answer)).toEqual([400, 'bad_request']);
  });

  it('does not read its own cookies', async () => {
    const { full } = await visitor(latchkey);
    const answer = await introspect(latchkey, '', { ...withKey(), Cookie: full });
    expect(JSON.parse(answer.text)).toEqual(NOBODY);
  });
});

describe('on https', () => {
  it('believes neither of two session cookies', async () => {
    const https = await startWithSiblings({
      PUBLIC_URL: 'https://id.acme.test',
      COOKIE_DOMAIN: 'acme.test',
    });
    try {
      const browser = await signedIn({ url: https.url });
      const name = '__Host-latchkey';
      const value = (await browser.cookies())[name] ?? '';
      const answer = async (cookie: string) =>
        JSON.parse((await introspect(https, cookie)).text) as object;
      expect(await answer(`${name}=${value}`)).toMatchObject({ active: true });
      expect(await answer(`${name}=${value}; ${name}=${value}`)).toEqual(NOBODY);
      expect(await worthOf(https, value)).toBe(200);
    } finally {
      await https.close();
    }
  });
});
