import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import { clientOf } from '../common/http/client.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import type { IdentitySource } from '../config/issuers.js';
import type { SessionsTable } from '../database/session-tables.js';
import type { UnitOfWorkTransaction } from '../database/unit-of-work.js';
import { addSession } from './add-session.js';
import { type Proof, ProofsRepository } from './proofs.repository.js';
import { DomainCookie } from './domain-cookie.js';
import { hashToken } from '../common/hash-token.js';
import { newToken, nextToken, SessionStore } from './session.store.js';
import { SessionsRepository } from './sessions.repository.js';
import { settlingUntil } from './settling.js';
import type { SignedInSession } from './signed-in-session.js';

/** A verified sign-in of a user. */
export interface SignIn {
  userId: string;
  /** Whether it has made the user. */
  isNewUser: boolean;
  source: IdentitySource;
  proof: Proof;
  promptNone: boolean;
  /** The attempt that it finishes, and where the browser goes from here; without one, a pending link is answered. */
  attempt?: { id: string; returnTo: string };
}

/** The session that a browser has from now on, with its secret id. */
export interface StartedSession {
  sessionId: string;
  token: string;
}

/** Starts sessions and steps them up. */
@Injectable()
export class SessionStarts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: SessionStore,
    private readonly sessions: SessionsRepository,
    private readonly proofs: ProofsRepository,
    private readonly domainCookie: DomainCookie,
    private readonly activity: ActivityService,
  ) {}

  /**
   * Signs a browser in, in the transaction that decides who signs in. The browser always gets a new session id, and its
   * old one is dead (no fixation). Where it was signed in as the same user, its session goes on; if another identity has
   * renewed that meanwhile, a new one begins beside it. Another user's session ends, and a new one begins.
   *
   * @param promptNone whether the provider answered without involving the person: the session does not count as recently
   *   begun
   */
  async open(
    tx: UnitOfWorkTransaction,
    request: Request,
    { userId, isNewUser, source, proof, promptNone, attempt }: SignIn,
  ): Promise<StartedSession> {
    const now = Date.now();
    const current = request.signedIn ?? undefined;
    if (current?.userId === userId) {
      const renewed = await this.renew(tx, request, current, proof, {});
      if (renewed !== null) return renewed;
    } else if (current !== undefined) {
      // By its public id: another tab may just have renewed it.
      await this.sessions.end({ userId: current.userId, only: current.publicId }, tx);
    }
    const token = newToken();
    const { address, userAgent } = clientOf(request);
    const { recentSignInSeconds, absoluteSeconds } = this.config.sessions;
    const session: SessionsTable = {
      token_hash: hashToken(token),
      domain_token_hash: this.domainCookie.hashFor(token),
      previous_hash: current === undefined ? null : hashToken(request.sessionID),
      id: uuidv7(),
      user_id: userId,
      ...source,
      renewal_seed: randomToken(16),
      created_at: now,
      authenticated_at: promptNone ? now - recentSignInSeconds * 1000 - 1 : now,
      last_seen_at: now,
      expires_at: now + absoluteSeconds * 1000,
      address,
      user_agent: userAgent,
      attempt_id: attempt?.id ?? null,
      return_to: attempt?.returnTo ?? null,
      kind: 'browser',
      target: null,
      idle_ms: null,
      made_user: isNewUser ? 1 : 0,
    };
    await addSession(tx, session, this.activity);
    await this.proofs.insert(tx, session.id, proof);
    tx.afterCommit(() => this.setCookie(request, token, session));
    return { sessionId: session.id, token };
  }

  /** The session that a request's cookie leads to now; null when it has ended or goes by another id. */
  currentOf(request: Request): Promise<SignedInSession | null> {
    return this.store.find(request.sessionID);
  }

  /** Gives a browser the session again that its sign-in has begun. Returns false when it has ended or goes by another id. */
  async resume(request: Request, token: string): Promise<boolean> {
    const session = await this.store.find(token);
    if (session === null) return false;
    this.setCookie(request, token, { id: session.publicId, expires_at: session.expiresAt });
    return true;
  }

  /**
   * Steps the session of a request up, in the transaction that has verified that the identity is its user's. Its id
   * changes, and it counts as authenticated anew, unless that was not shown.
   *
   * @throws AppError `session_changed` when the session has ended meanwhile
   */
  async stepUp(tx: UnitOfWorkTransaction, request: Request, proof: Proof): Promise<StartedSession> {
    const { signedIn } = request;
    const renewed =
      signedIn && (await this.renew(tx, request, signedIn, proof, this.shownBy(signedIn, proof)));
    if (!renewed) throw new AppError('session_changed');
    return renewed;
  }

  /** Steps the session of an application up, whose token stays. As `stepUp`, and the session is held by the transaction. */
  async stepUpApp(
    tx: UnitOfWorkTransaction,
    session: SignedInSession,
    proof: Proof,
  ): Promise<void> {
    const { publicId } = session;
    await this.sessions.noteAuthenticated(tx, publicId, this.shownBy(session, proof));
    await this.proofs.add(tx, publicId, proof);
  }

  /** What a step-up changes of a session, besides its proofs. */
  private shownBy(
    session: SignedInSession,
    proof: Proof,
  ): Partial<Pick<SessionsTable, 'authenticated_at'>> {
    // Begun with `prompt=none`, a session is not made one that began recently by an identity that was connected lately.
    const isSilent = session.authenticatedAt < session.createdAt;
    const isShown = proof.assurance !== 'none' && !(isSilent && this.isNew(session, proof));
    return isShown ? { authenticated_at: Math.max(proof.at, session.authenticatedAt) } : {};
  }

  private isNew({ identities }: SignedInSession, { issuer }: Proof): boolean {
    const identity = identities.find((each) => each.issuer === issuer);
    const settleMs = this.config.sessions.identitySettleSeconds * 1000;
    return identity !== undefined && settlingUntil(identity, settleMs, Date.now()) !== null;
  }

  /** Gives a request's session its next id and a proof. Returns null when the session has ended or goes by yet another id. */
  private async renew(
    tx: UnitOfWorkTransaction,
    request: Request,
    { publicId }: SignedInSession,
    proof: Proof,
    changes: Partial<SessionsTable>,
  ): Promise<StartedSession | null> {
    const seed = await this.sessions.renewalSeedOf(tx, publicId);
    if (seed === undefined) return null;
    const next = nextToken(request.sessionID, proof, seed, this.config.secrets[0] ?? '');
    const from = hashToken(request.sessionID);
    const session = { id: publicId, from };
    const renewed = await this.sessions.renew(tx, session, {
      token_hash: hashToken(next),
      domain_token_hash: this.domainCookie.hashFor(next),
      previous_hash: from,
      last_seen_at: Date.now(),
      ...changes,
    });
    if (renewed === undefined) return null;
    await this.proofs.add(tx, publicId, proof);
    tx.afterCommit(() => this.setCookie(request, next, renewed));
    return { sessionId: publicId, token: next };
  }

  /** express-session sends the session cookie. */
  private setCookie(
    request: Request,
    token: string,
    row: Pick<SessionsTable, 'id' | 'expires_at'>,
  ): void {
    request.sessionID = token;
    this.store.createSession(request, this.store.describe(row));
    this.domainCookie.set(request, token, row.expires_at);
  }
}
