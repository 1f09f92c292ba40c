import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../common/errors.js';
import type { ProviderId } from '../common/provider-id.js';
import type { Queryable } from '../database/database.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { ConstraintViolation } from '../database/store-error.js';
import { decideLink, decideSignIn } from './account-linking.js';
import { composeProfile } from './compose-profile.js';
import { emailKey } from './email-key.js';
import { newIdentity, refreshedIdentity } from './identity-row.js';
import type { Export } from './export.schema.js';
import { normaliseProfile } from './profiles/normalise.js';
import type { SocialProfile } from './profiles/social-profile.js';
import { SignInRefused } from './sign-in-refused.js';
import { toUser } from './to-user.js';
import type { User } from './user.schema.js';
import { UsersRepository } from './users.repository.js';

/** How often a change that met another one is tried: the second try finds what the other has made. */
const TRIES = 3;

/** Another change came first, and took away what this one stood on. */
class Superseded extends Error {}

/** What else has to happen in the transaction of a change, for it to be whole. */
export type Within<T> = (db: Queryable, userId: string) => Promise<T>;

/** Keeps one record per person, whatever the provider sends. */
@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  /** Gives a provider's profile, as it came, the one shape. Throws `provider_error` when it is malformed. */
  normalise(provider: ProviderId, raw: unknown): SocialProfile {
    return normaliseProfile(provider, raw);
  }

  /**
   * Signs a person in with an identity that a provider has proven: finds or makes their record and refreshes it.
   *
   * @param within done in the same transaction, with the user's id: the session, the record of activity
   * @throws SignInRefused (`account_exists`) when the identity is new and its address is another user's
   */
  signIn<T>(provider: ProviderId, profile: SocialProfile, within: Within<T>): Promise<T> {
    return this.retrying(async (db) => within(db, await this.findOrCreate(db, provider, profile)));
  }

  /**
   * Connects an identity that a provider has proven to a user who is signed in.
   *
   * @throws AppError `identity_in_use` when it is somebody else's, or the user has another account of that provider;
   *   `session_changed` when the user is gone
   */
  link<T>(
    userId: string,
    provider: ProviderId,
    profile: SocialProfile,
    within: Within<T>,
  ): Promise<T> {
    return this.retrying(async (db) => {
      const user = await this.users.lockUser(db, userId);
      if (user === undefined) throw new AppError('session_changed');
      const known = await this.users.findIdentity(db, provider, profile.subject);
      const identities = await this.users.identitiesOf(userId, db);
      const decision = decideLink({
        userId,
        owner: known?.user_id ?? null,
        hasAnotherOfProvider: identities.some((identity) => identity.provider === provider),
      });
      if (decision.action === 'refuse') {
        throw new AppError(decision.code, decision.detail ? { detail: decision.detail } : {});
      }
      const now = Date.now();
      if (known === undefined) {
        await this.users.insertIdentity(db, newIdentity(provider, profile, userId, now));
      } else {
        await this.refresh(db, known, profile, now);
      }
      await this.recompose(db, user);
      return within(db, userId);
    });
  }

  /**
   * Disconnects a provider from a user.
   *
   * @param within done in the same transaction, with the provider that now speaks for the user: ending the sessions, the
   *   record of activity
   * @throws AppError `not_found` when it is not connected, `last_identity` when it is the only one
   */
  async unlink<T>(
    userId: string,
    provider: ProviderId,
    within: (db: Queryable, primary: ProviderId) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.retrying(async (db) => {
        const user = await this.users.lockUser(db, userId);
        const identities = await this.users.identitiesOf(userId, db);
        const rest = identities.filter((identity) => identity.provider !== provider);
        const [next] = rest;
        if (user === undefined || rest.length === identities.length) {
          throw new AppError('not_found', { detail: 'This provider is not connected.' });
        }
        if (next === undefined) throw new AppError('last_identity');
        const primary = user.primary_provider === provider ? next.provider : user.primary_provider;
        await this.users.updateUser(db, userId, { primary_provider: primary });
        await this.users.deleteIdentity(db, userId, provider);
        await this.recompose(db, { ...user, primary_provider: primary });
        return within(db, primary);
      });
    } catch (error) {
      const lastOne = error instanceof ConstraintViolation && error.kind === 'foreign_key';
      throw lastOne ? new AppError('last_identity', { cause: error }) : error;
    }
  }

  /** Deletes a user with all that is theirs: the schema's foreign keys take identities, sessions and activity along. */
  async delete(userId: string): Promise<void> {
    await this.users.deleteUser(userId);
  }

  /** The user with an id; null when there is none (any more). */
  async findUser(id: string): Promise<User | null> {
    const [user, identities] = await Promise.all([
      this.users.findUser(id),
      this.users.identitiesOf(id),
    ]);
    return user === undefined ? null : toUser(user, identities);
  }

  /** All columns of a user and their identities that the API's own shape leaves out are in it too. Throws as `getUser`. */
  async exportUser(id: string): Promise<Export['user']> {
    const [user, identities] = await Promise.all([
      this.users.findUser(id),
      this.users.identitiesOf(id),
    ]);
    if (user === undefined) throw new AppError('unauthenticated');
    const shown = toUser(user, identities);
    return {
      ...shown,
      emailTrust: user.email_trust,
      primaryProvider: user.primary_provider,
      identities: shown.identities.map((identity, index) => ({
        ...identity,
        emailTrust: identities[index]?.email_trust ?? null,
      })),
    };
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

  /** Runs a change in a transaction, and again when another change came first and a constraint said so. */
  private async retrying<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.users.transaction(work);
      } catch (error) {
        const raced = error instanceof ConstraintViolation || error instanceof Superseded;
        if (!raced || attempt === TRIES) throw error;
      }
    }
  }

  private async findOrCreate(
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
      throw new SignInRefused(decision.addressOwner, provider, profile, decision.signInWith);
    }
    if (decision.action === 'create' || known === undefined) {
      return this.create(db, provider, profile);
    }
    const user = await this.users.lockUser(db, decision.userId);
    if (user === undefined) throw new Superseded('The user was deleted meanwhile.');
    const now = Date.now();
    await this.refresh(db, known, profile, now);
    await this.recompose(db, user, { last_sign_in_at: now });
    return decision.userId;
  }

  /** Writes what the provider says now of an identity that was there a moment ago. */
  private async refresh(
    db: Queryable,
    known: IdentitiesTable,
    profile: SocialProfile,
    now: number,
  ): Promise<void> {
    const isThere = await this.users.updateIdentity(db, refreshedIdentity(known, profile, now));
    if (!isThere) throw new Superseded('The identity was disconnected meanwhile.');
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
      primary_provider: provider,
      ...composeProfile([identity], () => false),
      created_at: now,
      updated_at: now,
      last_sign_in_at: now,
    });
    await this.users.insertIdentity(db, identity);
    return id;
  }

  /**
   * Composes a user's record anew after one of their identities has changed.
   *
   * @param user as it is, locked by this transaction: whoever changes identities locks their user first
   */
  private async recompose(
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
    await this.users.updateUser(db, userId, {
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
