import { type Kysely, type MigrationResultSet, Migrator, sql } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
import type { DatabaseConfig } from '../config/config.js';
import { openDatabase } from './database.js';
import { isPostgres } from './prepared-query.js';
import { type Waiting, withMigrationLock } from './migration-lock.js';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';
import { SchemaError, schemaState } from './schema-state.js';
import { driverCode } from './store-error.js';

/**
 * Migrates the configured store to the newest schema, on a connection of its own without a statement timeout. Safe for
 * several instances at once: one migrates, the others wait.
 *
 * @param onIdleError called when an idle connection breaks
 * @param onWait called once when another instance has been migrating for a while
 * @returns the names of the applied migrations, in order
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
 * Migrates a database to the newest schema. Idempotent.
 *
 * @returns the names of the applied migrations, in order
 * @throws AppError `store_unavailable` when the database cannot be used; SchemaError when it was migrated by a newer
 *   version of the service, when its user may not create tables, or when a migration fails, which leaves the database
 *   unchanged
 */
export function migrate(db: Kysely<Schema>, waiting: Partial<Waiting> = {}): Promise<string[]> {
  return withMigrationLock(db, { ...DEFAULT_LOCK_OPTIONS, ...waiting }, async (connection) => {
    if (isPostgres(connection)) await assertCanCreateTables(connection);
    const migrator = new Migrator({
      db: connection,
      // The lock's transaction encloses all migrations.
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
 * Checks that tables can be created in an empty database. Kysely's migrator tries it too, but continues after a
 * failure, and PostgreSQL then reports only that the transaction is aborted.
 */
async function assertCanCreateTables(db: Kysely<Schema>): Promise<void> {
  if ((await schemaState(db)).applied.length > 0) return;
  try {
    await sql`create table latchkey_probe ()`.execute(db);
    await sql`drop table latchkey_probe`.execute(db);
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    throw CANNOT_CREATE_TABLES.has(driverCode(error)) ? SchemaError.noSchema(cause) : error;
  }
}

/** Insufficient privilege, invalid schema name (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const CANNOT_CREATE_TABLES: ReadonlySet<unknown> = new Set(['42501', '3F000']);

async function failureOf(
  { error, results }: MigrationResultSet,
  db: Kysely<Schema>,
): Promise<unknown> {
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  if (failed !== undefined) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return SchemaError.failed(failed, cause);
  }
  // Without the name of a migration, the migrator failed before the first one: on unknown migrations, or because it
  // could not read them, which its own error explains.
  const unknown = await schemaState(db).then(
    (state) => state.unknown,
    () => [],
  );
  return unknown.length > 0 ? SchemaError.newer(unknown) : error;
}
