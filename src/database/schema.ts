import type { ActivityEvent, ActivityWay } from '../common/activity-event.js';
import type { ProviderId } from '../common/provider-id.js';
import type { Timestamp } from '../common/timestamp.js';
import type { EmailTrust } from '../providers/social-profile.js';
import type {
  HandoversTable,
  PendingLinksTable,
  SessionProofsTable,
  SessionsTable,
} from './session-tables.js';

/** One person. Profile columns are composed from the identities; see `users/user-profile.ts`. */
export interface UsersTable {
  /** UUIDv7. */
  id: string;
  /**
   * The issuer of the identity that takes precedence in the profile. A deferred foreign key gives every user at least one
   * identity at commit.
   */
  primary_issuer: string;
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
  /** The name that the user has set, which `display_name` then is whatever providers say; null for theirs. */
  chosen_name: string | null;
  /** The language that the user has set (BCP 47). */
  locale: string | null;
}

/** An account at a provider. (issuer, subject) identifies the user who signs in. */
export interface IdentitiesTable {
  provider: ProviderId;
  /** Who vouches for it; see `ProviderDefinition.identityIssuer`. */
  issuer: string;
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
  /** When it was connected to a user who already had an identity; null for the first, and once the operator has settled it. */
  unsettled_since: Timestamp | null;
  /** When the user has seen, in a session that an older identity has proven, that it was connected. */
  acknowledged_at: Timestamp | null;
  /** Where it was connected from. */
  linked_address: string | null;
  linked_user_agent: string | null;
  linked_via: ActivityWay | null;
}

/** An address that stays a mere claim of a user: an authoritative owner has it, or the operator has taken it from them. */
export interface ContestedAddressesTable {
  user_id: string;
  /** As `UsersTable.email_key`. */
  email_key: string;
}

/** The audit log of an account. Append-only; rows are deleted after the retention period, or with their user. */
export interface ActivityTable {
  /** UUIDv7, so ids sort by time. */
  id: string;
  user_id: string;
  at: Timestamp;
  event: ActivityEvent;
  provider: ProviderId | null;
  /** Who vouched for an identity that was refused. */
  issuer: string | null;
  /** The identity's subject, where the event is about one of the user's. */
  subject: string | null;
  via: ActivityWay | null;
  address: string | null;
  user_agent: string | null;
}

/** Attempts that a callback has finished, kept until they would have expired: each can be finished once. */
export interface ClaimedAttemptsTable {
  /** SHA-256 of the provider and its state or request token, base64url. */
  attempt_id: string;
  expires_at: Timestamp;
  /** How it ended, for a callback that is delivered again; sealed under a key that only the attempt's cookie has. */
  outcome: string | null;
  /** Until when the outcome is kept; null while there is none. */
  outcome_until: Timestamp | null;
  /** The session that it began or renewed. */
  session_id: string | null;
}

/** A key that signs tokens for other services: ECDSA on P-256. */
export interface SigningKeysTable {
  /** Its thumbprint (RFC 7638). */
  kid: string;
  /** Counts up. The key with the next number follows it. */
  number: number;
  /** The public half (RFC 7518 §6.2.1). */
  x: string;
  y: string;
  /** The private half, sealed by SESSION_SECRET. */
  private_key: string;
  created_at: Timestamp;
  signs_from: Timestamp;
  /** Past the end of every token that it has signed: whoever signs with it sees to that first. */
  published_until: Timestamp;
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
  contested_addresses: ContestedAddressesTable;
  sessions: SessionsTable;
  session_proofs: SessionProofsTable;
  pending_links: PendingLinksTable;
  handovers: HandoversTable;
  activity: ActivityTable;
  claimed_attempts: ClaimedAttemptsTable;
  signing_keys: SigningKeysTable;
  rate_limits: RateLimitsTable;
  periodic_tasks: PeriodicTasksTable;
}

const TABLES: Readonly<Record<keyof Schema, 'both' | 'postgres'>> = {
  users: 'both',
  identities: 'both',
  contested_addresses: 'both',
  sessions: 'both',
  session_proofs: 'both',
  pending_links: 'both',
  handovers: 'both',
  activity: 'both',
  claimed_attempts: 'both',
  signing_keys: 'both',
  rate_limits: 'postgres',
  periodic_tasks: 'both',
};

/** The names of all tables; the compiler ensures that none is missing. */
export const tableNames: readonly string[] = Object.keys(TABLES);

export const embeddedTableNames = Object.entries(TABLES)
  .filter(([, where]) => where === 'both')
  .map(([name]) => name);
