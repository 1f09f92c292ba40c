import { beforeEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../src/users/user.schema.js';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  crossSite,
  link,
  me,
  session,
  sessionAnswer,
  signedIn,
  somebody,
  type Somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { asApp, bearerOf, HANDOVER_TARGETS, SITE } from '../support/handover.js';
import { raw } from '../support/raw.js';

/* PATCH /users/me: what people say of themselves. */

const FRONT_END = 'https://front.example';

const latchkey = accountSuite({ HANDOVER_TARGETS, ALLOWED_ORIGINS: FRONT_END });
let google: Somebody;
let browser: Browser;

beforeEach(async () => {
  google = somebody({ name: 'Ada at Google' });
  browser = await signedIn(latchkey, 'google', google);
});

async function set(changes: unknown): Promise<User> {
  const answer = await browser.apiPatch('/users/me', changes);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body as User;
}

async function expectRefused(changes: unknown, detail: RegExp): Promise<void> {
  const before = await me(browser);
  const answer = await browser.apiPatch('/users/me', changes);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    400,
    expect.objectContaining({ code: 'bad_request', detail: expect.stringMatching(detail) }),
  ]);
  expect(await me(browser)).toEqual(before);
}

describe('a name', () => {
  it('is the user’s at once, wherever they are shown', async () => {
    const before = await me(browser);
    const changed = await set({ displayName: 'Ada Lovelace' });
    expect(changed).toEqual({
      ...before,
      displayName: 'Ada Lovelace',
      updatedAt: expect.any(String),
    });
    expect(Date.parse(changed.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(await me(browser)).toEqual(changed);
    expect((await sessionAnswer(browser)).user).toEqual(changed);
    expect((await browser.get('/account')).text).toContain('Ada Lovelace');
  });

  it('outlives what providers say later, and null gives that back', async () => {
    await set({ displayName: 'Ada Lovelace' });
    await signedIn(latchkey, 'google', { ...google, name: 'Ada K. at Google' });
    await stepUp(browser, 'google', { ...google, name: 'Ada King at Google' });
    await link(browser, 'twitter', somebody({ name: 'Ada on X' }));
    const { displayName, identities } = await me(browser);
    expect(displayName).toBe('Ada Lovelace');
    expect(identities.map((identity) => identity.displayName)).toEqual([
      'Ada King at Google',
      'Ada on X',
    ]);
    expect((await set({ displayName: null })).displayName).toBe('Ada King at Google');
    await signedIn(latchkey, 'google', { ...google, name: 'Ada again' });
    expect((await me(browser)).displayName).toBe('Ada again');
  });

  it('is of the own providers only: another’s stays', async () => {
    const other = await signedIn(latchkey, 'google', somebody({ name: 'Grace' }));
    await set({ displayName: 'Ada Lovelace' });
    expect((await me(other)).displayName).toBe('Grace');
  });

  it.each([
    ['white space around it', '  Ada \u00a0 Lovelace ', 'Ada Lovelace'],
    ['markup, which is text', '<b>Ada</b> & "co"', '<b>Ada</b> & "co"'],
    ['letters in parts', 'Ame\u0301lie', 'Amélie'],
    ['200 characters of more than one unit', '👩'.repeat(200), '👩'.repeat(200)],
    ['joiners', '👩‍👩‍👧', '👩‍👩‍👧'],
  ])('is cleaned as a provider’s is: %s', async (_name, given, kept) => {
    expect((await set({ displayName: given })).displayName).toBe(kept);
    expect((await browser.get('/account')).text).not.toContain('<b>Ada');
  });

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['blanks', '   '],
    ['nothing visible', '\u3164\u200b'],
    ['a line break', 'Ada\nLovelace'],
    ['a control character', 'Ada\u0000'],
    ['an escape sequence', 'Ada\u001b[31m'],
    ['a character that turns the line round', 'Ada\u202ecod.exe'],
    ['201 characters', 'x'.repeat(201)],
    ['very many', 'x'.repeat(20_000)],
    ['a number', 7],
    ['a list', ['Ada']],
    ['an object', { toString: 'Ada' }],
  ])('is refused: %s', async (_name, displayName) => {
    await expectRefused({ displayName }, /^displayName: /);
  });

  it('is not cut where it has a lone surrogate', async () => {
    expect((await set({ displayName: 'Ada \ud83d' })).displayName).toBe('Ada \ufffd');
  });
});

describe('a language', () => {
  it('is none at first, and null again', async () => {
    expect((await me(browser)).locale).toBeNull();
    expect((await set({ locale: 'de' })).locale).toBe('de');
    await signedIn(latchkey, 'google', google);
    expect((await me(browser)).locale).toBe('de');
    expect((await set({ locale: null })).locale).toBeNull();
  });

  it.each([
    ['pt-br', 'pt-BR'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['en-us-u-ca-buddhist', 'en-US-u-ca-buddhist'],
  ])('is written as Intl has it: %s', async (given, kept) => {
    expect((await set({ locale: given })).locale).toBe(kept);
  });

  it.each<[string, unknown]>([
    ['with an underscore', 'de_DE'],
    ['nothing', ''],
    ['a list', ['de', 'en']],
    ['a header', 'de,en;q=0.5'],
    ['too long', `en-${'x-abcdefgh'.repeat(8)}`],
    ['a line break', 'de\r\n'],
    ['a number', 1],
  ])('is refused: %s', async (_name, locale) => {
    await expectRefused({ locale }, /^locale: /);
  });
});

describe('a request', () => {
  it('sets both, or nothing', async () => {
    const both = await set({ displayName: 'Ada', locale: 'en' });
    expect(both).toMatchObject({ displayName: 'Ada', locale: 'en' });
    await expectRefused({ displayName: 'Grace', locale: 'no_NO' }, /^locale: /);
    expect(await set({})).toEqual(both);
  });

  it.each<[string, unknown]>([
    ['a field that is not the person’s', { email: 'ada@example.com' }],
    ['their id', { id: '0199c7d2-0000-7000-8000-000000000001', displayName: 'x' }],
    ['a list', []],
    ['text', 'Ada'],
    ['null', null],
  ])('is refused: %s', async (_name, changes) => {
    const sent = changes === null || typeof changes === 'string' ? [changes] : changes;
    await expectRefused(sent, /displayName, locale/);
  });

  it('needs a document', async () => {
    const answer = await browser.apiPatch('/users/me', undefined);
    expect(answer.status).toBe(400);
    const text = await browser.apiPatch('/users/me', {}, { 'Content-Type': 'text/plain' });
    expectProblem(text, 'unsupported_media_type');
  });

  it('needs somebody signed in', async () => {
    expectProblem(
      await new Browser(latchkey).apiPatch('/users/me', { locale: 'de' }),
      'unauthenticated',
    );
  });

  it('may say for whom it is meant', async () => {
    const other = await me(await signedIn(latchkey));
    const path = `/users/me?user=${other.id}`;
    expectProblem(await browser.apiPatch(path, { displayName: 'x' }), 'session_changed');
    const { id } = await me(browser);
    const own = await browser.apiPatch(`/users/me?user=${id}`, { displayName: 'y' });
    expect(own.body).toMatchObject({ displayName: 'y' });
  });

  it.each(crossSite)('from %s changes nothing', async (_name, headers) => {
    const answer = await browser.apiPatch('/users/me', { displayName: 'x' }, headers);
    expectProblem(answer, 'csrf_failed');
    expect((await me(browser)).displayName).toBe('Ada at Google');
  });

  it('of an application acts for its user', async () => {
    const bearer = await bearerOf(latchkey, google);
    const answer = await asApp(latchkey, bearer, 'patch', '/users/me').send({ displayName: 'Ada' });
    expect([answer.status, answer.body]).toEqual([200, await me(browser)]);
    expect(answer.body).toMatchObject({ displayName: 'Ada' });
  });

  it.each([
    ['a front end', FRONT_END, 'true'],
    ['a target’s site', SITE, undefined],
  ])('passes the preflight of %s', async (_name, origin, credentials) => {
    const answer = await raw(`${latchkey.url}/users/me`, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'PATCH' },
    });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    expect(answer.headers['access-control-allow-credentials']).toBe(credentials);
  });

  it('is recorded where it has changed something', async () => {
    await set({ displayName: 'Ada', locale: 'de' });
    await set({ displayName: 'Ada', locale: 'DE' });
    await set({});
    const events = (await activity(browser)).filter(({ event }) => event === 'profile_changed');
    expect(events).toEqual([expect.objectContaining({ provider: 'google' })]);
  });

  it('is told in the export', async () => {
    await set({ displayName: 'Ada Lovelace', locale: 'pt-BR' });
    const { body } = await browser.apiSend('post', '/users/me/export');
    expect(body).toMatchObject({
      user: { displayName: 'Ada Lovelace', chosenName: 'Ada Lovelace', locale: 'pt-BR' },
    });
  });

  it('has a bound, and the next user has theirs', async () => {
    for (let number = 0; number < 60; number += 1) await set({ displayName: `Ada ${number}` });
    const answer = await browser.apiPatch('/users/me', { displayName: 'one more' });
    expectProblem(answer, 'rate_limited');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const other = await signedIn(latchkey);
    expect((await other.apiPatch('/users/me', { locale: 'de' })).status).toBe(200);
  });
});

const isNew = async (of: Browser) => (await session(of)).newUser;

describe('newUser', () => {
  it('is true in the session that has made the user, and stays so', async () => {
    expect(await isNew(browser)).toBe(true);
    await stepUp(browser, 'google', google);
    await browser.signIn('google', google);
    expect(await isNew(browser)).toBe(true);
  });

  it('is false in every other', async () => {
    expect(await isNew(await signedIn(latchkey, 'google', google))).toBe(false);
    await browser.apiSend('post', '/auth/logout');
    await browser.signIn('google', google);
    expect(await isNew(browser)).toBe(false);
  });

  it('is false where a provider was connected, and true again for whoever was deleted', async () => {
    const x = somebody();
    await link(browser, 'twitter', x);
    expect(await isNew(await signedIn(latchkey, 'twitter', x))).toBe(false);
    await stepUp(browser, 'google', google);
    expect((await browser.apiSend('delete', '/users/me')).status).toBe(204);
    expect(await isNew(await signedIn(latchkey, 'google', google))).toBe(true);
  });

  it('is told to an application by its session', async () => {
    const person = somebody();
    for (const newUser of [true, false]) {
      const bearer = await bearerOf(latchkey, person);
      const { body } = await asApp(latchkey, bearer, 'get', '/auth/session');
      expect(body).toMatchObject({ session: { newUser } });
    }
  });
});
