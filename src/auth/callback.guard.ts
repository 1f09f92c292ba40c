import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { RequestLimits } from '../sessions/request-limits.js';
import type { FoundAttempt } from './attempts/attempt.js';
import { AttemptsService } from './attempts/attempts.service.js';
import { attemptIdOf } from './attempts/claims.repository.js';
import { OutcomesService } from './attempts/outcomes.service.js';
import { refuseSpeculation, requireNavigation } from './browser-request.js';
import { NOT_FOR_CRAWLERS } from './crawlers.js';
import { ProviderGuards } from './provider-guards.js';
import { ifEnabled, providers } from '../providers/registry.js';
import './sign-in-context.js';
import { sameIssuer } from './same-issuer.js';

/** What became of a sign-in that the provider has refused. */
const REFUSALS = {
  denied: 'access_denied',
  unasked: 'login_required',
  failed: 'provider_error',
} as const;

/**
 * Validates a callback and finishes its attempt before any request to the provider; then the provider's guard exchanges
 * the code. The passport strategies would check `error` before `state`, and treat a callback without a code as a new
 * start.
 */
@Injectable()
export class CallbackGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly guards: ProviderGuards,
    private readonly attempts: AttemptsService,
    private readonly outcomes: OutcomesService,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { provider, guard } = this.guards.of(request);
    response.set(NOT_FOR_CRAWLERS);
    refuseSpeculation(request);
    requireNavigation(request);
    await this.limits.countSignIn(request);
    const answer = providers[provider].readCallback(request.query);
    if (answer === null) throw new AppError('invalid_state', { log: { reason: 'malformed' } });
    if (answer.stateOrToken !== null) {
      const attempt = await this.takeAttempt(request, response, provider, answer.stateOrToken);
      // Before the remaining checks: `SignInErrorFilter` records a failure by it.
      request.signInAttempt = attempt;
      requireSameSession(request, attempt);
    }
    const issuer = ifEnabled(provider, this.config.providers, (definition, settings) =>
      definition.issuer(settings),
    );
    // Mix-up defence (RFC 9207): every provider has its own redirect URI, so a response without `iss` is accepted.
    if (answer.issuer !== null && !sameIssuer(answer.issuer, issuer)) {
      throw new AppError('provider_mismatch');
    }
    if (answer.outcome !== 'granted') {
      throw new AppError(REFUSALS[answer.outcome], {
        log: { provider, step: 'authorize', ...answer.log },
      });
    }
    return Boolean(await guard.canActivate(context));
  }

  /**
   * Finishes the attempt that a callback belongs to.
   *
   * @throws Redirected when it was delivered before and there is an outcome to give again; AppError `invalid_state`
   *   when this browser has no such attempt or it is finished already, `state_expired` when it is too old, and those of
   *   `AttemptsService.claim`
   */
  private async takeAttempt(
    request: Request,
    response: Response,
    provider: ProviderId,
    stateOrToken: string,
  ): Promise<FoundAttempt> {
    const { foundAttempt: attempt = null } = request;
    const turn = attempt && (await this.attempts.claim(response, provider, attempt));
    if (attempt && turn === 'first') return attempt;
    if (attempt) await this.outcomes.repeat(request, attempt);
    await this.outcomes.repeatInSession(request, attemptIdOf(provider, stateOrToken));
    if (attempt === null || turn !== 'expired') {
      const reason = attempt === null ? 'no attempt in this browser' : 'finished';
      throw new AppError('invalid_state', { log: { reason } });
    }
    this.attempts.drop(response, attempt);
    throw new AppError('state_expired');
  }
}

/** A user may have ended the session in which a link or a step-up began, and have been followed by somebody in a new one. */
function requireSameSession({ signedIn }: Request, { purpose, handover }: FoundAttempt): void {
  // What an application has asked for is bound to its session, and not to a browser's.
  if (purpose.kind === 'sign-in' || handover !== undefined) return;
  const isSame = signedIn?.userId === purpose.userId && signedIn.publicId === purpose.sessionId;
  if (!isSame) throw new AppError('session_changed', { log: { reason: 'another session' } });
}
