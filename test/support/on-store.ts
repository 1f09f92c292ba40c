import { describe } from '@jest/globals';

/*
 * A run has one kind of store: `npm test` the embedded database, `npm run test:postgres` a PostgreSQL server. `.ci/run` does
 * both, so what is skipped in one runs in the other.
 */

/** The server, whose account may create databases; undefined with the embedded database. */
export const POSTGRES_URL = process.env['TEST_DATABASE_URL'];

const isPostgres = POSTGRES_URL !== undefined;

/** For what only a PostgreSQL server has, or does in its own way. */
export const onPostgres = isPostgres ? describe : describe.skip;

/** For what only the embedded database has, or does in its own way. */
export const onFile = isPostgres ? describe.skip : describe;
