import { describe, expect, it, jest } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  connected,
  linkCallback,
  me,
  outcomeOf,
  sessionAnswer,
  signedIn,
  signedInWith,
  somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { race, ROUNDS } from '../support/race.js';
import { identityRows } from '../support/rows.js';

jest.setTimeout(120_000);

const latchkey = accountSuite();

const decide = (browser: Browser, decision: 'connect' | 'separate') =>
  browser.apiSend('post', `/auth/pending-link?decision=${decision}`);

let people = 0;

/** Somebody at X has verified the address of somebody at Google, who has been refused. */
async function refused() {
  people += 1;
  const email = `person${people}@gmail.com`;
  const [claimant, owner] = [somebody({ email }), somebody({ email })];
  const claimants = await signedIn(latchkey, 'twitter', claimant);
  const browser = new Browser(latchkey);
  expect(outcomeOf(await browser.signIn('google', owner))).toBe('account_exists');
  return { email, claimant, claimants, owner, browser };
}

describe(`in ${ROUNDS} rounds`, () => {
  it('a disconnection against a step-up by that identity leaves no other session of it', async () => {
    await race(latchkey, async (together) => {
      const [google, x] = [somebody(), somebody()];
      const browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
      const phone = await signedIn(latchkey, 'google', google);
      await stepUp(browser, 'google', google);
      const callback = await phone.consent(await phone.start('twitter', { prompt: 'login' }), x);
      const [, disconnected] = await together(
        () => phone.callback(callback),
        () => browser.apiSend('delete', '/users/me/identities/twitter'),
      );
      expect(disconnected.status).toBe(204);
      expect(await connected(browser)).toEqual(['google']);
      const { proofs } = await identityRows(latchkey.database);
      expect(proofs.filter(({ subject }) => subject === x.subject)).toEqual([]);
    });
  });

  it('a disconnection against a connection by a session of that identity is before or after it', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const [google, x, facebook] = [somebody(), somebody(), somebody()];
      const browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
      await stepUp(browser, 'google', google);
      const phone = await signedIn(latchkey, 'twitter', x);
      const callback = await linkCallback(phone, 'facebook', facebook);
      const [answer, disconnected] = await together(
        () => phone.callback(callback),
        () => browser.apiSend('delete', '/users/me/identities/twitter'),
      );
      expect(disconnected.status).toBe(204);
      expect((await sessionAnswer(phone)).user).toBeNull();
      const outcome = outcomeOf(answer);
      const isLinked = (await connected(browser)).includes('facebook');
      expect([outcome, isLinked]).toEqual([outcome, outcome === '/account']);
      return outcome;
    });
    for (const outcome of outcomes) expect(['/account', 'session_changed']).toContain(outcome);
  });

  it('of two answers to one pending link, one counts', async () => {
    await race(latchkey, async (together) => {
      const { browser, owner } = await refused();
      const before = (await identityRows(latchkey.database)).users.length;
      const answers = await together(
        () => decide(browser, 'separate'),
        () => decide(browser, 'separate'),
      );
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 404)).toHaveLength(1);
      const { users, identities } = await identityRows(latchkey.database);
      expect(users).toHaveLength(before + 1);
      expect(identities.filter(({ subject }) => subject === owner.subject)).toHaveLength(1);
    });
  });

  it('an account of one’s own against a sign-in of the other claim leaves the address to its owner', async () => {
    await race(latchkey, async (together) => {
      const { email, claimant, claimants, browser } = await refused();
      const callback = await claimants.consent(await claimants.start('twitter'), claimant);
      const [separated] = await together(
        () => decide(browser, 'separate'),
        () => claimants.callback(callback),
      );
      expect(separated.status).toBe(204);
      expect(await me(browser)).toMatchObject({ email, emailVerified: true });
      expect(await me(claimants)).toMatchObject({ email, emailVerified: false });
    });
  });

  it('an account of one’s own against the connection by the other makes one of the two', async () => {
    await race(latchkey, async (together) => {
      const { claimants, claimant, owner, browser } = await refused();
      // The claimant is the same person after all, and connects the identity in another browser.
      await stepUp(claimants, 'twitter', claimant);
      const callback = await linkCallback(claimants, 'google', owner);
      const [separated, linked] = await together(
        () => decide(browser, 'separate'),
        () => claimants.callback(callback),
      );
      const isSeparate = separated.status === 204;
      expect([separated.status, outcomeOf(linked)]).toEqual(
        isSeparate ? [204, 'identity_in_use'] : [separated.status, '/account'],
      );
      const { code = '' } = separated.body as { code?: string };
      const codes = isSeparate ? [''] : ['not_found', 'identity_in_use', 'account_exists'];
      expect(codes).toContain(code);
      const { identities } = await identityRows(latchkey.database);
      expect(identities.filter(({ subject }) => subject === owner.subject)).toHaveLength(1);
      expect((await connected(claimants)).includes('google')).toBe(!isSeparate);
    });
  });

  it('an account of one’s own against a third user who verifies the address leaves one claim that counts', async () => {
    await race(latchkey, async (together) => {
      const { email, browser } = await refused();
      const third = await signedIn(latchkey, 'google', somebody());
      const callback = await linkCallback(third, 'twitter', somebody({ email }));
      const [separated, linked] = await together(
        () => decide(browser, 'separate'),
        () => third.callback(callback),
      );
      expect([separated.status, outcomeOf(linked)]).toEqual([204, '/account']);
      const claims = await latchkey.database
        .selectFrom('identities')
        .select('email_trust')
        .where('email_key', '=', email)
        .where('email_trust', '<>', 'claimed')
        .execute();
      expect(claims).toEqual([{ email_trust: 'authoritative' }]);
    });
  });

  it('of two confirmations of one pending link, one is recorded', async () => {
    await race(latchkey, async (together) => {
      const { browser, claimant } = await refused();
      await browser.signIn('twitter', claimant, { prompt: 'login' });
      const answers = await together(
        () => decide(browser, 'connect'),
        () => decide(browser, 'connect'),
      );
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 404)).toHaveLength(1);
      const events = (await activity(browser)).filter(({ event }) => event === 'identity_linked');
      expect(events).toEqual([expect.objectContaining({ via: 'pending_link' })]);
    });
  });
});
