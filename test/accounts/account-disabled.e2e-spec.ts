import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { UserAdminService } from '../../src/users/user-admin.service.js';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  linkCallback,
  me,
  outcomeOf,
  sessionAnswer,
  sessionCookie,
  signedIn,
  somebody,
  type Somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectErrorRedirect, expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { race, ROUNDS } from '../support/race.js';
import { identityRows } from '../support/rows.js';

jest.setTimeout(60_000);

const latchkey = accountSuite();
let admin: UserAdminService;
let ada: Somebody;

beforeAll(() => {
  admin = latchkey.app.get(UserAdminService, { strict: false });
});

beforeEach(async () => {
  ada = somebody({ email: 'ada@gmail.com' });
});

describe.each(providerIds)('a disabled user of %s', (provider) => {
  let browser: Browser;
  let userId: string;

  beforeEach(async () => {
    browser = await signedIn(latchkey, provider, ada);
    userId = (await me(browser)).id;
  });

  it('is signed out everywhere at once', async () => {
    const phone = await signedIn(latchkey, provider, ada);
    const cookies = [await sessionCookie(browser), await sessionCookie(phone)];
    expect(await admin.disable(userId)).toEqual({ changed: true, endedSessions: 2 });
    for (const cookie of cookies) expect(await worthOf(latchkey, cookie)).toBe(401);
    expect(await sessionAnswer(browser)).toMatchObject({ user: null, session: null });
    await expectInvariants(latchkey.database);
  });

  it('gets account_disabled at sign-in, without any change', async () => {
    await admin.disable(userId);
    const before = await identityRows(latchkey.database);
    const changed = { ...ada, name: 'Another Name' };
    expectErrorRedirect(
      await new Browser(latchkey).signIn(provider, changed),
      provider,
      'account_disabled',
    );
    const client = new Browser(latchkey);
    const callback = await client.consent(await client.start(provider), changed);
    expectProblem(
      await client.callback(callback, { Accept: 'application/json' }),
      'account_disabled',
    );
    expect(await client.lastingCookies()).toEqual({});
    expect(await identityRows(latchkey.database)).toEqual(before);
  });

  it('does not affect another user’s session in that browser', async () => {
    await admin.disable(userId);
    const grace = await signedIn(latchkey, provider);
    const [before, cookie] = [await sessionAnswer(grace), await sessionCookie(grace)];
    expect(outcomeOf(await grace.signIn(provider, ada))).toBe('account_disabled');
    expect(await sessionCookie(grace)).toBe(cookie);
    expect(await sessionAnswer(grace)).toEqual(before);
  });

  it('is the same user when enabled again, with activity for all of it', async () => {
    await admin.disable(userId);
    await new Browser(latchkey).signIn(provider, ada);
    expect(await admin.enable(userId)).toBe(true);
    const again = await signedIn(latchkey, provider, ada);
    expect((await me(again)).id).toBe(userId);
    const told = (await activity(again)).map((entry) => [entry.event, entry.provider]);
    expect(told).toEqual([
      ['sign_in', provider],
      ['user_enabled', null],
      ['disabled_sign_in_refused', provider],
      ['user_disabled', null],
      ['sign_in', provider],
    ]);
  });
});

describe('disabling', () => {
  it('and enabling are idempotent', async () => {
    const { id } = await me(await signedIn(latchkey, 'google', ada));
    expect(await admin.disable(id)).toEqual({ changed: true, endedSessions: 1 });
    const { disabledAt } = await admin.show(id);
    expect(await admin.disable(id)).toEqual({ changed: false, endedSessions: 0 });
    expect((await admin.show(id)).disabledAt).toBe(disabledAt);
    expect([await admin.enable(id), await admin.enable(id)]).toEqual([true, false]);
    expect((await admin.show(id)).disabledAt).toBeNull();
    const rows = await latchkey.database.selectFrom('activity').selectAll().execute();
    expect(rows.filter(({ event }) => event.startsWith('user_'))).toHaveLength(2);
  });

  it('reports an unknown user', async () => {
    for (const work of [admin.disable('x'), admin.enable('x'), admin.delete('x')]) {
      await expect(work).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('leaves the user’s API response and address unchanged', async () => {
    const browser = await signedIn(latchkey, 'google', ada);
    const user = await me(browser);
    expect(Object.keys(user)).not.toContain('disabledAt');
    await admin.disable(user.id);
    const other = new Browser(latchkey);
    const refused = await other.signIn('twitter', somebody({ email: 'ada@gmail.com' }));
    expectErrorRedirect(refused, 'twitter', 'account_exists', { signInWith: 'google' });
    const answer = await other.signIn('google', ada);
    expect(outcomeOf(answer)).toBe('account_disabled');
    expect((await other.apiSend('post', '/auth/pending-link')).status).toBe(401);
    expect(await admin.show(user.id)).toMatchObject({ identities: [{ provider: 'google' }] });
  });
});

/** Disables a user when their next request is about to open its transaction. */
function disableDuringNextRequest(userId: string): void {
  const unitOfWork = latchkey.app.get(UnitOfWork);
  const run: UnitOfWork['run'] = async (work) => {
    Reflect.deleteProperty(unitOfWork, 'run');
    await admin.disable(userId);
    return unitOfWork.run(work);
  };
  Object.assign(unitOfWork, { run });
}

describe('disabling a user with a flow in progress', () => {
  it('refuses the link that they started', async () => {
    const browser = await signedIn(latchkey, 'google', ada);
    const { id } = await me(browser);
    const callback = await linkCallback(browser, 'twitter', somebody());
    disableDuringNextRequest(id);
    expect(outcomeOf(await browser.callback(callback))).toBe('account_disabled');
    expect((await admin.show(id)).identities).toHaveLength(1);
    await expectInvariants(latchkey.database);
  });

  it('refuses the pending link that they confirm', async () => {
    const browser = new Browser(latchkey);
    await signedIn(latchkey, 'google', ada);
    await browser.signIn('twitter', somebody({ email: 'ada@gmail.com' }));
    await browser.signIn('google', ada);
    const { id } = await me(browser);
    expect((await sessionAnswer(browser)).pendingLink).not.toBeNull();
    disableDuringNextRequest(id);
    const answer = await browser.apiSend('post', '/auth/pending-link');
    expectProblem(answer, 'account_disabled');
    expect((await admin.show(id)).identities).toHaveLength(1);
  });

  it('refuses the sign-in whose callback is running', async () => {
    const browser = await signedIn(latchkey, 'google', ada);
    const { id } = await me(browser);
    const callback = await browser.consent(await browser.start('google'), ada);
    disableDuringNextRequest(id);
    expect(outcomeOf(await browser.callback(callback))).toBe('account_disabled');
    expect((await browser.api('/users/me')).status).toBe(401);
  });
});

describe(`in ${ROUNDS} rounds`, () => {
  it('a sign-in against disabling leaves no active session', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const person = somebody();
      const { id } = await me(await signedIn(latchkey, 'google', person));
      const phone = new Browser(latchkey);
      const callback = await phone.consent(await phone.start('google'), person);
      const [answer] = await together(
        () => phone.callback(callback),
        () => admin.disable(id),
      );
      expect((await phone.api('/users/me')).status).toBe(401);
      return outcomeOf(answer);
    });
    for (const outcome of outcomes) expect(['/account', 'account_disabled']).toContain(outcome);
  });

  it('a renewal against disabling leaves no active session', async () => {
    const outcomes = await race(latchkey, async (together) => {
      const person = somebody();
      const browser = await signedIn(latchkey, 'google', person);
      const { id } = await me(browser);
      const callback = await browser.consent(await browser.start('google'), person);
      const [answer] = await together(
        () => browser.callback(callback),
        () => admin.disable(id),
      );
      expect((await browser.api('/users/me')).status).toBe(401);
      return outcomeOf(answer);
    });
    for (const outcome of outcomes) expect(['/account', 'account_disabled']).toContain(outcome);
  });

  it('a link against disabling is completed before it, or not at all', async () => {
    await race(latchkey, async (together) => {
      const browser = await signedIn(latchkey, 'google');
      const { id } = await me(browser);
      const callback = await linkCallback(browser, 'twitter', somebody());
      const [answer] = await together(
        () => browser.callback(callback),
        () => admin.disable(id),
      );
      const outcome = outcomeOf(answer);
      expect(['/account', 'account_disabled', 'session_changed']).toContain(outcome);
      const providers = outcome === '/account' ? 2 : 1;
      expect((await admin.show(id)).identities).toHaveLength(providers);
      expect((await browser.api('/users/me')).status).toBe(401);
    });
  });
});
