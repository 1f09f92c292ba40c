import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { toTimestamp } from '../common/timestamp.js';
import type { Queryable } from '../database/database.js';
import { lockOwner } from '../database/lock-user.js';
import { ConcurrentChange } from '../database/unit-of-work.js';
import { decideSignIn } from './account-linking.js';
import { composeProfile } from './compose-profile.js';
import { emailKey } from './email-key.js';
import { newIdentity } from './identity-row.js';
import type { Export } from './export.schema.js';
import { providers } from '../providers/registry.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { SignInDisabled } from './sign-in-disabled.js';
import { SignInRefused } from './sign-in-refused.js';
import { toUser } from './to-user.js';
import { UserRecord } from './user-record.js';
import { UsersRepository } from './users.repository.js';

/** Keeps one record per person, whatever the provider sends. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly record: UserRecord,
  ) {}

  /**
   * Maps a provider's profile, as it came, to the one shape.
   *
   * @throws AppError `provider_error` when it is not that provider's shape, such as an id that is not a string
   */
  normalise(provider: ProviderId, raw: unknown): SocialProfile {
    const profile = providers[provider].toProfile(raw);
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
   * @returns the user's id
   * @throws SignInRefused (`account_exists`) when the identity is new and its address is another user's;
   *   SignInDisabled (`account_disabled`)
   */
  async signIn(db: Queryable, provider: ProviderId, profile: SocialProfile): Promise<string> {
    // Locked before it is decided: whoever is being disabled meanwhile is disabled, or signs in before.
    const user = await lockOwner(db, { provider, subject: profile.subject });
    const key = profile.email === null ? null : emailKey(profile.email.address);
    const addressOwner =
      user !== undefined || key === null ? undefined : await this.users.findAddressOwner(db, key);
    const decision = decideSignIn({
      owner: user === undefined ? null : { userId: user.id, isDisabled: user.disabled_at !== null },
      emailTrust: profile.email?.trust ?? null,
      provider,
      addressOwner: addressOwner ?? null,
    });
    if (decision.action === 'refuse') {
      if (decision.code === 'account_disabled') throw new SignInDisabled(decision.userId);
      // The address may be this very person's, whose first sign-in elsewhere ended between the two reads.
      const nowKnown = await this.users.findIdentity(db, provider, profile.subject);
      if (nowKnown !== undefined) throw new ConcurrentChange('The identity was made meanwhile.');
      throw new SignInRefused(provider, profile, decision);
    }
    if (user === undefined) return this.create(db, provider, profile);
    await this.record.signedIn(db, user, provider, profile);
    return user.id;
  }

  /**
   * The user of a session, with what the API's own shape leaves out.
   *
   * @throws AppError `unauthenticated` when the user is gone: then so is the session
   */
  async exportUser(id: string): Promise<Export['user']> {
    const user = await this.findRecord(id);
    if (user === null) throw new AppError('unauthenticated');
    return user;
  }

  /** The user with an id, with what the API's own shape leaves out; null when there is none (any more). */
  async findRecord(id: string): Promise<Export['user'] | null> {
    const [user, identities] = await Promise.all([
      this.users.findUser(id),
      this.users.identitiesOf(id),
    ]);
    if (user === undefined) return null;
    const shown = toUser(user, identities);
    return {
      ...shown,
      emailTrust: user.email_trust,
      primaryProvider: user.primary_provider,
      disabledAt: user.disabled_at === null ? null : toTimestamp(user.disabled_at),
      identities: shown.identities.map((identity, index) => ({
        ...identity,
        emailTrust: identities[index]?.email_trust ?? null,
      })),
    };
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
      disabled_at: null,
    });
    await this.users.insertIdentity(db, identity);
    return id;
  }
}
