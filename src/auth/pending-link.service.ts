import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import type { Request, Response } from 'express';
import { ActivityService } from '../activity/activity.service.js';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import { isActive } from '../config/issuers.js';
import type { PendingLinksTable } from '../database/schema.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { cookieFlags, cookieName } from '../sessions/session-cookie.js';
import { SessionStarts } from '../sessions/session-starts.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { signedInSession } from '../sessions/session.guards.js';
import { AccountLimits } from '../users/account-limits.js';
import { ContestsService } from '../users/contests.service.js';
import { isVerified } from '../users/email-key.js';
import { IdentitiesService } from '../users/identities.service.js';
import type { SignInRefused } from '../users/sign-in-errors.js';
import { StepUpService } from '../users/step-up.service.js';
import {
  type PendingLinkSummary,
  PendingLinksRepository,
  profileIn,
} from './pending-links.repository.js';

/** The cookie's name, before `cookieName` has given it its prefix. */
const PENDING_LINK_COOKIE = 'latchkey-pending';

const TOKEN_BYTES = 32;

/**
 * Keeps an identity that could not sign in (`account_exists`) until the person has signed in as the owner of its address,
 * and has confirmed that it is to be connected. It is a row, and the browser has a random token whose hash the row has.
 */
@Injectable()
export class PendingLinkService {
  private readonly cookie: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rows: PendingLinksRepository,
    private readonly identities: IdentitiesService,
    private readonly contests: ContestsService,
    private readonly sessions: SessionsService,
    private readonly starts: SessionStarts,
    private readonly stepUp: StepUpService,
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: AccountLimits,
  ) {
    this.cookie = cookieName(PENDING_LINK_COOKIE, config.publicUrl);
    sessions.clearWithSession(this.cookie);
  }

  async offer(
    request: Request,
    response: Response,
    { source, profile, addressOwner }: SignInRefused,
  ): Promise<void> {
    const token = randomToken(TOKEN_BYTES);
    const lifetimeMs = this.config.attemptSeconds * 1000;
    const row: PendingLinksTable = {
      token_hash: hashOf(token),
      ...source,
      subject: profile.subject,
      user_id: addressOwner,
      profile: JSON.stringify(profile),
      answered_at: null,
      expires_at: Date.now() + lifetimeMs,
    };
    await this.unitOfWork.run((tx) => this.rows.replace(tx, row, this.hashIn(request)));
    response.cookie(this.cookie, token, {
      ...cookieFlags(this.config.publicUrl),
      maxAge: lifetimeMs,
    });
  }

  /** The pending link of this browser; null when there is none, or another user is signed in. */
  async summary(request: Request): Promise<PendingLinkSummary | null> {
    const pending = await this.read(request);
    if (pending === null) return null;
    const { email, displayName, username } = pending.profile;
    return {
      provider: pending.row.provider,
      email: email?.address ?? null,
      emailVerified: isVerified(email?.trust ?? null),
      displayName,
      username,
      canSeparate: await this.contests.canSeparate(pending.profile),
    };
  }

  /**
   * Links the pending identity to the signed-in user.
   *
   * @throws AppError `not_found` when nothing is pending, `rate_limited` when too many were connected today,
   *   `identity_in_use` when another user owns it by now,
   *   `session_changed` when the session has ended meanwhile; as `StepUpService.require`
   */
  async confirm(request: Request, response: Response): Promise<void> {
    const session = signedInSession(request);
    await this.stepUp.require(session, 'connect');
    const pending = await this.read(request);
    if (pending === null) throw nothingPending();
    const { row, profile } = pending;
    const { userId } = session;
    await this.limits.connect(userId);
    const { provider } = row;
    const source = { provider, issuer: row.issuer };
    const client = clientOf(request);
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.identities.link(tx, userId, source, profile, client);
        if (!(await this.rows.answer(row.token_hash, tx))) throw nothingPending();
        await this.sessions.assertActive(tx, request);
        await this.activity.record(tx, { userId, event: 'identity_linked', provider, client });
      });
    } catch (error) {
      // A retry cannot succeed once another user owns the identity; after a server error it can.
      if (error instanceof AppError && error.code === 'identity_in_use') {
        await this.drop(request, response);
      }
      throw error;
    }
    this.clearCookie(response);
  }

  /**
   * Signs in with the pending identity as a new user: its provider hosts the mailbox, and the account that has the
   * address is somebody else's.
   *
   * @throws AppError `not_found` when nothing is pending; `account_exists` when the other claim is not to be overruled
   */
  async separate(request: Request, response: Response): Promise<void> {
    const pending = await this.read(request);
    if (pending === null) throw nothingPending();
    const { row, profile } = pending;
    const { provider, issuer, subject } = row;
    const source = { provider, issuer };
    const client = clientOf(request);
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.rows.answer(row.token_hash, tx))) throw nothingPending();
      const userId = await this.contests.separate(tx, source, profile, client);
      const proof = { issuer, subject, assurance: 'none', at: Date.now() } as const;
      await this.starts.open(tx, request, { userId, source, proof, promptNone: false });
      await this.activity.record(tx, { userId, event: 'sign_in', provider, client });
    });
    this.clearCookie(response);
  }

  /** The provider of the signed-in user's pending link, also once it is answered; null without one. */
  async providerOf(request: Request): Promise<ProviderId | null> {
    const tokenHash = this.hashIn(request);
    const row = tokenHash === null ? undefined : await this.rows.find(tokenHash);
    return row?.user_id === signedInSession(request).userId ? row.provider : null;
  }

  /** Drops the pending link of this browser. */
  async drop(request: Request, response: Response): Promise<void> {
    const tokenHash = this.hashIn(request);
    if (tokenHash === null) return;
    await this.rows.answer(tokenHash);
    this.clearCookie(response);
  }

  private clearCookie(response: Response): void {
    response.clearCookie(this.cookie, cookieFlags(this.config.publicUrl));
  }

  private hashIn({ headers }: Request): string | null {
    const token = parse(headers.cookie ?? '')[this.cookie];
    return token === undefined ? null : hashOf(token);
  }

  private async read(
    request: Request,
  ): Promise<{ row: PendingLinksTable; profile: SocialProfile } | null> {
    const tokenHash = this.hashIn(request);
    if (tokenHash === null) return null;
    const row = await this.rows.find(tokenHash);
    if (row === undefined || row.answered_at !== null || !isActive(this.config, row)) return null;
    const profile = profileIn(row);
    const { signedIn } = request;
    const isAnotherUser = Boolean(signedIn) && signedIn?.userId !== row.user_id;
    return profile === undefined || isAnotherUser ? null : { row, profile };
  }
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

function nothingPending(): AppError {
  return new AppError('not_found', { detail: 'There is nothing left to connect. Start again.' });
}
