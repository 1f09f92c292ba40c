import { type DialectAdapter, PostgresAdapter } from 'kysely';

/** For the few statements that differ between PostgreSQL and SQLite. */
export function isPostgres(db: { getExecutor(): { adapter: DialectAdapter } }): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
