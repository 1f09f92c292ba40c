import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type CookieOptions, Store, type SessionData } from 'express-session';
import { toCallback } from '../common/to-callback.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import type { SessionKind, SessionsTable } from '../database/session-tables.js';
import { ActiveSessions } from './active-sessions.js';
import { cookieFlags } from './session-cookie.js';
import { hashToken } from '../common/hash-token.js';
import type { Proof } from './proofs.repository.js';
import type { SignedInSession } from './signed-in-session.js';
import { SessionsRepository } from './sessions.repository.js';

type Callback<T> = (error: unknown, value?: T) => void;

/**
 * express-session's store over the `sessions` table.
 *
 * Through it a session can be read and ended, and nothing else: rows are made and changed only by SessionStarts, in the
 * transaction of a sign-in. So a session that has ended cannot come back by a write of a request that was
 * already on its way. Only a hash of the session id is stored.
 */
@Injectable()
export class SessionStore extends Store {
  private readonly cookie: CookieOptions;

  constructor(
    private readonly live: ActiveSessions,
    private readonly sessions: SessionsRepository,
    @Inject(CONFIG) config: Config,
  ) {
    super();
    this.cookie = cookieFlags(config.publicUrl);
  }

  override get(token: string, done: Callback<SessionData | null>): void {
    toCallback(this.read(token), done);
  }

  /** A session's row is complete: a request has nothing to save. */
  override set(_token: string, _session: SessionData, done?: Callback<void>): void {
    done?.(null);
  }

  override destroy(token: string, done?: Callback<void>): void {
    toCallback(this.sessions.delete(hashToken(token)), done);
  }

  describe(
    { id, expires_at: expiresAt }: Pick<SessionsTable, 'id' | 'expires_at'>,
    signedIn?: SignedInSession,
  ): SessionData {
    return {
      cookie: { ...this.cookie, originalMaxAge: expiresAt - Date.now() },
      publicId: id,
      ...(signedIn !== undefined && { signedIn: () => signedIn }),
    };
  }

  /** The active session with a secret id; null when there is none. Notes that it is in use. */
  find(token: string, kind: SessionKind = 'browser'): Promise<SignedInSession | null> {
    return this.live.findInUse(token, kind);
  }

  private async read(token: string): Promise<SessionData | null> {
    const signedIn = await this.find(token);
    if (signedIn === null) return null;
    const { publicId: id, expiresAt } = signedIn;
    return this.describe({ id, expires_at: expiresAt }, signedIn);
  }
}

/** A new session id: 192 bits. */
export function newToken(): string {
  return randomToken(24);
}

/**
 * The session id that follows another when an identity renews its session: always the same one, so that two renewals at
 * once leave the browser with one id whichever answer comes last. Another identity leads to another id: who has copied the
 * cookie does not get by theirs what the person has just proven
 * (docs/decisions/0008-a-renewed-session-id-follows-from-the-old-one.md).
 *
 * @param seed the random part that only the session's row has: neither an old cookie nor a secret leads to the new id
 */
export function nextToken(
  token: string,
  { issuer, subject }: Pick<Proof, 'issuer' | 'subject'>,
  seed: string,
  secret: string,
): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['latchkey session renewal', seed, issuer, subject, token]))
    .digest('base64url');
}
