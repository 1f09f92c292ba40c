import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { loadConfig } from '../../src/config/load-config.js';
import { type Database, openDatabase } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/migrations.js';
import { ConstraintViolation } from '../../src/database/store-error.js';
import { schemaDump, tableRows } from '../support/schema-dump.js';
import { deleteAda, forbidden, schemaRows } from '../support/schema-rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/*
 * Every migration from every earlier schema, with rows in it: what was stored is kept, and the schema is the one that a new
 * database gets.
 */

const names = Object.keys(migrations);
const opened: { database: Database; store: TestDatabase }[] = [];

async function emptyDatabase(): Promise<Database> {
  const store = await createTestDatabase();
  const config = loadConfig({ DATABASE_URL: store.url });
  const database = openDatabase(config.database, () => undefined);
  opened.push({ database, store });
  return database;
}

afterEach(async () => {
  for (const { database, store } of opened.splice(0)) {
    await database.destroy();
    await store.drop();
  }
});

/** Makes the schema that a migration left, as the version of that time did. */
async function migrateTo(database: Database, name: string): Promise<void> {
  const then = Object.entries(migrations).slice(0, names.indexOf(name) + 1);
  await database.schema
    .createTable('latchkey_migration')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('timestamp', 'text', (column) => column.notNull())
    .execute();
  for (const [done, migration] of then) {
    await migration.up(database);
    await sql`insert into latchkey_migration values (${done}, '2026-01-01')`.execute(database);
  }
}

/** Runs statements that belong together. */
function run(database: Database, statements: readonly string[]): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    for (const statement of statements) await sql.raw(statement).execute(transaction);
  });
}

it('has rows of every schema', () => {
  expect(Object.keys(schemaRows)).toEqual(names);
});

describe.each(names)('from %s', (name) => {
  let database: Database;
  let before: Record<string, object[]>;
  let done: string[];

  beforeEach(async () => {
    database = await emptyDatabase();
    await migrateTo(database, name);
    await run(database, schemaRows[name] ?? []);
    before = await tableRows(database);
    done = await migrate(database);
  });

  it('applies the remaining migrations, and keeps every row', async () => {
    expect(done).toEqual(names.slice(names.indexOf(name) + 1));
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
    const after = await tableRows(database);
    for (const [table, rows] of Object.entries(before)) {
      expect(after[table]).toHaveLength(rows.length);
      expect(after[table]).toEqual(
        expect.arrayContaining(rows.map((row) => expect.objectContaining(row))),
      );
    }
  });

  it('ends in the schema of a new database', async () => {
    const fresh = await emptyDatabase();
    await migrate(fresh);
    expect(await schemaDump(database)).toEqual(await schemaDump(fresh));
  });

  it.each(Object.keys(forbidden))('prevents %s', async (what) => {
    const rows = await tableRows(database);
    await expect(run(database, forbidden[what] ?? [])).rejects.toThrow(ConstraintViolation);
    expect(await tableRows(database)).toEqual(rows);
  });

  it('deletes all rows of a user with the user', async () => {
    await run(database, [deleteAda]);
    const { users, identities, sessions, activity } = await tableRows(database);
    expect([users, identities, sessions, activity].map((rows) => rows?.length)).toEqual([
      1, 1, 0, 1,
    ]);
  });
});
