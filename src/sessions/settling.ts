import type { IdentitiesTable } from '../database/schema.js';

/** An identity, and whether its issuer is configured now. */
export type SettlingIdentity = Pick<IdentitiesTable, 'issuer' | 'unsettled_since'> & {
  isActive: boolean;
};

/** All identities of a user, and what says which of them have settled. */
export interface Settling {
  /** Milliseconds since 1970. */
  now: number;
  /** How long it takes, in milliseconds. */
  settleMs: number;
  identities: readonly SettlingIdentity[];
}

/**
 * When an identity that was connected to an account which had one counts like those before it; null when it does already.
 *
 * @param settleMs how long that takes, in milliseconds
 * @param now milliseconds since 1970
 */
export function settlingUntil(
  { unsettled_since: since }: Pick<IdentitiesTable, 'unsettled_since'>,
  settleMs: number,
  now: number,
): number | null {
  return since === null || now >= since + settleMs ? null : since + settleMs;
}

/**
 * Until when an identity proves nothing, since it was connected later than one that counts: a new credential must not
 * evict an older one. Null when it proves.
 *
 * @param target the identity that is to be disconnected; only an older one is protected
 */
export function settlesAt(
  facts: Settling,
  identity: SettlingIdentity,
  target: SettlingIdentity | null,
): number | null {
  const until = settlingUntil(identity, facts.settleMs, facts.now);
  if (until === null) return null;
  const protectedOnes = target === null ? facts.identities : [target];
  return protectedOnes.some((other) => isElder(facts, other, identity)) ? until : null;
}

/** Whether what an identity proves counts: its issuer is configured now, and it has settled or has no elder. */
export function counts(facts: Settling, identity: SettlingIdentity): boolean {
  return identity.isActive && settlesAt(facts, identity, null) === null;
}

/**
 * Whether an identity is protected from another that has not settled. By when they began to settle: two that began at once
 * are elders of each other, and what an account began with is first. Where none that is left has settled, who came first
 * says nothing: each is an elder of each.
 */
export function isElder(
  { identities, settleMs, now }: Settling,
  other: SettlingIdentity,
  identity: SettlingIdentity,
): boolean {
  if (!other.isActive || other.issuer === identity.issuer) return false;
  if ((other.unsettled_since ?? 0) <= (identity.unsettled_since ?? 0)) return true;
  return !identities.some((each) => each.isActive && settlingUntil(each, settleMs, now) === null);
}
