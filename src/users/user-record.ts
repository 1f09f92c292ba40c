import { Injectable } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import type { Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { ConcurrentChange } from '../database/unit-of-work.js';
import { composeProfile } from './compose-profile.js';
import { refreshedIdentity } from './identity-row.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { type ProfileParts, UsersRepository } from './users.repository.js';

/** Changes to a user's one record, in a transaction that has locked the user. */
@Injectable()
export class UserRecord {
  constructor(private readonly users: UsersRepository) {}

  /** Writes what the provider says now of an identity that was there a moment ago. */
  async refresh(
    db: Queryable,
    known: IdentitiesTable,
    profile: SocialProfile,
    now: number,
  ): Promise<IdentitiesTable> {
    const refreshed = refreshedIdentity(known, profile, now);
    const isThere = await this.users.updateIdentity(db, refreshed);
    if (!isThere) throw new ConcurrentChange('The identity was disconnected meanwhile.');
    return refreshed;
  }

  /** Brings a user's record up to date with the identity that they have just signed in with. */
  async signedIn(
    db: Queryable,
    user: UsersTable,
    provider: ProviderId,
    profile: SocialProfile,
  ): Promise<void> {
    const now = Date.now();
    const parts = await this.users.partsOf(db, user.id);
    const known = parts.identities.find(
      (identity) => identity.provider === provider && identity.subject === profile.subject,
    );
    if (known === undefined) throw new ConcurrentChange('The identity was disconnected meanwhile.');
    const refreshed = await this.refresh(db, known, profile, now);
    const identities = parts.identities.map((one) => (one === known ? refreshed : one));
    const isSameAddress = refreshed.email_key === known.email_key;
    await this.compose(db, user, isSameAddress ? { ...parts, identities } : null, now);
  }

  /**
   * Composes a user's record anew after one of their identities has changed.
   *
   * @param user as it is, locked by this transaction: whoever changes identities locks their user first
   */
  async recompose(db: Queryable, user: UsersTable): Promise<void> {
    await this.compose(db, user, null, user.last_sign_in_at);
  }

  /** @param known what it is composed of, if that has been read */
  private async compose(
    db: Queryable,
    user: UsersTable,
    known: ProfileParts | null,
    lastSignInAt: number,
  ): Promise<void> {
    const { identities, taken } = known ?? (await this.users.partsOf(db, user.id));
    const profile = composeProfile(primaryFirst(identities, user.primary_provider), (key) =>
      taken.has(key),
    );
    const changed = Object.entries(profile).some(
      ([column, value]) => user[column as keyof typeof profile] !== value,
    );
    await this.users.updateProfile(db, user.id, {
      ...profile,
      last_sign_in_at: lastSignInAt,
      updated_at: changed ? Date.now() : user.updated_at,
    });
  }
}

/** The identity that speaks for the person goes first; the others follow as they were connected. */
function primaryFirst(
  identities: readonly IdentitiesTable[],
  primary: ProviderId,
): IdentitiesTable[] {
  return identities.toSorted(
    (one, other) => Number(other.provider === primary) - Number(one.provider === primary),
  );
}
