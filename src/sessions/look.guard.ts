import { type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ownCookiesOf } from './own-cookies.js';
import { RequestLimits } from './request-limits.js';
import { SessionGuard } from './session.guards.js';
import { SessionLooks } from './session-looks.js';
import { SessionReader } from './session-reader.js';
import type { SignedInSession } from './signed-in-session.js';

/**
 * For routes that only tell who is signed in: as `SessionGuard`, and for a server with a service key also by the Domain
 * cookie. Whoever is seen is `request.seen`; `request.signedIn` is only who may act. Lets everybody pass.
 */
@Injectable()
export class LookGuard extends SessionGuard {
  constructor(
    sessions: SessionReader,
    limits: RequestLimits,
    private readonly looks: SessionLooks,
  ) {
    super(sessions, limits);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<Request>();
    request.seen = request.signedIn ?? null;
    if (request.seen === null && request.serviceKey !== undefined) {
      request.seen = await this.looks.byDomainCookie(request, ownCookiesOf(request));
    }
    return true;
  }
}

declare module 'http' {
  interface IncomingMessage {
    /** Who is seen to be signed in, also by a cookie that only looks; null for nobody. */
    seen?: SignedInSession | null;
  }
}
