import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { hashToken } from '../common/hash-token.js';
import type { Client } from '../common/http/client.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import type { IdentitySource } from '../config/issuers.js';
import type { Queryable } from '../database/database.js';
import type { HandoversTable } from '../database/session-tables.js';
import { ownCookiesOf } from '../sessions/own-cookies.js';
import { cookieFlags, cookieNames } from '../sessions/session-cookie.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { answerTo, type Handover } from './handover.js';
import { HandoversRepository } from './handovers.repository.js';

/** As RFC 6749 §4.1.2 has it at most ten times as long: it only has to get from a browser to its server. */
const CODE_MS = 60_000;

const TOKEN_BYTES = 32;

export const confirmationPath = 'auth/handover/confirm';

/** What is known of a hand-over before who signs in is. */
export interface PreparedHandover {
  /** Where the browser goes from here. */
  readonly location: string;
  readonly row: Pick<
    HandoversTable,
    'browser_hash' | 'code_hash' | 'target' | 'challenge' | 'caller_state' | 'expires_at'
  >;
}

/** Who has signed in, and with what. */
interface SignedIn {
  userId: string;
  isNewUser: boolean;
  source: IdentitySource;
  subject: string;
  promptNone: boolean;
  client: Client;
}

/** Hands a sign-in over to another site or an app: by a code, once it is certain that the person wants that. */
@Injectable()
export class HandoversService {
  private readonly cookie: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rows: HandoversRepository,
    sessions: SessionsService,
  ) {
    this.cookie = cookieNames(config.publicUrl).handover;
    if (config.handoverTargets.length > 0) sessions.clearWithSession(this.cookie);
  }

  /** Whether the configuration still has the target of a hand-over. */
  isConfigured({ target }: Handover): boolean {
    return findTarget(this.config.handoverTargets, target) !== null;
  }

  /**
   * Decides where a browser goes that has come back from the provider: to its target, with a code, or else to the page
   * that asks, with a cookie that binds the question to it.
   */
  prepare(response: Response, { target, challenge, state, mayGoOn }: Handover): PreparedHandover {
    const handover = { target, challenge, caller_state: state };
    const token = randomToken(TOKEN_BYTES);
    if (mayGoOn) {
      const location = answerTo(this.config, { target, state }, { code: token });
      const expires_at = Date.now() + CODE_MS;
      const row = { ...handover, browser_hash: null, code_hash: hashToken(token), expires_at };
      return { location, row };
    }
    const lifetimeMs = this.config.attemptSeconds * 1000;
    const { publicUrl } = this.config;
    response.cookie(this.cookie, token, { ...cookieFlags(publicUrl), maxAge: lifetimeMs });
    const expires_at = Date.now() + lifetimeMs;
    return {
      location: `${publicUrl.prefix}/${confirmationPath}`,
      row: { ...handover, browser_hash: hashToken(token), code_hash: null, expires_at },
    };
  }

  /** Keeps it, in the transaction that decides who signs in. */
  async add(
    db: Queryable,
    { row }: PreparedHandover,
    { userId, isNewUser, source, subject, promptNone, client }: SignedIn,
  ): Promise<void> {
    const now = Date.now();
    const { recentSignInSeconds } = this.config.sessions;
    await this.rows.add(db, {
      ...row,
      id: uuidv7(),
      kind: 'sign-in',
      ticket_hash: null,
      user_id: userId,
      ...source,
      subject,
      answer: null,
      answered_at: now,
      // As for a browser's session: one that nobody was asked for does not count as recently begun.
      authenticated_at: promptNone ? now - recentSignInSeconds * 1000 - 1 : now,
      made_user: isNewUser ? 1 : 0,
      address: client.address,
      user_agent: client.userAgent,
      used_at: null,
      session_id: null,
    });
  }

  /** What this browser is to confirm; null when there is nothing, or it has become a session already. */
  async pending(request: Request): Promise<HandoversTable | null> {
    const token = this.tokenIn(request);
    if (token === null) return null;
    const row = await this.rows.ofBrowser(hashToken(token));
    const isPending = row?.used_at === null && findTarget(this.config.handoverTargets, row.target);
    return row && isPending ? row : null;
  }

  /**
   * Makes the code of what this browser was asked. A form that is sent twice makes one: it follows from the cookie, which
   * only this browser has.
   *
   * @param id of the question that the form belongs to
   * @returns where the browser goes; null when nothing waits for this answer
   */
  async confirm(request: Request, id: string): Promise<string | null> {
    const token = this.tokenIn(request);
    const row = await this.pending(request);
    if (token === null || row?.id !== id) return null;
    const code = createHmac('sha256', token).update(`latchkey code ${id}`).digest('base64url');
    await this.rows.confirm(id, { code_hash: hashToken(code), expires_at: Date.now() + CODE_MS });
    return answerTo(this.config, { target: row.target, state: row.caller_state }, { code });
  }

  /** Drops it. Returns as `confirm` does. */
  async decline(request: Request, id: string): Promise<string | null> {
    const row = await this.pending(request);
    if (row?.id !== id) return null;
    await this.rows.decline(id);
    const { target, caller_state: state } = row;
    return answerTo(this.config, { target, state }, { error: 'access_denied' });
  }

  private tokenIn(request: Request): string | null {
    const [cookie] = ownCookiesOf(request).get(this.cookie) ?? [];
    return cookie?.value ?? null;
  }
}
