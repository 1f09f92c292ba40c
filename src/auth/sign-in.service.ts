import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ActivityService } from '../activity/activity.service.js';
import { clientOf } from '../common/http/client.js';
import type { AppError } from '../common/errors/app-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignInDisabled, SignInRefused } from '../users/sign-in-errors.js';
import { IdentitiesService } from '../users/identities.service.js';
import { UsersService } from '../users/users.service.js';
import type { Attempt } from './attempts/attempt.js';
import { PendingLinkService } from './pending-link.service.js';
import type { VerifiedIdentity } from './sign-in-context.js';

@Injectable()
export class SignInService {
  constructor(
    private readonly users: UsersService,
    private readonly identities: IdentitiesService,
    private readonly sessions: SessionsService,
    private readonly activity: ActivityService,
    private readonly pendingLink: PendingLinkService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError with the code of `UsersService.signIn` or `IdentitiesService.link` */
  async finish(
    request: Request,
    response: Response,
    { provider, profile: raw }: VerifiedIdentity,
    { purpose, promptNone }: Attempt,
  ): Promise<void> {
    const profile = this.users.normalise(provider, raw);
    const client = clientOf(request);
    if (purpose.kind === 'link') {
      const { userId } = purpose;
      await this.unitOfWork.run(async (tx) => {
        const isNew = await this.identities.link(tx, userId, provider, profile);
        // The session may have been revoked during the exchange with the provider.
        await this.sessions.assertActive(tx, request);
        if (isNew) {
          await this.activity.record(tx, { userId, event: 'identity_linked', provider, client });
        }
      });
      return;
    }
    try {
      await this.unitOfWork.run(async (tx) => {
        const userId = await this.users.signIn(tx, provider, profile);
        const { renewed } = await this.sessions.open(tx, request, { userId, provider, promptNone });
        const event = renewed ? 'reauthenticated' : 'sign_in';
        await this.activity.record(tx, { userId, event, provider, client });
      });
    } catch (error) {
      if (error instanceof SignInRefused) {
        if (error.canLink) this.pendingLink.offer(response, error);
        else this.pendingLink.drop(response);
        const userId = error.addressOwner;
        await this.activity.add({ userId, event: 'sign_in_refused', provider, client });
      }
      if (error instanceof SignInDisabled) {
        const { userId } = error;
        await this.activity.add({
          userId,
          event: 'disabled_sign_in_refused',
          provider,
          client,
        });
      }
      throw error;
    }
  }

  /**
   * Records a failed attempt that belongs to a user: a link, or a re-authentication in a browser where they are signed
   * in. A sign-in refused because of an existing address is already in the owner's activity log.
   */
  async recordFailure(
    request: Request,
    { purpose, provider, promptLogin }: Attempt,
    error: AppError,
  ): Promise<void> {
    const client = clientOf(request);
    const { signedIn } = request;
    if (purpose.kind === 'link') {
      const { userId } = purpose;
      await this.activity.add({ userId, event: 'link_refused', provider, client });
    } else if (promptLogin && signedIn && !(error instanceof SignInRefused)) {
      const { userId } = signedIn;
      await this.activity.add({ userId, event: 'reauthentication_failed', provider, client });
    }
  }
}
