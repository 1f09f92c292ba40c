import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { signedInSession } from './signed-in.guard.js';

/** Requires a recent sign-in (step-up) for what cannot be undone, or gives another account access. The response names the URL. */
@Injectable()
export class RecentSignInGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    this.check(context.switchToHttp().getRequest<Request>());
    return true;
  }

  /** Throws `reauth_required` unless the sign-in is recent. */
  check(request: Request): void {
    const session = signedInSession(request);
    const age = Date.now() - session.authenticatedAt;
    if (age > this.config.sessions.recentSignInSeconds * 1000) {
      const { publicUrl, providers } = this.config;
      // A provider that has been turned off cannot be gone to; the sign-in page shows the others.
      const isOn = providers[session.provider] !== null;
      const path = isOn ? `/auth/${session.provider}?prompt=login` : '/?error=reauth_required';
      throw new AppError('reauth_required', { reauthUrl: publicUrl.href + path });
    }
  }
}
