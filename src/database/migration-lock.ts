import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { AppError } from '../common/errors.js';
import { isPostgres } from './is-postgres.js';
import type { Schema } from './schema.js';

/** How long we wait for another instance that migrates, as long as Kysely does on PostgreSQL. */
const WAIT_MS = 60 * 60_000;
const POLL_MS = 100;

/**
 * Runs work that changes the schema while nobody else does. Instances that start together migrate one after the other,
 * and those that come later find nothing left to do.
 *
 * On PostgreSQL Kysely's migrator holds an advisory lock and a transaction. It has neither for SQLite: there the work is
 * one transaction that takes the file's write lock before it reads anything (https://www.sqlite.org/lang_transaction.html).
 * Waiting is asking again, so that the process can be stopped meanwhile.
 *
 * @param work given the connection that holds the lock
 */
export async function withMigrationLock<T>(
  db: Kysely<Schema>,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (isPostgres(db)) return work(db);
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const progress = { begun: false };
    try {
      return await inOneTransaction(db, progress, work);
    } catch (error) {
      if (progress.begun || !isBusy(error) || Date.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}

function inOneTransaction<T>(
  db: Kysely<Schema>,
  progress: { begun: boolean },
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    progress.begun = true;
    try {
      const result = await work(connection);
      await sql`commit`.execute(connection);
      return result;
    } catch (error) {
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

/** Whether somebody else holds a lock on the file; also opening it may meet one. */
function isBusy(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}
