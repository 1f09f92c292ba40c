import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { RequestLimits } from '../sessions/request-limits.js';
import { AttemptsService } from './attempts/attempts.service.js';
import { refuseSpeculation, requireNavigation } from './browser-request.js';
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
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { provider, guard } = this.guards.of(request);
    refuseSpeculation(request);
    requireNavigation(request);
    await this.limits.countSignIn(request);
    const answer = providers[provider].readCallback(request.query);
    if (answer === null) throw new AppError('invalid_state', { log: { reason: 'malformed' } });
    if (answer.stateOrToken !== null) {
      await this.finish(request, response, provider, answer.stateOrToken);
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
  private async finish(
    request: Request,
    response: Response,
    provider: ProviderId,
    stateOrToken: string,
  ): Promise<void> {
    const attempt = await this.attempts.finish(request, response, provider, stateOrToken);
    // Before the remaining checks: `SignInErrorFilter` records a failure by it.
    request.signInAttempt = attempt;
    const { purpose } = attempt;
    if (purpose.kind !== 'sign-in' && request.signedIn?.userId !== purpose.userId) {
      throw new AppError('session_changed');
    }
  }
}
