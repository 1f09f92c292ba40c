import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type CookieOptions, Store, type SessionData } from 'express-session';
import { deliver } from '../common/deliver.js';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { cookieFlags } from './session-cookie.js';
import type { SignedInSession } from './session-data.js';

type Callback<T> = (error: unknown, value?: T) => void;

/** How often at most `last_seen_at` is written, so that reading does not become writing. */
const SEEN_INTERVAL_MS = 60_000;

/**
 * express-session's store over the `sessions` table.
 *
 * A row is made only by signing in and never by anything else, so a session that has ended cannot come back by a write
 * of a request that was already on its way. Only a hash of the session id is stored.
 */
@Injectable()
export class SessionStore extends Store {
  private readonly cookie: CookieOptions;
  private readonly idleMs: number;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) config: Config,
  ) {
    super();
    this.cookie = cookieFlags(config.publicUrl);
    this.idleMs = config.sessions.idleSeconds * 1000;
  }

  override get(token: string, done: Callback<SessionData | null>): void {
    deliver(this.read(token), done);
  }

  /**
   * Saves what a request changed in a session that is still there. It never makes a row: a session that has ended stays
   * ended, whatever was on its way.
   */
  override set(token: string, session: SessionData, done?: Callback<void>): void {
    deliver(this.update(token, session), done);
  }

  override destroy(token: string, done?: Callback<void>): void {
    const ended = this.database
      .deleteFrom('sessions')
      .where('token_hash', '=', hashToken(token))
      .execute();
    deliver(
      ended.then(() => undefined),
      done,
    );
  }

  /** Makes the row of a session that signs in: the only way in which one comes to be. */
  async open(token: string, session: SignedInSession): Promise<void> {
    await this.database
      .insertInto('sessions')
      .values({
        token_hash: hashToken(token),
        id: session.publicId,
        user_id: session.userId,
        provider: session.provider,
        created_at: session.createdAt,
        authenticated_at: session.authenticatedAt,
        last_seen_at: session.createdAt,
        expires_at: session.expiresAt,
      })
      .execute();
  }

  private async read(token: string): Promise<SessionData | null> {
    const now = Date.now();
    const row = await this.database
      .selectFrom('sessions')
      .selectAll()
      .where('token_hash', '=', hashToken(token))
      .where('expires_at', '>', now)
      .where('last_seen_at', '>', now - this.idleMs)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (now - row.last_seen_at >= Math.min(SEEN_INTERVAL_MS, this.idleMs / 10)) {
      await this.database
        .updateTable('sessions')
        .set({ last_seen_at: now })
        .where('token_hash', '=', row.token_hash)
        .execute();
    }
    const signedIn: SignedInSession = {
      publicId: row.id,
      userId: row.user_id,
      provider: row.provider,
      createdAt: row.created_at,
      authenticatedAt: row.authenticated_at,
      expiresAt: row.expires_at,
    };
    return { cookie: { ...this.cookie, originalMaxAge: row.expires_at - now }, signedIn };
  }

  private async update(token: string, { signedIn }: SessionData): Promise<void> {
    if (signedIn === undefined) return;
    await this.database
      .updateTable('sessions')
      .set({ authenticated_at: signedIn.authenticatedAt })
      .where('token_hash', '=', hashToken(token))
      .execute();
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
