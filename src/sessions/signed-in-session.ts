import 'express-session';
import type { ProviderId } from '../common/provider-id.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { SessionKind } from '../database/session-tables.js';

export type ShownUser = Omit<
  UsersTable,
  'primary_issuer' | 'email_key' | 'disabled_at' | 'chosen_name'
>;

export type ShownIdentity = Omit<
  IdentitiesTable,
  'user_id' | 'email_key' | 'linked_address' | 'linked_user_agent' | 'linked_via'
>;

/** The session of a browser or an application, with whose it is. Times are milliseconds since 1970. */
export interface SignedInSession {
  /** The public id (UUIDv7), not the secret one in the cookie. */
  readonly publicId: string;
  /** Hash of the secret id that it was found by, or of what the Domain cookie has. Both are others once it is renewed. */
  readonly tokenHash: string;
  readonly userId: string;
  /** The provider that the session is shown with, and its identity's issuer. */
  readonly provider: ProviderId;
  readonly issuer: string;
  readonly createdAt: number;
  /** When the session began, or was last stepped up. */
  readonly authenticatedAt: number;
  /** When the session was last seen, to the minute. */
  readonly lastSeenAt: number;
  /** When the session ends at the latest, whatever happens. */
  readonly expiresAt: number;
  /** Whether a browser has it in a cookie, or an application sends it; and where that was handed its code. */
  readonly kind: SessionKind;
  readonly target: string | null;
  /** Whether the sign-in that has begun it has made the user. */
  readonly isNewUser: boolean;
  /** The user as they were when the request came. */
  readonly user: ShownUser;
  /** Their identities, the first connected first. */
  readonly identities: readonly ShownIdentity[];
}

declare module 'express-session' {
  interface SessionData {
    publicId: string;
    /** A function, so that express-session, which compares sessions by their JSON, does not go through the rows. */
    signedIn?: () => SignedInSession;
  }
}

declare module 'http' {
  interface IncomingMessage {
    /** The signed-in session; null when there is none, undefined on routes that do not read it. */
    signedIn?: SignedInSession | null;
  }
}
