import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ActivityService } from '../activity/activity.service.js';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import { withParameters } from '../common/url.js';
import { type Config, CONFIG } from '../config/config.js';
import { canProve, sourceOf } from '../config/issuers.js';
import { lockOwner, lockUser } from '../database/lock-user.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { Proof } from '../sessions/proofs.repository.js';
import { SessionStarts } from '../sessions/session-starts.service.js';
import { signedInSession } from '../sessions/session.guards.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignInRefused } from '../users/sign-in-errors.js';
import { IdentitiesService } from '../users/identities.service.js';
import { StepUpService } from '../users/step-up.service.js';
import { UsersService } from '../users/users.service.js';
import type { Attempt, FoundAttempt } from './attempts/attempt.js';
import { OutcomesService } from './attempts/outcomes.service.js';
import { HandoverAnswers } from './handover-answers.service.js';
import { PendingLinkService } from './pending-link.service.js';
import { leavingFragment } from './leaving-fragment.js';
import { proofOf } from './proof.js';
import { SignInRefusals } from './sign-in-refusals.js';
import type { Verified, VerifiedIdentity } from './sign-in-context.js';

/** The attempt that a callback finishes, and where it sends the browser: to `returnTo`, with the `state` of whoever began. */
interface Ending {
  attempt: FoundAttempt;
  returnTo: string;
  location: string;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly users: UsersService,
    private readonly identities: IdentitiesService,
    private readonly sessions: SessionsService,
    private readonly starts: SessionStarts,
    private readonly activity: ActivityService,
    private readonly pendingLink: PendingLinkService,
    private readonly stepUp: StepUpService,
    private readonly outcomes: OutcomesService,
    private readonly handovers: HandoverAnswers,
    private readonly refusals: SignInRefusals,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @returns where the browser goes from here
   * @throws AppError with the code of `UsersService.signIn` or `IdentitiesService.link`; `session_changed`; as `StepUpService.require`
   */
  async finish(
    request: Request,
    response: Response,
    identity: VerifiedIdentity,
    attempt: FoundAttempt,
  ): Promise<string> {
    const { provider } = identity;
    const profile = this.users.normalise(provider, identity.profile);
    const verified = {
      source: sourceOf(this.config, provider),
      profile,
      proof: this.proofOf(identity, profile, attempt),
    };
    const { publicUrl, defaultReturnTo } = this.config;
    const returnTo = attempt.returnTo ?? defaultReturnTo;
    const { callerState: state = null } = attempt;
    const told = withParameters(returnTo, { state }, publicUrl.origin);
    const location = leavingFragment(provider, told);
    const ending = { attempt, returnTo: leavingFragment(provider, returnTo), location };
    const { purpose, handover } = attempt;
    if (handover !== undefined) {
      return this.handovers.answer(request, response, verified, { handover, attempt });
    }
    if (purpose.kind === 'link') await this.link(request, verified, ending);
    else if (purpose.kind === 'reauthenticate') {
      await this.reauthenticate(request, verified, purpose.userId, ending);
    } else await this.signIn(request, response, verified, ending);
    return location;
  }

  private async link(
    request: Request,
    { source, profile }: Verified,
    { attempt, location }: Ending,
  ): Promise<void> {
    const session = signedInSession(request);
    const { userId } = session;
    const { provider } = source;
    const { subject } = profile;
    const client = clientOf(request);
    await this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, userId);
      if (user?.disabled_at) throw new AppError('account_disabled');
      // The session may have been revoked during the exchange with the provider.
      await this.sessions.assertActive(tx, request);
      // As at the start: what was recent then has become older on the way.
      const takenMs = Math.max(0, Date.now() - attempt.startedAt);
      await this.stepUp.require(session, 'connect', tx, takenMs);
      const isNew = await this.identities.link(tx, userId, source, profile, client);
      if (isNew) {
        const event = 'identity_linked';
        await this.activity.record(tx, { userId, event, provider, subject, client });
      }
      await this.outcomes.keep(attempt, { location }, null, tx);
    });
  }

  /** Another identity than one of the user's changes nothing: not the session, and not its own user. */
  private async reauthenticate(
    request: Request,
    { source, profile, proof }: Verified,
    userId: string,
    { attempt, location }: Ending,
  ): Promise<void> {
    const { provider } = source;
    const { subject } = profile;
    const client = clientOf(request);
    const event = proof.assurance === 'none' ? 'reauthentication_failed' : 'reauthenticated';
    await this.unitOfWork.run(async (tx) => {
      const user = await lockOwner(tx, proof);
      if (user?.id !== userId) throw new AppError('session_changed');
      await this.users.update(tx, user, proof, profile);
      const renewed = await this.starts.stepUp(tx, request, proof);
      await this.activity.record(tx, { userId, event, provider, subject, client });
      await this.outcomes.keep(attempt, { location }, renewed, tx);
    });
  }

  private async signIn(
    request: Request,
    response: Response,
    { source, profile, proof }: Verified,
    { attempt, returnTo, location }: Ending,
  ): Promise<void> {
    const { id, promptNone, fromElsewhere } = attempt;
    const { provider } = source;
    const client = clientOf(request);
    try {
      await this.unitOfWork.run(async (tx) => {
        const { userId, isNewUser } = await this.users.signIn(tx, source, profile, client);
        const current = request.signedIn?.userId ?? userId;
        if (fromElsewhere && current !== userId) throw new AppError('session_changed');
        const begun = await this.starts.open(tx, request, {
          userId,
          isNewUser,
          source,
          proof,
          promptNone,
          attempt: { id, returnTo },
        });
        const { subject } = proof;
        await this.activity.record(tx, { userId, event: 'sign_in', provider, subject, client });
        await this.outcomes.keep(attempt, { location }, begun, tx);
      });
    } catch (error) {
      if (error instanceof SignInRefused) {
        await this.pendingLink.offerOrDrop(request, response, error);
      }
      await this.refusals.record(error, { provider, client });
      throw error;
    }
  }

  private proofOf(
    { provider, authTime }: VerifiedIdentity,
    { subject }: SocialProfile,
    { promptLogin }: Attempt,
  ): Proof {
    const source = sourceOf(this.config, provider);
    const answer = { promptLogin, authTime, canProve: canProve(this.config, source) };
    const { recentSignInSeconds } = this.config.sessions;
    return proofOf({ issuer: source.issuer, subject }, answer, recentSignInSeconds * 1000);
  }

  /**
   * Records a failed attempt that belongs to a user: a link, or a re-authentication of the
   * user who is signed in. Refused sign-ins are in the activity log already. Of what an application has asked for nothing is
   * recorded: the browser may be anybody's.
   */
  async recordFailure(request: Request, { purpose, provider, handover }: Attempt): Promise<void> {
    if (handover !== undefined) return;
    const client = clientOf(request);
    if (purpose.kind === 'link') {
      const { userId } = purpose;
      await this.activity.add({ userId, event: 'link_refused', provider, client });
    } else if (purpose.kind === 'reauthenticate') {
      const { userId } = purpose;
      await this.activity.add({ userId, event: 'reauthentication_failed', provider, client });
    }
  }
}
