import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { providerIds } from '../../src/common/provider-id.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { outcomeOf, signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { onPostgres } from '../support/on-store.js';
import { queryPostgres } from '../support/query-postgres.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// The embedded database has one writer at a time.
onPostgres.each(['serializable', 'repeatable read'])(
  'a database that is %s by default',
  (level) => {
    let store: TestDatabase;
    let latchkey: Latchkey;

    beforeAll(async () => {
      store = await createTestDatabase();
      const name = new URL(store.url).pathname.slice(1);
      await queryPostgres(
        store.url,
        `alter database ${name} set default_transaction_isolation = '${level}'`,
      );
      latchkey = await startLatchkey({
        DATABASE_URL: store.url,
        RATE_LIMIT_PER_MINUTE: '100000',
        SIGN_IN_RATE_LIMIT_PER_MINUTE: '100000',
      });
    }, 30_000);

    afterEach(async () => {
      await queryPostgres(
        store.url,
        `drop trigger if exists failing on sessions; drop function if exists fail() cascade;
       drop sequence if exists tries`,
      );
    });

    afterAll(async () => {
      await latchkey.close();
      await store.drop();
    });

    /** Lets every change of a session fail with a code, as often as is said. */
    async function failingSessions(code: string, times: number): Promise<void> {
      await queryPostgres(
        store.url,
        `create sequence tries;
       create function fail() returns trigger language plpgsql as $$ begin
         if nextval('tries') <= ${times} then raise exception using errcode = '${code}'; end if;
         return new;
       end $$;
       create trigger failing before insert or update on sessions for each row execute function fail()`,
      );
    }

    /** A lone statement of the service. */
    const touch = () =>
      sql`update sessions set last_seen_at = last_seen_at`.execute(latchkey.database);

    it('signs in 30 people at once, and lets them out', async () => {
      const { rows } = await sql<{ level: string }>`
      select current_setting('transaction_isolation') as level`.execute(latchkey.database);
      expect(rows).toEqual([{ level }]);
      for (let round = 0; round < 3; round += 1) {
        const browsers = Array.from({ length: 30 }, () => new Browser(latchkey));
        const outcomes = await Promise.all(
          browsers.map(async (browser, at) =>
            outcomeOf(await browser.signIn(providerIds[at % 3] ?? 'google', somebody())),
          ),
        );
        expect(new Set(outcomes)).toEqual(new Set(['/account']));
        const answers = await Promise.all(
          browsers.map((browser) => browser.apiSend('post', '/auth/logout')),
        );
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      }
      await expectInvariants(latchkey.database);
    }, 60_000);

    describe.each(['40001', '40P01'])('a conflict (%s)', (code) => {
      beforeAll(async () => void (await signedIn(latchkey)));

      it('of a lone statement is tried once more', async () => {
        await failingSessions(code, 1);
        await expect(touch()).resolves.toBeDefined();
      });

      it('of a lone statement that happens again is “try again”', async () => {
        await failingSessions(code, 2);
        await expect(touch()).rejects.toMatchObject({ code: 'store_unavailable', retryAfter: 5 });
        await expect(touch()).resolves.toBeDefined();
      });

      it('in a transaction is not tried by itself, but with the whole', async () => {
        await failingSessions(code, 2);
        let tries = 0;
        await latchkey.app.get(UnitOfWork).run(async (tx) => {
          tries += 1;
          await sql`update sessions set last_seen_at = last_seen_at`.execute(tx);
        });
        expect(tries).toBe(3);
      });

      it('that goes on is 503 with Retry-After, and signs nobody in', async () => {
        const browser = new Browser(latchkey);
        const callback = await browser.consent(await browser.start('google'), somebody());
        await failingSessions(code, 1000);
        const response = await browser.api(callback, { 'Sec-Fetch-Mode': 'navigate' });
        expect(response.status).toBe(503);
        expect(response.body).toMatchObject({ code: 'store_unavailable' });
        expect(response.headers['retry-after']).toBe('5');
        expect((await browser.api('/users/me')).status).toBe(401);
      });
    });
  },
);
