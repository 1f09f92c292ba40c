import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import {
  crossSite,
  me,
  session,
  signedIn,
  signedInWith,
  somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { problemOf, raw } from '../support/raw.js';
import { askForToken, keySetOf, ownPage, tokenOf, verified } from '../support/tokens.js';

/* What a token says, and who gets one. */

const API = 'https://api.test';
const BILLING = 'https://billing.test';
const APP = 'https://app.test';
const OTHER = 'https://other.test';

const app = { 'Sec-Fetch-Site': 'cross-site', Origin: APP };
const other = { 'Sec-Fetch-Site': 'cross-site', Origin: OTHER };

let latchkey: Latchkey;
let browser: Browser;

/** Asks with headers beside, or where they are empty without, those of an own page. */
function askAs(headers: Record<string, string>, audience: string) {
  const sent = Object.entries({ ...ownPage(latchkey), ...headers });
  return askForToken(
    latchkey,
    browser,
    { audience },
    Object.fromEntries(sent.filter(([, value]) => value !== '')),
  );
}

describe('a token', () => {
  beforeAll(async () => {
    const port = String(await freePort());
    latchkey = await startLatchkey({
      PORT: port,
      ALLOWED_ORIGINS: `${APP}, ${OTHER}`,
      TOKEN_AUDIENCES: `${API}, ${BILLING} name email picture < ${APP}, own<http://localhost:${port}`,
    });
  });

  beforeEach(async () => {
    browser = new Browser(latchkey);
    await browser.signIn('google', somebody());
  });

  afterAll(() => latchkey.close());

  it('says who is signed in, for one service, and nothing personal', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { status, text, headers } = await askForToken(latchkey, browser, { audience: API });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const { accessToken, expiresAt, ...rest } = JSON.parse(text) as Record<string, string>;
    expect(rest).toEqual({});
    const [key] = (await keySetOf(latchkey)).keys;
    expect(decodeProtectedHeader(accessToken ?? '')).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: key?.kid,
    });
    const claims = await verified(latchkey, accessToken ?? '', API);
    const own = await session(browser);
    expect(claims).toEqual({
      iss: latchkey.url,
      sub: (await me(browser)).id,
      aud: API,
      client_id: 'latchkey',
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 300,
      jti: expect.stringMatching(/^[\w-]{20,}$/),
      sid: own.id,
      idp: 'google',
    });
    expect(claims.iat).toBeGreaterThanOrEqual(before);
    expect(claims.iat).toBeLessThanOrEqual(Date.now() / 1000);
    expect(Date.parse(expiresAt ?? '')).toBe((claims.exp ?? 0) * 1000);
    const again = await verified(
      latchkey,
      await tokenOf(latchkey, browser, { audience: API }),
      API,
    );
    expect(again.jti).not.toBe(claims.jti);
  });

  it('says what its service’s entry asks for, an address only when it is verified', async () => {
    const about = async (person: Browser) =>
      verified(latchkey, await tokenOf(latchkey, person, { audience: BILLING }, app), BILLING);
    const picture = 'https://pictures.test/ada.png';
    const ada = await signedIn(
      latchkey,
      'google',
      somebody({ name: 'Ada Lovelace', email: 'ada@gmail.com', emailVerified: true, picture }),
    );
    const user = await me(ada);
    expect(await about(ada)).toMatchObject({
      name: 'Ada Lovelace',
      email: user.email,
      email_verified: true,
      picture: user.avatarUrl,
      client_id: APP,
    });
    const grace = await signedIn(
      latchkey,
      'facebook',
      somebody({ name: 'Grace', email: 'grace@example.test' }),
    );
    expect(await me(grace)).toMatchObject({ email: 'grace@example.test', emailVerified: false });
    const claims = await about(grace);
    expect(claims['name']).toBe('Grace');
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['email']));
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['email_verified']));
  });

  it('has auth_time and acr only when somebody was asked, by an identity that counts', async () => {
    const claimsOf = async (person: Browser) =>
      verified(latchkey, await tokenOf(latchkey, person, { audience: API }), API);
    expect(await claimsOf(browser)).not.toHaveProperty('auth_time');
    expect(await claimsOf(browser)).not.toHaveProperty('acr');

    const before = Math.floor(Date.now() / 1000);
    const asked = await claimsOf(await signedIn(latchkey));
    expect(asked).toMatchObject({ acr: 'asked', auth_time: expect.any(Number) });
    expect(asked['auth_time']).toBeGreaterThanOrEqual(before);
    expect(asked['auth_time']).toBeLessThanOrEqual(asked.iat ?? 0);

    // X was connected a moment ago, and proves nothing yet.
    const [google, twitter] = [somebody(), somebody()];
    const both = await signedInWith(latchkey, ['google', google], ['twitter', twitter]);
    const first = await claimsOf(both);
    await latchkey.database
      .updateTable('session_proofs')
      .set((row) => ({ asked_at: row('asked_at', '-', 60_000) }))
      .where('asked_at', 'is not', null)
      .execute();
    await stepUp(both, 'twitter', twitter);
    expect((await claimsOf(both))['auth_time']).toBe(Number(first['auth_time']) - 60);
    await stepUp(both, 'google', google);
    expect((await claimsOf(both))['auth_time']).toBeGreaterThanOrEqual(before);
  });

  it('is never good for longer than the session', async () => {
    const { id } = await session(browser);
    const end = Date.now() + 90_000;
    const update = (set: { expires_at?: number; last_seen_at?: number }) =>
      latchkey.database.updateTable('sessions').set(set).where('id', '=', id).execute();
    const lasts = async () => {
      const { exp } = await verified(
        latchkey,
        await tokenOf(latchkey, browser, { audience: API }),
        API,
      );
      return exp;
    };
    await update({ last_seen_at: end - latchkey.config.sessions.idleSeconds * 1000 });
    expect(await lasts()).toBe(Math.floor(end / 1000));
    await update({ last_seen_at: Date.now(), expires_at: end });
    expect(await lasts()).toBe(Math.floor(end / 1000));
  });

  const nobodySays = { Origin: '', 'Sec-Fetch-Site': '' };

  it.each<[string, Record<string, string>, string, string]>([
    ['the own origin', {}, API, 'latchkey'],
    ['an allowed one', app, API, APP],
    ['another allowed one', other, API, OTHER],
    ['the one that is named', app, BILLING, APP],
    ['the own origin, which is named', {}, 'own', 'latchkey'],
    ['an own page without a referrer', { Origin: 'null' }, 'own', 'latchkey'],
    ['no browser', nobodySays, 'own', 'latchkey'],
    [
      'an own page, whatever its Referer',
      { Origin: '', Referer: 'https://evil.test/' },
      'own',
      'latchkey',
    ],
    ['an old browser without Origin', { ...nobodySays, Referer: `${APP}/x` }, BILLING, APP],
  ])('is given to %s, and says so', async (_who, headers, audience, clientId) => {
    const { text } = await askAs(headers, audience);
    const { accessToken = '' } = JSON.parse(text) as { accessToken?: string };
    expect(await verified(latchkey, accessToken, audience)).toMatchObject({ client_id: clientId });
  });

  it.each<[string, Record<string, string>, string]>([
    ['one that is not named', other, BILLING],
    ['the own origin, which is not named', {}, BILLING],
    ['no browser', nobodySays, BILLING],
    ['an old browser elsewhere', { ...nobodySays, Referer: `${APP}/x` }, 'own'],
  ])('is not given to %s', async (_who, headers, audience) => {
    const answer = await askAs(headers, audience);
    expect(problemOf(answer)).toEqual([400, 'bad_request']);
    expect(answer.text).toContain('This origin may not ask');
  });

  it.each<[string, object | string | undefined]>([
    ['none named, of several', undefined],
    ['none named in a body', {}],
    ['an unknown one', { audience: 'https://evil.test' }],
    ['nearly a known one', { audience: `${API}/` }],
    ['several', { audience: [API, BILLING] }],
    ['something else', { audience: { name: API } }],
    ['nothing', { audience: null }],
    ['no JSON', '{'],
    ['a list', [API]],
  ])('is refused for %s', async (_what, body) => {
    const answer = await askForToken(latchkey, browser, body);
    expect(problemOf(answer)).toEqual([400, 'bad_request']);
    expect(answer.text).not.toContain('evil.test');
  });

  it('can be asked for by a form', async () => {
    const answer = await askForToken(latchkey, browser, `audience=${encodeURIComponent(API)}`, {
      ...ownPage(latchkey),
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(200);
  });

  it.each(crossSite)('is refused to %s', async (_who, headers) => {
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const answer = await askForToken(latchkey, browser, { audience: API }, sent);
    expect(problemOf(answer)).toEqual([403, 'csrf_failed']);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is refused to who is not signed in, or no longer', async () => {
    const visitor = await askForToken(latchkey, new Browser(latchkey), { audience: API });
    expect(problemOf(visitor)).toEqual([401, 'unauthenticated']);
    await browser.apiSend('post', '/auth/logout');
    const left = await askForToken(latchkey, browser, { audience: API });
    expect(problemOf(left)).toEqual([401, 'unauthenticated']);
  });

  it('opens nothing here', async () => {
    const token = await tokenOf(latchkey, browser, { audience: API });
    const answer = await raw(`${latchkey.url}/users/me`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(problemOf(answer)).toEqual([401, 'unauthenticated']);
  });

  it('is only there to be asked for: a GET finds nothing', async () => {
    expect((await browser.api('/auth/token')).status).toBe(404);
  });
});

describe('where one service is named', () => {
  afterAll(() => latchkey.close());

  it('a token is for that one, and lasts as long as it is said', async () => {
    latchkey = await startLatchkey({ TOKEN_AUDIENCES: 'api', TOKEN_SECONDS: '60' });
    browser = await signedIn(latchkey);
    const claims = await verified(latchkey, await tokenOf(latchkey, browser), 'api');
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(60);
    const unknown = await askForToken(latchkey, browser, { audience: API });
    expect(problemOf(unknown)).toEqual([400, 'bad_request']);
  });
});

describe('where Google signs when people authenticated', () => {
  afterAll(() => latchkey.close());

  it('a token says that it is proven', async () => {
    latchkey = await startLatchkey({ TOKEN_AUDIENCES: 'api', GOOGLE_AUTH_TIME: 'on' });
    const claims = await verified(
      latchkey,
      await tokenOf(latchkey, await signedIn(latchkey)),
      'api',
    );
    expect(claims).toMatchObject({ acr: 'proven', auth_time: expect.any(Number) });
  });
});

describe('where no service is named', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });

  afterAll(() => latchkey.close());

  it('there are no tokens, for nobody', async () => {
    browser = await signedIn(latchkey);
    expect(problemOf(await askForToken(latchkey, browser))).toEqual([404, 'not_found']);
    const visitor = await askForToken(latchkey, new Browser(latchkey), { audience: API });
    expect(problemOf(visitor)).toEqual([404, 'not_found']);
  });

  it.each(['/.well-known/jwks.json', '/.well-known/oauth-authorization-server'])(
    'there is no %s, and no key is made',
    async (path) => {
      expect(problemOf(await raw(latchkey.url + path))).toEqual([404, 'not_found']);
      expect(await latchkey.database.selectFrom('signing_keys').selectAll().execute()).toEqual([]);
    },
  );
});
