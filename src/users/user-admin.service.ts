import { Inject, Injectable } from '@nestjs/common';
import { ActivityService, type AuditEvent } from '../activity/activity.service.js';
import { operator } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { Database } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { SessionsTable } from '../database/session-tables.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { AccountService } from './account.service.js';
import type { Export } from './export.schema.js';
import { notConnected } from './identities.service.js';
import { searchConditions } from './user-search.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

export interface Disabled {
  /** False when the user was disabled already. */
  changed: boolean;
  endedSessions: number;
}

/** What the operator does with people's accounts. It is recorded there as the operator's doing. */
@Injectable()
export class UserAdminService {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly users: UsersService,
    private readonly userRows: UsersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly account: AccountService,
    private readonly sessions: SessionsService,
    private readonly sessionRows: SessionsRepository,
    private readonly activity: ActivityService,
  ) {}

  /**
   * Searches by an id, an address (of the user or of an identity), `provider:subject`, a username (with or
   * without `@`), or a part of a display name. Those who signed in last come first.
   *
   * @param limit how many at most
   */
  async find(text: string, limit: number): Promise<Export['user'][]> {
    const rows = await this.database
      .selectFrom('users')
      .innerJoin('identities', 'identities.user_id', 'users.id')
      .select(['users.id', 'users.last_sign_in_at'])
      .distinct()
      .where((row) => row.or(searchConditions(row, text.trim())))
      .orderBy('users.last_sign_in_at', 'desc')
      .orderBy('users.id')
      .limit(limit)
      .execute();
    const found = await Promise.all(rows.map(({ id }) => this.users.findRecord(id)));
    return found.filter((user) => user !== null);
  }

  /** Throws AppError `not_found`. */
  async show(userId: string): Promise<Export['user']> {
    const user = await this.users.findRecord(userId);
    if (user === null) throw noSuchUser();
    return user;
  }

  /**
   * Disables a user: all their sessions end, and they cannot sign in until they are enabled. A concurrent
   * sign-in waits for the user's row lock, so none of their sessions outlives it.
   *
   * @throws AppError `not_found`
   */
  async disable(userId: string): Promise<Disabled> {
    return this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, userId);
      if (user === undefined) throw noSuchUser();
      const endedSessions = await this.sessionRows.end({ userId }, tx);
      const changed = user.disabled_at === null;
      if (changed) {
        await this.userRows.updateUser(tx, userId, { disabled_at: Date.now() });
        await this.activity.record(tx, byOperator(userId, 'user_disabled'));
      }
      return { changed, endedSessions };
    });
  }

  /**
   * Lets a disabled user sign in again.
   *
   * @returns whether they were disabled
   * @throws AppError `not_found`
   */
  async enable(userId: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, userId);
      if (user === undefined) throw noSuchUser();
      if (user.disabled_at === null) return false;
      await this.userRows.updateUser(tx, userId, { disabled_at: null });
      await this.activity.record(tx, byOperator(userId, 'user_enabled'));
      return true;
    });
  }

  /** Disconnects a provider. Throws AppError `not_found`, `last_identity`. */
  async disconnect(userId: string, provider: ProviderId): Promise<void> {
    await this.show(userId);
    await this.account.disconnectAsOperator(userId, provider);
  }

  /**
   * Lets a provider that was connected lately count like those before it.
   *
   * @returns whether it did not before
   * @throws AppError `not_found`
   */
  async settle(userId: string, provider: ProviderId): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, userId)) === undefined) throw noSuchUser();
      const identities = await this.userRows.identitiesOf(userId, tx);
      const ofProvider = identities.filter((each) => each.provider === provider);
      if (ofProvider.length === 0) throw notConnected();
      // One of an issuer that is not configured any more came before.
      const identity = ofProvider.findLast(({ unsettled_since: since }) => since !== null);
      if (identity === undefined) return false;
      await this.userRows.settle(tx, identity);
      const { subject } = identity;
      const event = { ...byOperator(userId, 'identity_settled'), provider, subject };
      await this.activity.record(tx, event);
      return true;
    });
  }

  /** Deletes a user with all that is theirs. Throws AppError `not_found`. */
  async delete(userId: string): Promise<void> {
    if (!(await this.account.delete(userId, null, operator))) throw noSuchUser();
  }

  /** The document that the user themselves would get, part by part. Throws AppError `not_found`. */
  async export(userId: string): Promise<AsyncIterable<string>> {
    await this.show(userId);
    return this.account.export({ userId, publicId: null, provider: null }, operator);
  }

  /** A user's active sessions, the last seen first. Throws AppError `not_found`. */
  async listSessions(userId: string): Promise<SessionsTable[]> {
    await this.show(userId);
    return this.sessions.list(userId);
  }

  /** The user whose session has a public id. Throws AppError `not_found`. */
  async ownerOfSession(sessionId: string): Promise<Export['user']> {
    const userId = await this.sessionRows.ownerOf(sessionId);
    if (userId === undefined) throw noSuchSession();
    return this.show(userId);
  }

  /** Throws AppError `not_found`. */
  revokeSession(userId: string, sessionId: string): Promise<void> {
    return this.sessions.revoke(userId, sessionId, operator, null);
  }

  /** Returns how many there were. */
  revokeAllSessions(userId: string): Promise<number> {
    return this.sessions.revokeAll(userId, operator);
  }
}

function byOperator(userId: string, event: AuditEvent['event']): AuditEvent {
  return { userId, event, provider: null, client: operator };
}

function noSuchUser(): AppError {
  return new AppError('not_found', { detail: 'There is no user with this id.' });
}

function noSuchSession(): AppError {
  return new AppError('not_found', { detail: 'There is no session with this id.' });
}
