import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
import { isPostgres } from './prepared-query.js';
import type { Schema } from './schema.js';
import { driverCode } from './store-error.js';

const WAIT_MS = 60 * 60_000;
const POLL_MS = 100;

const WARN_AFTER_MS = 2000;

/** The key of the PostgreSQL advisory lock, the same as that of Kysely's migrator. */
const LOCK_KEY = sql.lit(3853314791062309107n);

export const WAITING =
  'Another instance is migrating the database. This one waits until it is done.';

export interface Waiting {
  /** PostgreSQL's `lock_timeout` for migrations, in milliseconds. */
  lockTimeoutMs: number;
  /** Called once, when another instance has been migrating for a while. */
  onWait: () => void;
}

/**
 * Runs schema changes under an exclusive lock. Instances that start together migrate one after the other; the later
 * ones find nothing left to do.
 *
 * The work is one transaction, and the lock ends with it, so it also holds behind a connection pooler in transaction
 * mode: a transaction-level advisory lock on PostgreSQL
 * (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS), the file's write lock on SQLite,
 * taken before the first read (https://www.sqlite.org/lang_transaction.html). It polls rather than blocks, so that the
 * process can be stopped meanwhile.
 *
 * @param work given the connection that holds the lock
 * @throws AppError `store_unavailable` also when another instance migrates for an hour; what the work throws
 */
export async function withMigrationLock<T>(
  db: Kysely<Schema>,
  { lockTimeoutMs, onWait }: Waiting,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  const attempt = isPostgres(db) ? onPostgres(db, lockTimeoutMs, work) : onSqlite(db, work);
  const began = Date.now();
  let hasWarned = false;
  for (;;) {
    const outcome = await attempt();
    if (outcome !== LOCKED) return outcome;
    const waited = Date.now() - began;
    if (waited > WAIT_MS) {
      throw new AppError('store_unavailable', {
        cause: new Error('Another instance has been migrating the database for an hour.'),
      });
    }
    if (waited > WARN_AFTER_MS && !hasWarned) {
      hasWarned = true;
      onWait();
    }
    await sleep(POLL_MS);
  }
}

const LOCKED = Symbol('locked');

type LockedRun<T> = () => Promise<T | typeof LOCKED>;

function onPostgres<T>(
  db: Kysely<Schema>,
  lockTimeoutMs: number,
  work: (db: Kysely<Schema>) => Promise<T>,
): LockedRun<T> {
  // A snapshot from before the lock, as other levels take one, would not show what the one before has migrated.
  return () =>
    inTransaction(db, sql`begin isolation level read committed`, async (connection) => {
      const { rows } = await sql<{ locked: boolean }>`
        select not pg_try_advisory_xact_lock(${LOCK_KEY}) as locked`.execute(connection);
      if (rows[0]?.locked !== false) return LOCKED;
      // Queries queue behind a migration that waits for a table lock, and they have deadlines of their own.
      await sql`select set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true)`.execute(
        connection,
      );
      // Building an index may exceed the statement timeout of the role.
      await sql`select set_config('statement_timeout', '0', true)`.execute(connection);
      return work(connection);
    });
}

function onSqlite<T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): LockedRun<T> {
  return async () => {
    let hasBegun = false;
    try {
      return await inTransaction(db, sql`begin immediate`, (connection) => {
        hasBegun = true;
        return work(connection);
      });
    } catch (error) {
      if (hasBegun || !isBusy(error)) throw error;
      return LOCKED;
    }
  };
}

function inTransaction<T>(
  db: Kysely<Schema>,
  begin: RawBuilder<unknown>,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    await begin.execute(connection);
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

/** Whether another process has the file locked; opening it can fail with this too. */
function isBusy(error: unknown): boolean {
  return driverCode(error)?.startsWith('SQLITE_BUSY') === true;
}
