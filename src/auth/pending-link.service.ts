import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import type { Request, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { ActivityService } from '../activity/activity.service.js';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import { providerIds } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import type { Queryable } from '../database/database.js';
import { emailTrusts } from '../providers/social-profile.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { cookieFlags, cookieName } from '../sessions/session-cookie.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { signedInSession } from '../sessions/session.guards.js';
import { AccountLimits } from '../users/account-limits.js';
import { isVerified } from '../users/email-key.js';
import type { SignInRefused } from '../users/sign-in-errors.js';
import { IdentitiesService } from '../users/identities.service.js';
import { ClaimsRepository } from './attempts/claims.repository.js';
import { createSeal, type Seal } from '../common/seal.js';

/** The cookie's name, before `cookieName` has given it its prefix. */
const PENDING_LINK_COOKIE = 'latchkey-pending';

/** A longer picture URL would not fit into a cookie; the next sign-in with the provider brings it. */
const MAX_AVATAR_URL = 512;

const pendingLinkSchema = z.object({
  /** Claimed in the store once the offer is answered, so that a copy of the cookie is worthless. */
  id: z.uuid(),
  provider: z.enum(providerIds),
  profile: z.object({
    subject: z.string(),
    username: z.string().nullable(),
    displayName: z.string().nullable(),
    email: z.object({ address: z.string(), trust: z.enum(emailTrusts) }).nullable(),
    avatarUrl: z.string().nullable(),
    partial: z.boolean(),
  }),
  /** The owner of the address, the only user who is offered the link. */
  userId: z.uuid(),
  /** Milliseconds since 1970. */
  offeredAt: z.int(),
});

type PendingLink = z.infer<typeof pendingLinkSchema>;

/** The pending link as shown to the person; the API's own shape is `sessionSchema`. */
export interface PendingLinkSummary {
  provider: PendingLink['provider'];
  email: string | null;
  /** Whether the provider vouches for the address; false without one. */
  emailVerified: boolean;
  displayName: string | null;
  username: string | null;
}

/**
 * Keeps an identity that could not sign in (`account_exists`), sealed in the browser that proved it, until the person
 * has signed in with an already linked provider. It is linked only after confirmation, and only to the account that it
 * was refused for. It expires like an attempt.
 */
@Injectable()
export class PendingLinkService {
  private readonly seal: Seal<PendingLink>;
  private readonly cookie: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly identities: IdentitiesService,
    private readonly sessions: SessionsService,
    private readonly activity: ActivityService,
    private readonly claims: ClaimsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: AccountLimits,
  ) {
    this.seal = createSeal(config.secrets, 'pending link', pendingLinkSchema);
    this.cookie = cookieName(PENDING_LINK_COOKIE, config.publicUrl);
    sessions.clearWithSession(this.cookie);
  }

  offer(response: Response, { provider, profile, addressOwner }: SignInRefused): void {
    const fits = (profile.avatarUrl?.length ?? 0) <= MAX_AVATAR_URL;
    const sealed = this.seal.close({
      id: uuidv7(),
      provider,
      profile: { ...profile, avatarUrl: fits ? profile.avatarUrl : null },
      userId: addressOwner,
      offeredAt: Date.now(),
    });
    response.cookie(this.cookie, sealed, {
      ...cookieFlags(this.config.publicUrl),
      maxAge: this.config.attemptSeconds * 1000,
    });
  }

  /** The pending link of this browser; null when there is none, or another user is signed in. */
  summary(request: Request): PendingLinkSummary | null {
    const pending = this.read(request);
    if (pending === null) return null;
    const { email, displayName, username } = pending.profile;
    return {
      provider: pending.provider,
      email: email?.address ?? null,
      emailVerified: isVerified(email?.trust ?? null),
      displayName,
      username,
    };
  }

  /**
   * Links the pending identity to the signed-in user.
   *
   * @throws AppError `not_found` when nothing is pending, `rate_limited` when too many were connected today, `identity_in_use` when another user owns it by now,
   *   `session_changed` when the session has ended meanwhile
   */
  async confirm(request: Request, response: Response): Promise<void> {
    const { userId } = signedInSession(request);
    const pending = this.read(request);
    if (pending === null) {
      throw nothingPending();
    }
    await this.limits.connect(userId);
    const { provider, profile } = pending;
    const client = clientOf(request);
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.identities.link(tx, userId, provider, profile);
        if (!(await this.claim(pending, tx))) throw nothingPending();
        await this.sessions.assertActive(tx, request);
        await this.activity.record(tx, { userId, event: 'identity_linked', provider, client });
      });
    } catch (error) {
      // A retry cannot succeed once another user owns the identity; after a server error it can.
      if (error instanceof AppError && error.code === 'identity_in_use') this.drop(response);
      throw error;
    }
    this.drop(response);
  }

  async decline(request: Request, response: Response): Promise<void> {
    const pending = this.read(request);
    if (pending !== null) await this.claim(pending);
    this.drop(response);
  }

  drop(response: Response): void {
    response.clearCookie(this.cookie, cookieFlags(this.config.publicUrl));
  }

  private claim(pending: PendingLink, db?: Queryable): Promise<boolean> {
    return this.claims.claim(`pending ${pending.id}`, this.expiryOf(pending), db);
  }

  private expiryOf({ offeredAt }: PendingLink): number {
    return offeredAt + this.config.attemptSeconds * 1000;
  }

  private read(request: Request): PendingLink | null {
    const sealed = parse(request.headers.cookie ?? '')[this.cookie];
    const pending = sealed === undefined ? null : this.seal.open(sealed);
    if (pending === null) return null;
    const expired = Date.now() > this.expiryOf(pending);
    const { signedIn } = request;
    const isAnotherUser = Boolean(signedIn) && signedIn?.userId !== pending.userId;
    return expired || isAnotherUser ? null : pending;
  }
}

function nothingPending(): AppError {
  return new AppError('not_found', { detail: 'There is nothing left to connect. Start again.' });
}
