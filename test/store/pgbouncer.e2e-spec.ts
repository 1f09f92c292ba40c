import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { migrations } from '../../src/database/migrations/migrations.js';
import { onPostgres, POSTGRES_URL } from '../support/on-store.js';
import { me, sessionList, signedIn, somebody } from '../support/accounts.js';
import { runDoctor } from '../support/doctor.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.js';
import { queryPostgres } from '../support/query-postgres.js';
import { compileService, runCommand } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(90_000);

const TOGETHER = 5;

let pooler: PgBouncer;
let store: TestDatabase;
let compiled: ReturnType<typeof compileService>;

const environment = (url: string): Record<string, string> => ({
  NODE_ENV: 'test',
  SANDBOX: 'off',
  DATABASE_URL: url,
  DATABASE_PREPARED_STATEMENTS: 'off',
});

/** Asks the server itself. */
const query = <T>(text: string): Promise<T[]> => queryPostgres<T>(store.url, text);

// Only PostgreSQL has poolers.
onPostgres('behind PgBouncer in transaction mode', () => {
  beforeAll(async () => {
    compiled = compileService();
    store = await createTestDatabase();
    pooler = await startPgBouncer(POSTGRES_URL ?? '');
  });

  afterAll(async () => {
    await pooler.close();
    await store.drop();
    compiled.remove();
  });

  it(`${TOGETHER} instances that migrate at once migrate once, and leave no lock behind`, async () => {
    const url = pooler.through(store.url);
    const runs = await Promise.all(
      Array.from({ length: TOGETHER }, () =>
        runCommand(compiled.main, environment(url), ['migrate']),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0));
    const done = runs.flatMap(({ stdout }) => stdout.match(/(?<=^Done: ).+$/gm) ?? []);
    expect(done).toEqual(Object.keys(migrations));
    expect(await query("select * from pg_locks where locktype = 'advisory'")).toEqual([]);
  });

  describe('a service', () => {
    let latchkey: Latchkey;

    beforeAll(async () => {
      const url = pooler.through(store.url);
      latchkey = await startLatchkey({ DATABASE_URL: url, DATABASE_PREPARED_STATEMENTS: 'off' });
    });

    afterAll(() => latchkey.close());

    it.each(providerIds)('signs in with %s, and ends sessions at once', async (provider) => {
      const person = somebody();
      const [browser, phone] = [
        await signedIn(latchkey, provider, person),
        await signedIn(latchkey, provider, person),
      ];
      expect((await me(phone)).id).toBe((await me(browser)).id);
      expect(await sessionList(browser)).toHaveLength(2);
      expect((await browser.apiSend('delete', '/users/me/sessions')).status).toBe(204);
      expect((await phone.api('/users/me')).status).toBe(401);
    });

    it('answers more requests at once than the pooler has connections', async () => {
      const browser = await signedIn(latchkey, 'google');
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => browser.api('/users/me/sessions')),
      );
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    });

    it('has a database in which the doctor finds nothing wrong', async () => {
      const { output } = await runDoctor(compiled.main, latchkey.environment);
      expect(output).toMatch(/^ {2}ok {7}The schema is current/m);
      expect(/^database\n((?: .*\n)+)/m.exec(output)?.[1]).not.toContain('BROKEN');
    });
  });

  it('the doctor reports startup parameters that PgBouncer does not ignore', async () => {
    const strict = await startPgBouncer(POSTGRES_URL ?? '', 'extra_float_digits');
    try {
      const { code, output } = await runDoctor(
        compiled.main,
        environment(strict.through(store.url)),
        ['--offline'],
      );
      expect(output).toMatch(/^ {2}BROKEN {3}The database at .*/m);
      expect(output).toContain('ignore_startup_parameters');
      expect(code).toBe(1);
    } finally {
      await strict.close();
    }
  });
});
