import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { isPostgres } from '../prepared-query.js';

/**
 * SQLite stores a table by rowid, with the primary key as a separate index, unless it is WITHOUT ROWID: a look-up would
 * read twice the pages (https://www.sqlite.org/withoutrowid.html). PostgreSQL has no such choice.
 */
export function clustered(db: Kysely<unknown>) {
  return <T extends CreateTableBuilder<string, string>>(table: T): T =>
    isPostgres(db) ? table : (table.modifyEnd(sql`without rowid`) as T);
}
