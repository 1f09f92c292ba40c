import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { onPostgres } from '../support/on-store.js';
import { signedIn, somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

/** Longer than a test may take: it has to be ended for the test to end. */
const slow = sql`select pg_sleep(60)`;

/** Twenty requests in a row: more than the pool has connections, so that a spoiled one would be met. */
async function expectWorks(member: Browser): Promise<void> {
  const statuses: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    statuses.push((await member.api('/users/me')).status);
  }
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
}

// The embedded database has no statement timeout.
onPostgres('a statement that takes too long', () => {
  let latchkey: Latchkey;
  let member: Browser;

  beforeAll(async () => {
    latchkey = await startLatchkey({
      DATABASE_STATEMENT_TIMEOUT_MS: '300',
      DATABASE_POOL_SIZE: '2',
      DATABASE_CONNECT_TIMEOUT_MS: '2000',
    });
  });

  beforeEach(async () => {
    member = await signedIn(latchkey);
  });

  afterAll(() => latchkey.close());

  it('is cancelled, and the pool stays usable', async () => {
    // Jest's five seconds are for all rounds.
    for (let round = 0; round < 6; round += 1) {
      await expect(slow.execute(latchkey.database)).rejects.toMatchObject({
        code: 'store_unavailable',
      });
    }
    await expectWorks(member);
  });

  it('is cancelled within a transaction, which is rolled back', async () => {
    for (let round = 0; round < 4; round += 1) {
      const transaction = latchkey.database.transaction().execute(async (trx) => {
        await trx.deleteFrom('users').execute();
        await slow.execute(trx);
      });
      await expect(transaction).rejects.toMatchObject({ code: 'store_unavailable' });
    }
    await expectWorks(member);
    await expectInvariants(latchkey.database);
  });

  it('aborts the rest of its transaction', async () => {
    const transaction = latchkey.database.transaction().execute(async (trx) => {
      await trx.deleteFrom('users').execute();
      await slow.execute(trx).catch(() => null);
      await trx.deleteFrom('activity').execute();
    });
    await expect(transaction).rejects.toMatchObject({ code: 'store_unavailable' });
    await expectWorks(member);
  });

  it('does not leave a transaction open: an idle one is ended', async () => {
    const transaction = latchkey.database.transaction().execute(async (trx) => {
      await trx.deleteFrom('users').execute();
      await sleep(900);
    });
    await expect(transaction).rejects.toMatchObject({ code: 'store_unavailable' });
    await expectWorks(member);
  });

  it('and occupies every connection is waited for no longer than the deadline', async () => {
    const both = [1, 2].map(() =>
      latchkey.database
        .transaction()
        .execute(async (trx) => {
          await sql`select 1`.execute(trx);
          await sleep(400);
        })
        .catch(() => null),
    );
    const response = await member.api('/users/me');
    expect([200, 503]).toContain(response.status);
    await Promise.all(both);
    await expectWorks(member);
  });

  it('ends no session: a sign-in works afterwards', async () => {
    await expect(slow.execute(latchkey.database)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    const browser = new Browser(latchkey);
    expect(locationOf(await browser.signIn('google', somebody()))).toBe('/account');
  });
});
