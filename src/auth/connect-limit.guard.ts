import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { signedInSession } from '../sessions/session.guards.js';
import { AccountLimits } from '../users/account-limits.js';

/** Counts that somebody who is signed in starts to connect a provider. */
@Injectable()
export class ConnectLimitGuard implements CanActivate {
  constructor(private readonly limits: AccountLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { userId } = signedInSession(context.switchToHttp().getRequest<Request>());
    await this.limits.connect(userId);
    return true;
  }
}
