import { Inject, Injectable } from '@nestjs/common';
import type { Selectable, Updateable } from 'kysely';
import { providerIds } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { isActive, issuerOf } from '../config/issuers.js';
import { Database, type Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { AddressOwner } from './account-linking.js';
import {
  type IdentityKey,
  insertIdentity,
  insertUser,
  issuersOf,
  isVerifiedIdentity,
  NO_ISSUER,
  type OwnedAddress,
  type Profile,
  releaseAddress,
  selectAddressOwner,
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
 * Queries on users and identities, except for locking (`database/lock-user.ts`), the session's (`active-session.query.ts`)
 * and the operator's search. Each takes the transaction it belongs to.
 */
@Injectable()
export class UsersRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
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

  /**
   * The user who has an address verified, by its key, and their providers, the one used last first. Where several have
   * it, because they proved it at a provider that they connected, it is the one whose record shows it.
   */
  async findAddressOwner(db: Queryable, emailKey: string): Promise<AddressOwner | undefined> {
    const owner = await selectAddressOwner.first(db, this.ownedAddress(emailKey));
    if (owner === undefined) return undefined;
    const identities = await this.identitiesOf(owner.id, db);
    const lastFirst = identities
      .filter((identity) => isActive(this.config, identity))
      .toSorted((one, other) => other.last_used_at - one.last_used_at);
    return { userId: owner.id, providers: lastFirst.map(({ provider }) => provider) };
  }

  /** Takes an address from a user whose identities with it do not count any more, so that another can have it. */
  async releaseAddress(db: Queryable, emailKey: string): Promise<void> {
    await releaseAddress.changes(db, this.ownedAddress(emailKey));
  }

  /** The identities that have an address verified, with whether their user is disabled. */
  claimsOn(
    emailKey: string,
    db: Queryable = this.database,
  ): Promise<(IdentitiesTable & Pick<UsersTable, 'disabled_at'>)[]> {
    return db
      .selectFrom('identities')
      .innerJoin('users', 'users.id', 'identities.user_id')
      .selectAll('identities')
      .select('users.disabled_at')
      .where('identities.email_key', '=', emailKey)
      .where(isVerifiedIdentity)
      .where('identities.issuer', 'in', issuersOf(this.ownedAddress(emailKey)))
      .execute();
  }

  private ownedAddress(emailKey: string): OwnedAddress {
    return Object.assign(
      { emailKey },
      providerIds.map((id) => issuerOf(this.config, id) ?? NO_ISSUER),
    );
  }

  /** What a user's profile is composed of. */
  async partsOf(db: Queryable, userId: string): Promise<ProfileParts> {
    const rows = await selectParts.rows(db, { userId });
    const taken = rows.filter(({ is_taken }) => Boolean(is_taken));
    return { identities: rows, taken: new Set(taken.map(({ email_key }) => email_key)) };
  }

  async insertUser(db: Queryable, user: UsersTable): Promise<void> {
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

  async insertIdentity(db: Queryable, identity: IdentitiesTable): Promise<void> {
    await insertIdentity.changes(db, identity);
  }

  /** Writes a user's profile as it is now. */
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

  async dropPendingLinks(db: Queryable, userId: string): Promise<void> {
    await db.deleteFrom('pending_links').where('user_id', '=', userId).execute();
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

  /** Returns whether the identity was still there, and still its user's. */
  async updateIdentity(db: Queryable, identity: IdentitiesTable): Promise<boolean> {
    return (await updateIdentity.changes(db, identity)) === 1;
  }
}
