import type { Queryable } from './database.js';
import { isPostgres } from './is-postgres.js';
import { PreparedQuery } from './prepared-query.js';
import type { IdentitiesTable, UsersTable } from './schema.js';

const byId = new PreparedQuery((db, { id }: { id: string }) => {
  const user = db.selectFrom('users').selectAll().where('id', '=', id);
  return isPostgres(db) ? user.forNoKeyUpdate() : user;
});

const byIdentity = new PreparedQuery(
  (db, { provider, subject }: Pick<IdentitiesTable, 'provider' | 'subject'>) => {
    const owner = db
      .selectFrom('identities')
      .select('user_id')
      .where('provider', '=', provider)
      .where('subject', '=', subject);
    const user = db.selectFrom('users').selectAll().where('id', '=', owner);
    return isPostgres(db) ? user.forNoKeyUpdate() : user;
  },
);

/**
 * Reads a user and keeps others from changing them until the transaction ends. The embedded database has one writer at a
 * time anyway; PostgreSQL locks the row.
 *
 * Whatever changes rows of a user locks the user first: deleting a user locks in that order too, and so no two
 * transactions wait for each other.
 *
 * @returns the user, or undefined when there is none (any more)
 */
export function lockUser(db: Queryable, id: string): Promise<UsersTable | undefined> {
  return byId.first(db, { id });
}

/** Does the same with the user whose identity it is; undefined when it is nobody's (any more). */
export function lockOwner(
  db: Queryable,
  identity: Pick<IdentitiesTable, 'provider' | 'subject'>,
): Promise<UsersTable | undefined> {
  return byIdentity.first(db, identity);
}
