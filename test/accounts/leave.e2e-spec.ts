import { beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Export } from '../../src/users/export.schema.js';
import { accountSuite, adaWith } from '../support/account-suite.js';
import {
  crossSite,
  letTimePass,
  me,
  outcomeOf,
  session,
  sessionCookie,
  sessionList,
  signedIn,
  somebody,
  stepUp,
  type Somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows, storedText } from '../support/rows.js';

const latchkey = accountSuite();
let google: Somebody;
let x: Somebody;
let browser: Browser;
let phone: Browser;

/** Ada with two providers and two browsers; and somebody else. */
beforeEach(async () => {
  ({
    google,
    twitter: x,
    browser,
    other: phone,
  } = await adaWith(
    latchkey,
    { email: 'ada@google.test', name: 'Ada at Google' },
    { email: 'ada@x.test', username: 'ada_x', name: 'Ada on X' },
  ));
});

type Row = Record<string, string | number | null>;

/** Every row of every table that is about a user, by table. */
async function rowsAbout(userId: string): Promise<Record<string, Row[]>> {
  const tables = await latchkey.database.introspection.getTables();
  const about: Record<string, Row[]> = {};
  for (const { name } of tables) {
    const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(latchkey.database);
    about[name] = rows.filter((row) => Object.values(row).includes(userId));
  }
  return about;
}

/** What is not for the person: hashes of what only their browsers hold, and what follows from what is told. */
const NOT_TOLD = new Set([
  'token_hash',
  'domain_token_hash',
  'previous_hash',
  'email_key',
  'renewal_seed',
  'attempt_id',
]);

const take = async (): Promise<Export> =>
  (await browser.apiSend('post', '/users/me/export')).body as Export;
const leave = (headers = {}) => browser.apiSend('delete', '/users/me', headers);

describe('exporting one’s data', () => {
  it('is an uncacheable download of one JSON document', async () => {
    const { status, headers } = await browser.apiSend('post', '/users/me/export');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'content-disposition': 'attachment; filename="account.json"',
      'cache-control': expect.stringContaining('no-store'),
      'x-content-type-options': 'nosniff',
    });
  });

  it('contains everything stored about the person', async () => {
    const document = await take();
    const about = await rowsAbout((await me(browser)).id);
    expect(
      Object.fromEntries(Object.entries(about).map(([name, rows]) => [name, rows.length])),
    ).toMatchObject({ users: 1, identities: 2, sessions: 2, activity: 5, claimed_attempts: 0 });
    const told = JSON.stringify(document);
    for (const [table, rows] of Object.entries(about)) {
      for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
        if (value === null || NOT_TOLD.has(column)) continue;
        const isTime = typeof value === 'number' && value > 1e12;
        const text = JSON.stringify(isTime ? new Date(value).toISOString() : value);
        expect([table, column, told.includes(text)]).toEqual([table, column, true]);
      }
    }
  });

  it('puts each value where it belongs', async () => {
    const document = await take();
    const list = await sessionList(browser);
    const { identities } = document.user;
    expect(document).toEqual({
      exportedAt: expect.any(String),
      user: expect.objectContaining({
        ...(await me(browser)),
        identities: expect.any(Array),
        primaryProvider: 'google',
        emailTrust: expect.stringMatching(/^(?:verified|authoritative|claimed)$/),
      }),
      sessions: list.map((each) => ({
        ...each,
        userAgent: null,
        issuer: identities.find(({ provider }) => provider === each.provider)?.issuer,
        returnTo: '/account',
        proofs: expect.any(Array),
      })),
      activity: document.activity,
    });
    expect(document.activity.map(({ event }) => event)).toEqual([
      'data_exported',
      'sign_in',
      'reauthenticated',
      'identity_linked',
      'sign_in',
    ]);
  });

  it('tells how each provider was connected, and what each session has proven', async () => {
    const { user, sessions } = await take();
    const [first, later] = user.identities;
    const linkedFrom = { address: '127.0.0.1', userAgent: null, via: null };
    expect(first).toMatchObject({ provider: 'google', linkedFrom, unsettledSince: null });
    expect(later).toMatchObject({ provider: 'twitter', linkedFrom, contestedEmail: null });
    expect(later?.unsettledSince).toBe(later?.linkedAt);
    expect([first?.subject, later?.subject]).toEqual([google.subject, x.subject]);
    const asked = { firstAssurance: 'asked', latestAssurance: 'asked', provenAt: null };
    expect(sessions.find(({ current }) => current)?.proofs).toEqual(
      [first, later].map((identity) => ({
        issuer: identity?.issuer,
        subject: identity?.subject,
        ...asked,
        firstAt: expect.any(String),
        latestAt: expect.any(String),
        askedAt: expect.any(String),
      })),
    );
  });

  it('keeps user agents unchanged', async () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
    const callback = await phone.consent(await phone.start('google'), google);
    await new Browser(latchkey).get('/');
    await phone.callback(callback, { 'User-Agent': agent });
    expect((await take()).activity).toContainEqual(
      expect.objectContaining({ event: 'sign_in', userAgent: agent, browser: 'Firefox' }),
    );
  });

  it('includes expired sessions that are still stored', async () => {
    const { id } = await session(phone);
    const { idleSeconds } = latchkey.config.sessions;
    await latchkey.database
      .updateTable('sessions')
      .set({ last_seen_at: Date.now() - (idleSeconds + 1) * 1000 })
      .where('id', '=', id)
      .execute();
    expect((await sessionList(browser)).map((each) => each.id)).not.toContain(id);
    expect((await take()).sessions.map((each) => each.id)).toContain(id);
  });

  it('includes more than a page of activity', async () => {
    for (let round = 0; round < 25; round += 1) await browser.signIn('google', google);
    expect((await take()).activity).toHaveLength(30);
  });

  it('contains no other user’s data, and no secret', async () => {
    const stranger = await signedIn(latchkey, 'facebook', somebody({ email: 'eve@evil.test' }));
    const text = JSON.stringify(await take());
    const theirs = await rowsAbout((await me(stranger)).id);
    const ids = [...(theirs['users'] ?? []), ...(theirs['sessions'] ?? [])].map((row) => row['id']);
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(text).not.toContain(id);
    expect(text).not.toMatch(/eve@evil|facebook/);
    const hashes = await latchkey.database.selectFrom('sessions').select('token_hash').execute();
    for (const { token_hash: hash } of hashes) expect(text).not.toContain(hash);
    expect(text).not.toContain((await sessionCookie(phone)).slice(4, 24));
  });

  it('requires a session', async () => {
    expectProblem(
      await new Browser(latchkey).apiSend('post', '/users/me/export'),
      'unauthenticated',
    );
  });
});

describe('deleting one’s account', () => {
  it('deletes every row, in every table', async () => {
    const { id } = await me(browser);
    const response = await leave();
    expect([response.status, response.text]).toEqual([204, '']);
    const left = await rowsAbout(id);
    expect(Object.values(left).flat()).toEqual([]);
    expect(await identityRows(latchkey.database)).toEqual({
      users: [],
      identities: [],
      sessions: [],
      proofs: [],
    });
    const text = await storedText(latchkey.database);
    // Three letters are now and then found in a random id.
    const random = /"(?:attempt_id|outcome|session_id)":"[\w-]+"| per user [\da-f-]+/g;
    const stored = text.replaceAll(random, '');
    expect(stored).not.toMatch(new RegExp(`ada|${google.subject}|${x.subject}|${id}`, 'i'));
  });

  it('ends the sessions of every browser at once', async () => {
    const cookies = [await sessionCookie(browser), await sessionCookie(phone)];
    await leave();
    for (const cookie of cookies) expect(await worthOf(latchkey, cookie)).toBe(401);
    expect(await browser.cookies()).not.toHaveProperty(namesOf(latchkey).session);
    expect((await phone.apiSend('post', '/users/me/export')).status).toBe(401);
    expect((await phone.api('/auth/session')).body).toMatchObject({ user: null, session: null });
  });

  it('affects no other user', async () => {
    const stranger = await signedIn(latchkey, 'facebook', somebody());
    const before = [await me(stranger), await sessionList(stranger)];
    await leave();
    expect([await me(stranger), await sessionList(stranger)]).toEqual(before);
    await expectInvariants(latchkey.database);
  });

  it('is permanent: signing in again creates a new user with a new id and no history', async () => {
    const { id } = await me(browser);
    await leave();
    await browser.signIn('google', google);
    const user = await me(browser);
    expect(user.id).not.toBe(id);
    expect(user.identities.map(({ provider }) => provider)).toEqual(['google']);
    const { body } = await browser.api('/users/me/activity');
    expect(body).toMatchObject({ items: [{ event: 'sign_in' }], nextCursor: null });
    expect(outcomeOf(await new Browser(latchkey).signIn('twitter', x))).toBe('/account');
  });

  it('requires a recent sign-in', async () => {
    await letTimePass(latchkey);
    const response = await leave();
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({ code: 'reauth_required', reauthUrl: expect.any(String) });
    await stepUp(browser, 'twitter', x);
    expect((await leave()).status).toBe(204);
  });

  it('requires a session', async () => {
    const response = await new Browser(latchkey).apiSend('delete', '/users/me');
    expectProblem(response, 'unauthenticated');
  });

  it.each(crossSite)('is refused to %s', async (_name, headers) => {
    const before = await identityRows(latchkey.database);
    expectProblem(await leave(headers), 'csrf_failed');
    expect(await identityRows(latchkey.database)).toEqual(before);
  });

  it('is not possible by a link or a form', async () => {
    const before = await identityRows(latchkey.database);
    await browser.get('/users/me?_method=DELETE', { 'X-HTTP-Method-Override': 'DELETE' });
    expect((await browser.submit('/users/me', { _method: 'DELETE' })).status).toBe(404);
    expect((await browser.get('/users/me/delete')).status).toBe(404);
    expect(await identityRows(latchkey.database)).toEqual(before);
  });

  it('twice at once answers 204 once', async () => {
    const statuses = (await Promise.all([leave(), leave()])).map(({ status }) => status);
    expect(statuses).toContain(204);
    for (const status of statuses) expect([204, 401]).toContain(status);
    expect((await identityRows(latchkey.database)).users).toEqual([]);
  });
});
