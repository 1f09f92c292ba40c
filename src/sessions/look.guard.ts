import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ownCookiesOf } from './own-cookies.js';
import { RequestLimits } from './request-limits.js';
import { SessionLooks } from './session-looks.js';
import { SessionReader } from './session-reader.js';
import type { SignedInSession } from './signed-in-session.js';

/**
 * For routes that only tell who is signed in: as `SessionGuard`, and for a server with a service key also by the Domain
 * cookie. Whoever is seen is `request.seen`; `request.signedIn` is only who may act. Lets everybody pass.
 */
@Injectable()
export class LookGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionReader,
    private readonly looks: SessionLooks,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    request.signedIn = await this.sessions.read(request, http.getResponse<Response>());
    await this.limits.countUser(request);
    request.seen = request.signedIn;
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
