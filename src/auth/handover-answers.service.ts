import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { clientOf } from '../common/http/client.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AskedService } from '../handover/asked.service.js';
import type { Handover } from '../handover/handover.js';
import { HandoversService } from '../handover/handovers.service.js';
import { SignInRefused } from '../users/sign-in-errors.js';
import { UsersService } from '../users/users.service.js';
import type { FoundAttempt } from './attempts/attempt.js';
import { cookiesBeside, OutcomesService } from './attempts/outcomes.service.js';
import { endFragment } from './end-fragment.js';
import type { Verified } from './sign-in-context.js';
import { SignInRefusals } from './sign-in-refusals.js';

/** What a provider's answer comes to that is not for this browser. */
@Injectable()
export class HandoverAnswers {
  constructor(
    private readonly users: UsersService,
    private readonly handovers: HandoversService,
    private readonly asked: AskedService,
    private readonly outcomes: OutcomesService,
    private readonly refusals: SignInRefusals,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Signs a person in for another site or an app, or answers what its session has asked for: no session of this browser is
   * read, made or ended, and nothing is left pending in it. What could not sign in is offered to its owner all the same
   * (`request.offeredAt`).
   */
  async answer(
    request: Request,
    response: Response,
    { source, profile, proof }: Verified,
    { handover, attempt }: { handover: Handover; attempt: FoundAttempt },
  ): Promise<string> {
    if (!this.handovers.isConfigured(handover)) {
      throw new AppError('invalid_state', { log: { reason: 'target not configured any more' } });
    }
    const { provider } = source;
    const { promptNone } = attempt;
    const { askedId } = handover;
    const client = clientOf(request);
    const prepared = this.handovers.prepare(response, handover);
    const location = endFragment(provider, prepared.location);
    const cookies = cookiesBeside(attempt, response);
    try {
      await this.unitOfWork.run(async (tx) => {
        if (askedId === null) {
          const userId = await this.users.signIn(tx, source, profile, client);
          const { subject } = proof;
          const signedIn = { userId, source, subject, promptNone, client };
          await this.handovers.add(tx, prepared, signedIn);
        } else await this.asked.answer(tx, askedId, prepared, proof, profile);
        await this.outcomes.keep(attempt, { location, cookies }, null, tx);
      });
    } catch (error) {
      await this.refusals.record(error, { provider, client });
      if (error instanceof SignInRefused && error.canLink) {
        request.offeredAt = await this.asked.offer(prepared, error);
      }
      throw error;
    }
    return location;
  }
}
