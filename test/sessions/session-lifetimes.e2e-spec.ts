import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { CleanupService } from '../../src/cleanup/cleanup.service.js';
import { Browser, locationOf } from '../support/browser.js';
import { cookieOf, namesOf, setCookies } from '../support/cookies.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;
const folder = mkdtempSync(join(tmpdir(), 'latchkey-sessions-'));

afterEach(() => latchkey.close());

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function statusFor(cookie: string, name = namesOf(latchkey).session): Promise<number> {
  return (await new Browser(latchkey).api('/users/me', { Cookie: `${name}=${cookie}` })).status;
}

async function newCookie(): Promise<string> {
  const response = await new Browser(latchkey).signIn('google');
  return cookieOf(response, namesOf(latchkey).session).value;
}

describe('a session', () => {
  it('expires when idle, and at its absolute limit even when used', async () => {
    latchkey = await startLatchkey({ SESSION_IDLE_SECONDS: '2', SESSION_ABSOLUTE_SECONDS: '4' });
    const [used, idle] = [await newCookie(), await newCookie()];
    await sleep(1200);
    expect(await statusFor(used)).toBe(200);
    await sleep(1200);
    expect([await statusFor(used), await statusFor(idle)]).toEqual([200, 401]);
    await sleep(1700);
    expect(await statusFor(used)).toBe(401);
  }, 15_000);

  it('is deleted once expired, while an active one is kept', async () => {
    latchkey = await startLatchkey();
    const { database } = latchkey;
    const cookies = [await newCookie(), await newCookie(), await newCookie()];
    const rows = await database.selectFrom('sessions').selectAll().orderBy('id').execute();
    const [expired = '', idle = '', living = ''] = rows.map(({ id }) => id);
    await database
      .updateTable('sessions')
      .set({ expires_at: Date.now() - 1 })
      .where('id', '=', expired)
      .execute();
    const weekAgo = Date.now() - 604_801_000;
    await database
      .updateTable('sessions')
      .set({ last_seen_at: weekAgo })
      .where('id', '=', idle)
      .execute();
    expect(await Promise.all(cookies.map((cookie) => statusFor(cookie)))).toEqual([401, 401, 200]);

    await database
      .updateTable('claimed_attempts')
      .set({ expires_at: Date.now() - 1 })
      .execute();
    await newCookie();
    await latchkey.app.get(CleanupService).clean();
    const left = await database.selectFrom('sessions').select('id').execute();
    expect(left.map(({ id }) => id)).toContain(living);
    expect(left).toHaveLength(2);
    expect(await database.selectFrom('claimed_attempts').selectAll().execute()).toHaveLength(1);
  });
});

describe('a secret', () => {
  const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];
  const DATABASE_URL = `file:${join(folder, 'rotation.db')}`;
  /** The provider's address is part of who vouches for an identity. */
  let GOOGLE_ISSUER: string;
  let signedByOld: string;
  let signedByNew: string;

  it('signs sessions', async () => {
    latchkey = await startLatchkey({ DATABASE_URL, SESSION_SECRET: OLD });
    GOOGLE_ISSUER = latchkey.config.providers.google?.issuer ?? '';
    signedByOld = await newCookie();
    expect(await statusFor(signedByOld)).toBe(200);
  });

  it('that is older is still accepted, and the cookie is re-signed with the newest', async () => {
    latchkey = await startLatchkey({
      DATABASE_URL,
      GOOGLE_ISSUER,
      SESSION_SECRET: `${NEW},${OLD}`,
    });
    const name = namesOf(latchkey).session;
    const browser = new Browser(latchkey);
    const response = await browser.api('/users/me', { Cookie: `${name}=${signedByOld}` });
    expect(response.status).toBe(200);
    const { value, flags } = cookieOf(response, name);
    expect(value).not.toBe(signedByOld);
    expect(flags).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
    signedByNew = value;
    const again = await browser.api('/users/me', { Cookie: `${name}=${signedByNew}` });
    expect([again.status, setCookies(again)]).toEqual([200, []]);
  });

  it('that was removed is no longer accepted', async () => {
    latchkey = await startLatchkey({ DATABASE_URL, GOOGLE_ISSUER, SESSION_SECRET: NEW });
    expect([await statusFor(signedByNew), await statusFor(signedByOld)]).toEqual([200, 401]);
  });
});

const flagsOf = (flags: string[]) => flags.filter((flag) => !/^(?:Expires|Max-Age)=/.test(flag));

describe('cookies on https', () => {
  it('are Secure and __Host-, whatever the connection or a header says', async () => {
    latchkey = await startLatchkey({ PUBLIC_URL: 'https://id.test', TRUST_PROXY: '1' });
    const browser = new Browser(latchkey);
    const start = await browser.get('/auth/google', { 'X-Forwarded-Proto': 'http' });
    const [attempt = ''] = setCookies(start);
    expect(attempt).toMatch(/^__Host-latchkey-attempt-/);
    expect(flagsOf(attempt.split('; ').slice(1))).toEqual([
      'Path=/',
      'HttpOnly',
      'Secure',
      'SameSite=Lax',
    ]);
    const callback = await browser.consent(locationOf(start), { person: 'ada' });
    const end = await browser.callback(callback, { 'X-Forwarded-Proto': 'http' });
    const { value, flags } = cookieOf(end, '__Host-latchkey');
    expect(flagsOf(flags)).toEqual(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']);
    expect(await statusFor(value, '__Host-latchkey')).toBe(200);
    expect(await statusFor(value, 'latchkey')).toBe(401);
  });

  it('are for every path under a path prefix too, with a name of their own', async () => {
    latchkey = await startLatchkey({ PUBLIC_URL: 'https://example.test/id' });
    const browser = new Browser(latchkey);
    const start = await browser.get('/id/auth/google');
    expect(setCookies(start)[0]).toMatch(
      /^__Host-latchkey-[\da-f]{8}-attempt-[^;]*;.* Path=\/;.*; Secure;/,
    );
    const end = await browser.callback(await browser.consent(locationOf(start), { person: 'ada' }));
    const { session } = namesOf(latchkey);
    expect(session).toMatch(/^__Host-latchkey-[\da-f]{8}$/);
    const { flags } = cookieOf(end, session);
    expect(flagsOf(flags)).toEqual(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']);
    expect(locationOf(end)).toBe('/id/account');
    expect((await browser.api('/id/users/me')).status).toBe(200);
    const out = cookieOf(await browser.submit('/id/auth/logout'), session);
    expect([out.value, ...flagsOf(out.flags)].slice(0, 2)).toEqual(['', 'Path=/']);
    expect((await browser.api('/id/users/me')).status).toBe(401);
  });
});
