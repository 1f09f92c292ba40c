import { sql } from 'kysely';
import type { Queryable } from './database.js';
import { migrations } from './migrations/migrations.js';

/** How a database's schema compares with what this version of the service knows, by names of migrations in order. */
export interface MigrationState {
  applied: string[];
  /** Known here, and not applied. */
  pending: string[];
  /** Applied, and not known here: by a newer version. */
  unknown: string[];
}

/** Reads which migrations a database has, from Kysely's record of them. Throws what the query throws. */
export async function migrationState(db: Queryable): Promise<MigrationState> {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name`.execute(db);
  const applied = rows.map(({ name }) => name);
  return {
    applied,
    pending: Object.keys(migrations).filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !Object.hasOwn(migrations, name)),
  };
}
