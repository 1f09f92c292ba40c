import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { providers } from '../providers/registry.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { RequestLimits } from '../sessions/request-limits.js';
import { SessionReader } from '../sessions/session-reader.js';
import { SessionStore } from '../sessions/session.store.js';
import { AttemptsService } from './attempts/attempts.service.js';
import { ProviderGuards } from './provider-guards.js';
import './sign-in-context.js';

/** Finds the attempt that a callback belongs to, and the browser's session with it, which a hand-over must not see. */
@Injectable()
export class CallbackSessionGuard extends ExpressSessionGuard {
  constructor(
    @Inject(CONFIG) config: Config,
    store: SessionStore,
    sessions: SessionReader,
    limits: RequestLimits,
    private readonly guards: ProviderGuards,
    private readonly attempts: AttemptsService,
  ) {
    super(config, store, sessions, limits);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { provider } = this.guards.of(request);
    const stateOrToken = providers[provider].readCallback(request.query)?.stateOrToken ?? null;
    request.foundAttempt =
      stateOrToken === null ? null : this.attempts.find(request, provider, stateOrToken);
    if (request.foundAttempt?.handover) this.sessions.ignoreCookie(request);
    return super.canActivate(context);
  }

  /** `CallbackGuard` counts it, and not by user. */
  protected override count(): Promise<void> {
    return Promise.resolve();
  }
}
