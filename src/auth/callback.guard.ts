import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { AttemptsService } from './attempts/attempts.service.js';
import { ProviderGuards } from './provider-guards.js';
import { providers } from './providers.js';
import { sameIssuer } from './same-issuer.js';

/**
 * Checks a provider's answer and finishes the attempt that it belongs to, before anything is asked of the provider; then
 * lets the provider's guard exchange it. The passport strategies would look at `error` before `state`, and take an answer
 * without a code for a new start.
 */
@Injectable()
export class CallbackGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly guards: ProviderGuards,
    private readonly attempts: AttemptsService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { provider, guard } = this.guards.of(request);
    const answer = providers[provider].readCallback(request.query);
    if (answer === null) throw new AppError('invalid_state');
    const attempt = await this.attempts.finish(request, response, provider, answer.handle);
    request.signIn = { step: 'callback', attempt };
    const { purpose } = attempt;
    if (purpose.kind === 'link' && request.signedIn?.userId !== purpose.userId) {
      throw new AppError('session_changed');
    }
    if (answer.issuer !== null && !sameIssuer(answer.issuer, this.issuerOf(provider))) {
      throw new AppError('provider_mismatch');
    }
    if (answer.outcome === 'denied') throw new AppError('access_denied');
    if (answer.outcome === 'failed') {
      throw new AppError('provider_error', { log: { provider, step: 'authorize' } });
    }
    return Boolean(await guard.canActivate(context));
  }

  /** Who answers of a provider must say they come from: each has its own callback, so one that says nothing is told apart all the same. */
  private issuerOf(provider: ProviderId): string | null {
    return providers[provider].issuer(this.config.providers);
  }
}
