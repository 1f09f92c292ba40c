import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import { ActiveSessions } from '../../src/sessions/active-sessions.js';
import {
  giveSession,
  link,
  me,
  sessionCookie,
  somebody,
  type Somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser, type Consent } from '../support/browser.js';
import { namesOf, signedCookie } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import {
  answer,
  APP,
  begin,
  codeIn,
  handOver,
  handOverByLink,
  HANDOVER_TARGETS,
} from '../support/handover.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { linkIn } from '../support/page.js';
import { raw } from '../support/raw.js';

let latchkey: Latchkey;

afterEach(() => latchkey.close());

/** Starts a service behind a proxy that names the client. */
async function start(perMinute: number): Promise<void> {
  latchkey = await startLatchkey({ RATE_LIMIT_PER_MINUTE: String(perMinute), TRUST_PROXY: '1' });
}

const from = (address: string) => ({ 'X-Forwarded-For': address });

let addresses = 0;

/** A browser that has signed in from an address of its own, and so has not used up what visitors elsewhere have. */
async function signedIn(
  person: Consent = somebody(),
  provider: ProviderId = 'google',
): Promise<Browser> {
  addresses += 1;
  const own = from(`198.51.${Math.floor(addresses / 250)}.${addresses % 250}`);
  const browser = new Browser(latchkey);
  const authorize = await browser.get(`/auth/${provider}`, own);
  const callback = await browser.consent(String(authorize.headers['location']), person);
  const { pathname, search } = new URL(callback);
  const finished = await browser.get(pathname + search, { ...own, 'Sec-Fetch-Site': 'cross-site' });
  expect(finished.headers['location']).toBe('/account');
  return browser;
}

/** How many of some requests are let through. Each refused one says when the next is. */
async function passed(
  tries: number,
  ask: (turn: number) => ReturnType<Browser['api']>,
): Promise<number> {
  const answers = [];
  for (let turn = 0; turn < tries; turn += 1) answers.push(await ask(turn));
  const refused = answers.filter(({ status }) => status === 429);
  for (const { body, headers } of refused) {
    expect(body).toMatchObject({ code: 'rate_limited' });
    expect(headers['retry-after']).toMatch(/^(?:[1-9]|[1-5]\d|60)$/);
  }
  return tries - refused.length;
}

const OFFICE = from('203.0.113.1');
const ELSEWHERE = from('203.0.113.2');

/** Two identities of one user, and a browser that is signed in with the first. */
async function twoIdentities(): Promise<
  Record<'google' | 'twitter', Somebody> & { browser: Browser }
> {
  latchkey = await startLatchkey({
    RATE_LIMIT_PER_MINUTE: '4',
    TRUST_PROXY: '1',
    IDENTITY_SETTLE_SECONDS: '0',
  });
  const [google, twitter] = [somebody(), somebody()];
  const browser = await signedIn(google);
  await link(browser, 'twitter', twitter);
  return { google, twitter, browser };
}

/** Another browser with its session cookie. */
async function copyOf(browser: Browser): Promise<Browser> {
  const copy = new Browser(latchkey);
  await giveSession(latchkey, copy, await sessionCookie(browser));
  return copy;
}

const startOf = (browser: Browser) => browser.api('/auth/google', OFFICE);

const visit = async (address: string): Promise<number> =>
  (await raw(`${latchkey.url}/auth/session`, { headers: from(address) })).status;

/** How many visits, each from an address of its own, are let through. */
async function visits(count: number, addressOf: (at: number) => string): Promise<number> {
  const statuses = [];
  for (let at = 0; at < count; at += 1) statuses.push(await visit(addressOf(at)));
  return statuses.filter((status) => status === 200).length;
}

describe('a signed-in request', () => {
  it('is counted to its session: neither visitors nor others at the same address pay for it', async () => {
    await start(5);
    const [ada, eve] = [await signedIn(), await signedIn()];
    expect(await passed(8, () => ada.api('/users/me', OFFICE))).toBe(5);
    expect(await passed(8, () => eve.api('/auth/session', OFFICE))).toBe(5);
    const visitor = new Browser(latchkey);
    expect(await passed(8, () => visitor.api('/auth/session', OFFICE))).toBe(5);
    // To any route.
    expect(await passed(3, () => ada.api('/auth/providers', OFFICE))).toBe(0);
  });

  it('is counted to its session at whatever address', async () => {
    await start(5);
    const ada = await signedIn();
    const ask = (turn: number) => ada.api('/users/me', from(`203.0.113.${turn}`));
    expect(await passed(8, ask)).toBe(5);
  });

  it('of a copied cookie takes nothing of what it takes to sign out or step up elsewhere', async () => {
    latchkey = await startLatchkey({
      RATE_LIMIT_PER_MINUTE: '6',
      SIGN_IN_RATE_LIMIT_PER_MINUTE: '3',
      TRUST_PROXY: '1',
    });
    const person = somebody();
    const browser = await signedIn(person);
    const copy = await copyOf(browser);
    expect(await passed(4, () => copy.api('/auth/google', ELSEWHERE))).toBe(3);
    expect(await passed(8, () => copy.api('/users/me', ELSEWHERE))).toBe(6);
    const end = () => copy.apiSend('delete', '/users/me/identities/twitter', ELSEWHERE);
    for (let turn = 0; turn < 6; turn += 1) expect((await end()).status).toBe(404);

    const reauthUrl = `${latchkey.url}/auth/google?prompt=login`;
    const refused = await browser.api('/users/me', OFFICE);
    expect([refused.status, refused.body]).toMatchObject([
      429,
      { code: 'rate_limited', reauthUrl },
    ]);
    const ending = await browser.apiSend('delete', '/users/me/sessions', OFFICE);
    expect([ending.status, ending.body]).toMatchObject([
      403,
      { code: 'reauth_required', reauthUrl },
    ]);
    const page = await browser.get('/account', OFFICE);
    expect(page.status).toBe(429);
    expect(linkIn(page, 'Sign in again')).toBe(`${reauthUrl}&returnTo=%2Faccount`);
    expect((await startOf(browser)).status).toBe(200);

    await stepUp(browser, 'google', person);
    expect(await passed(3, () => browser.api('/users/me', OFFICE))).toBe(3);
    expect((await browser.apiSend('delete', '/users/me/sessions', OFFICE)).status).toBe(204);
    expect((await browser.apiSend('post', '/auth/logout', OFFICE)).status).toBe(204);
  });

  it.each(['disconnect/twitter', 'sign-out-everywhere', 'sessions/revoke-others'])(
    'of a copied cookie uses up what a form needs (%s): a page says where to step up',
    async (form) => {
      await start(3);
      const browser = await signedIn();
      await link(browser, 'twitter');
      const copy = await copyOf(browser);
      for (let turn = 0; turn < 3; turn += 1) {
        await copy.apiSend('delete', '/users/me/identities/facebook', ELSEWHERE);
      }
      const refused = await browser.post(
        `/account/${form}`,
        {},
        {
          ...OFFICE,
          Accept: 'text/html',
          'Sec-Fetch-Site': 'same-origin',
          Origin: latchkey.url,
        },
      );
      expect([refused.status, refused.type]).toEqual([403, 'text/html']);
      expect(refused.text).toContain(`${latchkey.url}/auth/google?prompt=login&amp;returnTo=`);
    },
  );

  it('of a copied cookie takes nothing of a hand-over, which sees no session', async () => {
    latchkey = await startLatchkey({
      RATE_LIMIT_PER_MINUTE: '6',
      TRUST_PROXY: '1',
      HANDOVER_TARGETS,
    });
    const browser = await signedIn();
    const copy = await copyOf(browser);
    expect(await passed(8, () => copy.api('/users/me', ELSEWHERE))).toBe(6);
    expect(await passed(1, () => browser.api('/users/me', OFFICE))).toBe(0);
    const person = somebody();
    const page = await handOverByLink(browser, begin(APP), person);
    expect(codeIn(await answer(browser, page), APP)).toMatch(/^[\w-]{43}$/);
    expect(codeIn(await handOver(latchkey, begin(), { person, browser }))).toMatch(/^[\w-]{43}$/);
  });

  it('that is refused asks the store no more often than an address may, whatever its cookies', async () => {
    await start(3);
    const browser = await signedIn();
    const { session } = namesOf(latchkey);
    const secret = String(latchkey.environment['SESSION_SECRET']);
    const find = jest.spyOn(latchkey.app.get(ActiveSessions), 'find');
    for (let at = 0; at < 30; at += 1) {
      const Cookie = `${session}=${signedCookie(`dead${at}`.padEnd(32, 'x'), secret)}`;
      for (let turn = 0; turn < 6; turn += 1) {
        await raw(`${latchkey.url}/users/me`, { headers: { ...ELSEWHERE, Cookie } });
      }
    }
    // Of 180 requests 60 may be let through, and as many refusals explained.
    expect(find.mock.calls.length).toBeLessThanOrEqual(120);
    find.mockRestore();
    expect((await browser.api('/users/me', OFFICE)).status).toBe(200);
  });

  it('is refused also where the store does not say whose it is', async () => {
    await start(3);
    const browser = await signedIn();
    expect(await passed(3, () => browser.api('/users/me', OFFICE))).toBe(3);
    const find = jest.spyOn(latchkey.app.get(ActiveSessions), 'find');
    find.mockRejectedValueOnce(new Error('away'));
    const refused = await browser.api('/users/me', OFFICE);
    expectProblem(refused, 'rate_limited');
    expect(refused.body).not.toHaveProperty('reauthUrl');
  });

  it('of an application’s kind uses up nothing of signing out', async () => {
    await start(3);
    const browser = await signedIn();
    const ask = () => browser.apiSend('post', '/auth/google/reauthenticate', OFFICE);
    for (let turn = 0; turn < 6; turn += 1) expect([400, 429]).toContain((await ask()).status);
    expect((await browser.apiSend('post', '/auth/logout', OFFICE)).status).toBe(204);
  });

  it('is counted to its user, five times as many, on all addresses together', async () => {
    await start(4);
    const person: Somebody = somebody();
    const browsers: Browser[] = [];
    for (let at = 0; at < 7; at += 1) browsers.push(await signedIn(person));
    const other = await signedIn();
    const counts = [];
    for (const [at, browser] of browsers.entries()) {
      counts.push(await passed(4, () => browser.api('/users/me', from(`203.0.113.${at}`))));
    }
    // Callbacks come without a session, and are not the user's yet.
    expect(counts).toEqual([4, 4, 4, 4, 4, 0, 0]);
    expect(await passed(4, () => other.api('/users/me', from('203.0.113.1')))).toBe(4);
  });

  it('is counted to its user, by whichever identity; who has stepped up has some left by theirs', async () => {
    const { google, twitter, browser } = await twoIdentities();
    const thieves: Browser[] = [];
    for (let at = 0; at < 6; at += 1) {
      thieves.push(await signedIn(twitter, 'twitter'));
    }
    await stepUp(thieves[0] as Browser, 'twitter', twitter);
    const counts = [];
    for (const [at, thief] of thieves.entries()) {
      counts.push(await passed(4, () => thief.api('/users/me', from(`203.0.113.${at}`))));
    }
    // The user's own starts have used up some of it.
    expect(counts.slice(0, 4)).toEqual([4, 4, 4, 4]);
    expect(counts[5]).toBe(0);
    expect(await passed(4, () => browser.api('/users/me', OFFICE))).toBe(0);
    await stepUp(browser, 'google', google);
    expect(await passed(4, () => browser.api('/users/me', from('203.0.113.99')))).toBe(4);
  });

  it('that has used all up has some left by the identity that has stepped up, whichever it is shown with', async () => {
    const { google, twitter, browser } = await twoIdentities();
    const other = await signedIn(google);
    for (let at = 0; at < 6; at += 1) {
      const third = await signedIn(google);
      await passed(4, () => third.api('/users/me', from(`203.0.113.${at}`)));
    }
    await stepUp(other, 'twitter', twitter);
    expect(await passed(5, () => other.api('/users/me', ELSEWHERE))).toBe(4);
    await stepUp(browser, 'google', google);
    expect(await passed(5, () => browser.api('/users/me', OFFICE))).toBe(4);
  });

  it.each<
    [string, (browser: Browser, headers: Record<string, string>) => ReturnType<Browser['api']>]
  >([
    ['pages that ask', (browser, headers) => browser.get('/account/sign-out-everywhere', headers)],
    [
      'disconnecting',
      (browser, headers) => browser.apiSend('delete', '/users/me/identities/twitter', headers),
    ],
  ])('is counted to its user where it ends something, too: %s', async (_what, act) => {
    await start(4);
    const person: Somebody = somebody();
    const browsers: Browser[] = [];
    for (let at = 0; at < 7; at += 1) browsers.push(await signedIn(person));
    const statuses: number[] = [];
    for (const [at, browser] of browsers.entries()) {
      for (let turn = 0; turn < 4; turn += 1) {
        statuses.push((await act(browser, from(`203.0.113.${at}`))).status);
      }
    }
    const [first] = statuses;
    expect([200, 404]).toContain(first);
    expect(statuses.filter((status) => status === first)).toHaveLength(20);
  });

  it('is counted to its address, twenty times as many', async () => {
    await start(2);
    const browsers: Browser[] = [];
    for (let at = 0; at < 22; at += 1) browsers.push(await signedIn());
    let count = 0;
    for (const browser of browsers) {
      count += await passed(2, () => browser.api('/users/me', OFFICE));
    }
    expect(count).toBe(40);
    expect(await passed(2, () => new Browser(latchkey).api('/auth/session', OFFICE))).toBe(2);
  });

  it('is a visitor’s when its session has ended, or its cookie is not ours', async () => {
    await start(4);
    const browser = await signedIn();
    const cookie = await sessionCookie(browser);
    expect((await browser.apiSend('post', '/auth/logout', OFFICE)).status).toBe(204);
    const visitor = new Browser(latchkey);
    const ask = (value: string) => (turn: number) =>
      visitor.api('/auth/session', {
        ...OFFICE,
        Cookie: `${namesOf(latchkey).session}=${value.replace('TURN', String(turn))}`,
      });
    expect(await passed(2, ask(cookie))).toBe(2);
    expect(await passed(8, ask(encodeURIComponent(`s:TURN.${'x'.repeat(43)}`)))).toBe(2);
    expect(await passed(8, ask(cookie))).toBe(0);
  });
});

describe('who has used up what they have', () => {
  it.each<[string, (browser: Browser) => ReturnType<Browser['api']>, number]>([
    ['can sign out', (browser) => browser.apiSend('post', '/auth/logout', OFFICE), 204],
    ['can end sessions', (browser) => browser.apiSend('delete', '/users/me/sessions', OFFICE), 204],
    [
      'can disconnect',
      (browser) => browser.apiSend('delete', '/users/me/identities/twitter', OFFICE),
      204,
    ],
  ])('%s', async (_name, act, status) => {
    await start(12);
    const person = somebody();
    const browser = await signedIn(person);
    await link(browser, 'twitter');
    await stepUp(browser, 'google', person);
    expect(await passed(30, () => browser.api('/users/me', OFFICE))).toBe(12);
    expect((await act(browser)).status).toBe(status);
  });

  it('cannot be kept from it by somebody else in their account', async () => {
    await start(3);
    const person = somebody();
    const victim = await signedIn(person);
    const thieves: Browser[] = [];
    for (let at = 0; at < 6; at += 1) thieves.push(await signedIn(person));
    for (const thief of thieves) {
      await passed(4, () => thief.api('/users/me', OFFICE));
      await passed(4, () => thief.apiSend('delete', `/users/me/sessions/x`, OFFICE));
    }
    expect(await passed(1, () => victim.api('/users/me', OFFICE))).toBe(0);
    const asked = await victim.apiSend('delete', '/users/me/sessions', OFFICE);
    expect([asked.status, asked.body]).toMatchObject([403, { code: 'reauth_required' }]);
    await stepUp(victim, 'google', person);
    expect(await passed(5, () => victim.api('/users/me', OFFICE))).toBe(3);
    expect((await victim.apiSend('delete', '/users/me/sessions', OFFICE)).status).toBe(204);
    const left = await latchkey.database.selectFrom('sessions').select('id').execute();
    expect(left).toHaveLength(1);
  });

  it('can sign out where others have used up what ends sessions', async () => {
    await start(3);
    const person = somebody();
    const victim = await signedIn(person);
    for (let at = 0; at < 6; at += 1) {
      const thief = await signedIn(person);
      await passed(3, () => thief.apiSend('delete', '/users/me/identities/twitter', OFFICE));
    }
    expect((await victim.apiSend('delete', '/users/me/sessions', OFFICE)).status).toBe(403);
    expect((await victim.apiSend('post', '/auth/logout', OFFICE)).status).toBe(204);
  });

  it('has a limit there, too', async () => {
    await start(3);
    const browser = await signedIn();
    const statuses = [];
    for (let turn = 0; turn < 5; turn += 1) {
      statuses.push((await browser.apiSend('delete', '/users/me/sessions', OFFICE)).status);
    }
    expect(statuses).toEqual([204, 204, 204, 403, 403]);
    expect((await browser.api('/users/me', OFFICE)).status).toBe(200);
  });
});

describe('addresses of IPv6', () => {
  it('count by /64, and ten times that by /48', async () => {
    await start(3);
    expect(await visits(8, (at) => `2001:db8:1:0::${at}`)).toBe(3);
    expect(await visits(60, (at) => `2001:db8:1:${at + 1}::1`)).toBe(27);
    expect(await visits(8, () => '2001:db8:1:ffff::1')).toBe(0);
    expect(await visits(8, () => '2001:db8:2:1::1')).toBe(3);
  });
});

describe('starts of sign-ins', () => {
  it('of somebody who is signed in are counted to their session', async () => {
    latchkey = await startLatchkey({ SIGN_IN_RATE_LIMIT_PER_MINUTE: '3', TRUST_PROXY: '1' });
    const browser = await signedIn();
    expect(await passed(6, () => startOf(browser))).toBe(3);
    expect(await passed(6, () => startOf(new Browser(latchkey)))).toBe(3);
    await me(browser);
  });
});

describe('how often a day somebody may connect a provider', () => {
  it('is ten times, and somebody else’s count is their own', async () => {
    latchkey = await startLatchkey();
    const [browser, other] = [new Browser(latchkey), new Browser(latchkey)];
    const person = somebody();
    await browser.signIn('google', person);
    await stepUp(browser, 'google', person);
    await other.signIn('google', somebody());
    for (let turn = 0; turn < 10; turn += 1) {
      await link(browser, 'twitter');
      const gone = await browser.apiSend('delete', '/users/me/identities/twitter');
      expect(gone.status).toBe(204);
    }
    const refused = await browser.apiSend('post', '/auth/twitter/link');
    expectProblem(refused, 'rate_limited');
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(86_000);
    expect(wait).toBeLessThanOrEqual(86_400);
    expect((await link(other, 'twitter')).headers['location']).toBe('/account');
  });

  it('is five times without a step-up, so that nobody else in the session uses up the rest', async () => {
    latchkey = await startLatchkey();
    const browser = new Browser(latchkey);
    const person = somebody();
    await browser.signIn('google', person);
    const connect = () => browser.apiSend('post', '/auth/twitter/link');
    for (let turn = 0; turn < 5; turn += 1) expect((await connect()).status).toBe(200);
    const reauthUrl = `${latchkey.url}/auth/google?prompt=login`;
    expect((await connect()).body).toMatchObject({ code: 'reauth_required', reauthUrl });
    await stepUp(browser, 'google', person);
    for (let turn = 0; turn < 5; turn += 1) expect((await connect()).status).toBe(200);
    expectProblem(await connect(), 'rate_limited');
  });

  it('is five times after a step-up at a time to come, which is a clock’s mistake', async () => {
    latchkey = await startLatchkey();
    const browser = new Browser(latchkey);
    const person = somebody();
    await browser.signIn('google', person);
    await stepUp(browser, 'google', person);
    const asked_at = Date.now() + 3_600_000;
    await latchkey.database.updateTable('session_proofs').set({ asked_at }).execute();
    const statuses = [];
    for (let turn = 0; turn < 6; turn += 1) {
      statuses.push((await browser.apiSend('post', '/auth/twitter/link')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 403]);
  });

  it('counts links that were pending, too', async () => {
    latchkey = await startLatchkey();
    const browser = new Browser(latchkey);
    const ada = somebody({ email: 'ada@example.test' });
    await browser.signIn('google', ada);
    await stepUp(browser, 'google', ada);
    for (let turn = 0; turn < 10; turn += 1) {
      expect((await browser.submit('/auth/facebook/link')).status).toBe(303);
    }
    await browser.signIn('twitter', somebody({ email: 'ada@example.test' }));
    expectProblem(await browser.apiSend('post', '/auth/pending-link'), 'rate_limited');
    expect((await me(browser)).identities).toHaveLength(1);
  });
});
