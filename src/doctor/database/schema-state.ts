import { DEFAULT_MIGRATION_TABLE, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** The names of the migrations that a database has had, in order; null when it has never been migrated. */
export async function executedMigrations(db: Database): Promise<string[] | null> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return null;
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Judges the schema's state.
 *
 * @param executed what the database has had
 * @param known what this version of the service knows, in order
 */
export function judgeSchema(
  executed: readonly string[] | null,
  known: readonly string[],
): Judgement {
  if (executed === null || executed.length === 0) {
    return ok('The database is empty: the first start makes its tables.');
  }
  const newer = executed.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    return broken(
      `The database was migrated by a newer version of the service (${newer.join(', ')}).`,
      'Run that version, or bring back a backup from before it.',
    );
  }
  const pending = known.filter((name) => !executed.includes(name));
  if (pending.length > 0) {
    return warning(
      `Migrations are pending: ${pending.join(', ')}.`,
      'Make a backup; the next start of this version applies them.',
    );
  }
  return ok(`The schema is current (${executed.at(-1)}).`);
}
