import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { SignedInSession } from './signed-in-session.js';
import { SessionGuard } from './session.guard.js';

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

/** Parameter decorator: the session, as `signedInSession`. */
export const Session = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  signedInSession(context.switchToHttp().getRequest<Request>()),
);
