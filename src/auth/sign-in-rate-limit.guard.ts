import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits } from '../rate-limits/rate-limits.js';

/** Counts starts and callbacks together. */
@Injectable()
export class SignInRateLimitGuard implements CanActivate {
  private readonly limit: RateLimit;

  constructor(@Inject(CONFIG) config: Config, rateLimits: RateLimits) {
    this.limit = rateLimits.create('sign-in', config.rateLimits.signIn);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    await this.limit(http.getRequest<Request>(), http.getResponse<Response>());
    return true;
  }
}
