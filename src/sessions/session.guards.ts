import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { hasBearer } from '../common/http/bearer.js';
import { parameterOf } from '../common/http/parameter.js';
import type { SignedInSession } from './signed-in-session.js';
import { RequestLimits } from './request-limits.js';
import { SessionReader } from './session-reader.js';

/** Reads the session into `request.signedIn`, and counts the request by its user; lets everybody pass but a dead bearer. */
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
    if (request.signedIn === null && request.bearer !== undefined) {
      throw new AppError('unauthenticated', {
        detail: 'This session token is wrong, or its session has ended. Sign in again.',
        log: { reason: 'bearer' },
      });
    }
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

/**
 * Refuses an application's request where browsers alone sign in or out.
 *
 * @throws AppError `bad_request`
 */
export function refuseBearer(request: Request): void {
  if (!hasBearer(request)) return;
  throw new AppError('bad_request', {
    detail:
      'This is for a browser. An application asks without Authorization, or signs in by a code.',
    log: { reason: 'bearer' },
  });
}

export const Session = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  signedInSession(context.switchToHttp().getRequest<Request>()),
);

/**
 * Where a request says for whom it is meant (`?user=`), refuses it for anybody else: people share browsers, and what one
 * of them left open must not change the account of the next.
 */
@Injectable()
export class ExpectedUserGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const user = parameterOf(request, 'user');
    const isMeant =
      request.method === 'GET' || user === undefined || user === request.signedIn?.userId;
    if (!isMeant) throw new AppError('session_changed');
    return true;
  }
}
