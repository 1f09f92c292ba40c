import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { messageOf } from '../../src/common/errors/app-error.js';
import {
  copyOf,
  everythingIn,
  expectDone,
  expectPage,
  expectQuestion,
  followSignIn,
  leaving,
  statusOf,
} from '../support/account-forms.js';
import { type Ada, accountSuite, adaWith } from '../support/account-suite.js';
import {
  activity,
  connected,
  letTimePass,
  me,
  session,
  sessionList,
  signedIn,
} from '../support/accounts.js';
import { type Browser, locationOf } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { expectInvariants } from '../support/invariants.js';
import { linkIn } from '../support/page.js';

const EVERYWHERE =
  'You are signed out everywhere Every browser and application that was signed in to your account is signed out, this browser included. On a shared computer, sign out of X too. We cannot do that for you.';

const latchkey = accountSuite();
let google: Ada['google'];
/** Ada’s browser, signed in with Google, with X connected. */
let browser: Browser;
/** Another browser of hers, signed in with X. */
let other: Browser;
let otherId: string;

beforeEach(async () => {
  ({ google, browser, other } = await adaWith(latchkey, { email: 'ada@example.test' }));
  otherId = (await session(other)).id;
});

const everything = () => everythingIn(latchkey);

describe('disconnecting', () => {
  it('asks, and does nothing yet', async () => {
    const before = await everything();
    const path = '/account/disconnect/twitter';
    expectQuestion(await browser.get(path), 'Disconnect X?', path);
    expect(await everything()).toEqual(before);
  });

  it('does it, and ends the sessions that were signed in with it', async () => {
    const path = '/account/disconnect/twitter';
    await expectDone(
      browser,
      await browser.submit(path, { decision: 'yes' }),
      'X is disconnected.',
    );
    expect(await connected(browser)).toEqual(['google']);
    expect(await statusOf(other)).toBe(401);
    expect((await activity(browser))[0]).toMatchObject({
      event: 'identity_unlinked',
      provider: 'twitter',
    });
    await expectInvariants(latchkey.database);
  });

  it('of the last one is refused on a page, and it stays', async () => {
    await browser.submit('/account/disconnect/twitter');
    expectPage(await browser.submit('/account/disconnect/google'), 409, 'That is not possible');
    expect(await connected(browser)).toEqual(['google']);
  });

  it('of the last one is not asked about: the page says what to do first', async () => {
    await browser.submit('/account/disconnect/twitter');
    const page = await browser.get('/account/disconnect/google');
    expectPage(page, 409, 'That is not possible');
    expect(page.text).toContain(messageOf('last_identity'));
    expect(linkIn(page, 'Go to your account')).toBe('/account');
    expect((await browser.get('/account')).text).not.toContain('/account/disconnect/');
  });

  it.each(['facebook', 'github', '__proto__', 'constructor'])(
    'asks nothing about %s, which is not connected',
    async (provider) => {
      expectPage(await browser.get(`/account/disconnect/${provider}`), 404, 'Nothing to do here');
    },
  );

  it.each(['github', '__proto__', 'constructor'])('of %s is 404', async (provider) => {
    const before = await everything();
    expectPage(await browser.submit(`/account/disconnect/${provider}`), 404, 'Nothing to do here');
    expect(await everything()).toEqual(before);
  });

  it('of what is not connected is done already', async () => {
    const before = await everything();
    const answer = await browser.submit('/account/disconnect/facebook');
    await expectDone(browser, answer, 'Facebook is disconnected.');
    expect(await everything()).toEqual(before);
  });
});

describe('signing out of another browser', () => {
  it('asks, and does nothing yet', async () => {
    const before = await everything();
    const path = `/account/sessions/${otherId}/revoke`;
    expectQuestion(await browser.get(path), 'Sign out of Unknown browser?', path);
    expect(await everything()).toEqual(before);
  });

  it('does it at once, once, and records it', async () => {
    const path = `/account/sessions/${otherId}/revoke`;
    await expectDone(browser, await browser.submit(path), 'That browser is signed out.');
    expect([await statusOf(browser), await statusOf(other)]).toEqual([200, 401]);
    expect((await activity(browser))[0]).toMatchObject({ event: 'session_revoked' });
    const after = await everything();
    await expectDone(browser, await browser.submit(path), 'That browser is signed out.');
    expect(await everything()).toEqual(after);
    expectPage(await browser.get(path), 404, 'Nothing to do here');
  });

  it('of somebody else is the same as of nobody', async () => {
    const stranger = await signedIn(latchkey);
    const { id } = await session(stranger);
    const before = await everything();
    const answers: unknown[] = [];
    for (const target of [id, randomUUID()]) {
      const path = `/account/sessions/${target}/revoke`;
      const asked = await browser.get(path);
      expectPage(asked, 404, 'Nothing to do here');
      expect(asked.text).not.toContain(target);
      const done = await browser.submit(path);
      answers.push([done.status, locationOf(done), done.text]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(await everything()).toEqual(before);
    expect(await statusOf(stranger)).toBe(200);
  });

  it.each(['1', 'null', "' or 1=1", '..%2f..'])('by the id %s is refused', async (id) => {
    const response = await browser.submit(`/account/sessions/${encodeURIComponent(id)}/revoke`);
    expect([400, 404]).toContain(response.status);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(await statusOf(other)).toBe(200);
  });

  it('needs no recent sign-in', async () => {
    await letTimePass(latchkey);
    expect((await browser.get(`/account/sessions/${otherId}/revoke`)).status).toBe(200);
    const answer = await browser.submit(`/account/sessions/${otherId}/revoke`);
    await expectDone(browser, answer, 'That browser is signed out.');
    expect(await statusOf(other)).toBe(401);
  });

  it('of all others asks, then does it and records it', async () => {
    const before = await everything();
    const path = '/account/sessions/revoke-others';
    expectQuestion(await browser.get(path), 'Sign out of all other browsers?', path);
    expect(await everything()).toEqual(before);
    const third = await signedIn(latchkey, 'google', google);
    const stranger = await signedIn(latchkey);
    await expectDone(browser, await browser.submit(path), 'All other browsers are signed out.');
    expect(await Promise.all([browser, other, third, stranger].map(statusOf))).toEqual([
      200, 401, 401, 200,
    ]);
    expect((await activity(browser))[0]).toMatchObject({ event: 'other_sessions_revoked' });
    expect(await sessionList(browser)).toHaveLength(1);
  });
});

describe('signing out everywhere', () => {
  it('asks, and does nothing yet', async () => {
    const before = await everything();
    const path = '/account/sign-out-everywhere';
    expectQuestion(await browser.get(path), 'Sign out everywhere?', path);
    expect(await everything()).toEqual(before);
  });

  it('ends every session, this one included, and records it', async () => {
    const third = await signedIn(latchkey, 'google', google);
    const stranger = await signedIn(latchkey);
    const old = await copyOf(latchkey, browser);
    const answer = await browser.submit('/account/sign-out-everywhere');
    await expectDone(browser, answer, EVERYWHERE, '/');
    expect(await Promise.all([browser, other, third, old, stranger].map(statusOf))).toEqual([
      401, 401, 401, 401, 200,
    ]);
    expect(await browser.cookies()).not.toHaveProperty(namesOf(latchkey).session);
    await browser.signIn('google', google);
    const events = (await activity(browser)).map(({ event }) => event);
    expect(events[0]).toBe('sign_in');
    expect(events.slice(1, 3).toSorted()).toEqual(['other_sessions_revoked', 'sign_out']);
  });

  it('needs no recent sign-in', async () => {
    await letTimePass(latchkey);
    const answer = await browser.submit('/account/sign-out-everywhere');
    await expectDone(browser, answer, EVERYWHERE, '/');
    expect(await Promise.all([browser, other].map(statusOf))).toEqual([401, 401]);
  });
});

describe('deleting the account', () => {
  it('asks, and does nothing yet', async () => {
    const before = await everything();
    const page = await browser.get('/account/delete');
    expectQuestion(page, 'Delete your account?', '/account/delete');
    expect(linkIn(page, 'Download your data first')).toBe('/account#data');
    expect(await everything()).toEqual(before);
  });

  it('does it: nothing is left, every browser is signed out, and coming back is a new user', async () => {
    const { id } = await me(browser);
    const answer = await browser.submit('/account/delete');
    const farewell =
      'Your account is deleted Your profile, connections, sign-ins and activity are gone, and you are signed out everywhere. Signing in later starts a new account.';
    await expectDone(browser, answer, farewell, '/');
    expect(await everything()).toEqual({
      users: [],
      identities: [],
      sessions: [],
      proofs: [],
      activity: [],
    });
    expect(await Promise.all([browser, other].map(statusOf))).toEqual([401, 401]);
    expect(await browser.lastingCookies()).toEqual({});
    await browser.signIn('google', google);
    expect((await me(browser)).id).not.toBe(id);
  });
});

describe.each(leaving)('%s, clicked twice', (path) => {
  it('asks nothing about the account that the person signs in to afterwards', async () => {
    const copy = await copyOf(latchkey, browser);
    expect((await browser.submit(path)).status).toBe(303);
    const second = await copy.submit(path);
    expect([second.status, locationOf(second)]).toEqual([303, '/']);
    const start = linkIn(await copy.get('/'), 'Google');
    expectPage(await followSignIn(copy, start, google), 200, google.name ?? '');
  });

  it('at the very same time, leads to the sign-in page both times', async () => {
    const copy = await copyOf(latchkey, browser);
    const answers = await Promise.all([browser.submit(path), copy.submit(path)]);
    for (const answer of answers) {
      expect(answer.status).toBe(303);
      expect(locationOf(answer)).toMatch(/^\/(?:$|\?done=)/);
    }
  });
});
