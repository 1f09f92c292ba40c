import type { ActivityEvent } from '../common/activity-event.js';
import type { ProviderId } from '../common/provider-id.js';
import type { EmailTrust } from '../providers/social-profile.js';

/** Milliseconds since 1970, UTC. */
export type Timestamp = number;

/** One person. Profile columns are composed from the identities; see `users/user-profile.ts`. */
export interface UsersTable {
  /** UUIDv7. */
  id: string;
  /**
   * The identity that speaks for the person. It must exist (a deferred foreign key), so a user has at least one identity
   * at the end of every transaction.
   */
  primary_provider: ProviderId;
  display_name: string;
  /** As the provider wrote it. */
  email: string | null;
  /** The address by which addresses are compared: ASCII letters in lower case, nothing else folded. */
  email_key: string | null;
  email_trust: EmailTrust | null;
  avatar_url: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  last_sign_in_at: Timestamp;
  /** Since when they may not sign in; null when they may. A disabled user has no sessions. */
  disabled_at: Timestamp | null;
}

/** One account at a provider. (provider, subject) decides who signs in. */
export interface IdentitiesTable {
  provider: ProviderId;
  /** The provider's own unchanging id of the account. */
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

/** One browser that is signed in. A visitor has no row. */
export interface SessionsTable {
  /** SHA-256 of the session id, base64url: who reads the database cannot take over a session. */
  token_hash: string;
  /** UUIDv7; the name under which a person sees the session. */
  id: string;
  user_id: string;
  /** The provider that the person signed in with. */
  provider: ProviderId;
  created_at: Timestamp;
  authenticated_at: Timestamp;
  last_seen_at: Timestamp;
  expires_at: Timestamp;
  /** From where, and with what, the person signed in. */
  address: string | null;
  user_agent: string | null;
}

/** What happened to an account. Rows are only ever added, and deleted when they are old or their user goes. */
export interface ActivityTable {
  /** UUIDv7, so that ids sort by time. */
  id: string;
  user_id: string;
  at: Timestamp;
  event: ActivityEvent;
  provider: ProviderId | null;
  address: string | null;
  user_agent: string | null;
}

/** The attempts that a callback has finished, until they would have expired anyway: each can be finished once. */
export interface ClaimedAttemptsTable {
  attempt_id: string;
  expires_at: Timestamp;
}

/** How often an address has asked of late, for all instances. PostgreSQL only. */
export interface RateLimitsTable {
  key: string;
  requests: number;
  window_ends_at: Timestamp;
}

/** What one of all instances does now and then. */
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

/** Each table, and where it is. */
const TABLES: Readonly<Record<keyof Schema, 'both' | 'postgres'>> = {
  users: 'both',
  identities: 'both',
  sessions: 'both',
  activity: 'both',
  claimed_attempts: 'both',
  rate_limits: 'postgres',
  periodic_tasks: 'both',
};

/** The names of all tables; the compiler sees to it that none is missing. */
export const tableNames: readonly string[] = Object.keys(TABLES);

/** The names of the tables that the embedded database has. */
export const embeddedTableNames = Object.entries(TABLES)
  .filter(([, where]) => where === 'both')
  .map(([name]) => name);
