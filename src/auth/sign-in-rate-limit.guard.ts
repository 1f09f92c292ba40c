import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RequestLimits } from '../sessions/request-limits.js';

/** Counts starts and callbacks together. */
@Injectable()
export class SignInRateLimitGuard implements CanActivate {
  constructor(private readonly limits: RequestLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.limits.countSignIn(context.switchToHttp().getRequest<Request>());
    return true;
  }
}
