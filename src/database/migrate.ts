import type { Kysely } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
import type { DatabaseConfig } from '../config/config.js';
import { openDatabase } from './database.js';
import { type Waiting, withMigrationLock } from './migration-lock.js';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';
import { type MigrationLog, requireUtf8, SchemaError, schemaState } from './schema-state.js';
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
    await requireUtf8(connection);
    const { applied, pending, unknown } = await schemaState(connection);
    if (unknown.length > 0) throw SchemaError.newer(unknown);
    if (applied.length === 0) await createLog(connection);
    for (const name of pending) await apply(name, connection);
    return pending;
  });
}

const DEFAULT_LOCK_OPTIONS: Waiting = {
  lockTimeoutMs: 5000,
  onWait: () => undefined,
};

/** The first table that is created: it tells whether the user may create any. */
async function createLog(db: Kysely<Schema>): Promise<void> {
  try {
    await db.schema
      .createTable('latchkey_migration')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('timestamp', 'text', (column) => column.notNull())
      .execute();
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    throw CANNOT_CREATE_TABLES.has(driverCode(error)) ? SchemaError.noSchema(cause) : error;
  }
}

/** Insufficient privilege, invalid schema name (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const CANNOT_CREATE_TABLES: ReadonlySet<unknown> = new Set(['42501', '3F000']);

/** Without a transaction of its own: that of the lock encloses all migrations. */
async function apply(name: string, db: Kysely<Schema>): Promise<void> {
  try {
    await migrations[name]?.up(db);
    await (db as unknown as Kysely<MigrationLog>)
      .insertInto('latchkey_migration')
      .values({ name, timestamp: new Date().toISOString() })
      .execute();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw SchemaError.failed(name, cause);
  }
}
