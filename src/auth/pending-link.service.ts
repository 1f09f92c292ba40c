import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ActivityService } from '../activity/activity.service.js';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { isActive } from '../config/issuers.js';
import { lockUser } from '../database/lock-user.js';
import type { PendingLinksTable } from '../database/session-tables.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionStarts } from '../sessions/session-starts.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { signedInSession } from '../sessions/session.guards.js';
import { AccountLimits } from '../users/account-limits.js';
import { ContestsService } from '../users/contests.service.js';
import { isVerified } from '../users/email-key.js';
import { IdentitiesService } from '../users/identities.service.js';
import type { SignInRefused } from '../users/sign-in-errors.js';
import { StepUpService } from '../users/step-up.service.js';
import { PendingLinkCookie } from './pending-link-cookie.js';
import {
  type PendingLinkSummary,
  PendingLinksRepository,
  profileIn,
} from './pending-links.repository.js';

/**
 * Keeps an identity that could not sign in (`account_exists`) until the person has signed in as the owner of its address,
 * and has confirmed that it is to be connected. It is a row, and the browser has a random token whose hash the row has.
 */
@Injectable()
export class PendingLinkService {
  private readonly cookie: PendingLinkCookie;

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
    this.cookie = new PendingLinkCookie(config);
    sessions.clearWithSession(this.cookie.name);
  }

  /** Offers a refused identity to the person where they can do something with it; what was pending before is not. */
  async offerOrDrop(request: Request, response: Response, refused: SignInRefused): Promise<void> {
    const isOffered = refused.canLink || (await this.contests.canSeparate(refused.profile));
    await (isOffered ? this.offer(request, response, refused) : this.drop(request, response));
  }

  private async offer(
    request: Request,
    response: Response,
    { source, profile, addressOwner }: SignInRefused,
  ): Promise<void> {
    const lifetimeMs = this.config.attemptSeconds * 1000;
    const previousHash = this.cookie.hashIn(request);
    const row: PendingLinksTable = {
      token_hash: this.cookie.set(response, lifetimeMs),
      ...source,
      subject: profile.subject,
      user_id: addressOwner,
      profile: JSON.stringify(profile),
      answered_at: null,
      expires_at: Date.now() + lifetimeMs,
    };
    await this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, addressOwner)) === undefined) return;
      await this.rows.replace(tx, row, previousHash);
    });
  }

  /** The pending link of this browser; null when there is none, or another user is signed in. */
  async summary(request: Request): Promise<PendingLinkSummary | null> {
    const pending = await this.read(request);
    if (pending === null) return null;
    const { email, displayName, username } = pending.profile;
    const { provider, issuer, user_id: userId } = pending.row;
    return {
      provider,
      email: email?.address ?? null,
      emailVerified: isVerified(email?.trust ?? null),
      displayName,
      username,
      canConnect: await this.identities.canConnect(userId, issuer),
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
    await this.limits.connect(session);
    const { provider, issuer, subject } = row;
    const source = { provider, issuer };
    const event = 'identity_linked';
    const linked = { provider, subject, via: 'pending_link', client: clientOf(request) } as const;
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.identities.link(tx, userId, source, profile, linked.client, linked.via);
        if (!(await this.rows.answer(row.token_hash, tx))) throw nothingPending();
        await this.sessions.assertActive(tx, request);
        await this.activity.record(tx, { userId, event, ...linked });
      });
    } catch (error) {
      // A retry cannot succeed; after a server error it can.
      const isFinal = error instanceof AppError && error.code === 'identity_in_use';
      if (isFinal && !(await this.contests.canSeparate(profile))) {
        await this.drop(request, response);
      }
      throw error;
    }
    this.cookie.clear(response);
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
      // Users before pending links, as everywhere: in the other order two transactions would wait for each other.
      await this.contests.lockClaimants(tx, profile);
      if (!(await this.rows.answer(row.token_hash, tx))) throw nothingPending();
      const userId = await this.contests.separate(tx, source, profile, client);
      const proof = { issuer, subject, assurance: 'none', at: Date.now() } as const;
      const signIn = { userId, isNewUser: true, source, proof, promptNone: false };
      await this.starts.open(tx, request, signIn);
      const how = { provider, subject, via: 'separate', client } as const;
      await this.activity.record(tx, { userId, event: 'sign_in', ...how });
    });
    this.cookie.clear(response);
  }

  /** The provider of the signed-in user's pending link, also once it is answered; null without one. */
  async providerOf(request: Request): Promise<ProviderId | null> {
    const tokenHash = this.cookie.hashIn(request);
    const row = tokenHash === null ? undefined : await this.rows.find(tokenHash);
    return row?.user_id === signedInSession(request).userId ? row.provider : null;
  }

  async drop(request: Request, response: Response): Promise<void> {
    const tokenHash = this.cookie.hashIn(request);
    if (tokenHash === null) return;
    await this.rows.answer(tokenHash);
    this.cookie.clear(response);
  }

  private async read(
    request: Request,
  ): Promise<{ row: PendingLinksTable; profile: SocialProfile } | null> {
    const tokenHash = this.cookie.hashIn(request);
    if (tokenHash === null) return null;
    const row = await this.rows.find(tokenHash);
    if (row === undefined || row.answered_at !== null || !isActive(this.config, row)) return null;
    const profile = profileIn(row);
    const { signedIn } = request;
    const isAnotherUser = Boolean(signedIn) && signedIn?.userId !== row.user_id;
    return profile === undefined || isAnotherUser ? null : { row, profile };
  }
}

function nothingPending(): AppError {
  return new AppError('not_found', { say: 'nothing_pending' });
}
