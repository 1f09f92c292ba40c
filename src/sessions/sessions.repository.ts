import { Inject, Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { Database, type Queryable } from '../database/database.js';
import type { Schema } from '../database/schema.js';
import type { SessionsTable } from '../database/session-tables.js';
import { isNotIdle } from './active-session.query.js';
import type { SignedInSession } from './signed-in-session.js';

export interface SessionFilter {
  userId: string;
  /** Only the one with this public id. */
  only?: string;
  /** All but the one with this public id. */
  except?: string;
}

/**
 * The queries on sessions, but for the clean-up's and those of every request (`ActiveSessions`). A session is active until it
 * expires, or has not been used for too long.
 */
@Injectable()
export class SessionsRepository {
  private readonly idleMs: number;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) config: Config,
  ) {
    this.idleMs = config.sessions.idleSeconds * 1000;
  }

  /**
   * Gives an active session the secret id that follows the one it has, and perhaps a new time of authentication. The row
   * may have that id already: two tabs renew it at once.
   *
   * @param from hash of the secret id that the request came with
   * @returns the row, or undefined when the session has ended meanwhile, or has gone on to yet another id
   */
  renew(
    db: Queryable,
    { id, from }: { id: string; from: string },
    changes: Pick<SessionsTable, 'token_hash' | 'previous_hash' | 'last_seen_at'> &
      Partial<SessionsTable>,
  ): Promise<SessionsTable | undefined> {
    return db
      .updateTable('sessions')
      .set(changes)
      .where('id', '=', id)
      .where('token_hash', 'in', [from, changes.token_hash])
      .returningAll()
      .executeTakeFirst();
  }

  /**
   * Locks a session's row until the transaction ends. One revoked meanwhile changes nothing, nor does a dead cookie.
   *
   * @throws AppError with the code, when it has ended; `session_changed` when it goes by another id
   */
  async assertActive(
    db: Queryable,
    { publicId, tokenHash }: Pick<SignedInSession, 'publicId' | 'tokenHash'>,
    errorCode: 'unauthenticated' | 'session_changed',
  ): Promise<void> {
    const held = await db
      .updateTable('sessions')
      .set((row) => ({ id: row.ref('id') }))
      .where('id', '=', publicId)
      .where('token_hash', '=', tokenHash)
      .returning('id')
      .executeTakeFirst();
    if (held !== undefined) return;
    const hasEnded = (await this.renewalSeedOf(db, publicId)) === undefined;
    throw new AppError(hasEnded ? errorCode : 'session_changed');
  }

  /** Has a session shown with another of its identities. */
  async showWith(
    db: Queryable,
    id: string,
    { provider, issuer }: Pick<SessionsTable, 'provider' | 'issuer'>,
  ): Promise<void> {
    await db.updateTable('sessions').set({ provider, issuer }).where('id', '=', id).execute();
  }

  /** Notes when a session was last authenticated, where that has changed. */
  async noteAuthenticated(
    db: Queryable,
    id: string,
    changes: Partial<Pick<SessionsTable, 'authenticated_at'>>,
  ): Promise<void> {
    if (changes.authenticated_at === undefined) return;
    await db.updateTable('sessions').set(changes).where('id', '=', id).execute();
  }

  /** The random part of the session id that follows at a renewal; undefined when the session has ended. */
  async renewalSeedOf(db: Queryable, id: string): Promise<string | undefined> {
    const row = await db
      .selectFrom('sessions')
      .select('renewal_seed')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.renewal_seed;
  }

  /** Where the attempt that a session began with has sent the browser; undefined where it began with another. */
  async returnToOf(id: string, attemptId: string): Promise<string | undefined> {
    const row = await this.database
      .selectFrom('sessions')
      .select('return_to')
      .where('id', '=', id)
      .where('attempt_id', '=', attemptId)
      .executeTakeFirst();
    return row?.return_to ?? undefined;
  }

  /** Lets a session that began without COOKIE_DOMAIN be found by a Domain cookie. */
  async addDomainToken(tokenHash: string, domainTokenHash: string): Promise<void> {
    await this.database
      .updateTable('sessions')
      .set({ domain_token_hash: domainTokenHash })
      .where('token_hash', '=', tokenHash)
      .where('domain_token_hash', 'is', null)
      .execute();
  }

  /** The sessions that a browser may have now which had one of this hash before: two, where two identities have renewed it. */
  findByPrevious(tokenHash: string): Promise<Pick<SessionsTable, 'id' | 'user_id' | 'provider'>[]> {
    return this.database
      .selectFrom('sessions')
      .select(['id', 'user_id', 'provider'])
      .where('previous_hash', '=', tokenHash)
      .execute();
  }

  async delete(tokenHash: string): Promise<void> {
    await this.database.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
  }

  /**
   * Ends sessions of a user. Where it is not one alone, what is on its way to become one ends too.
   *
   * @returns how many there were
   */
  async end(filter: SessionFilter, db: Queryable): Promise<number> {
    const { userId, only, except } = filter;
    let query = db.deleteFrom('sessions').where('user_id', '=', userId);
    if (only !== undefined) query = query.where('id', '=', only);
    if (except !== undefined) query = query.where('id', '<>', except);
    const { numDeletedRows } = await query.executeTakeFirst();
    if (only === undefined) {
      await db
        .deleteFrom('handovers')
        .where('user_id', '=', userId)
        .where('session_id', 'is', null)
        .execute();
    }
    return Number(numDeletedRows);
  }

  /** A user's sessions that are stored, the expired ones that have not been cleaned up included; the last seen first. */
  findAll(userId: string): Promise<SessionsTable[]> {
    return lastSeenFirst(this.database.selectFrom('sessions'), userId);
  }

  /** @param id the session's public id */
  async ownerOf(id: string): Promise<string | undefined> {
    const row = await this.database
      .selectFrom('sessions')
      .select('user_id')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.user_id;
  }

  async count(): Promise<number> {
    const counting = this.active().select((row) => row.fn.countAll().as('count'));
    return Number((await counting.executeTakeFirstOrThrow()).count);
  }

  /** A user's active sessions, the last seen first. */
  findActive(userId: string): Promise<SessionsTable[]> {
    return lastSeenFirst(this.active(), userId);
  }

  private active() {
    const now = Date.now();
    const sessions = this.database.selectFrom('sessions').where('expires_at', '>', now);
    return sessions.where('last_seen_at', '>', now - this.idleMs).where(isNotIdle(now));
  }
}

function lastSeenFirst(
  sessions: SelectQueryBuilder<Schema, 'sessions', object>,
  userId: string,
): Promise<SessionsTable[]> {
  const theirs = sessions.selectAll().where('user_id', '=', userId);
  return theirs.orderBy('last_seen_at', 'desc').orderBy('id', 'desc').execute();
}
