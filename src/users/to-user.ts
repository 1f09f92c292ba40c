import { toTimestamp } from '../common/timestamp.js';
import type { ShownIdentity, ShownUser } from '../sessions/live-session.query.js';
import { isVerified } from './email-key.js';
import type { User } from './user.schema.js';

/**
 * Presents a user's rows. What is not named here does not leave the service.
 *
 * @param identities the user's identities, the first connected first
 */
export function toUser(user: ShownUser, identities: readonly ShownIdentity[]): User {
  return {
    id: user.id,
    displayName: user.display_name,
    email: user.email,
    emailVerified: isVerified(user.email_trust),
    avatarUrl: user.avatar_url,
    createdAt: toTimestamp(user.created_at),
    updatedAt: toTimestamp(user.updated_at),
    lastSignInAt: toTimestamp(user.last_sign_in_at),
    identities: identities.map(toIdentity),
  };
}

function toIdentity(identity: ShownIdentity): User['identities'][number] {
  return {
    provider: identity.provider,
    subject: identity.subject,
    username: identity.username,
    displayName: identity.display_name,
    email: identity.email,
    emailVerified: isVerified(identity.email_trust),
    avatarUrl: identity.avatar_url,
    linkedAt: toTimestamp(identity.linked_at),
    lastUsedAt: toTimestamp(identity.last_used_at),
  };
}
