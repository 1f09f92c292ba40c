import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../common/errors.js';
import type { ProviderId } from '../common/provider-id.js';
import type { Queryable } from '../database/database.js';
import { ConstraintViolation } from '../database/store-error.js';
import type { IdentitiesTable } from '../database/schema.js';
import { decideSignIn } from './account-linking.js';
import { composeProfile } from './compose-profile.js';
import { emailKey } from './email-key.js';
import { newIdentity, refreshedIdentity } from './identity-row.js';
import { normaliseProfile } from './profiles/normalise.js';
import type { SocialProfile } from './profiles/social-profile.js';
import { toUser } from './to-user.js';
import type { User } from './user.schema.js';
import { UsersRepository } from './users.repository.js';

/** How often a sign-in that met another one of the same person is tried: the second try finds what the other made. */
const TRIES = 3;

/** Keeps one record per person, whatever the provider sends. */
@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  /**
   * Signs a person in with an identity that a provider has proven: finds or makes their record and refreshes it.
   *
   * @param raw the provider's profile, as it came
   * @returns the user's id
   * @throws AppError `provider_error` when the profile is malformed, `account_exists` when its address is another user's
   */
  async signIn(provider: ProviderId, raw: unknown): Promise<string> {
    const profile = normaliseProfile(provider, raw);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.users.transaction((db) => this.signInOnce(db, provider, profile));
      } catch (error) {
        const raced = error instanceof ConstraintViolation && error.kind === 'unique';
        if (!raced || attempt === TRIES) throw error;
      }
    }
  }

  /** The user with an id; null when there is none (any more). */
  async findUser(id: string): Promise<User | null> {
    const [user, identities] = await Promise.all([
      this.users.findUser(id),
      this.users.identitiesOf(id),
    ]);
    return user === undefined ? null : toUser(user, identities);
  }

  /**
   * The user of a session.
   *
   * @throws AppError `unauthenticated` when the user is gone: then so is the session
   */
  async getUser(id: string): Promise<User> {
    const user = await this.findUser(id);
    if (user === null) throw new AppError('unauthenticated');
    return user;
  }

  private async signInOnce(
    db: Queryable,
    provider: ProviderId,
    profile: SocialProfile,
  ): Promise<string> {
    const known = await this.users.findIdentity(db, provider, profile.subject);
    const key = profile.email === null ? null : emailKey(profile.email.address);
    const addressOwner =
      known !== undefined || key === null ? undefined : await this.users.findAddressOwner(db, key);
    const decision = decideSignIn({
      owner: known?.user_id ?? null,
      emailTrust: profile.email?.trust ?? null,
      addressOwner: addressOwner ?? null,
    });
    if (decision.action === 'refuse') {
      throw new AppError(decision.code, { signInWith: decision.signInWith });
    }
    if (decision.action === 'create' || known === undefined) {
      return this.create(db, provider, profile);
    }
    await this.refresh(db, refreshedIdentity(known, profile, Date.now()));
    return decision.userId;
  }

  private async create(
    db: Queryable,
    provider: ProviderId,
    profile: SocialProfile,
  ): Promise<string> {
    const now = Date.now();
    const id = uuidv7();
    const identity = newIdentity(provider, profile, id, now);
    await this.users.insertUser(db, {
      id,
      ...composeProfile([identity], () => false),
      created_at: now,
      updated_at: now,
      last_sign_in_at: now,
    });
    await this.users.insertIdentity(db, identity);
    return id;
  }

  /** Writes what a provider says now about a known identity, and what follows from it for the user's record. */
  private async refresh(db: Queryable, identity: IdentitiesTable): Promise<void> {
    await this.users.updateIdentity(db, identity);
    const { user_id: userId, last_used_at: now } = identity;
    const [user, identities] = [
      await this.users.findUser(userId, db),
      await this.users.identitiesOf(userId, db),
    ];
    if (user === undefined) return;
    const keys = identities.flatMap(({ email }) => (email === null ? [] : [emailKey(email)]));
    const taken = await this.users.addressesOfOthers(db, userId, keys);
    const profile = composeProfile(identities, (key) => taken.has(key));
    const changed = Object.entries(profile).some(
      ([column, value]) => user[column as keyof typeof profile] !== value,
    );
    await this.users.updateUser(db, userId, {
      ...profile,
      last_sign_in_at: now,
      ...(changed && { updated_at: now }),
    });
  }
}
