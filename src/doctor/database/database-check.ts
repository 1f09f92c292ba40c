import { dirname } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { DatabaseConfig, FileConfig, PostgresConfig } from '../../config/config.js';
import { type Database, openDatabase } from '../../database/database.js';
import type { Schema } from '../../database/schema.js';
import { schemaState, type SchemaState } from '../../database/schema-state.js';
import { broken, type Check, ok, type Result } from '../check.js';
import { checkFile, checkSpace, fileState, freeBytesIn } from './file-state.js';
import { checkCreating, checkPostgres, postgresState } from './postgres-state.js';
import { checkSchema, checkTables, tableStates } from './schema-checks.js';
import { isUntrusted } from '../../common/http/network-failure.js';
import { databasePlace } from '../../database/database-place.js';
import { explainStoreFailure } from '../../database/store-failure.js';

/** Whether the database can be used, and has the schema. Changes nothing. */
export const database: Check = {
  name: 'database',
  needs: [
    'DATABASE_URL',
    'DATABASE_POOL_SIZE',
    'DATABASE_CONNECT_TIMEOUT_MS',
    'DATABASE_STATEMENT_TIMEOUT_MS',
  ],
  run: ({ config }) =>
    config.database.kind === 'file'
      ? checkSqliteFile(config.database, config.migrateAtStart)
      : checkServer(config.database, config.migrateAtStart),
};

/**
 * The same where this process has the database open, with its schema. The file is not opened again: closing it would
 * release the locks that SQLite has on it (https://www.sqlite.org/howtocorrupt.html), and a second writer would wait for
 * the first, which is this thread.
 */
export const databaseInUse: Check = {
  ...database,
  run: async ({ config }) =>
    config.database.kind === 'file'
      ? checkSpace(await freeBytesIn(dirname(config.database.file)))
      : checkServer(config.database, config.migrateAtStart),
};

async function checkSqliteFile(config: FileConfig, migratesAtStart: boolean): Promise<Result[]> {
  const state = await fileState(config.file);
  const results = checkFile(state);
  if (!state.exists || state.refusal !== null) return results;
  const read = await withDatabase(config, async (db) => {
    await db.connection().execute(requireLock);
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
    return [
      ok(`SQLite ${rows[0]?.version ?? 'of an unknown version'}.`),
      await checkSchemaOf(db, await schemaState(db), migratesAtStart),
    ];
  });
  return [...results, ...read];
}

/** Throws `store_unavailable` when another program holds the write lock. */
async function requireLock(connection: Kysely<Schema>): Promise<void> {
  await sql`begin immediate`.execute(connection);
  await sql`rollback`.execute(connection);
}

function checkServer(config: PostgresConfig, migratesAtStart: boolean): Promise<Result[]> {
  return withDatabase(config, async (db) => {
    const server = await postgresState(db);
    const schema = await schemaState(db);
    const cannotCreate = schema.pending.length > 0 ? checkCreating(server) : null;
    return [
      ...checkPostgres(config, server),
      cannotCreate ?? (await checkSchemaOf(db, schema, migratesAtStart)),
    ];
  });
}

async function checkSchemaOf(
  db: Database,
  state: SchemaState,
  migratesAtStart: boolean,
): Promise<Result> {
  const wrong = checkTables(state, await tableStates(db));
  if (wrong !== null) return wrong;
  return checkSchema(state, migratesAtStart);
}

/** Opens the database as the service does, without migrating it. */
async function withDatabase(
  config: DatabaseConfig,
  check: (db: Database) => Promise<Result[]>,
): Promise<Result[]> {
  const db = openDatabase(config, () => undefined);
  try {
    return await check(db);
  } catch (error) {
    return [checkStoreFailure(config, error)];
  } finally {
    await db.destroy();
  }
}

/** @param thrown what `Database` threw */
export function checkStoreFailure(config: DatabaseConfig, thrown: unknown): Result {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const { seen, action } = explainStoreFailure(cause);
  return config.kind === 'file'
    ? broken(`The database file ${config.file} ${seen}.`, action)
    : broken(
        `The database at ${databasePlace(config.url)} ${seen}.`,
        isUntrusted(cause) ? trustAction(config.url) : action,
      );
}

/** pg trusts only the authority that the URL names. */
function trustAction(url: string): string {
  return new URL(url).searchParams.has('sslrootcert')
    ? 'Put the certificate of the authority that signed the server’s into the file that sslrootcert names.'
    : 'Add the authority that signed it to DATABASE_URL: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem';
}
