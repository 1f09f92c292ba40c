import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { CleanupService } from '../../src/cleanup/cleanup.service.js';
import { me, sessionAnswer, signedIn, somebody } from '../support/accounts.js';
import { backChannel } from '../support/back-channel.js';
import { Browser, locationOf, paramsOf, targetOf } from '../support/browser.js';
import { namesOf, sessionAmong } from '../support/cookies.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;
let browser: Browser;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

beforeEach(() => {
  latchkey.sandbox.reset();
  browser = new Browser(latchkey);
});

afterAll(() => latchkey.close());

const cookieHeader = (by: Browser) => by.jar.getCookieString(latchkey.url);

/** What a browser sends that has given up on an answer: its cookies are those from before. */
const again = (callback: string, Cookie: string) =>
  new Browser(latchkey).callback(callback, { Cookie });

const rows = () => latchkey.database.selectFrom('sessions').selectAll().execute();
const claims = () => latchkey.database.selectFrom('claimed_attempts').selectAll().execute();

describe.each(providerIds)('a callback of %s that is delivered again', (provider) => {
  it('has the outcome of the first, with its session', async () => {
    const person = somebody();
    const callback = await browser.consent(
      await browser.start(provider, { returnTo: '/here?x=1' }),
      person,
    );
    const Cookie = await cookieHeader(browser);
    const first = await browser.callback(callback);
    const asked = backChannel(latchkey.sandbox).length;
    const sessions = await rows();
    const second = await again(callback, Cookie);
    expect([second.status, locationOf(second)]).toEqual([302, locationOf(first)]);
    expect(targetOf(second)).toBe('/here?x=1');
    const { session } = namesOf(latchkey);
    const cookieOf = (answer: typeof first) =>
      [answer.headers['set-cookie'] ?? []]
        .flat()
        .map(String)
        .find((line) => line.startsWith(`${session}=`))
        ?.split(';')[0];
    expect(cookieOf(second)).toBe(cookieOf(first));
    expect(backChannel(latchkey.sandbox)).toHaveLength(asked);
    expect(await rows()).toEqual(sessions);
  });

  it('while the first is on its way waits for it', async () => {
    const callback = await browser.consent(await browser.start(provider), somebody());
    const Cookie = await cookieHeader(browser);
    const answers = await Promise.all([1, 2, 3].map(() => again(callback, Cookie)));
    expect(answers.map(targetOf)).toEqual(['/account', '/account', '/account']);
    const tokens = backChannel(latchkey.sandbox).filter(({ path }) => /token/.test(path));
    expect(tokens.filter(({ path }) => !path.includes('request_token'))).toHaveLength(1);
    const sessions = new Set(
      answers.map(({ headers }) => String(headers['set-cookie']).match(/latchkey-\w+=s[^;]+/)?.[0]),
    );
    expect(sessions.size).toBe(1);
    expect([...sessions][0]).toBeDefined();
  });

  it('tells a failure again', async () => {
    const callback = await browser.consent(await browser.start(provider), { decision: 'deny' });
    const Cookie = await cookieHeader(browser);
    const first = await browser.callback(callback);
    expect(paramsOf(first)['error']).toBe('access_denied');
    expect(locationOf(await again(callback, Cookie))).toBe(locationOf(first));
  });
});

describe('a callback that is opened again', () => {
  it('is a reload: whoever is signed in goes where it led', async () => {
    const callback = await browser.consent(await browser.start('google'), somebody());
    await browser.callback(callback);
    const before = await browser.cookies();
    expect(locationOf(await browser.callback(callback))).toBe('/account');
    expect(await browser.cookies()).toEqual(before);
  });

  it('long after leads the session that it began to its destination, and nobody else', async () => {
    const query = { returnTo: '/there' };
    const callback = await browser.consent(await browser.start('google', query), somebody());
    await browser.callback(callback);
    await latchkey.database.deleteFrom('claimed_attempts').execute();
    const session = sessionAmong(await browser.cookies()) ?? '';
    const only = `${namesOf(latchkey).session}=${session}`;
    expect(locationOf(await again(callback, only))).toBe('/there');
    const stranger = await signedIn(latchkey, 'google', somebody());
    expect(paramsOf(await stranger.callback(callback))['error']).toBe('invalid_state');
    expect(paramsOf(await new Browser(latchkey).callback(callback))['error']).toBe('invalid_state');
  });

  it('long after leads nowhere that is not allowed any more', async () => {
    const callback = await browser.consent(await browser.start('google'), somebody());
    await browser.callback(callback);
    await latchkey.database
      .updateTable('sessions')
      .set({ return_to: 'https://gone.example/there' })
      .execute();
    const session = sessionAmong(await browser.cookies()) ?? '';
    const only = `${namesOf(latchkey).session}=${session}`;
    expect(locationOf(await again(callback, only))).toBe('/account');
  });

  it('offers a pending link again', async () => {
    const email = `${crypto.randomUUID()}@example.test`;
    await signedIn(latchkey, 'google', somebody({ email, emailVerified: true }));
    const same = somebody({ email });
    const callback = await browser.consent(await browser.start('facebook'), same);
    const Cookie = await cookieHeader(browser);
    const first = await browser.callback(callback);
    expect(paramsOf(first)['error']).toBe('account_exists');
    const second = await again(callback, Cookie);
    expect(locationOf(second)).toBe(locationOf(first));
    const { pending } = namesOf(latchkey);
    const valueIn = (answer: typeof first) =>
      String(answer.headers['set-cookie']).match(new RegExp(`${pending}=([^;]+)`))?.[1];
    expect(valueIn(second)).toBeDefined();
    expect(valueIn(second)).toBe(valueIn(first));
  });

  it('gives a step-up’s session again', async () => {
    const person = somebody();
    const by = await signedIn(latchkey, 'google', person);
    const callback = await by.consent(await by.start('google', { prompt: 'login' }), person);
    const Cookie = await cookieHeader(by);
    await by.callback(callback);
    const after = sessionAmong(await by.cookies());
    const lost = await again(callback, Cookie);
    expect(locationOf(lost)).toBe('/account');
    expect(String(lost.headers['set-cookie'])).toContain(String(after));
  });

  it.each([
    ['a step-up', { prompt: 'login' }, false],
    ['a sign-in by the same user', {}, false],
    ['a sign-in by somebody else', {}, true],
  ] as const)(
    'while %s is on its way keeps the browser signed in',
    async (_what, query, isOther) => {
      const person = somebody();
      const by = await signedIn(latchkey, 'google', person);
      const who = isOther ? somebody() : person;
      const callback = await by.consent(await by.start('google', query), who);
      const Cookie = await cookieHeader(by);
      const [second] = await Promise.all([again(callback, Cookie), by.callback(callback)]);
      expect(targetOf(second)).toBe('/account');
      expect((await me(by)).displayName).toBe(who.name);
      for (const line of [second.headers['set-cookie'] ?? []].flat().map(String)) {
        await by.jar.setCookie(line, latchkey.url);
      }
      expect((await me(by)).displayName).toBe(who.name);
    },
  );

  it('leaves whoever has signed in since', async () => {
    const callback = await browser.consent(await browser.start('google'), somebody());
    await again(callback, await cookieHeader(browser));
    await browser.signIn('twitter', somebody());
    const who = await sessionAnswer(browser);
    expect(paramsOf(await browser.callback(callback))['error']).toBe('invalid_state');
    expect(await sessionAnswer(browser)).toEqual(who);
  });

  it('comes to nothing after a minute, and its outcome is erased', async () => {
    const callback = await browser.consent(await browser.start('google'), somebody());
    const Cookie = await cookieHeader(browser);
    await browser.callback(callback);
    await latchkey.database
      .updateTable('claimed_attempts')
      .set({ outcome_until: Date.now() - 1 })
      .execute();
    expect(paramsOf(await again(callback, Cookie))['error']).toBe('invalid_state');
    await latchkey.app.get(CleanupService).eraseOutcomes();
    expect((await claims()).map(({ outcome }) => outcome)).toEqual(
      (await claims()).map(() => null),
    );
  });

  it('is not opened by a signing secret: its key is the attempt’s cookie', async () => {
    await browser.signIn('google', somebody());
    const { id } = await me(browser);
    const token =
      decodeURIComponent(sessionAmong(await browser.cookies()) ?? '')
        .slice(2)
        .split('.')[0] ?? '';
    const kept = (await claims()).map(({ outcome }) => outcome ?? '').join();
    expect(kept).not.toBe('');
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(id);
  });

  it('does not wait where the first has failed without an answer to give again', async () => {
    const callback = await browser.consent(await browser.start('google'), somebody());
    const Cookie = await cookieHeader(browser);
    const headers = { Cookie, Accept: 'application/json' };
    const denied = callback.replace(/code=[^&]+/, 'error=access_denied');
    const first = await new Browser(latchkey).callback(denied, headers);
    expect(first.status).toBe(403);
    const began = performance.now();
    expect(paramsOf(await again(denied, Cookie))['error']).toBe('invalid_state');
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
