import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { backChannel } from '../support/back-channel.js';
import { Browser, locationOf } from '../support/browser.js';
import { namesOf, setCookies } from '../support/cookies.js';
import { expectErrorRedirect } from '../support/failed-sign-in.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { storedText } from '../support/rows.js';

let latchkey: Latchkey;
let browser: Browser;

describe('an attempt cookie', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });

  beforeEach(() => {
    latchkey.sandbox.reset();
    browser = new Browser(latchkey);
  });

  afterAll(() => latchkey.close());

  it.each(providerIds)('at %s can only be read by the service', async (provider) => {
    const response = await browser.get(`/auth/${provider}?returnTo=/canary-path`);
    const [cookie = '', ...more] = setCookies(response);
    expect(more).toEqual([]);
    const [pair = '', ...flags] = cookie.split('; ');
    const { attempt } = namesOf(latchkey);
    expect(pair.slice(0, attempt.length)).toBe(attempt);
    expect(pair.slice(attempt.length)).toMatch(/^[\w-]{22}-[\da-z]{8}=[\w.-]+$/);
    expect(flags.filter((flag) => !flag.startsWith('Expires='))).toEqual([
      'Max-Age=4200',
      'Path=/',
      'HttpOnly',
      'SameSite=Lax',
    ]);
    const { searchParams } = new URL(locationOf(response));
    const open = Buffer.from(pair.replace(/^[^=]*=/, ''), 'base64url').toString('latin1') + pair;
    const parts = ['state', 'nonce', 'oauth_token'].map((name) => searchParams.get(name));
    for (const secret of [...parts.filter((part) => part !== null), 'canary-path']) {
      expect(open).not.toContain(secret);
    }
  });

  it('fits into a request’s headers five times, with the longest returnTo', async () => {
    const returnTo = `/${'a'.repeat(511)}`;
    for (let tab = 0; tab < 5; tab += 1) await browser.start('google', { returnTo });
    const cookies = await browser.jar.getCookieString(latchkey.url);
    expect(cookies.length).toBeLessThan(8000);
    expect(locationOf(await browser.signIn('google', { person: 'ada' }, { returnTo }))).toBe(
      returnTo,
    );
  });

  it('is not stored by the service', async () => {
    const before = await storedText(latchkey.database);
    for (const provider of providerIds) {
      for (let tab = 0; tab < 4; tab += 1) await browser.start(provider);
    }
    expect(await storedText(latchkey.database)).toBe(before);
  });

  it('is not a session', async () => {
    await browser.start('google');
    const [sealed = ''] = Object.values(await browser.cookies());
    const { status } = await browser.api('/users/me', {
      Cookie: `${namesOf(latchkey).session}=${sealed}`,
    });
    expect(status).toBe(401);
    expect((await browser.api('/auth/session')).body).toMatchObject({ user: null, session: null });
  });

  it('is cleared, as the oldest, by a sixth', async () => {
    const urls: string[] = [];
    for (let tab = 0; tab < 6; tab += 1) {
      urls.push(await browser.start('google', { returnTo: `/tab-${tab}` }));
    }
    expect(Object.keys(await browser.cookies())).toHaveLength(5);
    const answers: string[] = [];
    for (const url of urls) {
      const response = await browser.callback(await browser.consent(url, { person: 'ada' }));
      answers.push(locationOf(response).replace(/&.*/, ''));
    }
    expect(answers).toEqual([
      '/?error=invalid_state',
      '/tab-1',
      '/tab-2',
      '/tab-3',
      '/tab-4',
      '/tab-5',
    ]);
  });

  it('is cleared by its start, which its name tells, wherever it stands', async () => {
    for (let tab = 0; tab < 5; tab += 1) await browser.start('google');
    const [oldest = '', ...others] = Object.keys(await browser.cookies()).toSorted((one, other) =>
      one.slice(-8) < other.slice(-8) ? -1 : 1,
    );
    const Cookie = [...others, oldest].map((name) => `${name}=x`).join('; ');
    const response = await new Browser(latchkey).get('/auth/google', { Cookie });
    const gone = setCookies(response).filter((cookie) => cookie.includes('=;'));
    expect(gone.map((cookie) => cookie.replace(/=.*/, ''))).toEqual([oldest]);
  });

  it('is not crowded out by cookies that are not attempts', async () => {
    const junk = Array.from({ length: 8 }, (_, i) => `${namesOf(latchkey).attempt}${i}=x`).join(
      '; ',
    );
    const response = await browser.get('/auth/google', { Cookie: junk });
    const gone = setCookies(response).filter((cookie) => cookie.includes('=;'));
    expect(response.status).toBe(302);
    expect(gone).toHaveLength(4);
  });

  it.each(['', 'x', 'a.b.c.d.e', '%E0%A4%A', 'null', '{}', '"', 'x'.repeat(3000)])(
    'that is malformed (%j) is rejected',
    async (value) => {
      const callback = await browser.consent(await browser.start('google'), { person: 'ada' });
      const [name = ''] = Object.keys(await browser.cookies());
      const other = new Browser(latchkey);
      const asked = backChannel(latchkey.sandbox).length;
      const response = await other.callback(callback, { Cookie: `${name}=${value}` });
      expectErrorRedirect(response, 'google', 'invalid_state');
      expect(backChannel(latchkey.sandbox)).toHaveLength(asked);
    },
  );

  it('that was altered or swapped is rejected', async () => {
    const callback = await browser.consent(await browser.start('google'), { person: 'ada' });
    const [[name, sealed] = ['', '']] = Object.entries(await browser.cookies());
    const stranger = new Browser(latchkey);
    await stranger.start('google');
    const [foreign = ''] = Object.values(await stranger.cookies());
    const changed = sealed
      .replace(/.$/, sealed.endsWith('A') ? 'B' : 'A')
      .replace(/^(.{80})./, '$1_');
    for (const value of [changed, foreign, sealed.toLowerCase()]) {
      const response = await new Browser(latchkey).callback(callback, {
        Cookie: `${name}=${value}`,
      });
      expectErrorRedirect(response, 'google', 'invalid_state');
    }
    expect(locationOf(await browser.callback(callback))).toBe('/account');
  });

  it('is kept for a minute after the callback', async () => {
    const answer = await browser.consent(await browser.start('twitter'), { person: 'grace' });
    const { headers } = await browser.callback(answer);
    const { attempt } = namesOf(latchkey);
    expect([headers['set-cookie']].flat()).toContainEqual(
      expect.stringMatching(new RegExp(`^${attempt}[^;]+; Max-Age=60; Path=/; .*HttpOnly`)),
    );
  });
});

describe('an expired attempt', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({ ATTEMPT_SECONDS: '1' });
  });

  afterAll(() => latchkey.close());

  it('ends in state_expired at every provider, without a provider request', async () => {
    const entries = await Promise.all(
      providerIds.map(async (provider): Promise<[ProviderId, Browser, string]> => {
        const each = new Browser(latchkey);
        return [provider, each, await each.consent(await each.start(provider), { person: 'ada' })];
      }),
    );
    await sleep(1100);
    const asked = backChannel(latchkey.sandbox).length;
    for (const [provider, each, callback] of entries) {
      expectErrorRedirect(await each.callback(callback), provider, 'state_expired');
      expect((await each.api('/users/me')).status).toBe(401);
    }
    expect(backChannel(latchkey.sandbox)).toHaveLength(asked);
  });
});
