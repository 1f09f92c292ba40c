import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from './database.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations/migrations.js';
import { requireCurrentSchema, schemaState } from './schema-state.js';

let folder: string;
let database: Database;

function open(): Database {
  const file = join(folder, 'new', 'store.db');
  return openDatabase({ kind: 'file', file }, () => undefined);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-migrate-'));
  database = open();
});

afterEach(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function tables(): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from sqlite_schema where type = 'table' and name <> 'latchkey_migration' order by name`.execute(
    database,
  );
  return rows.map(({ name }) => name);
}

async function done(): Promise<{ name: string; timestamp: string }[]> {
  const { rows } = await sql<{
    name: string;
    timestamp: string;
  }>`select name, timestamp from latchkey_migration order by name`.execute(database);
  return rows;
}

it('creates all tables in a new database, and its directory', async () => {
  await migrate(database);
  expect(await tables()).toEqual([
    'activity',
    'claimed_attempts',
    'contested_addresses',
    'handovers',
    'identities',
    'pending_links',
    'periodic_tasks',
    'session_proofs',
    'sessions',
    'signing_keys',
    'users',
  ]);
  expect((await done()).map(({ name }) => name)).toEqual(Object.keys(migrations).toSorted());
});

it('changes nothing the second time, nor when the service starts again', async () => {
  await migrate(database);
  const before = await done();
  await migrate(database);
  await database.destroy();
  database = open();
  await migrate(database);
  expect(await done()).toEqual(before);
});

it('preserves existing rows', async () => {
  await migrate(database);
  const claim = {
    attempt_id: 'one',
    expires_at: 1,
    outcome: null,
    outcome_until: null,
    session_id: null,
  };
  await database.insertInto('claimed_attempts').values(claim).execute();
  await migrate(database);
  expect(await database.selectFrom('claimed_attempts').selectAll().execute()).toEqual([claim]);
});

it('refuses a database migrated by a newer version, and leaves it unchanged', async () => {
  await migrate(database);
  await sql`insert into latchkey_migration (name, timestamp) values ('9999-future', '2099-01-01')`.execute(
    database,
  );
  const before = [await tables(), await done()];
  await expect(migrate(database)).rejects.toThrow(
    'The database was migrated by a newer version of Latchkey: this one does not know the migration 9999-future.',
  );
  expect([await tables(), await done()]).toEqual(before);
});

it('reports applied, pending and unknown migrations', async () => {
  const names = Object.keys(migrations);
  expect(await schemaState(database)).toEqual({ applied: [], pending: names, unknown: [] });
  await expect(requireCurrentSchema(database)).rejects.toThrow(
    /^The database has not been migrated to this version of Latchkey, which needs the migration 0001-schema\. Run latchkey migrate, then try again\.$/,
  );
  expect(await migrate(database)).toEqual(names);
  expect(await schemaState(database)).toEqual({ applied: names, pending: [], unknown: [] });
  await expect(requireCurrentSchema(database)).resolves.toBeUndefined();
  await sql`insert into latchkey_migration (name, timestamp) values ('9999-future', '2099-01-01')`.execute(
    database,
  );
  expect(await schemaState(database)).toMatchObject({ pending: [], unknown: ['9999-future'] });
  await expect(requireCurrentSchema(database)).rejects.toThrow(
    /does not know the migration 9999-future/,
  );
});

it('names the migration that failed, and rolls it back', async () => {
  await sql`create table sessions (something_else text)`.execute(database);
  await expect(migrate(database)).rejects.toThrow(
    /^The migration 0001-schema failed; the database is as it was before it\. Correct what stood in its way, then try again\.$/,
  );
  expect(await tables()).toEqual(['sessions']);
  expect((await schemaState(database)).applied).toEqual([]);
});

it('throws store_unavailable when the file is not a database', async () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'not a database '.repeat(500));
  const broken = openDatabase({ kind: 'file', file }, () => undefined);
  await expect(migrate(broken)).rejects.toMatchObject({ code: 'store_unavailable' });
});
