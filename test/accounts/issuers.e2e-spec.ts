import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IssuerChangesService } from '../../src/users/issuer-changes.service.js';
import { IssuersService } from '../../src/users/issuers.service.js';
import {
  connected,
  link,
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
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { onFile, onPostgres } from '../support/on-store.js';
import { createTestDatabase } from '../support/test-database.js';
import { expectInvariants } from '../support/invariants.js';

/* Who vouches for an identity is part of who it is: a database meets a service with other providers. */

let latchkey: Latchkey;
let store: { url: string; drop(): Promise<void> };
let ada: Somebody;
let browser: Browser;

const running: Latchkey[] = [];

async function start(overrides: Record<string, string> = {}): Promise<Latchkey> {
  const started = await startLatchkey({
    DATABASE_URL: store.url,
    IDENTITY_SETTLE_SECONDS: '0',
    ...overrides,
  });
  running.push(started);
  return started;
}

/** Has the identities of a provider come from elsewhere, as if its configured address were a new one. */
async function fromElsewhere(provider: 'google' | 'twitter', issuer: string): Promise<void> {
  const { database } = latchkey;
  await database.transaction().execute(async (tx) => {
    await tx.updateTable('identities').set({ issuer }).where('provider', '=', provider).execute();
    const ofIt = tx.selectFrom('identities').select('user_id').where('issuer', '=', issuer);
    await tx.updateTable('users').set({ primary_issuer: issuer }).where('id', 'in', ofIt).execute();
    await tx.updateTable('sessions').set({ issuer }).where('provider', '=', provider).execute();
  });
}

beforeEach(async () => {
  store = await createTestDatabase();
  latchkey = await start();
  ada = somebody({ email: 'ada@example.test' });
  browser = await signedIn(latchkey, 'google', ada);
});

afterEach(async () => {
  for (const each of running.splice(0)) await each.close().catch(() => undefined);
  await store.drop();
});

describe('an identity of the sandbox', () => {
  beforeEach(() => fromElsewhere('google', 'sandbox:google'));

  it('signs nobody in elsewhere: its sessions are not signed in', async () => {
    expect(await worthOf(latchkey, await sessionCookie(browser))).toBe(401);
    expect((await sessionAnswer(browser)).user).toBeNull();
  });

  it('is not the same person’s who has its subject at the real provider', async () => {
    const before = await latchkey.database.selectFrom('users').select('id').execute();
    const real = await signedIn(latchkey, 'google', ada);
    expect(before.map(({ id }) => id)).not.toContain((await me(real)).id);
    await expectInvariants(latchkey.database);
  });

  it('owns no address: the real owner has it verified', async () => {
    const real = await signedIn(latchkey, 'twitter', somebody({ email: 'ada@example.test' }));
    expect(await me(real)).toMatchObject({ email: 'ada@example.test', emailVerified: true });
    await expectInvariants(latchkey.database);
  });

  it('does not keep the service from starting', async () => {
    await expect(latchkey.app.get(IssuersService).check()).resolves.toBeUndefined();
  });
});

describe('identities of another issuer alone', () => {
  const OLD = 'https://old.example';

  beforeEach(() => fromElsewhere('google', OLD));

  it('stop the start, with the counts and the commands', async () => {
    await expect(latchkey.app.get(IssuersService).check()).rejects.toThrow(
      new RegExp(
        `has 1 of ${OLD}, and none of it.*latchkey identities rekey google '${OLD}'.*latchkey identities retire google '${OLD}'`,
      ),
    );
  });

  it('are the configured one’s after rekey, and everybody is signed in as before', async () => {
    const issuers = latchkey.app.get(IssuersService);
    const changes = latchkey.app.get(IssuerChangesService);
    expect(await changes.rekeyToConfigured('google', OLD)).toBe(1);
    await expect(issuers.check()).resolves.toBeUndefined();
    expect((await browser.api('/users/me')).status).toBe(200);
    expect((await me(await signedIn(latchkey, 'google', ada))).id).toBe((await me(browser)).id);
    await expectInvariants(latchkey.database);
  });

  it('are not given to an issuer that has the same person, nor where there are none', async () => {
    const changes = latchkey.app.get(IssuerChangesService);
    await signedIn(latchkey, 'google', ada);
    await expect(changes.rekeyToConfigured('google', OLD)).rejects.toMatchObject({
      code: 'identity_in_use',
      message: expect.stringContaining('Retire the old ones instead'),
    });
    await expect(changes.retire('google', 'https://nobody.example')).rejects.toMatchObject({
      code: 'not_found',
    });
    await expectInvariants(latchkey.database);
  });

  it('are set aside by retire', async () => {
    const issuers = latchkey.app.get(IssuersService);
    const changes = latchkey.app.get(IssuerChangesService);
    expect(await changes.retire('google', OLD)).toBe(1);
    await expect(issuers.check()).resolves.toBeUndefined();
    expect((await browser.api('/users/me')).status).toBe(401);
    expect(await issuers.list()).toContainEqual({
      provider: 'google',
      issuer: `retired:${OLD}`,
      identities: 1,
      active: false,
    });
    await expectInvariants(latchkey.database);
  });
});

onPostgres('retiring an issuer', () => {
  it('waits for a sign-in that is under way, and ends its session too', async () => {
    const { database } = latchkey;
    const old = await database.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    const proof = await database.selectFrom('session_proofs').selectAll().executeTakeFirstOrThrow();
    const { issuer } = proof;
    let retired: Promise<number> | undefined;
    await database.transaction().execute(async (tx) => {
      const ofIt = tx.updateTable('identities').where('issuer', '=', issuer);
      await ofIt.set({ last_used_at: Date.now() }).execute();
      const session = { ...old, id: randomUUID(), token_hash: randomUUID() };
      await tx.insertInto('sessions').values(session).execute();
      const own = { ...proof, session_id: session.id };
      await tx.insertInto('session_proofs').values(own).execute();
      retired = latchkey.app.get(IssuerChangesService).retire('google', issuer);
      await sleep(500);
    });
    expect(await retired).toBe(1);
    expect(await database.selectFrom('sessions').select('id').execute()).toEqual([]);
  });
});

describe('an identity that does not count', () => {
  beforeEach(async () => {
    await link(browser, 'twitter', somebody());
    await latchkey.database
      .updateTable('identities')
      .set({ issuer: 'https://old.example' })
      .where('provider', '=', 'twitter')
      .execute();
  });

  it('does not stand for the last one', async () => {
    const response = await browser.apiSend('delete', '/users/me/identities/google');
    expect(response.body).toMatchObject({ code: 'last_identity' });
  });

  it('does not hinder connecting its provider, and goes after the one that counts', async () => {
    const x = somebody();
    expect(outcomeOf(await link(browser, 'twitter', x))).toBe('/account');
    expect(await connected(browser)).toEqual(['google', 'twitter', 'twitter']);
    expect((await browser.apiSend('delete', '/users/me/identities/twitter')).status).toBe(204);
    const left = await latchkey.database
      .selectFrom('identities')
      .select('issuer')
      .where('provider', '=', 'twitter')
      .execute();
    expect(left).toEqual([{ issuer: 'https://old.example' }]);
  });
});

onFile('a database that another port of the sandbox has filled', () => {
  it('is met by the same people', async () => {
    await latchkey.close();
    running.length = 0;
    const again = await start();
    expect((await me(await signedIn(again, 'google', ada))).email).toBe('ada@example.test');
  });
});

it('a browser of the old service is signed in after a restart', async () => {
  const cookie = await sessionCookie(browser);
  await latchkey.close();
  running.length = 0;
  latchkey = await start();
  expect(await worthOf(latchkey, cookie)).toBe(200);
});
