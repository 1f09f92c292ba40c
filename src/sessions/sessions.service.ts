import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ActivityService } from '../activity/activity.service.js';
import type { ActivityEvent } from '../common/activity-event.js';
import { type Client, clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import type { Queryable } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { SessionsTable } from '../database/session-tables.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainCookie } from './domain-cookie.js';
import { ownCookiesOf } from './own-cookies.js';
import { cookieFlags, cookieNames } from './session-cookie.js';
import { EndingsLimit } from './endings-limit.js';
import { SessionReader } from './session-reader.js';
import { hashToken } from '../common/hash-token.js';
import type { SignedInSession } from './signed-in-session.js';
import { type SessionFilter, SessionsRepository } from './sessions.repository.js';

/** Attempts cleared per response, so that its headers stay small: a browser has a few. */
const MAX_ATTEMPTS = 20;

/** Lists and ends sessions. */
@Injectable()
export class SessionsService {
  /** The cookies that a browser loses with its session, and what those of its attempts begin with. */
  private readonly cookies: string[];
  private readonly attempt: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsRepository,
    private readonly reader: SessionReader,
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
    private readonly endings: EndingsLimit,
    private readonly domainCookie: DomainCookie,
  ) {
    const { session, attempt } = cookieNames(config.publicUrl);
    this.cookies = [session];
    this.attempt = attempt;
  }

  /**
   * Locks the row of a request's session: it may have ended, or been renewed, while the request took its time.
   *
   * @throws AppError `session_changed`
   */
  async assertActive(db: Queryable, request: Request): Promise<void> {
    const { signedIn } = request;
    if (!signedIn) throw new AppError('session_changed');
    await this.sessions.assertActive(db, signedIn, 'session_changed');
  }

  /**
   * Signs this browser or application out. A browser's cookie is worthless from here on, and so is one that a sign-in in
   * another tab has given it, whose answer may be on its way or lost: the session ends by its public id, and what has
   * come of the cookie is found by it, too. That it ended is recorded.
   */
  async end(request: Request, response: Response): Promise<void> {
    const { signedIn, bearer } = request;
    const sessions = await this.goneOnFrom(request);
    if (signedIn && !sessions.some(({ id }) => id === signedIn.publicId)) {
      const { publicId: id, userId: user_id, provider } = signedIn;
      sessions.push({ id, user_id, provider });
    }
    for (const { id, user_id: userId, provider } of sessions) {
      const only = { userId, only: id };
      await this.endRecorded(only, 'sign_out', clientOf(request), { by: null, provider });
    }
    if (bearer !== undefined) return;
    await new Promise<void>((resolve, reject) => {
      request.session.destroy((error: unknown) => {
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
    this.forget(response);
  }

  private async goneOnFrom(
    request: Request,
  ): Promise<Pick<SessionsTable, 'id' | 'user_id' | 'provider'>[]> {
    const cookie = this.reader.cookieOf(request);
    return cookie === null ? [] : this.sessions.findByPrevious(hashToken(cookie.token));
  }

  /** Has another cookie cleared at sign-out: the browser's next user must not see its contents. */
  clearWithSession(cookie: string): void {
    this.cookies.push(cookie);
  }

  /**
   * Takes the cookies of a session that has ended from the browser, and its attempts: their outcomes would sign in whoever
   * opens a callback again. An application's request has none to lose.
   */
  forget(response: Response): void {
    const { req: request } = response;
    if (request.bearer !== undefined) return;
    const attempts = [...ownCookiesOf(request)].flatMap(([key, same]) =>
      key.startsWith(this.attempt) ? same.map(({ name }) => name) : [],
    );
    for (const name of [...this.cookies, ...attempts.slice(0, MAX_ATTEMPTS)]) {
      response.clearCookie(name, cookieFlags(this.config.publicUrl));
    }
    this.domainCookie.clear(response);
  }

  /** A user's active sessions, the last seen first. */
  async list(userId: string): Promise<SessionsTable[]> {
    const { handoverTargets } = this.config;
    const rows = await this.sessions.findActive(userId);
    return rows.filter(
      ({ target }) => target === null || findTarget(handoverTargets, target) !== null,
    );
  }

  /**
   * Ends one of a user's sessions, by its public id.
   *
   * @param by the caller's session; null for the operator
   * @throws AppError `not_found` when it is not one of theirs; another user's is the same as none; `unauthenticated` when
   *   the caller's session has ended meanwhile; `rate_limited`
   */
  async revoke(
    userId: string,
    id: string,
    client: Client,
    by: SignedInSession | null,
  ): Promise<void> {
    if (by !== null && by.publicId !== id) await this.endings.take(by);
    const ended = await this.endRecorded({ userId, only: id }, 'session_revoked', client, { by });
    if (ended === 0) throw new AppError('not_found', { detail: 'There is no such session.' });
  }

  /** Ends all of a user's sessions except the caller's. Throws as `revoke` does. */
  async revokeOthers(by: SignedInSession, client: Client): Promise<void> {
    await this.endings.take(by);
    const { userId, publicId } = by;
    const others = { userId, except: publicId };
    await this.endRecorded(others, 'other_sessions_revoked', client, { by });
  }

  /** Ends all of a user's sessions, for the operator. Returns how many there were. */
  revokeAll(userId: string, client: Client): Promise<number> {
    return this.endRecorded({ userId }, 'all_sessions_revoked', client, { by: null });
  }

  /** Ends sessions and records it. Returns how many there were. */
  private endRecorded(
    filter: SessionFilter,
    event: ActivityEvent,
    client: Client,
    { by, provider = null }: { by: SignedInSession | null; provider?: ProviderId | null },
  ): Promise<number> {
    const { userId } = filter;
    // Signing out of all other browsers is recorded even when there was none.
    const recordAlways = filter.except !== undefined;
    return this.unitOfWork.run(async (tx) => {
      // With the user all their sessions have gone, and there is no record to add to.
      if ((await lockUser(tx, userId)) === undefined) return 0;
      if (by !== null) await this.sessions.assertActive(tx, by, 'unauthenticated');
      const ended = await this.sessions.end(filter, tx);
      const entry = { userId, event, provider, client };
      if (ended > 0) await this.activity.record(tx, entry);
      else if (recordAlways) await this.activity.recordIdle(tx, entry);
      return ended;
    });
  }
}
