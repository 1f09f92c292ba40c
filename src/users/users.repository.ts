import { Inject, Injectable } from '@nestjs/common';
import { type Selectable, sql, type Updateable } from 'kysely';
import type { ProviderId } from '../common/provider-id.js';
import { Database, type Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';

/**
 * Written out in the statement, not bound: SQLite uses a partial index only where it can see that its condition holds.
 */
const isVerifiedUser = sql<boolean>`users.email_trust in ('authoritative', 'verified')`;

/** Every query on users and identities, but for searching. Each takes the transaction it belongs to. */
@Injectable()
export class UsersRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Runs work in one transaction: all of it is done, or nothing. */
  transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction().execute(work);
  }

  findUser(id: string, db: Queryable = this.database): Promise<Selectable<UsersTable> | undefined> {
    return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /**
   * Reads a user and keeps others from changing them until the transaction ends. The embedded database has one writer
   * at a time anyway; PostgreSQL locks the row.
   */
  lockUser(db: Queryable, id: string): Promise<Selectable<UsersTable> | undefined> {
    return db
      .updateTable('users')
      .set((row) => ({ id: row.ref('id') }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
  }

  /** A user's identities, the first connected first. */
  identitiesOf(userId: string, db: Queryable = this.database): Promise<IdentitiesTable[]> {
    return db
      .selectFrom('identities')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('linked_at')
      .orderBy('provider')
      .execute();
  }

  findIdentity(
    db: Queryable,
    provider: ProviderId,
    subject: string,
  ): Promise<IdentitiesTable | undefined> {
    return db
      .selectFrom('identities')
      .selectAll()
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .executeTakeFirst();
  }

  /** The user who has an address verified, by its key, and the provider they used last. */
  findAddressOwner(
    db: Queryable,
    emailKey: string,
  ): Promise<{ userId: string; signInWith: ProviderId } | undefined> {
    return db
      .selectFrom('users')
      .innerJoin('identities', 'identities.user_id', 'users.id')
      .select(['users.id as userId', 'identities.provider as signInWith'])
      .where('users.email_key', '=', emailKey)
      .where(isVerifiedUser)
      .orderBy('identities.last_used_at', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Those of some addresses that another user than this one has verified, by their keys. */
  async addressesOfOthers(
    db: Queryable,
    userId: string,
    emailKeys: readonly string[],
  ): Promise<ReadonlySet<string | null>> {
    if (emailKeys.length === 0) return new Set();
    const rows = await db
      .selectFrom('users')
      .select('email_key')
      .where('email_key', 'in', emailKeys)
      .where(isVerifiedUser)
      .where('id', '<>', userId)
      .execute();
    return new Set(rows.map(({ email_key }) => email_key));
  }

  async insertUser(db: Queryable, user: UsersTable): Promise<void> {
    await db.insertInto('users').values(user).execute();
  }

  /** Returns whether there was such a user. */
  async deleteUser(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.database
      .deleteFrom('users')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async deleteIdentity(db: Queryable, userId: string, provider: ProviderId): Promise<void> {
    await db
      .deleteFrom('identities')
      .where('user_id', '=', userId)
      .where('provider', '=', provider)
      .execute();
  }

  async insertIdentity(db: Queryable, identity: IdentitiesTable): Promise<void> {
    await db.insertInto('identities').values(identity).execute();
  }

  async updateUser(db: Queryable, id: string, changes: Updateable<UsersTable>): Promise<void> {
    await db.updateTable('users').set(changes).where('id', '=', id).execute();
  }

  /** Returns whether the identity was still there, and still its user's. */
  async updateIdentity(db: Queryable, identity: IdentitiesTable): Promise<boolean> {
    const { provider, subject, user_id: owner, linked_at: _since, ...changes } = identity;
    const { numUpdatedRows } = await db
      .updateTable('identities')
      .set(changes)
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .where('user_id', '=', owner)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
