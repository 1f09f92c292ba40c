import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { link, me, signedInWith, somebody, stepUp } from '../support/accounts.js';
import { namesOf, signedCookie } from '../support/cookies.js';
import { type Latchkey } from '../support/latchkey.js';
import { problemOf, type RawAnswer } from '../support/raw.js';
import { ask, cookiesOf, startWithSiblings, visitor, withKey } from '../support/servers.js';
import { takeStore } from '../support/take-store.js';

const APP = 'https://app.acme.localhost';

let latchkey: Latchkey;

const verify = (cookie: string, query = '', headers: Record<string, string> = {}) =>
  ask(latchkey, `/auth/verify${query}`, { ...(cookie !== '' && { Cookie: cookie }), ...headers });

const shown = ({ status, headers }: RawAnswer) =>
  status === 200
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-latchkey-')))
    : status;

const codeOf = async (cookie: string, query: string) => {
  const answer = await verify(cookie, query);
  return answer.status === 200 ? 200 : problemOf(answer);
};

const REFUSED = [403, 'access_denied'];

const PAGE = { Accept: 'text/html,*/*;q=0.8' };

const whither = async (headers: Record<string, string>, cookie = '') => {
  const answer = await verify(cookie, '?redirect=1', headers);
  if (answer.status !== 302) return answer.status;
  expect(answer.headers['set-cookie']).toBeUndefined();
  return String(answer.headers['location']);
};

const signIn = () => `${latchkey.environment['PUBLIC_URL']}/`;

const withReturn = (to: string) => `${signIn()}?returnTo=${encodeURIComponent(to)}`;

async function passed(tries: number, act: () => Promise<RawAnswer>): Promise<number> {
  const statuses = [];
  for (let turn = 0; turn < tries; turn += 1) statuses.push((await act()).status);
  return statuses.filter((status) => status !== 429).length;
}

describe('GET /auth/verify', () => {
  beforeAll(async () => {
    latchkey = await startWithSiblings({
      TRUST_PROXY: 'loopback',
      ALLOWED_ORIGINS: APP,
      IDENTITY_SETTLE_SECONDS: '0',
    });
  });

  afterAll(() => latchkey.close());

  it('tells who is signed in, in headers, by either cookie', async () => {
    const person = somebody({ name: 'Ada', email: 'ada@gmail.com', emailVerified: true });
    const { browser, full, domain } = await visitor(latchkey, latchkey, 'google', person);
    const expected = {
      'x-latchkey-user': (await me(browser)).id,
      'x-latchkey-name': 'Ada',
      'x-latchkey-email': 'ada@gmail.com',
      'x-latchkey-email-verified': 'true',
      'x-latchkey-provider': 'google',
    };
    for (const cookie of [full, domain, `a=1; ${domain}`, `${full}; ${domain}`]) {
      const answer = await verify(cookie);
      expect(shown(answer)).toEqual(expected);
      expect(answer.text).toBe('');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('has all headers, also where there is nothing to tell', async () => {
    const person = somebody({ name: 'X', email: 'claimed@example.test', emailVerified: false });
    const { domain } = await visitor(latchkey, latchkey, 'facebook', person);
    expect(shown(await verify(domain))).toMatchObject({
      'x-latchkey-email': '',
      'x-latchkey-email-verified': 'false',
      'x-latchkey-provider': 'facebook',
    });
  });

  it.each([
    ['100 % Ødegård', '100 %25 %C3%98deg%C3%A5rd'],
    ['李小龍', '%E6%9D%8E%E5%B0%8F%E9%BE%8D'],
    ['👩‍🚀 "Q"; <b>', '%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80 "Q"; <b>'],
    ['%41%0d%0a', '%2541%250d%250a'],
  ])('encodes “%s”', async (name, encoded) => {
    const { browser, domain } = await visitor(latchkey, latchkey, 'google', somebody({ name }));
    const { displayName } = await me(browser);
    expect(displayName).toBe(name);
    const header = (await verify(domain)).headers['x-latchkey-name'];
    expect(header).toBe(encoded);
    expect(decodeURIComponent(String(header))).toBe(displayName);
  });

  it('is 401 without a session, and never 200', async () => {
    const gone = await visitor(latchkey);
    await gone.browser.apiSend('post', '/auth/logout');
    const secret = latchkey.environment['SESSION_SECRET'] ?? '';
    const { session: full, domain } = namesOf(latchkey);
    for (const cookie of [
      '',
      'a=1',
      gone.full,
      gone.domain,
      `${full}=x`,
      `${domain}=x`,
      `${full}=${signedCookie('x'.repeat(32), secret)}`,
      `${domain}=${signedCookie('d:x', secret)}`,
      `${domain}=${gone.full.split('=')[1]}`,
    ]) {
      const answer = await verify(cookie);
      expect(problemOf(answer)).toEqual([401, 'unauthenticated']);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers['x-latchkey-user']).toBeUndefined();
    }
  });

  it('answers no script, and no preflight', async () => {
    const { domain } = await visitor(latchkey);
    for (const path of ['/auth/verify', '/auth/verify/', '/auth/verify?verified=1']) {
      const answer = await ask(latchkey, path, { Cookie: domain, Origin: APP });
      expect(
        Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
      ).toEqual([]);
    }
    const elsewhere = await ask(latchkey, '/auth/session', { Origin: APP });
    expect(elsewhere.headers['access-control-allow-origin']).toBe(APP);
  });

  it('does not read or decide by a path or a method that is forwarded', async () => {
    const { domain } = await visitor(latchkey);
    const forwarded = {
      'X-Forwarded-Uri': '/health/live',
      'X-Original-URL': '/public',
      'X-Forwarded-Method': 'OPTIONS',
      'X-Forwarded-Prefix': '/x',
    };
    expect(shown(await verify('', '', forwarded))).toBe(401);
    expect((await verify(domain, '', forwarded)).status).toBe(200);
  });

  it('takes nothing of what a client sends under its names', async () => {
    const { browser, domain } = await visitor(latchkey);
    const { id } = await me(browser);
    const sent = { 'X-Latchkey-User': 'eve', 'X-Latchkey-Email': 'eve@example.test' };
    expect(shown(await verify(domain, '', sent))).toMatchObject({ 'x-latchkey-user': id });
    expect(shown(await verify('', '', sent))).toBe(401);
  });

  describe.each([
    ['unknown', '?admin=1'],
    ['unknown', '?Verified=1'],
    ['unknown', '?token=https://api.example.com'],
    ['unknown', '?__proto__=1'],
    ['repeated', '?verified=1&verified=1'],
    ['repeated', '?provider=google&provider=twitter'],
    ['repeated', '?domain=a.example&domain=b.example'],
    ['malformed', '?verified=true'],
    ['malformed', '?verified='],
    ['malformed', '?redirect=0'],
    ['malformed', '?provider=github'],
    ['malformed', '?provider='],
    ['malformed', '?provider[]=google'],
    ['malformed', '?domain=Example.com'],
    ['malformed', '?domain=*.example.com'],
    ['malformed', '?domain=com'],
    ['malformed', '?domain='],
    ['malformed', '?max_age=0'],
    ['malformed', '?max_age=-1'],
    ['malformed', '?max_age=1e3'],
    ['malformed', '?max_age=31536001'],
    ['malformed', '?max_age='],
  ])('an %s parameter (%s)', (_kind, query) => {
    it('is 400, whoever asks', async () => {
      const { full } = await visitor(latchkey);
      expect(problemOf(await verify(full, query))).toEqual([400, 'bad_request']);
      expect(problemOf(await verify('', query))).toEqual([400, 'bad_request']);
    });
  });

  describe('narrowed', () => {
    it('by a verified address', async () => {
      const known = await visitor(latchkey, latchkey, 'google', somebody({ email: 'v@gmail.com' }));
      const claimed = await visitor(
        latchkey,
        latchkey,
        'facebook',
        somebody({ email: 'v@example.test' }),
      );
      expect(await codeOf(known.domain, '?verified=1')).toBe(200);
      expect(await codeOf(claimed.domain, '?verified=1')).toEqual(REFUSED);
    });

    it('by a provider whose identity has proven this session, and not only belongs to the user', async () => {
      const [ofGoogle, ofX] = [somebody(), somebody()];
      const browser = await signedInWith(latchkey, ['google', ofGoogle], ['twitter', ofX]);
      const { domain } = await cookiesOf(latchkey, browser);
      expect(await codeOf(domain, '?provider=google')).toBe(200);
      expect(await codeOf(domain, '?provider=twitter')).toEqual(REFUSED);
      await stepUp(browser, 'twitter', ofX);
      const { domain: later } = await cookiesOf(latchkey, browser);
      expect(await codeOf(later, '?provider=twitter')).toBe(200);
      expect(await codeOf(later, '?provider=google&verified=1')).toEqual(
        (await me(browser)).emailVerified ? 200 : REFUSED,
      );
      const gone = await browser.apiSend('delete', '/users/me/identities/google');
      expect(gone.status).toBe(204);
      const { domain: last } = await cookiesOf(latchkey, browser);
      expect(await codeOf(last, '?provider=google')).toEqual(REFUSED);
    });

    it('by a domain, with an identity that is authoritative for it', async () => {
      const staff = await visitor(
        latchkey,
        latchkey,
        'google',
        somebody({ email: 'Grace@Acme.example', hostedDomain: 'acme.example' }),
      );
      const guest = await visitor(
        latchkey,
        latchkey,
        'google',
        somebody({ email: 'guest@acme.example' }),
      );
      expect(await codeOf(staff.domain, '?domain=acme.example')).toBe(200);
      expect(await codeOf(staff.domain, '?domain=sub.acme.example')).toEqual(REFUSED);
      expect(await codeOf(staff.domain, '?domain=cme.example')).toEqual(REFUSED);
      expect(await codeOf(staff.domain, '?domain=acme.example&provider=google')).toBe(200);
      expect(await codeOf(staff.domain, '?domain=acme.example&provider=twitter')).toEqual(REFUSED);
      expect(await codeOf(guest.domain, '?domain=acme.example')).toEqual(REFUSED);
    });

    it('not by a domain’s identity that is connected and has not proven this session', async () => {
      const browser = await signedInWith(latchkey, ['twitter', somebody()]);
      await link(
        browser,
        'google',
        somebody({ email: 'late@acme.example', hostedDomain: 'acme.example' }),
      );
      const { domain } = await cookiesOf(latchkey, browser);
      expect((await me(browser)).identities).toHaveLength(2);
      expect(await codeOf(domain, '?domain=acme.example')).toEqual(REFUSED);
    });

    it('by the age of the proof; of a domain’s a day unless it is said', async () => {
      const one = await visitor(
        latchkey,
        latchkey,
        'google',
        somebody({ email: 'old@acme.example', hostedDomain: 'acme.example' }),
      );
      const age = (seconds: number) =>
        latchkey.database
          .updateTable('session_proofs')
          .set({ latest_at: Date.now() - seconds * 1000 })
          .execute();
      await age(50);
      expect(await codeOf(one.domain, '?max_age=60')).toBe(200);
      expect(await codeOf(one.domain, '?max_age=40')).toEqual(REFUSED);
      expect(await codeOf(one.domain, '?max_age=40&provider=google')).toEqual(REFUSED);
      await age(86_390);
      expect(await codeOf(one.domain, '?domain=acme.example')).toBe(200);
      await age(86_410);
      expect(await codeOf(one.domain, '?domain=acme.example')).toEqual(REFUSED);
      expect(await codeOf(one.domain, '?domain=acme.example&max_age=90000')).toBe(200);
      expect(await codeOf(one.domain, '?provider=google')).toBe(200);
      expect(await codeOf(one.domain, '')).toBe(200);
    });

    it('is 401, and not 403, where nobody is signed in', async () => {
      expect(await codeOf('', '?verified=1')).toEqual([401, 'unauthenticated']);
    });
  });

  describe('with redirect=1', () => {
    const behind = { 'X-Forwarded-Host': 'app.acme.localhost', 'X-Forwarded-Proto': 'https' };
    const navigation = { ...PAGE, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

    it('sends a navigation to sign-in, and back to where it was', async () => {
      const uri = { 'X-Forwarded-Uri': '/inbox?a=1&b=%20x', 'X-Forwarded-Method': 'GET' };
      for (const headers of [navigation, PAGE, { 'Sec-Fetch-Mode': 'navigate' }]) {
        expect(await whither({ ...headers, ...behind, ...uri })).toBe(
          withReturn(`${APP}/inbox?a=1&b=%20x`),
        );
      }
    });

    it('lets whoever is signed in pass', async () => {
      const { domain } = await visitor(latchkey);
      expect(await whither({ ...navigation, ...behind, 'X-Forwarded-Uri': '/' }, domain)).toBe(200);
    });

    it.each<[string, Record<string, string>]>([
      ['a script', { Accept: '*/*', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
      ['an image', { Accept: 'image/*', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
      ['a frame', { ...PAGE, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
      ['a program', {}],
      ['what wants JSON', { Accept: 'application/json' }],
      ['a form', { ...navigation, 'X-Forwarded-Method': 'POST' }],
    ])('gives %s 401', async (_what, headers) => {
      expect(await whither({ ...headers, ...behind, 'X-Forwarded-Uri': '/' })).toBe(401);
    });

    it.each([
      ['another origin', { 'X-Forwarded-Host': 'evil.test' }],
      ['a lookalike', { 'X-Forwarded-Host': 'app.acme.localhost.evil.test' }],
      ['user info', { 'X-Forwarded-Host': 'app.acme.localhost@evil.test' }],
      ['two hosts', { 'X-Forwarded-Host': 'app.acme.localhost, evil.test' }],
      ['another scheme', { 'X-Forwarded-Proto': 'http' }],
      ['no scheme of ours', { 'X-Forwarded-Proto': 'javascript' }],
      ['no path', { 'X-Forwarded-Uri': '@evil.test/' }],
      ['a path that leads elsewhere', { 'X-Forwarded-Uri': '//evil.test/' }],
      ['a line end', { 'X-Forwarded-Uri': '/%0d%0aSet-Cookie:x' }],
    ])('judges it as returnTo: %s', async (_what, headers) => {
      const forwarded = { ...behind, 'X-Forwarded-Uri': '/', ...headers };
      expect(await whither({ ...navigation, ...forwarded })).toBe(signIn());
    });

    it('goes to sign-in alone where nothing is forwarded', async () => {
      expect(await whither(navigation)).toBe(signIn());
    });
  });
});

describe('behind nobody that is trusted', () => {
  afterEach(() => latchkey.close());

  it('nothing that is forwarded counts', async () => {
    latchkey = await startWithSiblings({ ALLOWED_ORIGINS: APP, SIGN_IN_ERROR_URL: '/login?x=1' });
    const { status, headers } = await verify('', '?redirect=1', {
      Accept: 'text/html',
      'X-Forwarded-Host': 'app.acme.localhost',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Uri': '/inbox',
    });
    expect([status, headers['location']]).toEqual([
      302,
      `${latchkey.environment['PUBLIC_URL']}/login?x=1`,
    ]);
  });

  it('goes under the path of PUBLIC_URL', async () => {
    const port = '45871';
    latchkey = await startWithSiblings({
      PORT: port,
      PUBLIC_URL: `http://id.acme.localhost:${port}/sso`,
    });
    const headers = { Accept: 'text/html' };
    const answer = await ask(latchkey, '/sso/auth/verify?redirect=1', headers);
    expect(answer.headers['location']).toBe(`http://id.acme.localhost:${port}/sso/`);
    const origin = { Origin: `http://id.acme.localhost:${port}` };
    expect((await ask(latchkey, '/sso/auth/verify', origin)).status).toBe(401);
  });
});

describe('is counted', () => {
  afterEach(() => latchkey.close());

  it('to the user, and not to the session', async () => {
    latchkey = await startWithSiblings({ RATE_LIMIT_PER_MINUTE: '4' });
    const { browser, domain } = await visitor(latchkey);
    // 20 of the user's, and 4 of those who have just stepped up.
    expect(await passed(30, () => verify(domain))).toBe(24);
    const refused = await verify(domain);
    expect(problemOf(refused)).toEqual([429, 'rate_limited']);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    // What it used up is a look's alone.
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('to the address, also where the session has ended', async () => {
    latchkey = await startWithSiblings({ RATE_LIMIT_PER_MINUTE: '2', TRUST_PROXY: 'loopback' });
    const { browser, domain } = await visitor(latchkey);
    await browser.apiSend('post', '/auth/logout');
    expect(await passed(50, () => verify(domain))).toBe(40);
    expect(await passed(3, () => verify(domain, '', { 'X-Forwarded-For': '203.0.113.7' }))).toBe(3);
  });

  it('not at all without a credential of ours, and then it asks no store', async () => {
    latchkey = await startWithSiblings({ RATE_LIMIT_PER_MINUTE: '2' });
    const back = await takeStore(latchkey);
    expect(await passed(100, () => verify('a=1'))).toBe(100);
    expect((await verify(`${namesOf(latchkey).domain}=d%3Ax.y`)).status).toBe(401);
    await back();
  });

  it('to a service key instead', async () => {
    latchkey = await startWithSiblings({
      RATE_LIMIT_PER_MINUTE: '3',
      SERVICE_RATE_LIMIT_PER_MINUTE: '30',
    });
    const { domain } = await visitor(latchkey);
    expect(await passed(40, () => verify(domain, '', withKey()))).toBe(30);
  });

  it('is 503, and neither 200 nor 401, without the store', async () => {
    latchkey = await startWithSiblings();
    const { domain } = await visitor(latchkey);
    const back = await takeStore(latchkey);
    expect(problemOf(await verify(domain))).toEqual([503, 'store_unavailable']);
    expect((await verify(domain, '?redirect=1', { Accept: 'text/html' })).status).toBe(503);
    await back();
  });
});
