import { describe, expect, it, jest } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  linkCallback,
  me,
  outcomeOf,
  sessionAnswer,
  sessionCookie,
  signedIn,
  signedInWith,
  somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { race, ROUNDS } from '../support/race.js';
import { identityRows } from '../support/rows.js';

jest.setTimeout(60_000);

const latchkey = accountSuite();

/** Who is signed in in a browser; null for nobody. */
const whoIs = async (browser: Browser): Promise<string | null> =>
  (await sessionAnswer(browser)).user?.id ?? null;

describe(`in ${ROUNDS} rounds`, () => {
  it('a deletion against a sign-in leaves no partial user and no orphan', async () => {
    await race(latchkey, async (together) => {
      const ada = somebody();
      const [browser, phone] = [await signedIn(latchkey, 'google', ada), new Browser(latchkey)];
      const { id } = await me(browser);
      const old = await sessionCookie(browser);
      const callback = await phone.consent(await phone.start('google'), ada);
      const [, deleted] = await together(
        () => phone.callback(callback),
        () => browser.apiSend('delete', '/users/me'),
      );
      expect(deleted.status).toBe(204);
      expect(await worthOf(latchkey, old)).toBe(401);
      const { users } = await identityRows(latchkey.database);
      expect(users.some((user) => user.id === id)).toBe(false);
      expect(await whoIs(phone)).not.toBe(id);
    });
  });

  it('a deletion against the renewal of its own session is done', async () => {
    await race(latchkey, async (together) => {
      const ada = somebody();
      const browser = await signedIn(latchkey, 'google', ada);
      const { id } = await me(browser);
      const callback = await browser.consent(await browser.start('google'), ada);
      const [, deleted] = await together(
        () => browser.callback(callback),
        () => browser.apiSend('delete', '/users/me'),
      );
      // The renewal may come first: then the cookie that asked for the deletion was worthless, and nothing happened.
      expect([204, 401, 403]).toContain(deleted.status);
      const { users, sessions } = await identityRows(latchkey.database);
      expect(users.some((user) => user.id === id)).toBe(deleted.status !== 204);
      expect(sessions.some((row) => row.user_id === id)).toBe(deleted.status !== 204);
    });
  });

  it.each([
    ['signing out', 'post', '/auth/logout'],
    ['signing out of all others', 'delete', '/users/me/sessions'],
  ] as const)(
    'a deletion against %s completes both, or the session had ended',
    async (_, method, path) => {
      await race(latchkey, async (together) => {
        const ada = somebody();
        const [browser, phone] = [
          await signedIn(latchkey, 'google', ada),
          await signedIn(latchkey, 'google', ada),
        ];
        const { id } = await me(browser);
        const [ended, deleted] = await together(
          () => phone.apiSend(method, path),
          () => browser.apiSend('delete', '/users/me'),
        );
        expect([204, 401]).toContain(ended.status);
        // The phone may have signed the browser out before it could delete anything.
        expect(method === 'post' ? [204] : [204, 401]).toContain(deleted.status);
        const { users, sessions } = await identityRows(latchkey.database);
        expect(users.some((user) => user.id === id)).toBe(deleted.status === 401);
        expect(sessions.some((row) => row.user_id === id)).toBe(deleted.status === 401);
      });
    },
  );

  it('a disconnection against a sign-in with that provider leaves no session of it', async () => {
    await race(latchkey, async (together) => {
      const [google, x] = [somebody(), somebody()];
      const browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
      const phone = new Browser(latchkey);
      const { id } = await me(browser);
      const callback = await phone.consent(await phone.start('twitter'), x);
      const [, disconnected] = await together(
        () => phone.callback(callback),
        () => browser.apiSend('delete', '/users/me/identities/twitter'),
      );
      expect(disconnected.status).toBe(204);
      expect(await connected(browser)).toEqual(['google']);
      const { sessions } = await identityRows(latchkey.database);
      const ofX = sessions.filter((row) => row.user_id === id && row.provider === 'twitter');
      expect(ofX).toEqual([]);
      expect(await whoIs(phone)).not.toBe(id);
    });
  });

  it('a link against the deletion of its user leaves nothing, or comes first and is deleted too', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const browser = await signedIn(latchkey);
      const identity = somebody();
      const callback = await linkCallback(browser, 'twitter', identity);
      const [linked, deleted] = await together(
        () => browser.callback(callback),
        () => browser.apiSend('delete', '/users/me'),
      );
      expect(deleted.status).toBe(204);
      // A deletion that was answered before the callback was sent has taken the attempt's cookie too.
      expect(['/account', 'session_changed', 'invalid_state']).toContain(outcomeOf(linked));
      const { identities } = await identityRows(latchkey.database);
      return identities.length;
    });
    expect(outcomes).toEqual(Array.from({ length: ROUNDS }, () => 0));
  });
});
