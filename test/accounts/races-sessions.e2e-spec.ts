import { describe, expect, it, jest } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  linkCallback,
  outcomeOf,
  session,
  sessionAnswer,
  sessionCookie,
  signedIn,
  somebody,
  worthOf,
} from '../support/accounts.js';
import { race, ROUNDS } from '../support/race.js';
import { identityRows } from '../support/rows.js';

jest.setTimeout(60_000);

const latchkey = accountSuite();

const hasRow = async (id: string): Promise<boolean> =>
  (await identityRows(latchkey.database)).sessions.some((row) => row.id === id);

describe(`in ${ROUNDS} rounds`, () => {
  it('a revoked session stays revoked whatever it is doing', async () => {
    await race(latchkey, async (together) => {
      const ada = somebody();
      const [browser, phone] = [
        await signedIn(latchkey, 'google', ada),
        await signedIn(latchkey, 'google', ada),
      ];
      const [{ id }, cookie] = [await session(phone), await sessionCookie(phone)];
      const busy = () => Promise.all(Array.from({ length: 8 }, () => phone.api('/users/me')));
      const [answers, revoked] = await together(busy, () =>
        browser.apiSend('delete', `/users/me/sessions/${id}`),
      );
      expect(revoked.status).toBe(204);
      for (const { status } of answers) expect([200, 401]).toContain(status);
      expect(await worthOf(latchkey, cookie)).toBe(401);
      expect(await hasRow(id)).toBe(false);
    });
  });

  it('a session that is revoked during its renewal is revoked', async () => {
    await race(latchkey, async (together) => {
      const ada = somebody();
      const [browser, phone] = [
        await signedIn(latchkey, 'google', ada),
        await signedIn(latchkey, 'google', ada),
      ];
      const [{ id }, old] = [await session(phone), await sessionCookie(phone)];
      const callback = await phone.consent(await phone.start('google'), ada);
      const [renewed, revoked] = await together(
        () => phone.callback(callback),
        () => browser.apiSend('delete', `/users/me/sessions/${id}`),
      );
      expect(revoked.status).toBe(204);
      expect(await hasRow(id)).toBe(false);
      expect(await worthOf(latchkey, old)).toBe(401);
      // A sign-in that is finished after the revocation is a sign-in like any other: a session of its own.
      expect(outcomeOf(renewed)).toBe('/account');
      expect((await sessionAnswer(phone)).session?.id).not.toBe(id);
    });
  });

  it('a session that is signed out during its renewal is signed out', async () => {
    await race(latchkey, async (together) => {
      const ada = somebody();
      const browser = await signedIn(latchkey, 'google', ada);
      const [{ id }, old] = [await session(browser), await sessionCookie(browser)];
      const callback = await browser.consent(await browser.start('google'), ada);
      const [, signedOut] = await together(
        () => browser.callback(callback),
        () => browser.apiSend('post', '/auth/logout'),
      );
      expect(signedOut.status).toBe(204);
      expect(await worthOf(latchkey, old)).toBe(401);
      // Signing out with a cookie that has been renewed already finds nobody; else the session is gone for good.
      const activities = await latchkey.database.selectFrom('activity').selectAll().execute();
      const foundNobody = activities.every(({ event }) => event !== 'sign_out');
      expect(foundNobody || !(await hasRow(id))).toBe(true);
      await latchkey.database.deleteFrom('users').execute();
    });
  });

  it('two renewals in two tabs leave the browser signed in, and its old cookie worthless', async () => {
    await race(latchkey, async (together) => {
      const ada = somebody();
      const browser = await signedIn(latchkey, 'google', ada);
      const [{ id }, old] = [await session(browser), await sessionCookie(browser)];
      const callbacks = await Promise.all(
        [1, 2].map(async () => browser.consent(await browser.start('google'), ada)),
      );
      const responses = await together(
        () => browser.callback(callbacks[0] ?? ''),
        () => browser.callback(callbacks[1] ?? ''),
      );
      expect(responses.map(outcomeOf)).toEqual(['/account', '/account']);
      expect((await browser.api('/users/me')).status).toBe(200);
      expect(await worthOf(latchkey, old)).toBe(401);
      expect(await hasRow(id)).toBe(true);
    });
  });

  it('a link against the revocation of its session is completed before it, or not at all', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const ada = somebody();
      const [browser, phone] = [
        await signedIn(latchkey, 'google', ada),
        await signedIn(latchkey, 'google', ada),
      ];
      const callback = await linkCallback(phone, 'twitter', somebody());
      const [linked] = await together(
        () => phone.callback(callback),
        () => browser.apiSend('delete', '/users/me/sessions'),
      );
      return [outcomeOf(linked), (await connected(browser)).length].join();
    });
    for (const outcome of outcomes) expect(['/account,2', 'session_changed,1']).toContain(outcome);
  });
});
