import { type Kysely, PostgresAdapter } from 'kysely';

/** Whether a migration runs on PostgreSQL, for the few things that it and SQLite say in different ways. */
export function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
