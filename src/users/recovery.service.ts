import { Inject, Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import { operator } from '../common/http/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { isActive, issuerOf } from '../config/issuers.js';
import { Database, type Queryable } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ProofsRepository } from '../sessions/proofs.repository.js';
import { ContestsService } from './contests.service.js';
import { notConnected } from './identities.service.js';
import { UsersRepository } from './users.repository.js';

/** An account at a provider that was refused because of its address, which it has verified. */
export interface RefusedIdentity {
  subject: string;
  /** When it was last refused; milliseconds since 1970. */
  at: number;
}

/**
 * What the operator does for people whose account at a provider is gone, while its address lives on in another one: the
 * same person's, which takes its place, or somebody else's, who begins anew.
 */
@Injectable()
export class RecoveryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly rows: UsersRepository,
    private readonly contests: ContestsService,
    private readonly proofs: ProofsRepository,
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The accounts that the configured issuer vouches for and that were refused at an address of the user's, the last first. */
  async refused(
    userId: string,
    provider: ProviderId,
    db: Queryable = this.database,
  ): Promise<RefusedIdentity[]> {
    const rows = await db
      .selectFrom('activity')
      .select(['subject', 'at'])
      .where('user_id', '=', userId)
      .where('event', '=', 'sign_in_refused')
      .where('provider', '=', provider)
      .where('issuer', '=', issuerOf(this.config, provider))
      .orderBy('id', 'desc')
      .execute();
    const latest = new Map<string, number>();
    for (const { subject, at } of rows) {
      if (subject !== null && !latest.has(subject)) latest.set(subject, at);
    }
    return [...latest].map(([subject, at]) => ({ subject, at }));
  }

  /**
   * Puts another account of a provider in the place of the one that a user has connected. The operator says whose it is,
   * and cannot make one up: it has to have been refused here, at the user's address. As any that comes later, it evicts
   * no older one until it has settled, nor does any that has not settled itself evict it; what the old one has proven is
   * over.
   *
   * @throws AppError `not_found`; `identity_in_use` when it is another user's
   */
  async moveIdentity(userId: string, provider: ProviderId, subject: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, userId)) === undefined) throw notConnected();
      const identities = await this.rows.identitiesOf(userId, tx);
      const old = identities.find(
        (each) => each.provider === provider && isActive(this.config, each),
      );
      if (old === undefined) throw notConnected();
      const refused = await this.refused(userId, provider, tx);
      if (!refused.some((each) => each.subject === subject)) throw neverRefused(provider);
      const { issuer } = old;
      const owner = await this.rows.findIdentity(tx, { issuer, subject });
      if (owner !== undefined) throw taken(owner.user_id);
      await this.proofs.endSessionsProvenBy(tx, old, null);
      await this.rows.dropPendingLinks(tx, userId);
      const now = Date.now();
      await this.rows.replaceIdentity(tx, old, {
        subject,
        linked_at: now,
        linked_address: operator.address,
        linked_user_agent: operator.userAgent,
        linked_via: 'operator',
        unsettled_since: identities.length > 1 ? now : null,
        acknowledged_at: null,
      });
      await this.rows.unsettle(tx, userId, this.config.sessions.identitySettleSeconds * 1000, now);
      const event = { userId, event: 'identity_moved', provider, subject } as const;
      await this.activity.record(tx, { ...event, via: 'operator', client: operator });
    });
  }

  /**
   * Takes an address from a user, for whoever has its mailbox now: it stays a mere claim of theirs, which no refresh
   * undoes, and what waited to be connected to them because of it is dropped.
   *
   * @throws AppError `not_found` when the user has it not verified
   */
  async releaseAddress(userId: string, address: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.contests.release(tx, userId, address, operator);
      await this.rows.dropPendingLinks(tx, userId);
    });
  }
}

function neverRefused(provider: ProviderId): AppError {
  return new AppError('not_found', {
    detail: `No such account of ${provider} was refused at this user’s address. Have the person sign in with it, and repeat this.`,
  });
}

function taken(owner: string): AppError {
  return new AppError('identity_in_use', {
    detail: `It signs in as the user ${owner}. It can be moved once that user is deleted, and it was refused again.`,
  });
}
