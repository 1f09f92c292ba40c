import type { ProviderId } from '../common/provider-id.js';
import type { IdentitiesTable } from '../database/schema.js';
import { emailKey } from './email-key.js';
import type { SocialProfile } from '../providers/social-profile.js';

/** The row of an identity that a user connects now. */
export function newIdentity(
  provider: ProviderId,
  profile: SocialProfile,
  userId: string,
  now: number,
): IdentitiesTable {
  return {
    provider,
    subject: profile.subject,
    user_id: userId,
    username: profile.username,
    display_name: profile.displayName,
    email: profile.email?.address ?? null,
    email_key: profile.email === null ? null : emailKey(profile.email.address),
    email_trust: profile.email?.trust ?? null,
    avatar_url: profile.avatarUrl,
    linked_at: now,
    last_used_at: now,
  };
}

/** A known identity as the provider describes it now. A partial description changes only what it tells. */
export function refreshedIdentity(
  known: IdentitiesTable,
  profile: SocialProfile,
  now: number,
): IdentitiesTable {
  const told = newIdentity(known.provider, profile, known.user_id, now);
  const fallback = profile.partial ? known : told;
  const email = told.email === null ? fallback : told;
  return {
    ...told,
    username: told.username ?? fallback.username,
    display_name: told.display_name ?? fallback.display_name,
    email: email.email,
    email_key: email.email_key,
    email_trust: email.email_trust,
    avatar_url: told.avatar_url ?? fallback.avatar_url,
    linked_at: known.linked_at,
  };
}
