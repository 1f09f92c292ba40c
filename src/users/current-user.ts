import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { signedInSession } from '../sessions/session.guards.js';
import { toUser, type User } from './user.schema.js';

/**
 * The signed-in user of a request, as the API shows them.
 *
 * @throws AppError `unauthenticated` when nobody is signed in
 */
export function currentUser(request: Request): User {
  const { user, identities } = signedInSession(request);
  return toUser(user, identities);
}

export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  currentUser(context.switchToHttp().getRequest<Request>()),
);
