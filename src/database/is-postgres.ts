import { type DialectAdapter, PostgresAdapter } from 'kysely';

/** Whether a database is PostgreSQL, for the few things that it and SQLite say in different ways. */
export function isPostgres(db: { getExecutor(): { adapter: DialectAdapter } }): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
