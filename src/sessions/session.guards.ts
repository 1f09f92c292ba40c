import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { SignedInSession } from './signed-in-session.js';
import { RequestLimits } from './request-limits.js';
import { SessionReader } from './session-reader.js';
import { type Config, CONFIG } from '../config/config.js';

/** Reads the session into `request.signedIn`, and counts the request by its user; lets everybody pass. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionReader,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    request.signedIn = await this.sessions.read(request, http.getResponse<Response>());
    await this.limits.countUser(request);
    return true;
  }
}

/** Requires a session: 401 without one. */
@Injectable()
export class SignedInGuard extends SessionGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    signedInSession(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

/**
 * The session of a request that needs one.
 *
 * @throws AppError `unauthenticated` when nobody is signed in
 */
export function signedInSession({ signedIn }: Request): SignedInSession {
  if (!signedIn) throw new AppError('unauthenticated');
  return signedIn;
}

export const Session = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  signedInSession(context.switchToHttp().getRequest<Request>()),
);

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
      // A provider that has been turned off cannot be used; the sign-in page shows the others.
      const isOn = providers[session.provider] !== null;
      const path = isOn ? `/auth/${session.provider}?prompt=login` : '/?error=reauth_required';
      throw new AppError('reauth_required', { reauthUrl: publicUrl.href + path });
    }
  }
}
