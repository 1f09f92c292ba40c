import type { Assurance } from '../common/assurance.js';
import type { ProviderId } from '../common/provider-id.js';
import type { Timestamp } from '../common/timestamp.js';

/** No type for truth means the same in both databases. */
export type Flag = 0 | 1;

export type SessionKind = 'browser' | 'app';

/** A signed-in browser, or an application. Anonymous visitors have no row. */
export interface SessionsTable {
  /** SHA-256 of the session id, base64url: read access to the database is not enough to hijack a session. */
  token_hash: string;
  /** The same of what its Domain cookie has, by which it is only seen; null until it has one. */
  domain_token_hash: string | null;
  /** The same of the id that its browser had before: whoever signs out with that one means this session. */
  previous_hash: string | null;
  id: string;
  user_id: string;
  /** The provider that it is shown with, and its identity's issuer. */
  provider: ProviderId;
  issuer: string;
  /** A random part of the session id that follows at a renewal. */
  renewal_seed: string;
  created_at: Timestamp;
  /** When the session began, or was last stepped up. */
  authenticated_at: Timestamp;
  last_seen_at: Timestamp;
  expires_at: Timestamp;
  address: string | null;
  user_agent: string | null;
  /** The attempt that it began with, and where that sent the browser: its callback may be opened again. */
  attempt_id: string | null;
  return_to: string | null;
  /** A browser has it in a cookie, an application sends it itself. */
  kind: SessionKind;
  /** Where the application was handed its code; null for a browser. */
  target: string | null;
  /** How long it may go unused, where that is shorter than SESSION_IDLE_SECONDS. */
  idle_ms: number | null;
  /** Whether the user was made by the sign-in that has begun it. */
  made_user: Flag;
}

/** What an identity has proven in a session. The first proof is kept; the others only advance. */
export interface SessionProofsTable {
  session_id: string;
  issuer: string;
  subject: string;
  first_at: Timestamp;
  first_assurance: Assurance;
  latest_at: Timestamp;
  latest_assurance: Assurance;
  /** The latest proof that was asked for, or proven; null without one. */
  asked_at: Timestamp | null;
  /** The latest one whose time the provider has signed; null without one. */
  proven_at: Timestamp | null;
}

/** A verified identity that waits to be connected to the user who owns its address. */
export interface PendingLinksTable {
  /** SHA-256 of the cookie's value, base64url. */
  token_hash: string;
  provider: ProviderId;
  issuer: string;
  subject: string;
  /** The owner of the address, the only user who is offered the link. */
  user_id: string;
  /** The profile as JSON. */
  profile: string;
  /** When the offer was accepted or declined; null while it is pending. */
  answered_at: Timestamp | null;
  expires_at: Timestamp;
}

export type HandoverKind = 'sign-in' | 'link' | 'reauthenticate';

/**
 * A sign-in that another site or an app is to have: first it may have to be confirmed, then it is a code, then a session.
 * Or what the session of one asks for: first it is a ticket, then a question, then a code, which that session takes back.
 */
export interface HandoversTable {
  /** UUIDv7. */
  id: string;
  kind: HandoverKind;
  /** SHA-256 of the ticket that begins it in a browser, base64url; null for a sign-in, and once it is used. */
  ticket_hash: string | null;
  /** SHA-256 of the cookie of the browser that confirms it, base64url; null where nobody has to. */
  browser_hash: string | null;
  /** SHA-256 of the code, base64url; null until there is one. */
  code_hash: string | null;
  user_id: string;
  provider: ProviderId;
  /** The identity that has proven a sign-in. */
  issuer: string | null;
  subject: string | null;
  /** What the provider has answered to what a session asked for, as JSON; null until then. */
  answer: string | null;
  /** Where the code goes, and the S256 challenge of whoever began (RFC 7636). */
  target: string;
  challenge: string;
  /** The `state` of whoever began. */
  caller_state: string | null;
  /** When the provider answered a sign-in, and what the session will say of that. */
  answered_at: Timestamp | null;
  authenticated_at: Timestamp | null;
  /** Whether the sign-in has made the user. */
  made_user: Flag;
  address: string | null;
  user_agent: string | null;
  /** Until when it can be confirmed, or else exchanged; once used, until when a second use ends its session. */
  expires_at: Timestamp;
  used_at: Timestamp | null;
  /** The session that it has become, or that has asked for it. */
  session_id: string | null;
}
