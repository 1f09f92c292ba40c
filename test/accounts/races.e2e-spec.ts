import { describe, expect, it, jest } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  linkCallback,
  me,
  outcomeOf,
  signedIn,
  signedInWith,
  somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { race, ROUNDS } from '../support/race.js';
import { identityRows } from '../support/rows.js';

jest.setTimeout(60_000);

const latchkey = accountSuite();

const unlink = (browser: Browser, provider: string) =>
  browser.apiSend('delete', `/users/me/identities/${provider}`);

describe(`in ${ROUNDS} rounds`, () => {
  it('of two users who link one identity, one gets it and the other gets an error', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const identity = somebody({ email: 'same@example.test' });
      const two = await Promise.all([signedIn(latchkey), signedIn(latchkey, 'facebook')]);
      const [first, second] = await Promise.all(
        two.map((browser) => linkCallback(browser, 'twitter', identity)),
      );
      const responses = await together(
        () => two[0].callback(first ?? ''),
        () => two[1].callback(second ?? ''),
      );
      const counts = (await Promise.all(two.map(connected))).map(({ length }) => length);
      return [responses.map(outcomeOf).toSorted(), Math.max(...counts), Math.min(...counts)];
    });
    for (const outcome of outcomes) {
      expect(outcome).toEqual([['/account', 'identity_in_use'], 2, 1]);
    }
  });

  it('of two disconnections of a user’s two providers, one succeeds and one fails', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const google = somebody();
      const twitter = somebody();
      const browser = await signedInWith(latchkey, ['google', google], ['twitter', twitter]);
      await stepUp(browser, 'twitter', twitter);
      const phone = await signedIn(latchkey, 'google', google);
      const responses = await together(
        () => unlink(browser, 'twitter'),
        () => unlink(browser, 'google'),
      );
      const left = await connected(browser);
      // The phone's session was started with Google: it ends with it.
      const phoneIsSignedIn = (await phone.api('/users/me')).status === 200;
      expect(phoneIsSignedIn).toBe(left[0] === 'google');
      return [responses.map(({ status }) => String(status)).toSorted(), left.length];
    });
    for (const outcome of outcomes) expect(outcome).toEqual([['204', '409'], 1]);
  });

  it('parallel first sign-ins of one person create one user', async () => {
    const provider = providerIds[0];
    const outcomes = await race(latchkey, async (together) => {
      const person = somebody();
      const four = Array.from({ length: 4 }, () => new Browser(latchkey));
      const answers = await Promise.all(
        four.map(async (each) => ({
          each,
          callback: await each.consent(await each.start(provider), person),
        })),
      );
      const finish = (some: typeof answers) => () =>
        Promise.all(some.map(({ each, callback }) => each.callback(callback)));
      await together(finish(answers.slice(0, 2)), finish(answers.slice(2)));
      return new Set((await Promise.all(four.map(me))).map(({ id }) => id)).size;
    });
    expect(outcomes).toEqual(Array.from({ length: ROUNDS }, () => 1));
    const { users, sessions } = await identityRows(latchkey.database);
    expect([users.length, sessions.length]).toEqual([ROUNDS, ROUNDS * 4]);
  });

  it('parallel first sign-ins with one address at two providers create one user', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const person = somebody();
      const email = `${person.subject}@example.test`;
      const two = [new Browser(latchkey), new Browser(latchkey)] as const;
      const google = await two[0].consent(await two[0].start('google'), { ...person, email });
      const x = await two[1].consent(await two[1].start('twitter'), { ...person, email });
      const responses = await together(
        () => two[0].callback(google),
        () => two[1].callback(x),
      );
      return responses.map(outcomeOf).toSorted();
    });
    for (const outcome of outcomes) expect(outcome).toEqual(['/account', 'account_exists']);
    expect((await identityRows(latchkey.database)).users).toHaveLength(ROUNDS);
  });

  it('a link against a sign-in with the same identity gives it to one of the two', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const identity = somebody();
      const [browser, other] = [await signedIn(latchkey), new Browser(latchkey)];
      const { id } = await me(browser);
      const callback = await linkCallback(browser, 'twitter', identity);
      const signIn = await other.consent(await other.start('twitter'), identity);
      const [linked] = await together(
        () => browser.callback(callback),
        () => other.callback(signIn),
      );
      const sameUser = (await me(other)).id === id;
      return [outcomeOf(linked), sameUser].join();
    });
    for (const outcome of outcomes) {
      expect(['/account,true', 'identity_in_use,false']).toContain(outcome);
    }
  });
});
