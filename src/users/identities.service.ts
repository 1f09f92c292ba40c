import { Inject, Injectable } from '@nestjs/common';
import type { ActivityWay } from '../common/activity-event.js';
import type { Client } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { type IdentitySource, isActive } from '../config/issuers.js';
import type { Queryable } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { settlingUntil } from '../sessions/settling.js';
import { decideLink } from './account-linking.js';
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
   * Connects an identity that a provider has verified to a user who is signed in.
   *
   * @returns whether it is new to the user
   * @throws AppError `identity_in_use` when it is another user's, or the user has another account of that provider;
   *   `account_disabled`; `session_changed` when the user is gone
   */
  async link(
    db: Queryable,
    userId: string,
    source: IdentitySource,
    profile: SocialProfile,
    client: Client,
    via: ActivityWay | null = null,
  ): Promise<boolean> {
    const user = await lockUser(db, userId);
    if (user === undefined) throw new AppError('session_changed');
    const { issuer } = source;
    const known = await this.rows.findIdentity(db, { issuer, subject: profile.subject });
    const identities = await this.rows.identitiesOf(userId, db);
    const decision = decideLink({
      userId,
      isDisabled: user.disabled_at !== null,
      owner: known?.user_id ?? null,
      hasAnotherOfProvider: identities.some((identity) => identity.issuer === issuer),
    });
    if (decision.action === 'refuse') {
      throw new AppError(decision.code, decision.say ? { say: decision.say } : {});
    }
    const now = Date.now();
    if (known === undefined) {
      const arrival = { userId, now, client, isLater: true, via };
      const identity = newIdentity(source, profile, arrival);
      await this.users.claimAddress(db, await this.rows.insertIdentity(db, identity));
    } else {
      await this.users.claimAddress(db, await this.users.refresh(db, known, profile, now));
    }
    await this.users.recompose(db, user);
    return known === undefined;
  }

  /** Whether a user has no identity of an issuer yet. */
  async canConnect(userId: string, issuer: string): Promise<boolean> {
    const identities = await this.rows.identitiesOf(userId);
    return !identities.some((identity) => identity.issuer === issuer);
  }

  /**
   * The identity that disconnecting a provider removes: the one that counts, or else one of an issuer that is not
   * configured any more.
   *
   * @param identities all identities of the user, locked with the user
   * @throws AppError `not_found` when it is not connected; `last_identity` when no identity that counts would be left
   */
  toDisconnect<Identity extends IdentitySource>(
    identities: readonly Identity[],
    provider: ProviderId,
  ): Identity {
    const ofProvider = identities.filter((identity) => identity.provider === provider);
    const counts = (identity: Identity) => isActive(this.config, identity);
    const target = ofProvider.find(counts) ?? ofProvider[0];
    if (target === undefined) throw notConnected();
    if (!identities.some((identity) => identity !== target && counts(identity))) {
      throw new AppError('last_identity');
    }
    return target;
  }

  /** Whether a provider can be disconnected by its user, apart from what their session has proven. */
  canDisconnect(identities: readonly IdentitySource[], provider: ProviderId): boolean {
    try {
      this.toDisconnect(identities, provider);
      return true;
    } catch {
      return false;
    }
  }

  /** Removes an identity of a user, locked by this transaction, who has others. */
  async unlink(
    db: Queryable,
    user: UsersTable,
    identities: readonly IdentitiesTable[],
    target: IdentitiesTable,
  ): Promise<void> {
    const rest = identities.filter((identity) => identity !== target);
    const next = rest.find((identity) => isActive(this.config, identity)) ?? rest[0];
    if (next === undefined) throw new AppError('last_identity');
    const isPrimary = user.primary_issuer === target.issuer;
    const primary_issuer = isPrimary ? next.issuer : user.primary_issuer;
    await this.rows.updateUser(db, user.id, { primary_issuer });
    await this.rows.deleteIdentity(db, target);
    await this.makeEqual(db, user.id, rest);
    await this.users.recompose(db, { ...user, primary_issuer });
  }

  /** Where the last elder is gone, who came next is not the elder of the others: it has not settled itself. */
  private async makeEqual(
    db: Queryable,
    userId: string,
    identities: readonly IdentitiesTable[],
  ): Promise<void> {
    const settleMs = this.config.sessions.identitySettleSeconds * 1000;
    const now = Date.now();
    const active = identities.filter((identity) => isActive(this.config, identity));
    const isUnsettled = (each: IdentitiesTable) => settlingUntil(each, settleMs, now) !== null;
    if (active.length > 1 && active.every(isUnsettled)) {
      await this.rows.unsettle(db, userId, settleMs, now);
    }
  }
}

/** Another user's provider is the same as none. */
export function notConnected(): AppError {
  return new AppError('not_found', { detail: 'This provider is not connected.' });
}
