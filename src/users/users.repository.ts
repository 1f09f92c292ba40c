import { Inject, Injectable } from '@nestjs/common';
import { type Selectable, sql, type Updateable } from 'kysely';
import type { ProviderId } from '../common/provider-id.js';
import { Database, type Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { AddressOwner } from './account-linking.js';

/**
 * Written out in the statement, not bound: SQLite uses a partial index only where it can see that its condition holds.
 */
const isVerifiedUser = sql<boolean>`users.email_trust in ('authoritative', 'verified')`;
const isVerifiedIdentity = sql<boolean>`identities.email_trust in ('authoritative', 'verified')`;

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

  /**
   * The user who has an address verified, by its key, and their providers, the one used last first. Where several have
   * it, because they proved it at a provider that they connected, it is the one whose record shows it.
   */
  async findAddressOwner(db: Queryable, emailKey: string): Promise<AddressOwner | undefined> {
    const owner = await db
      .selectFrom('identities')
      .innerJoin('users', 'users.id', 'identities.user_id')
      .select('users.id')
      .where('identities.email_key', '=', emailKey)
      .where(isVerifiedIdentity)
      .orderBy((row) =>
        row
          .case()
          .when(row.and([row('users.email_key', '=', emailKey), isVerifiedUser]))
          .then(0)
          .else(1)
          .end(),
      )
      .orderBy('identities.last_used_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (owner === undefined) return undefined;
    const identities = await db
      .selectFrom('identities')
      .select('provider')
      .where('user_id', '=', owner.id)
      .orderBy('last_used_at', 'desc')
      .execute();
    return { userId: owner.id, providers: identities.map(({ provider }) => provider) };
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

  async deleteUser(db: Queryable, id: string): Promise<void> {
    await db.deleteFrom('users').where('id', '=', id).execute();
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
