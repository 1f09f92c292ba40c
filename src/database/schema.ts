import type { ActivityEvent } from '../common/activity-event.js';
import type { ProviderId } from '../common/provider-id.js';
import type { EmailTrust } from '../providers/social-profile.js';

/** Milliseconds since 1970, UTC. */
export type Timestamp = number;

/** One person. Profile columns are composed from the identities; see `users/user-profile.ts`. */
export interface UsersTable {
  /** UUIDv7. */
  id: string;
  /** Takes precedence in the profile. A deferred foreign key gives every user at least one identity at commit. */
  primary_provider: ProviderId;
  display_name: string;
  email: string | null;
  /** The address used for comparison: ASCII letters lowercased, nothing else folded. */
  email_key: string | null;
  email_trust: EmailTrust | null;
  avatar_url: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  last_sign_in_at: Timestamp;
  /** When the user was disabled; null while active. A disabled user has no sessions. */
  disabled_at: Timestamp | null;
}

/** An account at a provider. (provider, subject) identifies the user who signs in. */
export interface IdentitiesTable {
  provider: ProviderId;
  /** The provider's immutable account id. */
  subject: string;
  user_id: string;
  username: string | null;
  display_name: string | null;
  email: string | null;
  /** As `UsersTable.email_key`. */
  email_key: string | null;
  email_trust: EmailTrust | null;
  avatar_url: string | null;
  linked_at: Timestamp;
  last_used_at: Timestamp;
}

/** A signed-in browser. Anonymous visitors have no row. */
export interface SessionsTable {
  /** SHA-256 of the session id, base64url: read access to the database is not enough to hijack a session. */
  token_hash: string;
  id: string;
  user_id: string;
  provider: ProviderId;
  created_at: Timestamp;
  authenticated_at: Timestamp;
  last_seen_at: Timestamp;
  expires_at: Timestamp;
  address: string | null;
  user_agent: string | null;
}

/** The audit log of an account. Append-only; rows are deleted after the retention period, or with their user. */
export interface ActivityTable {
  /** UUIDv7, so ids sort by time. */
  id: string;
  user_id: string;
  at: Timestamp;
  event: ActivityEvent;
  provider: ProviderId | null;
  address: string | null;
  user_agent: string | null;
}

/** Attempts that a callback has finished, kept until they would have expired: each can be finished once. */
export interface ClaimedAttemptsTable {
  attempt_id: string;
  expires_at: Timestamp;
}

/** Shared rate-limit counters. PostgreSQL only. */
export interface RateLimitsTable {
  key: string;
  requests: number;
  window_ends_at: Timestamp;
}

/** Tasks that one of all instances runs periodically. */
export interface PeriodicTasksTable {
  name: string;
  begun_at: Timestamp;
}

export interface Schema {
  users: UsersTable;
  identities: IdentitiesTable;
  sessions: SessionsTable;
  activity: ActivityTable;
  claimed_attempts: ClaimedAttemptsTable;
  rate_limits: RateLimitsTable;
  periodic_tasks: PeriodicTasksTable;
}

const TABLES: Readonly<Record<keyof Schema, 'both' | 'postgres'>> = {
  users: 'both',
  identities: 'both',
  sessions: 'both',
  activity: 'both',
  claimed_attempts: 'both',
  rate_limits: 'postgres',
  periodic_tasks: 'both',
};

/** The names of all tables; the compiler ensures that none is missing. */
export const tableNames: readonly string[] = Object.keys(TABLES);

export const embeddedTableNames = Object.entries(TABLES)
  .filter(([, where]) => where === 'both')
  .map(([name]) => name);
