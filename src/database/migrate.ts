import { type Kysely, type MigrationResultSet, Migrator } from 'kysely';
import { AppError } from '../common/errors.js';
import type { DatabaseConfig } from '../config/config.js';
import { openDatabase } from './database.js';
import { withMigrationLock } from './migration-lock.js';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';
import { SchemaError } from './schema-error.js';
import { schemaState } from './schema-state.js';

/**
 * Brings the configured store to the newest schema, on a connection of its own whose statements may take as long as they
 * take. Several instances may do so at once: one of them migrates, the others wait for it.
 *
 * @param onIdleError told of connections that broke while nobody was using them
 * @returns the names of the migrations that were done, in order
 * @throws as `migrate`
 */
export async function migrateStore(
  config: DatabaseConfig,
  onIdleError: (error: Error) => void,
): Promise<string[]> {
  const database = openDatabase(config, onIdleError, 'migrations');
  try {
    return await migrate(database);
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
export function migrate(db: Kysely<Schema>): Promise<string[]> {
  return withMigrationLock(db, async (connection) => {
    const migrator = new Migrator({
      db: connection,
      provider: { getMigrations: async () => ({ ...migrations }) },
    });
    const outcome = await migrator.migrateToLatest();
    if (outcome.error !== undefined) throw await failureOf(outcome, connection);
    return (outcome.results ?? []).map(({ migrationName }) => migrationName);
  });
}

/** Insufficient privilege, no schema, no such table (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const WITHOUT_SCHEMA: readonly unknown[] = ['42501', '3F000', '42P01'];

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
  if (unknown.length > 0) return SchemaError.newer(unknown);
  const cause = error instanceof AppError ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return WITHOUT_SCHEMA.includes(code) ? SchemaError.noSchema(cause) : error;
}
