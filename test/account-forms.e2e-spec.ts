import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { sentenceOf } from '../src/common/errors.js';
import {
  activity,
  connected,
  crossSite,
  letTimePass,
  me,
  outcomeOf,
  session,
  sessionAnswer,
  sessionList,
  signedIn,
  signedInWith,
  somebody,
  type Somebody,
} from './support/accounts.js';
import { Browser, locationOf, paramsOf } from './support/browser.js';
import { expectInvariants } from './support/invariants.js';
import { type Latchkey, startLatchkey } from './support/latchkey.js';
import { headingOf, linkIn, messageOf } from './support/page.js';
import { identityRows } from './support/rows.js';

let latchkey: Latchkey;
let google: Somebody;
let twitter: Somebody;
/** Ada's browser, signed in with Google, with X connected. */
let browser: Browser;
/** Another browser of hers, signed in with X. */
let other: Browser;
let otherId: string;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

beforeEach(async () => {
  await latchkey.database.deleteFrom('users').execute();
  google = somebody({ email: 'ada@example.test' });
  twitter = somebody();
  browser = await signedInWith(latchkey, ['google', google], ['twitter', twitter]);
  other = await signedIn(latchkey, 'twitter', twitter);
  otherId = (await session(other)).id;
});

afterAll(() => latchkey.close());

/** Everything that a form could change. */
async function everything() {
  const { database } = latchkey;
  return {
    ...(await identityRows(database)),
    activity: await database.selectFrom('activity').selectAll().orderBy('id').execute(),
  };
}

function expectPage(response: Response, status: number, heading: string | RegExp): void {
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(response.headers['content-security-policy']).toMatch(/default-src 'none'/);
  expect(headingOf(response)).toMatch(heading);
}

/** A browser with the same cookies: another tab, whose request is on its way when the first is answered. */
async function copyOf(of: Browser): Promise<Browser> {
  const copy = new Browser(latchkey);
  for (const [name, value] of Object.entries(await of.cookies())) {
    await copy.jar.setCookie(`${name}=${value}`, latchkey.url);
  }
  return copy;
}

/** A page that asks: a form that posts to where it was asked, and a way back. */
function expectQuestion(response: Response, heading: string, path: string): void {
  expectPage(response, 200, heading);
  const forms = [...response.text.matchAll(/<form\b[^>]*action="([^"?]*)/g)].map(([, to]) => to);
  expect(forms).toEqual([path]);
  expect(response.text).toMatch(/<form\b[^>]*method="post"/);
  expect(linkIn(response, 'Cancel')).toBe('/account');
}

/** A form that was answered: the browser is sent on, to a page that says what was done. */
async function expectDone(
  from: Browser,
  response: Response,
  message: string | null,
  to = '/account',
): Promise<void> {
  expect(response.status).toBe(303);
  expect(new URL(locationOf(response), latchkey.url).pathname).toBe(to);
  const page = await from.get(locationOf(response));
  expect([page.status, messageOf(page)]).toEqual([200, message]);
}

const statusOf = async (of: Browser): Promise<number> => (await of.api('/users/me')).status;

/** Every address of the account page that does something. */
const forms = (): string[] => [
  '/account/disconnect/twitter',
  `/account/sessions/${otherId}/revoke`,
  '/account/sessions/revoke-others',
  '/account/sign-out-everywhere',
  '/account/delete',
  '/account/pending-link',
];

/** After these there is nothing to come back to. */
const leaving = ['/account/sign-out-everywhere', '/account/delete'];

/** Those that ask at the same address. */
const questions = (): string[] => forms().filter((path) => !path.endsWith('pending-link'));

/** Goes through a sign-in that somebody was sent to, and on to where it ends. Returns that page. */
async function followSignIn(from: Browser, href: string, who: Somebody): Promise<Response> {
  const start = await from.get(href);
  expect(start.status).toBe(302);
  const back = await from.callback(await from.consent(locationOf(start), who));
  expect(back.status).toBe(302);
  return from.get(locationOf(back));
}

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
    expect(page.text).toContain(sentenceOf('last_identity'));
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
    const old = await copyOf(browser);
    const answer = await browser.submit('/account/sign-out-everywhere');
    await expectDone(browser, answer, 'You are signed out everywhere.', '/');
    expect(await Promise.all([browser, other, third, old, stranger].map(statusOf))).toEqual([
      401, 401, 401, 401, 200,
    ]);
    expect(await browser.cookies()).not.toHaveProperty('latchkey');
    await browser.signIn('google', google);
    const events = (await activity(browser)).map(({ event }) => event);
    expect(events[0]).toBe('sign_in');
    expect(events.slice(1, 3).toSorted()).toEqual(['other_sessions_revoked', 'sign_out']);
  });

  it('needs no recent sign-in', async () => {
    await letTimePass(latchkey);
    const answer = await browser.submit('/account/sign-out-everywhere');
    await expectDone(browser, answer, 'You are signed out everywhere.', '/');
    expect(await Promise.all([browser, other].map(statusOf))).toEqual([401, 401]);
  });
});

describe('deleting the account', () => {
  it('asks, and does nothing yet', async () => {
    const before = await everything();
    const page = await browser.get('/account/delete');
    expectQuestion(page, 'Delete your account?', '/account/delete');
    expect(linkIn(page, 'Download your data first')).toBe('/users/me/export');
    expect(await everything()).toEqual(before);
  });

  it('does it: nothing is left, every browser is signed out, and coming back is a new user', async () => {
    const { id } = await me(browser);
    const answer = await browser.submit('/account/delete');
    const farewell =
      'Your account is deleted, with all that belonged to it. Signing in again starts a new one.';
    await expectDone(browser, answer, farewell, '/');
    expect(await everything()).toEqual({ users: [], identities: [], sessions: [], activity: [] });
    expect(await Promise.all([browser, other].map(statusOf))).toEqual([401, 401]);
    expect(await browser.cookies()).toEqual({});
    await browser.signIn('google', google);
    expect((await me(browser)).id).not.toBe(id);
  });
});

describe.each(leaving)('%s, clicked twice', (path) => {
  it('asks nothing about the account that the person signs in to afterwards', async () => {
    const copy = await copyOf(browser);
    expect((await browser.submit(path)).status).toBe(303);
    const second = await copy.submit(path);
    expect([second.status, locationOf(second)]).toEqual([303, '/']);
    const start = linkIn(await copy.get('/'), 'Google');
    expectPage(await followSignIn(copy, start, google), 200, google.name ?? '');
  });

  it('at the very same time, leads to the sign-in page both times', async () => {
    const copy = await copyOf(browser);
    const answers = await Promise.all([browser.submit(path), copy.submit(path)]);
    for (const answer of answers) {
      expect(answer.status).toBe(303);
      expect(locationOf(answer)).toMatch(/^\/(?:$|\?done=)/);
    }
  });
});

describe('a provider that waits to be connected', () => {
  const waiting = somebody({ email: 'ada@example.test', name: 'Ada on Facebook' });

  /** A browser in which Facebook was refused, and which then signed in the old way. */
  async function withPending(): Promise<Browser> {
    const refused = new Browser(latchkey);
    expect(outcomeOf(await refused.signIn('facebook', waiting))).toBe('account_exists');
    expect(outcomeOf(await refused.signIn('google', google))).toBe('/account');
    return refused;
  }

  it('is asked about on the account page, and not connected by looking', async () => {
    const asked = await withPending();
    const before = await everything();
    const page = await asked.get('/account');
    expectPage(page, 200, 'Connect Facebook to your account?');
    expect(page.text).toContain('action="/account/pending-link?user=');
    expect(page.text).toContain('ada@example.test');
    for (const path of ['?decision=yes', '/pending-link?decision=yes', '/pending-link']) {
      await asked.get(`/account${path}`);
    }
    expect(await everything()).toEqual(before);
    expect((await sessionAnswer(asked)).pendingLink).toMatchObject({ provider: 'facebook' });
  });

  it('is connected by yes', async () => {
    const asked = await withPending();
    const copy = await copyOf(asked);
    const yes = { decision: 'yes' };
    const answer = await asked.submit('/account/pending-link', yes);
    await expectDone(asked, answer, 'Facebook is connected.');
    expect(await connected(asked)).toEqual(['facebook', 'google', 'twitter']);
    expect((await activity(asked))[0]).toMatchObject({
      event: 'identity_linked',
      provider: 'facebook',
    });
    expectPage(await asked.get('/account'), 200, google.name ?? '');

    // The second of two clicks: sent with the cookie that the first answer takes away.
    const after = await everything();
    const again = await copy.submit('/account/pending-link', yes);
    await expectDone(copy, again, 'Facebook is connected.');
    expect(await everything()).toEqual(after);
  });

  it('is not said to be connected by a yes that comes after a no', async () => {
    const asked = await withPending();
    const copy = await copyOf(asked);
    await asked.submit('/account/pending-link', { decision: 'no' });
    const answer = await copy.submit('/account/pending-link', { decision: 'yes' });
    await expectDone(copy, answer, null);
    expect(await connected(copy)).toEqual(['google', 'twitter']);
  });

  it('is dropped by no, whenever the sign-in was', async () => {
    const asked = await withPending();
    await letTimePass(latchkey);
    const before = await everything();
    await expectDone(asked, await asked.submit('/account/pending-link', { decision: 'no' }), null);
    expect(await everything()).toEqual(before);
    expect((await sessionAnswer(asked)).pendingLink).toBeNull();
    expectPage(await asked.get('/account'), 200, google.name ?? '');
  });

  it.each<Record<string, string>[]>([
    [{}],
    [{ decision: '' }],
    [{ decision: 'maybe' }],
    [{ 'decision[]': 'yes' }],
  ])('is neither by %j', async (fields) => {
    const asked = await withPending();
    const before = await everything();
    const response = await asked.submit('/account/pending-link', fields);
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(await everything()).toEqual(before);
    expect((await sessionAnswer(asked)).pendingLink).toMatchObject({ provider: 'facebook' });
  });

  it('after a while needs a new sign-in for yes, and is asked about again after it', async () => {
    const asked = await withPending();
    await letTimePass(latchkey);
    const refused = await asked.submit('/account/pending-link', { decision: 'yes' });
    expectPage(refused, 403, 'Confirm that it is you');
    expect(await connected(asked)).toEqual(['google', 'twitter']);
    const page = await followSignIn(asked, linkIn(refused, 'Sign in again'), google);
    expectPage(page, 200, 'Connect Facebook to your account?');
    const answer = await asked.submit('/account/pending-link', { decision: 'yes' });
    await expectDone(asked, answer, 'Facebook is connected.');
    expect(await connected(asked)).toEqual(['facebook', 'google', 'twitter']);
  });

  it('is nobody else’s to answer', async () => {
    const asked = new Browser(latchkey);
    await asked.signIn('facebook', waiting);
    await asked.signIn('google', somebody());
    expectPage(await asked.get('/account'), 200, /^Person/);
    const answer = await asked.submit('/account/pending-link', { decision: 'yes' });
    const nothing =
      'Nothing was waiting to be connected any more. Below you see what is connected.';
    await expectDone(asked, answer, nothing);
    expect(await connected(asked)).toEqual(['google']);
  });
});

describe('a sign-in that lies long back', () => {
  const guarded: [method: 'get' | 'submit', path: string, question: string][] = [
    ['get', '/account/disconnect/twitter', 'Disconnect X?'],
    ['submit', '/account/disconnect/twitter', 'Disconnect X?'],
    ['get', '/account/delete', 'Delete your account?'],
    ['submit', '/account/delete', 'Delete your account?'],
  ];

  it.each(guarded)(
    'does not do for %s %s: the page leads to signing in again, and back',
    async (method, path, question) => {
      await letTimePass(latchkey);
      const before = await everything();
      const response = await browser[method](path);
      expectPage(response, 403, 'Confirm that it is you');
      expect(await everything()).toEqual(before);
      expect(linkIn(response, 'Back to your account')).toBe('/account');

      const page = await followSignIn(browser, linkIn(response, 'Sign in again'), google);
      expectPage(page, 200, question);
      expect((await everything()).identities).toHaveLength(before.identities.length);
      expect((await browser.submit(path)).status).toBe(303);
    },
  );

  it('is not renewed by coming back as somebody else', async () => {
    await letTimePass(latchkey);
    const { id } = await me(browser);
    const response = await browser.submit('/account/delete');
    await followSignIn(browser, linkIn(response, 'Sign in again'), somebody());
    expect((await me(browser)).id).not.toBe(id);
    expect((await me(other)).id).toBe(id);
    expectPage(await other.submit('/account/delete'), 403, 'Confirm that it is you');
  });
});

describe('a visitor', () => {
  it('is sent to sign in, wherever they are going, and gets to a page that exists', async () => {
    for (const path of ['/account', ...questions()]) {
      const visitor = new Browser(latchkey);
      const sent = await visitor.get(path);
      expect([path, sent.status, paramsOf(sent)]).toEqual([path, 302, { returnTo: path }]);
      const page = await visitor.get(locationOf(sent));
      expectPage(page, 200, /sign in/i);
      const landed = await followSignIn(visitor, linkIn(page, 'Google'), google);
      expect([path, landed.status]).toEqual([path, 200]);
      expect(landed.headers['content-type']).toMatch(/^text\/html/);
    }
  });

  it('who sends a form is sent to sign in, and gets to a page that exists', async () => {
    for (const path of forms()) {
      const before = await everything();
      const visitor = new Browser(latchkey);
      const sent = await visitor.submit(path, { decision: 'yes' });
      expect([path, sent.status]).toEqual([path, 303]);
      expect(locationOf(sent)).toMatch(leaving.includes(path) ? /^\/$/ : /^\/\?returnTo=/);
      expect(await everything()).toEqual(before);
      const page = await visitor.get(locationOf(sent));
      const landed = await followSignIn(visitor, linkIn(page, 'Google'), google);
      expect([path, landed.status]).toEqual([path, 200]);
    }
    expect(await statusOf(other)).toBe(200);
  });

  it('with a session that has ended is sent to sign in as well', async () => {
    await browser.submit('/account/sessions/revoke-others');
    for (const path of forms()) {
      const sent = await other.submit(path, { decision: 'yes' });
      expect([path, sent.status]).toEqual([path, 303]);
      expect(locationOf(sent)).toMatch(leaving.includes(path) ? /^\/$/ : /^\/\?returnTo=/);
    }
    expect(await connected(browser)).toEqual(['google', 'twitter']);
  });
});

describe.each(crossSite)('a form on %s', (_name, headers) => {
  it('changes nothing', async () => {
    const before = await everything();
    for (const path of forms()) {
      const response = await browser.apiSend('post', path, { Accept: 'text/html', ...headers });
      expect([path, response.status]).toEqual([path, 403]);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    expect(await everything()).toEqual(before);
  });
});

it('nothing changes by looking, and what is only a form is not there to be looked at', async () => {
  const before = await everything();
  for (const path of ['/account', ...questions()]) {
    for (const query of ['', '?decision=yes', '?_method=post']) {
      const response = await browser.get(path + query);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers['cache-control']).toBe('no-store');
    }
  }
  expectPage(await browser.get('/account/pending-link?decision=yes'), 404, /not found/i);
  expect(await everything()).toEqual(before);
});

it('every link and form of the account page leads to something that exists', async () => {
  const { text } = await browser.get('/account');
  const links = [...text.matchAll(/<a\b[^>]*?href="(\/[^"]*)"/g)].map(([, href = '']) => href);
  expect(links).toEqual(expect.arrayContaining(questions()));
  for (const href of links) {
    expect([href, (await browser.get(href.replaceAll('&amp;', '&'))).status]).toEqual([href, 200]);
  }
});
