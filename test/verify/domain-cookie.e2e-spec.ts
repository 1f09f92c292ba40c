import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { me, session, signedIn, somebody, stepUp } from '../support/accounts.js';
import { Browser, targetOf } from '../support/browser.js';
import { cookieOf, namesOf, signedCookie } from '../support/cookies.js';
import { type Latchkey } from '../support/latchkey.js';
import { problemOf, raw } from '../support/raw.js';
import {
  ask,
  cookiesOf,
  DOMAIN,
  domainCookies,
  hashOf,
  introspect,
  startWithSiblings,
  type Visitor,
  visitor,
  withKey,
} from '../support/servers.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startWithSiblings();
});

afterAll(() => latchkey.close());

/** The user that a cookie shows a server; null for nobody. */
async function seen(cookie: string, at: Latchkey = latchkey): Promise<string | null> {
  const { user } = JSON.parse((await introspect(at, cookie)).text) as { user?: { id: string } };
  return user?.id ?? null;
}

const value = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);

const tokenOf = (signed: string) => decodeURIComponent(signed).slice(2).split('.')[0] ?? '';

/** Where the lines of an answer expire the Domain cookie, as domain and path. */
const expired = (response: Response, at: Latchkey = latchkey) =>
  domainCookies(at, response)
    .filter((line) => /; Max-Age=0;|; Expires=Thu, 01 Jan 1970/.test(line))
    .map((line) => {
      const domain = /; Domain=([^;]+)/.exec(line)?.[1] ?? 'host';
      return `${domain} ${/; Path=([^;]+)/.exec(line)?.[1]}`;
    });

/** The flags of a cookie but for its end. */
const lasting = (flags: string[]) =>
  flags.filter((flag) => !flag.startsWith('Expires=')).toSorted();

/** What an answer's headers take on the way, its first line left out. */
const bytesOf = ({ headers }: Response) =>
  Object.entries(headers as Record<string, string | string[]>)
    .flatMap(([name, lines]) => [lines].flat().map((line) => `${name}: ${line}\r\n`))
    .join('').length;

describe('the Domain cookie', () => {
  it('is set at sign-in, beside the session cookie and with a value of its own', async () => {
    const browser = new Browser(latchkey);
    const response = await browser.signIn('google', somebody());
    const names = namesOf(latchkey);
    expect(names.domain).toMatch(/^latchkey-[\da-f]{8}-domain$/);
    const [one, other] = [cookieOf(response, names.session), cookieOf(response, names.domain)];
    // Both end with the session; one of them may be a second on.
    expect(lasting(other.flags)).toEqual(lasting([...one.flags, `Domain=${DOMAIN}`]));
    const ends = [one, other].map(({ flags }) =>
      Date.parse(flags.find((flag) => flag.startsWith('Expires='))?.slice(8) ?? ''),
    );
    expect(Math.abs((ends[0] ?? 0) - (ends[1] ?? NaN))).toBeLessThanOrEqual(1000);
    expect(one.flags).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
    expect(tokenOf(other.value)).toHaveLength(43);
    const { token_hash: own, domain_token_hash: looking } = await latchkey.database
      .selectFrom('sessions')
      .selectAll()
      .where('token_hash', '=', hashOf(tokenOf(one.value)))
      .executeTakeFirstOrThrow();
    expect(looking).toBe(hashOf(tokenOf(other.value)));
    expect(looking).not.toBe(own);
  });

  it('is renewed with the session, and the one before is worth nothing', async () => {
    const person = somebody();
    const { browser, domain: before } = await visitor(latchkey, latchkey, 'google', person);
    await stepUp(browser, 'google', person);
    const { domain: after } = await cookiesOf(latchkey, browser);
    expect(after).not.toBe(before);
    expect([await seen(before), await seen(after)]).toEqual([null, (await me(browser)).id]);
  });

  it.each<[string, (one: Visitor) => Promise<Response>]>([
    ['signing out', ({ browser }) => browser.apiSend('post', '/auth/logout')],
    ['deleting the account', ({ browser }) => browser.apiSend('delete', '/users/me')],
    [
      'ending the session',
      async ({ browser }) =>
        browser.apiSend('delete', `/users/me/sessions/${(await session(browser)).id}`),
    ],
  ])('ends together with the session by %s', async (_how, end) => {
    const one = await visitor(latchkey);
    const response = await end(one);
    expect(response.status).toBe(204);
    expect(expired(response)).toEqual([`${DOMAIN} /`]);
    expect(await one.browser.lastingCookies()).toEqual({
      [namesOf(latchkey).lastSignIn]: 'google',
    });
    expect([await seen(one.domain), await seen(one.full)]).toEqual([null, null]);
  });

  it('ends where the session is ended from elsewhere', async () => {
    const person = somebody();
    const one = await visitor(latchkey, latchkey, 'google', person);
    const other = await visitor(latchkey, latchkey, 'google', person);
    await other.browser.apiSend('delete', '/users/me/sessions');
    expect([await seen(one.domain), await seen(other.domain)]).toEqual([
      null,
      (await me(other.browser)).id,
    ]);
  });

  it('comes with a callback that is delivered again', async () => {
    const browser = new Browser(latchkey);
    const callback = await browser.consent(await browser.start('google'), somebody());
    const Cookie = await browser.jar.getCookieString(latchkey.environment['PUBLIC_URL'] ?? '');
    const first = await browser.callback(callback);
    const second = await new Browser(latchkey).callback(callback, { Cookie });
    expect(targetOf(second)).toBe(targetOf(first));
    const { domain } = namesOf(latchkey);
    expect(cookieOf(second, domain)).toEqual(cookieOf(first, domain));
    expect(await seen(`${domain}=${cookieOf(second, domain).value}`)).toBe((await me(browser)).id);
  });
});

describe('who has the Domain cookie alone', () => {
  const routes: [method: string, path: string][] = [
    ['GET', '/users/me'],
    ['DELETE', '/users/me'],
    ['POST', '/users/me/export'],
    ['GET', '/users/me/identities'],
    ['DELETE', '/users/me/identities/google'],
    ['GET', '/users/me/sessions'],
    ['DELETE', '/users/me/sessions'],
    ['GET', '/users/me/activity'],
    ['POST', '/auth/google/link'],
    ['POST', '/auth/pending-link'],
    ['POST', '/auth/logout'],
    ['GET', '/auth/session'],
    ['GET', '/auth/google?prompt=login'],
    ['GET', '/account'],
  ];

  it('looks, and does not act: everywhere else it is as if absent', async () => {
    const one = await visitor(latchkey);
    const { session: full } = namesOf(latchkey);
    const before = await latchkey.database.selectFrom('sessions').selectAll().execute();
    // Under its own name, and as the session cookie.
    for (const Cookie of [one.domain, `${full}=${value(one.domain)}`]) {
      for (const [method, path] of routes) {
        const act = (headers: Record<string, string>) =>
          raw(latchkey.url + path, {
            method,
            headers: { Accept: 'application/json', ...headers },
          });
        const [withIt, without] = [await act({ Cookie }), await act({})];
        const shown = ({ status, text }: typeof withIt) => [
          path,
          status,
          text.replace(/"requestId":"[^"]+"/, ''),
        ];
        expect(shown(withIt)).toEqual(shown(without));
      }
    }
    expect(await latchkey.database.selectFrom('sessions').selectAll().execute()).toEqual(before);
  });

  it('is seen by a server with a key at GET /auth/session, and cannot act there', async () => {
    const { browser, domain } = await visitor(latchkey);
    const { id } = await me(browser);
    const answer = await ask(latchkey, '/auth/session', { ...withKey(), Cookie: domain });
    expect(JSON.parse(answer.text)).toMatchObject({ user: { id }, pendingLink: null });
    expect(answer.headers['set-cookie']).toBeUndefined();
    for (const [method, path] of routes.filter(([, route]) => route !== '/auth/session')) {
      const headers = { ...withKey(), Cookie: domain, Accept: 'application/json' };
      const [withIt, without] = [
        await raw(latchkey.url + path, { method, headers }),
        await raw(latchkey.url + path, { method, headers: { ...headers, Cookie: '' } }),
      ];
      expect([path, withIt.status]).toEqual([path, without.status]);
    }
    expect((await me(browser)).id).toBe(id);
  });

  it('gives a server that asks for a browser nothing to pass on', async () => {
    const { full } = await visitor(latchkey);
    for (const path of ['/auth/session', '/users/me']) {
      const answer = await ask(latchkey, path, { ...withKey(), Cookie: full });
      expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined]);
    }
  });
});

describe('of several Domain cookies', () => {
  it('those that name no living session are passed over', async () => {
    const [one, dead] = [await visitor(latchkey), await visitor(latchkey)];
    await dead.browser.apiSend('post', '/auth/logout');
    const { domain: name } = namesOf(latchkey);
    const secret = latchkey.environment['SESSION_SECRET'] ?? '';
    const unknown = Array.from(
      { length: 30 },
      (_item, at) => `${name}=${signedCookie(`d:${String(at).padStart(43, 'x')}`, secret)}`,
    );
    const tossed = [`${name}=x`, dead.domain, ...unknown];
    const { id } = await me(one.browser);
    expect(await seen([...tossed, one.domain, ...tossed].join('; '))).toBe(id);
    expect(await seen([one.domain, one.domain].join('; '))).toBe(id);
    expect(await seen(tossed.join('; '))).toBeNull();
  });

  it('none is believed where two live', async () => {
    const [one, other] = [await visitor(latchkey), await visitor(latchkey)];
    expect(await seen(`${one.domain}; ${other.domain}`)).toBeNull();
    expect(await seen(`${other.domain}; ${one.domain}`)).toBeNull();
    const verified = await ask(latchkey, '/auth/verify', {
      Cookie: `${one.domain}; ${other.domain}`,
    });
    expect(problemOf(verified)).toEqual([401, 'unauthenticated']);
    expect(verified.headers['set-cookie']).toBeUndefined();
  });

  it('the others are expired, wherever they may lie, and the person’s own is set', async () => {
    const [one, other] = [await visitor(latchkey), await visitor(latchkey)];
    const { domain: name } = namesOf(latchkey);
    const host = `id.${DOMAIN}`;
    for (const Cookie of [
      `${one.full}; ${other.domain}; ${one.domain}`,
      `${one.full}; ${one.domain}; ${name}=x`,
      `${one.full}; ${other.domain}`,
      `${one.full}; ${name}=x`,
    ]) {
      const response = await new Browser(latchkey).api('/users/me', { Cookie });
      expect(response.status).toBe(200);
      expect(expired(response).toSorted()).toEqual(
        ['/', '/users', '/users/', '/users/me', '/users/me/']
          .flatMap((path) => [`host ${path}`, `${DOMAIN} ${path}`, `${host} ${path}`])
          .filter((place) => place !== `${DOMAIN} /`)
          .toSorted(),
      );
      const lines = domainCookies(latchkey, response);
      expect(lines.at(-1)).toContain(`${one.domain};`);
      expect(lines.at(-1)).toContain(`Domain=${DOMAIN}; Path=/`);
    }
    const missing = await new Browser(latchkey).api('/users/me', { Cookie: one.full });
    expect(domainCookies(latchkey, missing)).toEqual([
      expect.stringContaining(`${one.domain}; Domain=${DOMAIN}; Path=/`),
    ]);
    const { status, headers } = await new Browser(latchkey).api('/users/me', {
      Cookie: `${one.full}; ${one.domain}`,
    });
    expect([status, headers['set-cookie']]).toEqual([200, undefined]);
  });

  it('those are expired, too, that lie where the browser wants to return to', async () => {
    const one = await visitor(latchkey);
    const Cookie = `${one.full}; ${one.domain}`;
    const at = (returnTo: string) =>
      new Browser(latchkey).get(`/?returnTo=${encodeURIComponent(returnTo)}`, { Cookie });
    const here = expired(await at('/inbox/1'));
    expect(here).toEqual(
      expect.arrayContaining([`${DOMAIN} /inbox`, `${DOMAIN} /inbox/`, `${DOMAIN} /inbox/1`]),
    );
    expect(here).not.toContain(`${DOMAIN} /`);
    expect(expired(await at('https://evil.test/inbox'))).toEqual([]);
  });

  it('no sibling locks anybody out', async () => {
    const { jar } = await signedIn(latchkey);
    const browser = new Browser(latchkey, undefined, jar);
    const other = await visitor(latchkey);
    const publicUrl = latchkey.environment['PUBLIC_URL'] ?? '';
    const { hostname } = new URL(publicUrl);
    const planted = [
      [`${other.domain}; Domain=${hostname}; Path=/`, publicUrl],
      [`${other.domain}; Domain=${DOMAIN}; Path=/users/`, `${publicUrl}/users/me`],
      [`${other.domain}; Path=/users/me`, `${publicUrl}/users/me`],
      [`${other.domain}; Domain=${DOMAIN}; Path=/`, publicUrl],
    ] as const;
    for (const [cookie, url] of planted) await jar.setCookie(cookie, url);
    const tossed = await jar.getCookieString(`${publicUrl}/users/me`);
    expect(tossed.split(`${namesOf(latchkey).domain}=`)).toHaveLength(5);
    const { id } = await me(browser);
    expect(await seen(await jar.getCookieString(`${publicUrl}/users/me`))).toBe(id);
    const { domain } = namesOf(latchkey);
    const left = (await jar.getCookies(`${publicUrl}/users/me`)).filter(
      ({ key }) => key === domain,
    );
    expect(left).toHaveLength(1);
    expect((await browser.apiSend('post', '/auth/logout')).status).toBe(204);
    expect(Object.keys(await browser.lastingCookies())).toEqual([namesOf(latchkey).lastSignIn]);
  });

  it('nor with cookies for the deepest folder, and no answer is too long for a proxy', async () => {
    const own = await visitor(latchkey);
    const planter = await visitor(latchkey);
    const { jar } = own.browser;
    const publicUrl = latchkey.environment['PUBLIC_URL'] ?? '';
    const folders = Array.from({ length: 12 }, (_item, at) => `/folder-${at}`);
    const target = `${publicUrl}${folders.join('')}`;
    for (const depth of [1, 4, 5, 8, 11, 12]) {
      const path = folders.slice(0, depth).join('');
      const at = `${publicUrl}${path}/`;
      await jar.setCookie(`${planter.domain}; Domain=${DOMAIN}; Path=${path}`, at);
      await jar.setCookie(`${planter.domain}; Domain=${DOMAIN}; Path=${path}/`, at);
    }
    const planted = async () => (await jar.getCookieString(`${target}/x`)).split('-domain=').length;
    expect(await planted()).toBe(14);
    const sizes: number[] = [];
    for (let visit = 0; visit < 100 && (await planted()) > 2; visit += 1) {
      const page = await own.browser.get(`/?returnTo=${encodeURIComponent(target)}`);
      expect(page.status).toBe(200);
      sizes.push(bytesOf(page));
    }
    expect(await planted()).toBe(2);
    expect(Math.max(...sizes)).toBeLessThan(4096);
    expect(await seen(await jar.getCookieString(target))).toBe((await me(own.browser)).id);
  });

  it('nor with a path in which a cookie has no place', async () => {
    const one = await visitor(latchkey);
    const Cookie = `${one.full}; ${one.domain}`;
    const returnTo = encodeURIComponent('/inbox/a;b/c');
    const page = await new Browser(latchkey).get(`/?returnTo=${returnTo}`, { Cookie });
    expect([page.status, expired(page)]).toEqual([
      200,
      [`${DOMAIN} /inbox`, `${DOMAIN} /inbox/`].flatMap((each) => [
        each,
        each.replace(DOMAIN, `id.${DOMAIN}`),
      ]),
    ]);
  });

  it('a sign-out takes all of them', async () => {
    const [one, other] = [await visitor(latchkey), await visitor(latchkey)];
    const Cookie = `${one.full}; ${one.domain}; ${other.domain}`;
    const response = await new Browser(latchkey).apiSend('post', '/auth/logout', { Cookie });
    expect(response.status).toBe(204);
    expect(expired(response)).toEqual(
      expect.arrayContaining([`${DOMAIN} /`, 'host /auth', `id.${DOMAIN} /auth/logout`]),
    );
    expect([await seen(one.domain), await seen(other.domain)]).toEqual([
      null,
      (await me(other.browser)).id,
    ]);
  });
});
