import { type Kysely, type MigrationResultSet, Migrator, sql } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
import type { DatabaseConfig } from '../config/config.js';
import { openDatabase } from './database.js';
import { isPostgres } from './is-postgres.js';
import { type Waiting, withMigrationLock } from './migration-lock.js';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';
import { SchemaError } from './schema-error.js';
import { schemaState } from './schema-state.js';
import { driverCode } from './store-error.js';

/**
 * Brings the configured store to the newest schema, on a connection of its own whose statements may take as long as they
 * take. Several instances may do so at once: one of them migrates, the others wait for it.
 *
 * @param onIdleError told of connections that broke while nobody was using them
 * @param onWait told when another instance has been migrating for a while
 * @returns the names of the migrations that were done, in order
 * @throws as `migrate`
 */
export async function migrateStore(
  config: DatabaseConfig,
  onIdleError: (error: Error) => void,
  onWait: () => void,
): Promise<string[]> {
  const database = openDatabase(config, onIdleError, 'migrations');
  try {
    return await migrate(database, {
      onWait,
      ...(config.kind === 'postgres' ? { lockTimeoutMs: config.statementTimeoutMs } : {}),
    });
  } finally {
    await database.destroy();
  }
}

/**
 * Brings a database to the newest schema. Running it again changes nothing.
 *
 * @returns the names of the migrations that were done, in order
 * @throws AppError `store_unavailable` when the database cannot be used; SchemaError when it was migrated by a newer version
 *   of the service, when its user may not make tables, or when a migration fails: the database is then as it was before
 */
export function migrate(db: Kysely<Schema>, waiting: Partial<Waiting> = {}): Promise<string[]> {
  return withMigrationLock(db, { ...DEFAULT_LOCK_OPTIONS, ...waiting }, async (connection) => {
    if (isPostgres(connection)) await tryMakingTables(connection);
    const migrator = new Migrator({
      db: connection,
      // The lock's transaction is around all of it.
      disableTransactions: true,
      provider: { getMigrations: async () => ({ ...migrations }) },
    });
    const outcome = await migrator.migrateToLatest();
    if (outcome.error !== undefined) throw await failureOf(outcome, connection);
    return (outcome.results ?? []).map(({ migrationName }) => migrationName);
  });
}

const DEFAULT_LOCK_OPTIONS: Waiting = {
  lockTimeoutMs: 5000,
  onWait: () => undefined,
};

/**
 * Finds out whether an empty database takes tables. Kysely's migrator tries it too, but goes on after a failure, and what
 * PostgreSQL then says is only that the transaction has failed.
 */
async function tryMakingTables(db: Kysely<Schema>): Promise<void> {
  if ((await schemaState(db)).applied.length > 0) return;
  try {
    await sql`create table latchkey_probe ()`.execute(db);
    await sql`drop table latchkey_probe`.execute(db);
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    throw WITHOUT_SCHEMA.has(driverCode(error)) ? SchemaError.noSchema(cause) : error;
  }
}

/** Insufficient privilege, no schema (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const WITHOUT_SCHEMA: ReadonlySet<unknown> = new Set(['42501', '3F000']);

async function failureOf(
  { error, results }: MigrationResultSet,
  db: Kysely<Schema>,
): Promise<unknown> {
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  if (failed !== undefined) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return SchemaError.failed(failed, cause);
  }
  // What does not know its migrations fails before the first one; what cannot be read fails for its own reason.
  const unknown = await schemaState(db).then(
    (state) => state.unknown,
    () => [],
  );
  return unknown.length > 0 ? SchemaError.newer(unknown) : error;
}
