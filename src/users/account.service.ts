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
import { ConstraintViolation } from '../database/store-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { toExport } from './export.schema.js';
import { IdentitiesService } from './identities.service.js';
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
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Disconnects a provider, and ends the sessions that were signed in with it, except the caller's: that one is
   * reassigned to a provider with which the user can still sign in.
   *
   * @throws AppError `not_found`, `last_identity`, `unauthenticated` when the session has ended meanwhile
   */
  async disconnect(session: SignedInSession, provider: ProviderId, client: Client): Promise<void> {
    const { userId, publicId } = session;
    try {
      await this.unitOfWork.run(async (tx) => {
        const nextProvider = await this.identities.unlink(tx, userId, provider);
        await this.sessionRows.assertActive(tx, publicId, 'unauthenticated');
        await this.sessionRows.end({ userId, provider, except: publicId }, tx);
        await this.sessionRows.reassignProvider(tx, {
          id: publicId,
          from: provider,
          to: nextProvider,
        });
        await this.activity.record(tx, { userId, event: 'identity_unlinked', provider, client });
      });
    } catch (error) {
      // The constraint is deferred: the commit fails when two last identities are disconnected at once.
      const isLast = error instanceof ConstraintViolation && error.kind === 'foreign_key';
      throw isLast ? new AppError('last_identity', { cause: error }) : error;
    }
  }

  /** A page of the user's activity, newest first. */
  async activityPage(userId: string, { limit, cursor }: ActivityQuery): Promise<ActivityPage> {
    const rows = await this.activity.list(userId, limit + 1, cursor ?? null);
    const items = rows.slice(0, limit).map(toActivityEntry);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
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
    const [user, sessions] = await Promise.all([
      this.users.findRecord(userId),
      this.sessionRows.findAll(userId),
    ]);
    if (user === null) throw new AppError('unauthenticated');
    return toExport(user, sessions, this.activity.pages(userId), publicId);
  }

  /**
   * Deletes the user with all that is theirs. How long others wait for the transaction is bounded, as all that is theirs
   * is: what their activity has beyond its bound goes before.
   *
   * @param asking the caller's session; without an id for the operator
   * @returns whether there was such a user
   * @throws AppError `unauthenticated` when the session has ended meanwhile
   */
  async delete(
    { userId, publicId }: { userId: string; publicId: string | null },
    client: Client,
  ): Promise<boolean> {
    await this.activity.trim(userId);
    return this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, userId)) === undefined) return false;
      if (publicId !== null) await this.sessionRows.assertActive(tx, publicId, 'unauthenticated');
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
