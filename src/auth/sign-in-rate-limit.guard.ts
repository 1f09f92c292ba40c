import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { createRateLimit, type RateLimit } from '../common/rate-limit.js';
import { CONFIG, type Config } from '../config/config.js';

/** Limits starts and callbacks together: each costs a provider's goodwill. */
@Injectable()
export class SignInRateLimitGuard implements CanActivate {
  private readonly limit: RateLimit;

  constructor(@Inject(CONFIG) config: Config) {
    this.limit = createRateLimit('sign-in', config.rateLimits.signIn);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    await this.limit(http.getRequest<Request>(), http.getResponse<Response>());
    return true;
  }
}
