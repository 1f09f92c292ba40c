import { type Kysely, type Migration, sql } from 'kysely';
import { isPostgres } from '../is-postgres.js';

/**
 * The counts of rate limits that instances share, so PostgreSQL only: the embedded database has one instance.
 *
 * Unlogged: a count costs no write-ahead log, and after a crash of the server everybody may start counting anew. Half of
 * each page is left free, so that a count is updated in place.
 */
export const rateLimits: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    if (!isPostgres(db)) return;
    await sql`
      create unlogged table rate_limits (
        key text primary key,
        requests integer not null,
        window_ends_at bigint not null
      ) with (fillfactor = 50)`.execute(db);
  },
};
