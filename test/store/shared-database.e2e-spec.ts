import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createApp } from '../../src/app.setup.js';
import { loadConfig } from '../../src/config/load-config.js';
import { openDatabase } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { me, signedIn, somebody } from '../support/accounts.js';
import { runDiagnosis } from '../support/doctor.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { onPostgres, POSTGRES_URL } from '../support/on-store.js';
import { queryPostgres } from '../support/query-postgres.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Another program’s, which uses Kysely as well, and has names for its tables that are ours. */
const THEIRS = `
  create table kysely_migration (name varchar(255) primary key, timestamp varchar(255));
  create table kysely_migration_lock (id varchar(255) primary key, is_locked int);
  insert into kysely_migration values ('2020-theirs', 'then');`;

const complaintsOf = async (latchkey: Latchkey) => {
  const { complaints } = await runDiagnosis(latchkey.environment, { online: false });
  return complaints('database').filter(({ status }) => status === 'broken');
};

async function works(databaseUrl: string): Promise<void> {
  const latchkey = await startLatchkey({ DATABASE_URL: databaseUrl });
  try {
    await signedIn(latchkey);
    expect(await complaintsOf(latchkey)).toEqual([]);
  } finally {
    await latchkey.close();
  }
}

onPostgres('a database that is shared', () => {
  let store: TestDatabase;

  beforeEach(async () => {
    store = await createTestDatabase();
  });

  afterEach(() => store.drop());

  const query = <T>(text: string) => queryPostgres<T>(store.url, text);

  it('with another program’s migrations in the same schema', async () => {
    await query(`${THEIRS} create table orders (id int)`);
    await works(store.url);
    await works(store.url);
    expect(await query('select name from kysely_migration')).toEqual([{ name: '2020-theirs' }]);
  });

  it('with tables of the same names in other schemas, on the search path and off it', async () => {
    await query(`
      create table users (theirs int); create table sessions (theirs int);
      create table rate_limits (theirs int); create table latchkey_migration (theirs int);
      ${THEIRS}
      create schema other; set search_path = other;
      create table users (theirs int); create table latchkey_migration (name text);
      insert into latchkey_migration values ('9999-theirs');
      ${THEIRS}
      create schema ours`);
    const url = new URL(store.url);
    url.searchParams.set('options', '-c search_path=ours,public');
    await works(url.href);
    await works(url.href);
    expect(await query('select count(*)::int as users from ours.users')).toEqual([{ users: 2 }]);
    expect(await query('select * from public.users')).toEqual([]);
  });

  it('is two services in two schemas', async () => {
    await query('create schema one; create schema two');
    for (const schema of ['one', 'two']) {
      const url = new URL(store.url);
      url.searchParams.set('options', `-c search_path=${schema}`);
      await works(url.href);
      expect(await query(`select count(*)::int as users from ${schema}.users`)).toEqual([
        { users: 1 },
      ]);
    }
  });
});

onPostgres('a database with an encoding', () => {
  const server = POSTGRES_URL ?? '';
  let name: string;
  let url: string;

  async function create(encoding: string): Promise<void> {
    name = `latchkey_test_${randomBytes(8).toString('hex')}`;
    await queryPostgres(
      server,
      `create database ${name} encoding '${encoding}' locale 'C' template template0`,
    );
    url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  }

  afterEach(() => queryPostgres(server, `drop database if exists ${name} with (force)`));

  describe.each(['LATIN1', 'SQL_ASCII', 'EUC_JP'])('%s', (encoding) => {
    beforeEach(() => create(encoding));

    it.each(['on', 'off'])(
      'does not start, MIGRATE_AT_START=%s, and changes nothing',
      async (on) => {
        const environment = { DATABASE_URL: url, MIGRATE_AT_START: on, LOG_LEVEL: 'silent' };
        const started = createApp(loadConfig(environment));
        await expect(started).rejects.toThrow(
          new RegExp(`^The database stores text as ${encoding}, .*ENCODING 'UTF8'`),
        );
        expect(
          await queryPostgres(url, `select from pg_tables where schemaname = 'public'`),
        ).toEqual([]);
      },
    );

    it('is not migrated, and is broken to the doctor', async () => {
      const { database: config } = loadConfig({ DATABASE_URL: url });
      const database = openDatabase(config, () => undefined);
      await expect(migrate(database)).rejects.toThrow(`stores text as ${encoding}`);
      await database.destroy();
      const { complaints, isBroken } = await runDiagnosis({ DATABASE_URL: url }, { online: false });
      expect(isBroken).toBe(true);
      expect(complaints('database')).toContainEqual(
        expect.objectContaining({
          status: 'broken',
          message: expect.stringContaining(`stores text as ${encoding}`),
          action: expect.stringContaining("ENCODING 'UTF8'"),
        }),
      );
    });
  });

  it('UTF8 takes everybody’s name, whatever its locale', async () => {
    await create('UTF8');
    const latchkey = await startLatchkey({ DATABASE_URL: url });
    try {
      for (const person of ['Zoë', '美咲', 'Ωμέγα 🦊']) {
        const browser = await signedIn(latchkey, 'google', somebody({ name: person }));
        expect((await me(browser)).displayName).toBe(person);
      }
    } finally {
      await latchkey.close();
    }
  });
});
