import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../prepared-query.js';
import { clustered } from './clustered.js';

/** Which attempts are finished, and how: an outcome has a session's secret id in it, sealed, and goes with the session. */
export async function createClaimedAttempts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('claimed_attempts')
    .$call(clustered(db))
    .addColumn('attempt_id', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('outcome_until', 'bigint')
    .addColumn('session_id', 'text')
    .execute();
  await db.schema
    .createIndex('claimed_attempts_expiry')
    .on('claimed_attempts')
    .column('expires_at')
    .execute();
  const isKept = sql<boolean>`outcome is not null`;
  for (const column of ['outcome_until', 'session_id']) {
    await db.schema
      .createIndex(`claimed_attempts_${column}`)
      .on('claimed_attempts')
      .column(column)
      .where(isKept)
      .execute();
  }
  const erase = sql`update claimed_attempts set outcome = null, outcome_until = 0
    where session_id = old.id and outcome is not null`;
  if (isPostgres(db)) {
    await sql`create function erase_outcome_of_session() returns trigger language plpgsql
      set search_path from current
      as $$ begin ${erase}; return null; end $$`.execute(db);
    await sql`create trigger sessions_outcome after delete on sessions
      for each row execute function erase_outcome_of_session()`.execute(db);
  } else {
    await sql`create trigger sessions_outcome after delete on sessions
      begin ${erase}; end`.execute(db);
  }
}
