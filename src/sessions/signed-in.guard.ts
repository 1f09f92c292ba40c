import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors.js';
import type { SignedInSession } from './session-data.js';

/** Lets only signed-in people pass: 401 for everybody else. */
@Injectable()
export class SignedInGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    signedInSession(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

/**
 * The session of a request that needs one.
 *
 * @throws AppError `unauthenticated` when nobody is signed in
 */
export function signedInSession(request: Request): SignedInSession {
  const signedIn = request.session.signedIn;
  if (signedIn === undefined) throw new AppError('unauthenticated');
  return signedIn;
}
