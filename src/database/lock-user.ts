import { sql } from 'kysely';
import type { Queryable } from './database.js';
import { isPostgres, PreparedQuery } from './prepared-query.js';
import type { IdentitiesTable, UsersTable } from './schema.js';

const byId = new PreparedQuery((db, { id }: { id: string }) => {
  const user = db.selectFrom('users').selectAll().where('id', '=', id);
  return isPostgres(db) ? user.forNoKeyUpdate() : user;
});

const byIdentity = new PreparedQuery(
  (db, { issuer, subject }: Pick<IdentitiesTable, 'issuer' | 'subject'>) => {
    const owner = db
      .selectFrom('identities')
      .select('user_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject);
    const user = db.selectFrom('users').selectAll().where('id', '=', owner);
    return isPostgres(db) ? user.forNoKeyUpdate() : user;
  },
);

/**
 * Reads a user and locks the row until the transaction ends (PostgreSQL; SQLite has one writer at a time anyway).
 *
 * Every change to a user's rows locks the user first. Deleting a user locks in the same order, which prevents
 * deadlocks.
 *
 * @returns the user, or undefined when it does not exist
 */
export function lockUser(db: Queryable, id: string): Promise<UsersTable | undefined> {
  return byId.first(db, { id });
}

export function lockOwner(
  db: Queryable,
  identity: Pick<IdentitiesTable, 'issuer' | 'subject'>,
): Promise<UsersTable | undefined> {
  return byIdentity.first(db, identity);
}

/**
 * Locks an address, by its key, until the transaction ends (PostgreSQL): whoever verifies it reads first who has claimed it.
 * Users are locked before.
 */
export async function lockAddress(db: Queryable, emailKey: string): Promise<void> {
  if (!isPostgres(db)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`address ${emailKey}`}, 0))`.execute(
    db,
  );
}
