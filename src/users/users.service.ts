import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../common/errors/app-error.js';
import type { ActivityWay } from '../common/activity-event.js';
import type { Client } from '../common/http/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { type IdentitySource, isActive } from '../config/issuers.js';
import { profileFrom } from '../config/providers.js';
import type { Queryable } from '../database/database.js';
import { lockOwner } from '../database/lock-user.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { ConcurrentChange } from '../database/unit-of-work.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { decideSignIn } from './account-linking.js';
import { AddressesRepository } from './addresses.repository.js';
import { emailKey, isVerified } from './email-key.js';
import { type Export, toExportedUser } from './export.schema.js';
import { SignInDisabled, SignInRefused } from './sign-in-errors.js';
import { composeProfile, newIdentity, primaryFirst, refreshedIdentity } from './user-profile.js';
import type { IdentityKey } from './users.queries.js';
import { isSameClaim, type ProfileParts, UsersRepository } from './users.repository.js';

/** Keeps one record per person, whatever the provider sends. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly addresses: AddressesRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Maps a provider's profile, as it came, to the one shape.
   *
   * @throws AppError `provider_error` when it is not that provider's shape, such as an id that is not a string
   */
  normalise(provider: ProviderId, raw: unknown): SocialProfile {
    const profile = profileFrom(this.config.providers, provider, raw);
    if (profile === null) {
      throw new AppError('provider_error', {
        log: { provider, step: 'profile', reason: 'malformed' },
      });
    }
    return profile;
  }

  /**
   * Signs a person in with an identity that a provider has proven: finds or makes their record and refreshes it.
   *
   * @returns the user's id, and whether they are new
   * @throws SignInRefused (`account_exists`) when the identity is new and its address is another user's;
   *   SignInDisabled (`account_disabled`)
   */
  async signIn(
    db: Queryable,
    source: IdentitySource,
    profile: SocialProfile,
    client: Client,
  ): Promise<{ userId: string; isNewUser: boolean }> {
    const identity = { issuer: source.issuer, subject: profile.subject };
    // Locked before the decision, so that a sign-in and disabling the user are serialised.
    const user = await lockOwner(db, identity);
    const key = profile.email === null ? null : emailKey(profile.email.address);
    const addressOwner =
      user !== undefined || key === null
        ? undefined
        : await this.addresses.findAddressOwner(db, key);
    const decision = decideSignIn({
      owner: user === undefined ? null : { userId: user.id, isDisabled: user.disabled_at !== null },
      emailTrust: profile.email?.trust ?? null,
      provider: source.provider,
      addressOwner: addressOwner ?? null,
    });
    if (decision.action === 'refuse') {
      if (decision.code === 'account_disabled') throw new SignInDisabled(decision.userId);
      // The address may be this very person's, whose first sign-in elsewhere ended between the two reads.
      const nowKnown = await this.users.findIdentity(db, identity);
      if (nowKnown !== undefined) throw new ConcurrentChange('The identity was made meanwhile.');
      throw new SignInRefused(source, profile, decision);
    }
    if (user !== undefined) await this.update(db, user, identity, profile);
    const userId = user?.id ?? (await this.create(db, source, profile, client));
    return { userId, isNewUser: user === undefined };
  }

  /** The user with an id, with what the API leaves out; null when there is none. */
  async findRecord(id: string): Promise<Export['user'] | null> {
    const [user, identities, contested] = await Promise.all([
      this.users.findUser(id),
      this.users.identitiesOf(id),
      this.addresses.contestedKeys(id),
    ]);
    return user === undefined ? null : toExportedUser(user, identities, contested);
  }

  /** Updates an identity from a profile. Throws ConcurrentChange when it has been disconnected since it was read. */
  async refresh(
    db: Queryable,
    known: IdentitiesTable,
    profile: SocialProfile,
    now: number,
  ): Promise<IdentitiesTable> {
    const described = refreshedIdentity(known, profile, now);
    const refreshed = await this.users.updateIdentity(db, known, described);
    if (refreshed === undefined) throw new ConcurrentChange('The identity was disconnected.');
    return refreshed;
  }

  /**
   * Composes a user's record anew after one of their identities has changed.
   *
   * @param user locked by this transaction
   */
  async recompose(db: Queryable, user: UsersTable): Promise<void> {
    await this.compose(db, user, await this.users.partsOf(db, user.id), user.last_sign_in_at);
  }

  async create(
    db: Queryable,
    source: IdentitySource,
    profile: SocialProfile,
    client: Client,
    via: ActivityWay | null = null,
  ): Promise<string> {
    const [id, now] = [uuidv7(), Date.now()];
    const arrival = { userId: id, now, client, isLater: false, via };
    const identity = newIdentity(source, profile, arrival);
    await this.claimAddress(db, identity);
    await this.users.insertUser(db, {
      id,
      primary_issuer: source.issuer,
      ...composeProfile([identity], () => false),
      created_at: now,
      updated_at: now,
      last_sign_in_at: now,
      disabled_at: null,
    });
    const added = await this.users.insertIdentity(db, identity);
    if (!isSameClaim(added, identity)) throw new ConcurrentChange('Another has the address.');
    return id;
  }

  /**
   * Brings a user's record up to date with an identity of theirs that has just been verified.
   *
   * @throws ConcurrentChange when it has been disconnected meanwhile
   */
  async update(
    db: Queryable,
    user: UsersTable,
    { issuer, subject }: IdentityKey,
    profile: SocialProfile,
  ): Promise<void> {
    const now = Date.now();
    const parts = await this.users.partsOf(db, user.id);
    const known = parts.identities.find(
      (identity) => identity.issuer === issuer && identity.subject === subject,
    );
    if (known === undefined) throw new ConcurrentChange('The identity was disconnected meanwhile.');
    const refreshed = await this.refresh(db, known, profile, now);
    const identities = parts.identities.map((one) => (one === known ? refreshed : one));
    // Whether an address is taken was read for the previous one.
    const isSame = isSameClaim(refreshed, known);
    if (!isSame) await this.claimAddress(db, refreshed);
    const fresh = isSame ? { ...parts, identities } : await this.users.partsOf(db, user.id);
    await this.compose(db, user, fresh, now);
  }

  async claimAddress(db: Queryable, { email_key, email_trust }: IdentitiesTable): Promise<void> {
    if (email_key !== null && isVerified(email_trust)) {
      await this.addresses.releaseAddress(db, email_key);
    }
  }

  private async compose(
    db: Queryable,
    user: UsersTable,
    { identities, taken }: ProfileParts,
    lastSignInAt: number,
  ): Promise<void> {
    const counted = identities.map((identity) =>
      isActive(this.config, identity) || !isVerified(identity.email_trust)
        ? identity
        : { ...identity, email_trust: 'claimed' as const },
    );
    const isTaken = (key: string) => taken.has(key);
    const composed = composeProfile(primaryFirst(counted, user.primary_issuer), isTaken);
    const profile = { ...composed, display_name: user.chosen_name ?? composed.display_name };
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
