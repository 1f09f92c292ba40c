import type { Selectable } from 'kysely';
import type { Queryable } from './database.js';
import type { UsersTable } from './schema.js';

/**
 * Reads a user and keeps others from changing them until the transaction ends. The embedded database has one writer at a
 * time anyway; PostgreSQL locks the row.
 *
 * Whatever changes rows of a user locks the user first: deleting a user locks in that order too, and so no two
 * transactions wait for each other.
 *
 * @returns the user, or undefined when there is none (any more)
 */
export function lockUser(db: Queryable, id: string): Promise<Selectable<UsersTable> | undefined> {
  return db
    .updateTable('users')
    .set((row) => ({ id: row.ref('id') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}
