import type { Request } from 'express';
import { signedInSession } from '../sessions/signed-in.guard.js';
import { toUser } from './user.schema.js';
import type { User } from './user.schema.js';

/**
 * The user who asks, as the API shows them.
 *
 * @throws AppError `unauthenticated` when nobody is signed in
 */
export function currentUser(request: Request): User {
  const { user, identities } = signedInSession(request);
  return toUser(user, identities);
}
