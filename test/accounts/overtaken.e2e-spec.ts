import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SignInService } from '../../src/auth/sign-in.service.js';
import { ServerLimits } from '../../src/sessions/server-limits.js';
import { TokensService } from '../../src/tokens/tokens.service.js';
import { AccountService } from '../../src/users/account.service.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  giveSession,
  letTimePass,
  link,
  linkCallback,
  outcomeOf,
  sessionAnswer,
  sessionCookie,
  sessionList,
  signedIn,
  somebody,
  type Somebody,
  stepUp,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';

/*
 * Somebody has copied the owner’s cookie, and has an identity in the account. A request that they have sent by it is under
 * way, its session read, while the owner steps up. It gets nothing of what the owner has proven.
 */

const latchkey = accountSuite({
  IDENTITY_SETTLE_SECONDS: '604800',
  TOKEN_AUDIENCES: 'https://api.example.com',
});

let ada: Somebody;
let mallory: Somebody;
let browser: Browser;
let copy: Browser;

beforeEach(async () => {
  [ada, mallory] = [somebody(), somebody({ name: 'Mallory' })];
  browser = await signedIn(latchkey, 'google', ada);
  await link(browser, 'twitter', mallory);
  copy = await copyWith(await sessionCookie(browser));
});

async function copyWith(value: string): Promise<Browser> {
  const other = new Browser(latchkey);
  await giveSession(latchkey, other, value);
  return other;
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** Holds the next call of a method, whose request has been read by then, until something else is done. */
async function overtake<T>(
  service: object,
  method: string,
  act: () => Promise<T>,
  meanwhile: () => Promise<unknown>,
): Promise<T> {
  const methods = service as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const original = methods[method]?.bind(service);
  let acting: Promise<T> | undefined;
  await new Promise<void>((resolve, reject) => {
    jest.spyOn(methods, method).mockImplementationOnce(async (...given) => {
      await meanwhile().then(() => resolve(), reject);
      return original?.(...given);
    });
    acting = act();
  });
  return acting as Promise<T>;
}

const passRecent = (by: Browser) => by.api('/auth/verify?max_age=60');

const stepsUp = () => stepUp(browser, 'google', ada);

describe('while the owner steps up', () => {
  it.each<[string, string, () => ReturnType<Browser['apiSend']>]>([
    ['deleting', 'deleteFor', () => copy.apiSend('delete', '/users/me')],
    ['exporting', 'exportFor', () => copy.apiSend('post', '/users/me/export')],
    ['disconnecting', 'disconnect', () => copy.apiSend('delete', '/users/me/identities/twitter')],
  ])('%s is refused', async (_name, method, act) => {
    await letTimePass(latchkey);
    const accounts = latchkey.app.get(AccountService);
    const { status, body } = await overtake(accounts, method, act, stepsUp);
    expect([status, body]).toMatchObject([403, { code: 'session_changed' }]);
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it('dismissing the notice of an own identity is refused, in a session that the owner then proves', async () => {
    const shared = await signedIn(latchkey, 'twitter', mallory);
    const own = await copyWith(await sessionCookie(shared));
    const accounts = latchkey.app.get(AccountService);
    const act = () => own.apiSend('post', '/users/me/identities/twitter/acknowledge');
    const { status } = await overtake(accounts, 'acknowledge', act, () =>
      stepUp(shared, 'google', ada),
    );
    expect(status).toBe(404);
    expect((await sessionAnswer(shared)).newIdentities).toMatchObject([{ provider: 'twitter' }]);
  });

  it('a token says nothing of it', async () => {
    const tokens = latchkey.app.get(TokensService);
    const { body } = await overtake(
      tokens,
      'issue',
      () => copy.apiSend('post', '/auth/token'),
      stepsUp,
    );
    const { accessToken } = body as { accessToken: string };
    const [, payload = ''] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ aud: 'https://api.example.com' });
    expect(claims).not.toHaveProperty('acr');
    expect(claims).not.toHaveProperty('auth_time');
  });

  it('a proxy that asks for a recent proof does not let it pass', async () => {
    await letTimePass(latchkey);
    expect((await passRecent(copy)).status).toBe(403);
    const limits = latchkey.app.get(ServerLimits);
    const { status } = await overtake(limits, 'countLooker', () => passRecent(copy), stepsUp);
    expect(status).toBe(403);
    expect((await passRecent(browser)).status).toBe(200);
  });

  it('connecting is refused', async () => {
    const facebook = await linkCallback(copy, 'facebook', somebody());
    const act = () => copy.callback(facebook);
    const ended = await overtake(latchkey.app.get(SignInService), 'complete', act, stepsUp);
    expect(outcomeOf(ended)).toBe('session_changed');
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });

  it.each([{}, { prompt: 'login' }])(
    'signing in with an identity of their own begins a session that has proven that, or none (%j)',
    async (start) => {
      const back = await copy.consent(await copy.start('twitter', start), mallory);
      const act = () => copy.callback(back);
      await overtake(latchkey.app.get(SignInService), 'complete', act, stepsUp);
      expect(await sessionCookie(browser)).not.toBe(await sessionCookie(copy));
      for (const refused of [
        await copy.apiSend('delete', '/users/me'),
        await copy.apiSend('post', '/users/me/export'),
      ]) {
        expect([401, 403]).toContain(refused.status);
      }
      expect((await browser.apiSend('delete', '/users/me/identities/twitter')).status).toBe(204);
    },
  );
});

describe('two sign-ins at once from one browser', () => {
  it('with two identities of one person leave it signed in, whichever answer comes last', async () => {
    const [google, twitter] = [
      await browser.consent(await browser.start('google'), ada),
      await browser.consent(await browser.start('twitter'), mallory),
    ];
    const old = await sessionCookie(browser);
    let other = '';
    const act = () => browser.callback(google);
    const ended = await overtake(latchkey.app.get(SignInService), 'complete', act, async () => {
      expect(outcomeOf(await browser.callback(twitter))).toBe('/account');
      other = await sessionCookie(browser);
    });
    expect(outcomeOf(ended)).toBe('/account');
    const last = await sessionCookie(browser);
    expect(new Set([old, other, last]).size).toBe(3);
    const worth = [];
    for (const cookie of [old, other, last]) worth.push(await worthOf(latchkey, cookie));
    expect(worth).toEqual([401, 200, 200]);
    expect(await sessionList(browser)).toHaveLength(2);
    // The answers may both have been lost: signing out by the cookie before them ends what has come of it.
    const signOut = await (await copyWith(old)).apiSend('post', '/auth/logout');
    expect(signOut.status).toBe(204);
    for (const cookie of [other, last]) expect(await worthOf(latchkey, cookie)).toBe(401);
  });
});
