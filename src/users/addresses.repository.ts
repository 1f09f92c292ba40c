import { Inject, Injectable } from '@nestjs/common';
import { providerIds } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { isActive, issuerOf } from '../config/issuers.js';
import { Database, type Queryable } from '../database/database.js';
import { lockAddress } from '../database/lock-user.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { AddressOwner } from './account-linking.js';
import { isVerified } from './email-key.js';
import {
  issuersOf,
  isVerifiedIdentity,
  NO_ISSUER,
  type OwnedAddress,
  releaseAddress,
  selectAddressOwner,
  selectIdentities,
} from './users.queries.js';

/** Queries on who has an address, by its key, and what their claim on it is worth. */
@Injectable()
export class AddressesRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The user who has an address verified, by its key, and their providers, the one used last first. Where several have
   * it, because they proved it at a provider that they connected, it is the one whose record shows it.
   */
  async findAddressOwner(db: Queryable, emailKey: string): Promise<AddressOwner | undefined> {
    const owner = await selectAddressOwner.first(db, this.ownedAddress(emailKey));
    if (owner === undefined) return undefined;
    const identities = await selectIdentities.rows(db, { userId: owner.id });
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
  verifiedIdentitiesWith(
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

  /**
   * Makes an address a mere claim of a user, whatever their providers say of it from now on; also by those that are off, so
   * that it does not come back with them.
   */
  async contest(db: Queryable, userId: string, emailKey: string): Promise<void> {
    await db
      .insertInto('contested_addresses')
      .values({ user_id: userId, email_key: emailKey })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db
      .updateTable('identities')
      .set({ email_trust: 'claimed' })
      .where('user_id', '=', userId)
      .where('email_key', '=', emailKey)
      .execute();
  }

  /** The keys of the addresses that are mere claims of a user. */
  async contestedKeys(userId: string, db: Queryable = this.database): Promise<Set<string>> {
    const rows = await db
      .selectFrom('contested_addresses')
      .select('email_key')
      .where('user_id', '=', userId)
      .execute();
    return new Set(rows.map(({ email_key: key }) => key));
  }

  /** Whether somebody else has an address with authority. */
  async isOverruled(userId: string, emailKey: string, db?: Queryable): Promise<boolean> {
    const claims = await this.verifiedIdentitiesWith(emailKey, db);
    return claims.some(
      ({ email_trust: trust, user_id: owner }) => trust === 'authoritative' && owner !== userId,
    );
  }

  /**
   * An identity before it is written: a contested address is a mere claim, and so is what another has with authority, for
   * as long as they have.
   */
  async asItCounts(db: Queryable, identity: IdentitiesTable): Promise<IdentitiesTable> {
    const { user_id: userId, email_key: key, email_trust: trust } = identity;
    if (key === null || !isVerified(trust)) return identity;
    await lockAddress(db, key);
    const isClaim =
      (await this.contestedKeys(userId, db)).has(key) ||
      (trust === 'verified' && (await this.isOverruled(userId, key, db)));
    return isClaim ? { ...identity, email_trust: 'claimed' } : identity;
  }
}
