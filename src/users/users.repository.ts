import { Inject, Injectable } from '@nestjs/common';
import type { Selectable, Updateable } from 'kysely';
import { Database, type Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { AddressesRepository } from './addresses.repository.js';
import {
  type IdentityKey,
  insertIdentity,
  insertUser,
  type NewUser,
  type Profile,
  selectIdentities,
  selectIdentity,
  selectParts,
  updateIdentity,
  updateProfile,
} from './users.queries.js';

/** A user's identities, the first connected first, and which of their addresses, by key, another user has verified. */
export interface ProfileParts {
  identities: IdentitiesTable[];
  taken: ReadonlySet<string | null>;
}

/**
 * Queries on users and identities, except for addresses (`addresses.repository.ts`), locking (`database/lock-user.ts`), the session's (`active-session.query.ts`)
 * and the operator's search. Each takes the transaction it belongs to.
 */
@Injectable()
export class UsersRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly addresses: AddressesRepository,
  ) {}

  findUser(id: string, db: Queryable = this.database): Promise<Selectable<UsersTable> | undefined> {
    return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** A user's identities, the first connected first. */
  identitiesOf(userId: string, db: Queryable = this.database): Promise<IdentitiesTable[]> {
    return selectIdentities.rows(db, { userId });
  }

  findIdentity(db: Queryable, key: IdentityKey): Promise<IdentitiesTable | undefined> {
    return selectIdentity.first(db, key);
  }

  async partsOf(db: Queryable, userId: string): Promise<ProfileParts> {
    const rows = await selectParts.rows(db, { userId });
    const taken = rows.filter(({ is_taken }) => Boolean(is_taken));
    return { identities: rows, taken: new Set(taken.map(({ email_key }) => email_key)) };
  }

  async insertUser(db: Queryable, user: NewUser): Promise<void> {
    await insertUser.changes(db, user);
  }

  async deleteUser(db: Queryable, id: string): Promise<void> {
    await db.deleteFrom('users').where('id', '=', id).execute();
  }

  async deleteIdentity(db: Queryable, { issuer, subject }: IdentityKey): Promise<void> {
    await db
      .deleteFrom('identities')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  /** Adds an identity to a user who is there. Returns it as it was written. */
  async insertIdentity(db: Queryable, identity: IdentitiesTable): Promise<IdentitiesTable> {
    const counted = await this.addresses.asItCounts(db, identity);
    await insertIdentity.changes(db, counted);
    return counted;
  }

  async updateProfile(db: Queryable, id: string, profile: Profile): Promise<void> {
    await updateProfile.changes(db, { ...profile, id });
  }

  async updateUser(db: Queryable, id: string, changes: Updateable<UsersTable>): Promise<void> {
    await db.updateTable('users').set(changes).where('id', '=', id).execute();
  }

  /** Puts another account of the provider in the place of an identity. */
  async replaceIdentity(
    db: Queryable,
    { issuer, subject }: IdentityKey,
    by: Updateable<IdentitiesTable>,
  ): Promise<void> {
    await db
      .updateTable('identities')
      .set(by)
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  /** Drops what waits to be connected to a user, in browsers and at applications. */
  async dropPendingLinks(db: Queryable, userId: string): Promise<void> {
    await db.deleteFrom('pending_links').where('user_id', '=', userId).execute();
    await db
      .deleteFrom('handovers')
      .where('user_id', '=', userId)
      .where('kind', '=', 'pending-link')
      .execute();
  }

  /** Has all of a user's identities that have not settled begin anew, so that none is an elder of another. */
  async unsettle(db: Queryable, userId: string, settleMs: number, now: number): Promise<void> {
    await db
      .updateTable('identities')
      .set({ unsettled_since: now, acknowledged_at: null })
      .where('user_id', '=', userId)
      .where('unsettled_since', '>', now - settleMs)
      .execute();
  }

  /**
   * The same for each user with an identity of a retired issuer, of whom no identity is left that has settled.
   *
   * @param elders the issuers whose identities count
   */
  async unsettleWithout(
    db: Queryable,
    at: { elders: readonly string[]; retired: string; settleMs: number; now: number },
  ): Promise<void> {
    const began = at.now - at.settleMs;
    await db
      .updateTable('identities')
      .set({ unsettled_since: at.now, acknowledged_at: null })
      .where('unsettled_since', '>', began)
      .where((identity) => {
        const ofUser = identity
          .selectFrom('identities as others')
          .select('others.subject')
          .whereRef('others.user_id', '=', 'identities.user_id');
        const settled = ofUser
          .where('others.issuer', 'in', at.elders)
          .where((row) =>
            row.or([
              row('others.unsettled_since', 'is', null),
              row('others.unsettled_since', '<=', began),
            ]),
          );
        const retired = ofUser.where('others.issuer', '=', at.retired);
        return identity.and([identity.exists(retired), identity.not(identity.exists(settled))]);
      })
      .execute();
  }

  async settle(db: Queryable, { issuer, subject }: IdentityKey): Promise<void> {
    await db
      .updateTable('identities')
      .set({ unsettled_since: null })
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  async acknowledge({ issuer, subject }: IdentityKey, now: number): Promise<void> {
    await this.database
      .updateTable('identities')
      .set({ acknowledged_at: now })
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  /** Changes an identity. Returns it as it was written; undefined when it was not there, or not its user's, any more. */
  async updateIdentity(
    db: Queryable,
    known: IdentitiesTable,
    changed: IdentitiesTable,
  ): Promise<IdentitiesTable | undefined> {
    const counted = isSameClaim(known, changed)
      ? changed
      : await this.addresses.asItCounts(db, changed);
    return (await updateIdentity.changes(db, counted)) === 1 ? counted : undefined;
  }
}

/** Whether two say the same of the same address. */
export function isSameClaim(one: IdentitiesTable, other: IdentitiesTable): boolean {
  return one.email_key === other.email_key && one.email_trust === other.email_trust;
}
