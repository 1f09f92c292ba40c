import { Injectable } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import type { Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { ConstraintViolation } from '../database/store-error.js';
import { composeProfile } from './compose-profile.js';
import { emailKey } from './email-key.js';
import { refreshedIdentity } from './identity-row.js';
import type { SocialProfile } from './profiles/social-profile.js';
import { UsersRepository } from './users.repository.js';

/** How often a change that met another one is tried: the second try finds what the other has made. */
const TRIES = 3;

/** Another change came first, and took away what this one stood on. */
export class Superseded extends Error {}

/** Changes to a user's one record, whole or not at all. */
@Injectable()
export class UserRecord {
  constructor(private readonly users: UsersRepository) {}

  /** Runs a change in a transaction, and again when another change came first and a constraint said so. */
  async change<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.users.transaction(work);
      } catch (error) {
        const raced = error instanceof ConstraintViolation || error instanceof Superseded;
        if (!raced || attempt === TRIES) throw error;
      }
    }
  }

  /** Writes what the provider says now of an identity that was there a moment ago. */
  async refresh(
    db: Queryable,
    known: IdentitiesTable,
    profile: SocialProfile,
    now: number,
  ): Promise<void> {
    const isThere = await this.users.updateIdentity(db, refreshedIdentity(known, profile, now));
    if (!isThere) throw new Superseded('The identity was disconnected meanwhile.');
  }

  /**
   * Composes a user's record anew after one of their identities has changed.
   *
   * @param user as it is, locked by this transaction: whoever changes identities locks their user first
   */
  async recompose(
    db: Queryable,
    user: UsersTable,
    changes: { last_sign_in_at?: number } = {},
  ): Promise<void> {
    const userId = user.id;
    const identities = primaryFirst(
      await this.users.identitiesOf(userId, db),
      user.primary_provider,
    );
    const keys = identities.flatMap(({ email }) => (email === null ? [] : [emailKey(email)]));
    const taken = await this.users.addressesOfOthers(db, userId, keys);
    const profile = composeProfile(identities, (key) => taken.has(key));
    const changed = Object.entries(profile).some(
      ([column, value]) => user[column as keyof typeof profile] !== value,
    );
    await this.users.updateProfile(db, userId, {
      last_sign_in_at: user.last_sign_in_at,
      ...profile,
      ...changes,
      updated_at: changed ? Date.now() : user.updated_at,
    });
  }
}

/** The identity that speaks for the person goes first; the others follow as they were connected. */
function primaryFirst(identities: IdentitiesTable[], primary: ProviderId): IdentitiesTable[] {
  return identities.toSorted(
    (one, other) => Number(other.provider === primary) - Number(one.provider === primary),
  );
}
