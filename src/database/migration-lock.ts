import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
import { isPostgres } from './is-postgres.js';
import type { Schema } from './schema.js';
import { driverCode } from './store-error.js';

/** How long we wait for another instance that migrates. */
const WAIT_MS = 60 * 60_000;
const POLL_MS = 100;

/** After this time those who watch are told what we wait for. */
const WARN_AFTER_MS = 2000;

/** The advisory lock's key on PostgreSQL: the one that Kysely's migrator would take. */
const LOCK_KEY = sql.lit(3853314791062309107n);

/** What those who watch are told while another instance migrates. */
export const WAITING =
  'Another instance is migrating the database. This one waits until it is done.';

/** How to wait. */
export interface Waiting {
  /** How long a migration may wait for a table that is in use, in milliseconds (PostgreSQL). */
  lockTimeoutMs: number;
  /** Told once, when another instance has been migrating for a while. */
  onWait: () => void;
}

/**
 * Runs work that changes the schema while nobody else does. Instances that start together migrate one after the other,
 * and those that come later find nothing left to do.
 *
 * The work is one transaction, and the lock ends with it, so it also holds where a pooler gives each transaction another
 * connection to the server: a transaction's advisory lock on PostgreSQL
 * (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS), the file's write lock on SQLite, which
 * is taken before anything is read (https://www.sqlite.org/lang_transaction.html). Waiting is asking again, so that the
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
  const attempt = isPostgres(db) ? onServer(db, lockTimeoutMs, work) : inFile(db, work);
  const began = Date.now();
  let told = false;
  for (;;) {
    const outcome = await attempt();
    if (outcome !== LOCKED) return outcome;
    const waited = Date.now() - began;
    if (waited > WAIT_MS) {
      throw new AppError('store_unavailable', {
        cause: new Error('Another instance has been migrating the database for an hour.'),
      });
    }
    if (waited > WARN_AFTER_MS && !told) {
      told = true;
      onWait();
    }
    await sleep(POLL_MS);
  }
}

/** Somebody else has the lock. */
const LOCKED = Symbol('taken');

type Attempt<T> = () => Promise<T | typeof LOCKED>;

function onServer<T>(
  db: Kysely<Schema>,
  lockTimeoutMs: number,
  work: (db: Kysely<Schema>) => Promise<T>,
): Attempt<T> {
  return () =>
    inOneTransaction(db, sql`begin`, async (connection) => {
      const { rows } = await sql<{ taken: boolean }>`
        select not pg_try_advisory_xact_lock(${LOCK_KEY}) as taken`.execute(connection);
      if (rows[0]?.taken !== false) return LOCKED;
      // Whoever wants a table waits behind a migration that waits for it, and they have deadlines of their own.
      await sql`select set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true)`.execute(
        connection,
      );
      // Building an index takes as long as it takes, whatever a role has been given for queries.
      await sql`select set_config('statement_timeout', '0', true)`.execute(connection);
      return work(connection);
    });
}

function inFile<T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Attempt<T> {
  return async () => {
    let begun = false;
    try {
      return await inOneTransaction(db, sql`begin immediate`, (connection) => {
        begun = true;
        return work(connection);
      });
    } catch (error) {
      if (begun || !isBusy(error)) throw error;
      return LOCKED;
    }
  };
}

function inOneTransaction<T>(
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

/** Whether somebody else holds a lock on the file; also opening it may meet one. */
function isBusy(error: unknown): boolean {
  return driverCode(error)?.startsWith('SQLITE_BUSY') === true;
}
