import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import type { Queryable } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { canUnlink, decideLink } from './account-linking.js';
import { newIdentity } from './user-profile.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Connects providers to a user, and disconnects them. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly rows: UsersRepository,
    private readonly users: UsersService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Connects an identity that a provider has proven to a user who is signed in.
   *
   * @returns whether it is new to the user
   * @throws AppError `identity_in_use` when it is another user's, or the user has another account of that provider;
   *   `account_disabled`; `session_changed` when the user is gone
   */
  async link(
    db: Queryable,
    userId: string,
    provider: ProviderId,
    profile: SocialProfile,
  ): Promise<boolean> {
    const user = await lockUser(db, userId);
    if (user === undefined) throw new AppError('session_changed');
    const known = await this.rows.findIdentity(db, provider, profile.subject);
    const identities = await this.rows.identitiesOf(userId, db);
    const decision = decideLink({
      userId,
      isDisabled: user.disabled_at !== null,
      owner: known?.user_id ?? null,
      hasAnotherOfProvider: identities.some((identity) => identity.provider === provider),
    });
    if (decision.action === 'refuse') {
      throw new AppError(decision.code, decision.detail ? { detail: decision.detail } : {});
    }
    const now = Date.now();
    if (known === undefined) {
      await this.rows.insertIdentity(db, newIdentity(provider, profile, userId, now));
    } else {
      await this.users.refresh(db, known, profile, now);
    }
    await this.users.recompose(db, user);
    return known === undefined;
  }

  /**
   * Disconnects a provider from a user.
   *
   * @returns a provider with which the user can still sign in
   * @throws AppError `not_found` when it is not connected; `last_identity` when it is the only one, or the only one of a
   *   provider that is on
   */
  async unlink(db: Queryable, userId: string, provider: ProviderId): Promise<ProviderId> {
    const user = await lockUser(db, userId);
    const identities = await this.rows.identitiesOf(userId, db);
    const rest = identities.filter((identity) => identity.provider !== provider);
    const isOn = (id: ProviderId) => this.config.providers[id] !== null;
    const next = rest.find((identity) => isOn(identity.provider)) ?? rest[0];
    if (user === undefined || rest.length === identities.length) {
      throw new AppError('not_found', { detail: 'This provider is not connected.' });
    }
    const connected = identities.map((identity) => identity.provider);
    const enabled = enabledProviders(this.config.providers);
    if (next === undefined || !canUnlink(provider, connected, enabled)) {
      throw new AppError('last_identity');
    }
    const primary = user.primary_provider === provider ? next.provider : user.primary_provider;
    await this.rows.updateUser(db, userId, { primary_provider: primary });
    await this.rows.deleteIdentity(db, userId, provider);
    await this.users.recompose(db, { ...user, primary_provider: primary });
    return isOn(primary) ? primary : next.provider;
  }
}
