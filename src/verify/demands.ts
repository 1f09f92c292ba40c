import type { ProviderId } from '../common/provider-id.js';
import type { SessionProofsTable } from '../database/session-tables.js';
import type { ShownIdentity, SignedInSession } from '../sessions/signed-in-session.js';
import { isVerified } from '../users/email-key.js';

/** What a place asks of a session, besides that there is one. */
export interface Demands {
  /** The provider of an identity that has proven it. */
  provider?: ProviderId | undefined;
  /** The domain for whose addresses such an identity is authoritative. */
  domain?: string | undefined;
  /** Whether the user's address is to be verified. */
  verified?: '1' | undefined;
  /** How old that proof may be, in seconds. */
  max_age?: number | undefined;
}

/** Whoever has left an organisation is to lose its places, and not only at the end of a session. */
const DOMAIN_MAX_AGE_SECONDS = 86_400;

/** Whether it takes the session's proofs to answer. */
export function asksForProof({ provider, domain, max_age: maxAge }: Demands): boolean {
  return provider !== undefined || domain !== undefined || maxAge !== undefined;
}

/**
 * Which demand a session does not meet; null when it meets all. Of its proofs one has to meet all that is asked of a proof.
 *
 * @param proofs what it has proven; not needed where no proof is asked for
 * @param now milliseconds since 1970
 */
export function unmetDemand(
  demands: Demands,
  session: Pick<SignedInSession, 'user'>,
  proofs: readonly { proof: SessionProofsTable; identity: ShownIdentity }[],
  now: number,
): keyof Demands | null {
  const { provider, domain, verified } = demands;
  if (verified === '1' && !isVerified(session.user.email_trust)) return 'verified';
  if (!asksForProof(demands)) return null;
  const ofProvider = proofs.filter(
    ({ identity }) => provider === undefined || identity.provider === provider,
  );
  if (ofProvider.length === 0) return 'provider';
  const ofDomain = ofProvider.filter(
    ({ identity }) => domain === undefined || isAuthoritativeFor(identity, domain),
  );
  if (ofDomain.length === 0) return 'domain';
  const maxAge = demands.max_age ?? (domain === undefined ? Infinity : DOMAIN_MAX_AGE_SECONDS);
  return ofDomain.some(({ proof }) => now - proof.latest_at <= maxAge * 1000) ? null : 'max_age';
}

function isAuthoritativeFor(
  { email_trust: trust, email }: Pick<ShownIdentity, 'email_trust' | 'email'>,
  domain: string,
): boolean {
  const ofEmail = email?.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return trust === 'authoritative' && ofEmail === domain;
}
