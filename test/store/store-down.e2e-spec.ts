import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Response } from 'supertest';
import { onFile, onPostgres } from '../support/on-store.js';
import { accountSuite } from '../support/account-suite.js';
import {
  me,
  outcomeOf,
  signedIn,
  somebody,
  type Somebody,
  startLink,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { expectInvariants } from '../support/invariants.js';
import { identityRows } from '../support/rows.js';
import { endConnections, takeStore } from '../support/take-store.js';
import { SqliteFile } from '../support/sqlite-file.js';

function expectUnavailable(response: Response): void {
  expectProblem(response, 'store_unavailable');
  expect(response.status).toBe(503);
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
}

/** A sign-in, and twenty requests in a row: more than the pool has connections, so that a spoiled one would be met. */
async function expectWorks(member: Browser): Promise<void> {
  const statuses: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    statuses.push((await member.api('/users/me')).status);
  }
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
  expect((await member.api('/health/ready')).status).toBe(200);
}

const latchkey = accountSuite({ DATABASE_CONNECT_TIMEOUT_MS: '1000' });
let member: Browser;
let person: Somebody;

const databaseUrl = () => latchkey.environment['DATABASE_URL'] ?? '';

beforeEach(async () => {
  person = somebody();
  member = await signedIn(latchkey, 'google', person);
});

it('requests that need a missing table are answered 503, until it is back', async () => {
  await sql`alter table activity rename to away`.execute(latchkey.database);
  try {
    expectUnavailable(await member.api('/users/me/activity'));
    expect((await member.api('/users/me')).status).toBe(200);
  } finally {
    await sql`alter table away rename to activity`.execute(latchkey.database);
  }
  expect((await member.api('/users/me/activity')).status).toBe(200);
});

describe('while the store is down', () => {
  let visitor: Browser;
  let callback: string;
  let linkCallback: string;
  let comeBack: (() => Promise<void>) | null = null;

  beforeEach(async () => {
    visitor = new Browser(latchkey);
    callback = await visitor.consent(await visitor.start('google'), person);
    linkCallback = await member.consent(await startLink(member, 'twitter'), somebody());
    comeBack = await takeStore(latchkey);
  });

  afterEach(async () => {
    await comeBack?.();
    comeBack = null;
  });

  async function restore(): Promise<void> {
    await comeBack?.();
    comeBack = null;
  }

  it('the service is live, and not ready', async () => {
    expect((await visitor.api('/health/live')).status).toBe(200);
    expectUnavailable(await visitor.api('/health/ready'));
  });

  it('a start fails before the redirect to a provider', async () => {
    for (const response of [await visitor.api('/auth/google'), await member.api('/auth/twitter')]) {
      expectUnavailable(response);
    }
    const page = await visitor.get('/auth/google');
    expect(page.status).toBe(503);
    expect(page.headers['retry-after']).toBe('5');
    expect(page.text).not.toMatch(/SQLITE|database is|pg_|terminat/i);
  });

  it.each(['/users/me', '/users/me/sessions', '/users/me/activity', '/auth/session'])(
    '%s does not treat anybody as signed out',
    async (path) => {
      const before = await member.cookies();
      const response = await member.api(path);
      expectUnavailable(response);
      expect(response.headers['set-cookie']).toBeUndefined();
      expect(await member.cookies()).toEqual(before);
    },
  );

  it('the pages show the error as pages', async () => {
    for (const path of ['/account', '/account/delete', '/account/sign-out-everywhere', '/']) {
      const response = await member.get(path);
      expect([path, response.status, response.headers['retry-after']]).toEqual([path, 503, '5']);
      expect(response.headers['content-type']).toMatch(/^text\/html/);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
  });

  it('signing out does not report success', async () => {
    expectUnavailable(await member.apiSend('post', '/auth/logout'));
    await restore();
    expect((await member.api('/users/me')).status).toBe(200);
  });

  it('a callback signs nobody in, sends nothing to the provider, and a new attempt works', async () => {
    const asked = latchkey.sandbox.requests.length;
    expectUnavailable(await visitor.callback(callback, { Accept: 'application/json' }));
    expect(await visitor.cookies()).not.toHaveProperty(namesOf(latchkey).session);
    expect(latchkey.sandbox.requests).toHaveLength(asked);
    await restore();
    expect((await visitor.api('/users/me')).status).toBe(401);
    expect(outcomeOf(await visitor.signIn('google', person))).toBe('/account');
    await expectInvariants(latchkey.database);
  });

  it('a callback keeps the attempt in the browser: a reload signs in, once', async () => {
    expect((await visitor.callback(callback)).status).toBe(503);
    await restore();
    expect(outcomeOf(await visitor.callback(callback))).toBe('/account');
    expect(outcomeOf(await new Browser(latchkey).callback(callback))).toBe('invalid_state');
    expect((await me(visitor)).displayName).toBe(person.name);
  });

  it('a navigated callback gets the error too, not a redirect', async () => {
    const response = await visitor.callback(callback);
    expect([response.status, response.headers['retry-after']]).toEqual([503, '5']);
    expect(response.headers).not.toHaveProperty('location');
  });

  it('linking a provider fails', async () => {
    expectUnavailable(await member.callback(linkCallback, { Accept: 'application/json' }));
    await restore();
    expect((await me(member)).identities).toHaveLength(1);
  });

  it('everything works again once it is back, without a restart', async () => {
    const asked = await Promise.all(
      Array.from({ length: 15 }, () => member.api('/users/me', { Connection: 'close' })),
    );
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([503]));
    await restore();
    await expectWorks(member);
    expect((await visitor.get('/auth/google')).status).toBe(302);
    expect(outcomeOf(await visitor.signIn('google', person))).toBe('/account');
    await expectInvariants(latchkey.database);
  });
});

// A server has no lock that keeps all others from writing.
onFile('while another process holds the write lock of the file', () => {
  it('sessions survive, a sign-in is answered 503, and everything works once the lock is released', async () => {
    const { database } = latchkey.config;
    const other = new SqliteFile(database.kind === 'file' ? database.file : '');
    const visitor = new Browser(latchkey);
    const callback = await visitor.consent(await visitor.start('google'), person);
    const before = await identityRows(latchkey.database);
    other.exec('begin exclusive');
    try {
      other.exec(`update users set display_name = 'Written meanwhile'`);
      expectUnavailable(await visitor.callback(callback, { Accept: 'application/json' }));
      expect((await me(member)).displayName).toBe(person.name);
      expect(await identityRows(latchkey.database)).toEqual(before);
    } finally {
      other.exec('commit');
      other.close();
    }
    // What the other has written is seen: nobody is left looking at the store as it was then.
    expect((await me(member)).displayName).toBe('Written meanwhile');
    expect((await visitor.api('/users/me')).status).toBe(401);
    expect(outcomeOf(await visitor.signIn('google', person))).toBe('/account');
    expect((await member.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    expect((await visitor.api('/users/me')).status).toBe(401);
    await expectInvariants(latchkey.database);
  }, 15_000);
});

// The embedded database has no connections that a server could end.
onPostgres('a connection that the server ends', () => {
  it('while idle is replaced: the next request works', async () => {
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => me(member)));
      await endConnections(databaseUrl());
      await expectWorks(member);
    }
  });

  it('between two statements of a transaction fails only that one', async () => {
    const transaction = latchkey.database.transaction().execute(async (trx) => {
      await trx.deleteFrom('sessions').execute();
      await endConnections(databaseUrl());
      await trx.deleteFrom('users').execute();
    });
    await expect(transaction).rejects.toMatchObject({ code: 'store_unavailable' });
    await expectWorks(member);
  });

  it('before the commit of a transaction fails that one, and nothing is committed', async () => {
    const transaction = latchkey.database.transaction().execute(async (trx) => {
      await trx.deleteFrom('users').execute();
      await endConnections(databaseUrl());
    });
    await expect(transaction).rejects.toMatchObject({ code: 'store_unavailable' });
    await expectWorks(member);
  });

  it('while a statement runs fails only that one', async () => {
    const [outcome] = await Promise.all([
      sql`select pg_sleep(4)`.execute(latchkey.database).catch((error: unknown) => error),
      sleep(200).then(() => endConnections(databaseUrl())),
    ]);
    expect(outcome).toMatchObject({ code: 'store_unavailable' });
    await expectWorks(member);
  });

  it('under load causes at most a 503, never a 401 or a 500', async () => {
    const load = Array.from({ length: 200 }, async (_each, index) => {
      await sleep(index * 3);
      return (await member.api('/users/me')).status;
    });
    await sleep(150);
    await endConnections(databaseUrl());
    const statuses = new Set(await Promise.all(load));
    expect([...statuses].filter((status) => status !== 503)).toEqual([200]);
    await expectWorks(member);
  });
});
