import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ActivityService, type Happening } from '../activity/activity.service.js';
import { clientOf } from '../common/client.js';
import type { AppError } from '../common/errors.js';
import { type OpenedSession, SessionsService } from '../sessions/sessions.service.js';
import { SignInDisabled } from '../users/sign-in-disabled.js';
import { SignInRefused } from '../users/sign-in-refused.js';
import { IdentitiesService } from '../users/identities.service.js';
import { UsersService } from '../users/users.service.js';
import type { Attempt } from './attempts/attempt.js';
import { PendingLinkService } from './pending-link.service.js';
import type { ProvenIdentity } from './proven-identity.js';

/** Finishes what a person came for, once a provider has proven who they are. */
@Injectable()
export class SignInService {
  constructor(
    private readonly users: UsersService,
    private readonly identities: IdentitiesService,
    private readonly sessions: SessionsService,
    private readonly activity: ActivityService,
    private readonly pendingLink: PendingLinkService,
  ) {}

  /**
   * Signs in, or connects the identity, as the attempt says. The user's record, the session and the record of activity
   * are written in one transaction.
   *
   * @throws AppError with the code of `UsersService.signIn` or `IdentitiesService.link`
   */
  async finish(
    request: Request,
    response: Response,
    { provider, profile: raw }: ProvenIdentity,
    { purpose, silent }: Attempt,
  ): Promise<void> {
    const profile = this.users.normalise(provider, raw);
    const client = clientOf(request);
    if (purpose.kind === 'link') {
      const { userId } = purpose;
      const linked: Happening = { userId, event: 'identity_linked', provider, client };
      const isNew = await this.identities.link(userId, provider, profile, async (db, isNewHere) => {
        // The provider took its time: what was revoked meanwhile connects nothing any more.
        await this.sessions.hold(db, request);
        if (isNewHere) await this.activity.record(db, linked);
        return isNewHere;
      });
      if (isNew) this.activity.announce(linked);
      return;
    }
    try {
      const { session, happening } = await this.users.signIn(
        provider,
        profile,
        async (db, userId) => {
          const opened: OpenedSession = await this.sessions.open(db, request, {
            userId,
            provider,
            silent,
          });
          const event = opened.renewed ? 'reauthenticated' : 'sign_in';
          const signedIn: Happening = { userId, event, provider, client };
          await this.activity.record(db, signedIn);
          return { session: opened, happening: signedIn };
        },
      );
      session.adopt();
      this.activity.announce(happening);
    } catch (error) {
      if (error instanceof SignInRefused) {
        if (error.canLink) this.pendingLink.offer(response, error);
        else this.pendingLink.drop(response);
        const userId = error.addressOwner;
        await this.activity.add({ userId, event: 'sign_in_refused', provider, client });
      }
      if (error instanceof SignInDisabled) {
        const { userId } = error;
        await this.activity.add({ userId, event: 'disabled_sign_in_refused', provider, client });
      }
      throw error;
    }
  }

  /**
   * Records that an attempt has failed, where it can be tied to a user: connecting a provider to their account, or signing
   * in again in a browser where they are signed in. A sign-in that was refused for somebody's address is in that user's
   * record already.
   */
  async recordFailure(
    request: Request,
    { purpose, provider, fresh }: Attempt,
    error: AppError,
  ): Promise<void> {
    const client = clientOf(request);
    const { signedIn } = request;
    if (purpose.kind === 'link') {
      const { userId } = purpose;
      await this.activity.add({ userId, event: 'link_refused', provider, client });
    } else if (fresh && signedIn && !(error instanceof SignInRefused)) {
      const { userId } = signedIn;
      await this.activity.add({ userId, event: 'reauthentication_failed', provider, client });
    }
  }
}
