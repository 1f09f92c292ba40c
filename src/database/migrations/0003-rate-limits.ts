import { type Kysely, type Migration, sql } from 'kysely';
import { isPostgres } from '../is-postgres.js';

/**
 * The counts of rate limits that instances share, so PostgreSQL only: the embedded database has one instance. The columns
 * and their order are those of rate-limiter-flexible's RateLimiterPostgres.
 *
 * Unlogged: a count costs no write-ahead log, and after a crash of the server everybody may start counting anew. Half of
 * each page is left free, so that a count is updated in place.
 */
export const rateLimits: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    if (!isPostgres(db)) return;
    await sql`
      create unlogged table rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      ) with (fillfactor = 50)`.execute(db);
  },
};
