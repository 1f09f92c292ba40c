import type { ActivityWay } from '../common/activity-event.js';
import type { Client } from '../common/http/client.js';
import type { IdentitySource } from '../config/issuers.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { emailKey, isVerified } from './email-key.js';

export type ProfileColumns = Pick<
  UsersTable,
  'display_name' | 'email' | 'email_key' | 'email_trust' | 'avatar_url'
>;

const NAMELESS = 'Unnamed user';

/**
 * Composes the user's one record from their identities. The first identity takes precedence over the others,
 * which fill its gaps; a verified address takes precedence over a claimed one.
 *
 * @param identities all identities of the user, the primary one first
 * @param isTaken whether another user has an address (by its key) verified; it is then kept as a claim only
 */
export function composeProfile(
  identities: readonly IdentitiesTable[],
  isTaken: (key: string) => boolean,
): ProfileColumns {
  const names = [
    ...identities.map((identity) => identity.display_name),
    ...identities.map((identity) => identity.username),
  ];
  const withEmail = identities.filter((identity) => identity.email !== null);
  const source =
    withEmail.find(
      ({ email, email_trust }) => isVerified(email_trust) && !isTaken(emailKey(email ?? '')),
    ) ?? withEmail[0];
  const email = source?.email ?? null;
  const key = email === null ? null : emailKey(email);
  const demoted = key !== null && isVerified(source?.email_trust ?? null) && isTaken(key);
  return {
    display_name: names.find((name) => name !== null) ?? NAMELESS,
    email,
    email_key: key,
    email_trust: demoted ? 'claimed' : (source?.email_trust ?? null),
    avatar_url: identities.find(({ avatar_url }) => avatar_url !== null)?.avatar_url ?? null,
  };
}

/** Identities in the order in which they take precedence in the profile. */
export function primaryFirst(
  identities: readonly IdentitiesTable[],
  primary: string,
): IdentitiesTable[] {
  return identities.toSorted(
    (one, other) => Number(other.issuer === primary) - Number(one.issuer === primary),
  );
}

/** How an identity comes to a user. */
export interface Arrival {
  userId: string;
  now: number;
  client: Client;
  /** Whether the user has an identity already. */
  isLater: boolean;
  via: ActivityWay | null;
}

/** The row of an identity that a user connects now. */
export function newIdentity(
  source: IdentitySource,
  profile: SocialProfile,
  { userId, now, client, isLater, via }: Arrival,
): IdentitiesTable {
  return {
    ...source,
    ...profileColumns(profile),
    user_id: userId,
    linked_at: now,
    last_used_at: now,
    unsettled_since: isLater ? now : null,
    acknowledged_at: null,
    linked_address: client.address,
    linked_user_agent: client.userAgent,
    linked_via: via,
  };
}

function profileColumns(profile: SocialProfile) {
  return {
    subject: profile.subject,
    username: profile.username,
    display_name: profile.displayName,
    email: profile.email?.address ?? null,
    email_key: profile.email === null ? null : emailKey(profile.email.address),
    email_trust: profile.email?.trust ?? null,
    avatar_url: profile.avatarUrl,
  };
}

/** A known identity as the provider describes it now. A partial description changes only what it contains. */
export function refreshedIdentity(
  known: IdentitiesTable,
  profile: SocialProfile,
  now: number,
): IdentitiesTable {
  const incoming = profileColumns(profile);
  const fallback = profile.partial ? known : incoming;
  const email = incoming.email === null ? fallback : incoming;
  return {
    ...known,
    username: incoming.username ?? fallback.username,
    display_name: incoming.display_name ?? fallback.display_name,
    email: email.email,
    email_key: email.email_key,
    email_trust: email.email_trust,
    avatar_url: incoming.avatar_url ?? fallback.avatar_url,
    last_used_at: now,
  };
}
