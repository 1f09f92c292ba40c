import { type Kysely, Migrator } from 'kysely';
import { AppError } from '../common/errors.js';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';

/**
 * Brings a database to the newest schema. Running it again changes nothing.
 *
 * @throws AppError `store_unavailable` when the database cannot be used; Error when a migration fails (the database stays at the last one that succeeded), or when the database was
 *   migrated by a newer version of the service
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof AppError) throw error;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  throw new Error(
    failed === undefined
      ? 'The database does not fit this version of the service. Was it migrated by a newer one?'
      : `The migration ${failed} failed; the database is as it was before it.`,
    { cause: error },
  );
}
