import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { me, signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { cookieOf, namesOf } from '../support/cookies.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey } from '../support/latchkey.js';
import {
  ask,
  cookiesOf,
  domainCookies,
  introspect,
  startWithSiblings,
  withKey,
} from '../support/servers.js';
import { createTestDatabase } from '../support/test-database.js';

async function seen(at: Latchkey, cookie: string): Promise<string | null> {
  const { user } = JSON.parse((await introspect(at, cookie)).text) as { user?: { id: string } };
  return user?.id ?? null;
}

/** The Domain cookie that an answer sets: those before it are expired, in other places. */
const lastOf = (at: Latchkey, response: Response) =>
  domainCookies(at, response).at(-1)?.split(';')[0] ?? '';

it('on https it is __Secure-, beside __Host-', async () => {
  const https = await startWithSiblings({
    PUBLIC_URL: 'https://id.eu.acme.test',
    COOKIE_DOMAIN: 'acme.test',
  });
  const browser = new Browser({ url: https.url });
  const response = await browser.signIn('google', somebody());
  const { value, flags } = cookieOf(response, '__Secure-latchkey');
  expect(flags).toEqual(
    expect.arrayContaining(['Domain=acme.test', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']),
  );
  expect(cookieOf(response, '__Host-latchkey').flags.join()).not.toContain('Domain');
  expect(await seen(https, `__Secure-latchkey=${value}`)).toBe((await me(browser)).id);

  // As often as siblings like; it is none of those of which there may be one only.
  const Cookie = `__Host-latchkey=${cookieOf(response, '__Host-latchkey').value}`;
  const tossed = `__Secure-latchkey=x; ${Cookie}; __Secure-latchkey=y`;
  const answer = await new Browser({ url: https.url }).api('/users/me', { Cookie: tossed });
  expect(answer.status).toBe(200);
  expect(domainCookies(https, answer).at(-1)).toContain(
    `__Secure-latchkey=${value}; Domain=acme.test`,
  );
  expect(
    domainCookies(https, answer)
      .slice(0, -1)
      .every((line) => line.includes('Secure')),
  ).toBe(true);

  // Of the session cookie there may be one only; a server that asks is not told to expire them, nor is a proxy.
  const twice = `${Cookie}; ${Cookie}`;
  const ofBrowser = await ask(https, '/auth/session', { Cookie: twice });
  expect(ofBrowser.headers['set-cookie']).toHaveLength(1);
  const ofServer = await ask(https, '/auth/session', { ...withKey(), Cookie: twice });
  expect([ofServer.status, ofServer.headers['set-cookie']]).toEqual([200, undefined]);
  for (const path of ['/auth/verify', '/auth/verify/', '/auth/verify?x=1']) {
    const ofProxy = await ask(https, path, { Cookie: twice });
    expect([path, ofProxy.headers['set-cookie']]).toEqual([path, undefined]);
    expect([400, 401]).toContain(ofProxy.status);
  }
  await https.close();
});

describe('a service that is started anew, with other settings', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let common: Record<string, string>;
  const secrets = ['one', 'two'].map((name) => name + randomBytes(30).toString('base64url'));

  beforeAll(async () => {
    database = await createTestDatabase();
    const port = String(await freePort());
    common = {
      PORT: port,
      PUBLIC_URL: `http://id.acme.localhost:${port}`,
      DATABASE_URL: database.url,
      SESSION_SECRET: secrets[0] ?? '',
      COOKIE_DOMAIN: 'acme.localhost',
    };
  });

  afterAll(() => database.drop());

  it('without COOKIE_DOMAIN sets none and believes none; with it, those who are signed in get theirs', async () => {
    const off = await startWithSiblings({ ...common, COOKIE_DOMAIN: undefined });
    // At home where it is, also while there is no cookie for the whole domain.
    const browser = new Browser({ url: off.url, environment: common });
    const response = await browser.signIn('google', somebody());
    const { session } = namesOf(off);
    expect(domainCookies(off, response)).toEqual([]);
    expect(response.headers['set-cookie']).toHaveLength(3);
    const full = `${session}=${cookieOf(response, session).value}`;
    await off.close();

    const on = await startWithSiblings(common, off);
    const first = await new Browser(on).api('/users/me', { Cookie: full });
    const given = lastOf(on, first);
    const { id } = first.body as { id: string };
    expect(await seen(on, given)).toBe(id);
    const next = await new Browser(on).api('/users/me', { Cookie: `${full}; ${given}` });
    expect(domainCookies(on, next)).toEqual([]);
    await on.close();

    const offAgain = await startWithSiblings({ ...common, COOKIE_DOMAIN: undefined }, on);
    expect(await seen(offAgain, given)).toBeNull();
    expect(await seen(offAgain, full)).toBe(id);
    await offAgain.close();
  });

  it('with another SESSION_SECRET signs it again, together with the session', async () => {
    const before = await startWithSiblings(common);
    const { full, domain } = await cookiesOf(before, await signedIn(before));
    await before.close();

    const rotated = await startWithSiblings(
      { ...common, SESSION_SECRET: secrets.toReversed().join() },
      before,
    );
    const names = namesOf(rotated);
    const response = await new Browser(rotated).api('/users/me', { Cookie: `${full}; ${domain}` });
    const renewed = lastOf(rotated, response);
    expect(`${names.session}=${cookieOf(response, names.session).value}`).not.toBe(full);
    expect(renewed).not.toBe(domain);
    const { id } = response.body as { id: string };
    expect([await seen(rotated, domain), await seen(rotated, renewed)]).toEqual([id, id]);
    await rotated.close();

    const without = await startWithSiblings({ ...common, SESSION_SECRET: secrets[1] }, rotated);
    expect([await seen(without, domain), await seen(without, renewed)]).toEqual([null, id]);
    await without.close();
  });
});
