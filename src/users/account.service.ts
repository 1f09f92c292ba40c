import { Injectable, Logger } from '@nestjs/common';
import {
  type ActivityPage,
  type ActivityQuery,
  toActivityEntry,
} from '../activity/activity.schema.js';
import { ActivityService } from '../activity/activity.service.js';
import { type Client, operator } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { lockUser } from '../database/lock-user.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { UnitOfWork, type UnitOfWorkTransaction } from '../database/unit-of-work.js';
import { ProofsRepository } from '../sessions/proofs.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountLimits } from './account-limits.js';
import { toExport } from './export.schema.js';
import { IdentitiesService, notConnected } from './identities.service.js';
import { StepUpService } from './step-up.service.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** What a signed-in person does with their own account. */
@Injectable()
export class AccountService {
  private readonly logger = new Logger(AccountService.name);

  constructor(
    private readonly users: UsersService,
    private readonly identities: IdentitiesService,
    private readonly userRows: UsersRepository,
    private readonly sessionRows: SessionsRepository,
    private readonly proofs: ProofsRepository,
    private readonly stepUp: StepUpService,
    private readonly limits: AccountLimits,
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Disconnects a provider, and ends every other session among whose proofs its identity is. The caller's goes on with its
   * other proofs, if it has any.
   *
   * @throws AppError `not_found`, `last_identity`, as `StepUpService.require`, `unauthenticated` when the session has ended
   *   meanwhile
   */
  async disconnect(session: SignedInSession, provider: ProviderId, client: Client): Promise<void> {
    const { userId } = session;
    await this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, userId);
      const identities = await this.userRows.identitiesOf(userId, tx);
      const target = this.identities.toDisconnect(identities, provider);
      await this.sessionRows.assertActive(tx, session, 'unauthenticated');
      await this.stepUp.require(session, target, tx);
      await this.remove(tx, user, identities, target, session);
      await this.recordUnlinked(tx, target, client);
    });
  }

  /**
   * Disconnects a provider for the operator.
   *
   * @throws AppError `not_found`, `last_identity`
   */
  async disconnectAsOperator(userId: string, provider: ProviderId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, userId);
      const identities = await this.userRows.identitiesOf(userId, tx);
      const target = this.identities.toDisconnect(identities, provider);
      await this.remove(tx, user, identities, target, null);
      await this.recordUnlinked(tx, target, operator);
    });
  }

  private recordUnlinked(
    tx: UnitOfWorkTransaction,
    { user_id: userId, provider, subject }: IdentitiesTable,
    client: Client,
  ): Promise<void> {
    const event = 'identity_unlinked';
    return this.activity.record(tx, { userId, event, provider, subject, client });
  }

  /** @param asking the session that goes on; null for the operator */
  private async remove(
    tx: UnitOfWorkTransaction,
    user: UsersTable | undefined,
    identities: readonly IdentitiesTable[],
    target: IdentitiesTable,
    asking: SignedInSession | null,
  ): Promise<void> {
    if (user === undefined) throw notConnected();
    const proofs = asking === null ? [] : await this.proofs.of(asking, tx);
    const left = identities.find(
      (one) => one !== target && proofs.some(({ issuer }) => issuer === one.issuer),
    );
    const goesOn = left === undefined ? null : (asking?.publicId ?? null);
    await this.proofs.endSessionsProvenBy(tx, target, goesOn);
    await this.identities.unlink(tx, user, identities, target);
    if (goesOn !== null && left !== undefined && asking?.issuer === target.issuer) {
      await this.sessionRows.showWith(tx, goesOn, left);
    }
  }

  /**
   * Notes that the user has seen that a provider was connected.
   *
   * @throws AppError `not_found` when there is nothing new, or no older identity has proven the session
   */
  async acknowledge(session: SignedInSession, provider: ProviderId): Promise<void> {
    // An application could otherwise hide what it has connected.
    if (session.kind === 'app') await this.stepUp.require(session, 'connect');
    const { newIdentities } = await this.stepUp.standingOf(session);
    const identity = newIdentities.find((each) => each.provider === provider);
    if (identity === undefined) throw notConnected();
    await this.userRows.acknowledge(identity, Date.now());
  }

  async activityPage(userId: string, { limit, cursor }: ActivityQuery): Promise<ActivityPage> {
    const rows = await this.activity.list(userId, limit + 1, cursor ?? null);
    const items = rows.slice(0, limit).map(toActivityEntry);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /**
   * All that is held about the user, for the user.
   *
   * @throws as `StepUpService.require`; AppError `rate_limited`
   */
  async exportFor(session: SignedInSession, client: Client): Promise<AsyncIterable<string>> {
    await this.stepUp.require(session, 'export');
    await this.limits.export(session.userId);
    return this.export(session, client);
  }

  /**
   * All that is held about the user: one JSON document, part by part. That it was asked for is recorded.
   *
   * @param asking the caller's session; without an id and a provider for the operator
   * @throws AppError `unauthenticated` when the user is gone: then so is the session
   */
  async export(
    asking: { userId: string; publicId: string | null; provider: ProviderId | null },
    client: Client,
  ): Promise<AsyncIterable<string>> {
    const { userId, publicId, provider } = asking;
    await this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, userId)) === undefined) throw new AppError('unauthenticated');
      await this.activity.record(tx, { userId, event: 'data_exported', provider, client });
    });
    const [user, sessions, proofs] = await Promise.all([
      this.users.findRecord(userId),
      this.sessionRows.findAll(userId),
      this.proofs.ofUser(userId),
    ]);
    if (user === null) throw new AppError('unauthenticated');
    return toExport(user, sessions, proofs, this.activity.pages(userId), publicId);
  }

  /**
   * Deletes the signed-in user with all that is theirs.
   *
   * @throws AppError `unauthenticated` when the session has ended meanwhile; as `StepUpService.require`
   */
  async deleteFor(session: SignedInSession, client: Client): Promise<void> {
    await this.stepUp.require(session, 'delete');
    await this.delete(session.userId, session, client);
  }

  /**
   * Deletes a user with all that is theirs. How long others wait for the transaction is bounded, as all that is theirs
   * is: what their activity has beyond its bound goes before.
   *
   * @param asking the caller's session; null for the operator
   * @returns whether there was such a user
   * @throws AppError `unauthenticated` when the session has ended meanwhile
   */
  async delete(userId: string, asking: SignedInSession | null, client: Client): Promise<boolean> {
    await this.activity.trim(userId);
    return this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, userId)) === undefined) return false;
      if (asking !== null) await this.sessionRows.assertActive(tx, asking, 'unauthenticated');
      // The schema's foreign keys take identities, sessions and activity along.
      await this.userRows.deleteUser(tx, userId);
      const by = client === operator && { by: 'operator' };
      tx.afterCommit(() =>
        this.logger.log({ event: 'user_deleted', userId, address: client.address, ...by }),
      );
      return true;
    });
  }
}
