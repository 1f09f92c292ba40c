import { CLOCK_SKEW_MS } from '../common/clock-skew.js';
import type { ProviderId } from '../common/provider-id.js';
import type { IdentitiesTable } from '../database/schema.js';
import type { SessionProofsTable } from '../database/session-tables.js';
import { settlesAt } from '../sessions/settling.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';

/*
 * What a session has to have proven before its user may do what cannot be undone. The functions are pure; the table in
 * docs/security/step-up.md is their specification.
 */

export type StepUpIdentity = Pick<
  IdentitiesTable,
  'provider' | 'issuer' | 'subject' | 'unsettled_since'
> & {
  /** Whether its issuer is configured now. */
  isActive: boolean;
  /** Whether its provider signs when the person authenticated. */
  canProve: boolean;
};

export type StepUpAction =
  { kind: 'connect' | 'export' | 'delete' } | { kind: 'disconnect'; target: StepUpIdentity };

export interface StepUpFacts {
  now: number;
  recentMs: number;
  settleMs: number;
  /** What a step-up of people who have an identity that can prove has to be. */
  assurance: 'asked' | 'proven';
  session: Pick<SignedInSession, 'kind' | 'issuer' | 'createdAt' | 'authenticatedAt'>;
  identities: readonly StepUpIdentity[];
  proofs: readonly SessionProofsTable[];
}

export type StepUpDecision =
  | { action: 'allow' }
  /** @property provider null when none is on that the user could use */
  | { action: 'reauthenticate'; provider: ProviderId | null; canProve: boolean }
  /**
   * @property from milliseconds since 1970
   * @property provider one that was connected earlier, and does at once; null when there is none
   */
  | { action: 'wait'; from: number; provider: ProviderId | null };

/** Decides whether a session may do something, and otherwise what its user can do. */
export function decideStepUp(facts: StepUpFacts, action: StepUpAction): StepUpDecision {
  const target = action.kind === 'disconnect' ? action.target : null;
  const staying = facts.identities.filter((identity) => identity.isActive && identity !== target);
  const isSettled = (identity: StepUpIdentity) => settlesAt(facts, identity, target) === null;
  const eligible = staying.filter(isSettled);
  // What is new proves nothing against what is older, but may take itself away; and what is older needs no proof of it.
  const isNew = target !== null && target.isActive && settlesAt(facts, target, null) !== null;
  if (isNew && requireOneOf(facts, action, [target]).action === 'allow') return { action: 'allow' };
  const decision = requireOneOf(facts, action, eligible);
  if (decision.action === 'reauthenticate') {
    const from = waitUntil(facts, action, staying, target);
    return from === null ? decision : { action: 'wait', from, provider: decision.provider };
  }
  // An identity that cannot prove steps up by being asked; then the one that goes, and can, has to prove.
  const mustProve =
    facts.assurance === 'proven' &&
    !isNew &&
    target?.canProve === true &&
    !eligible.some((identity) => identity.canProve);
  return mustProve ? requireOneOf(facts, action, [target]) : decision;
}

function requireOneOf(
  facts: StepUpFacts,
  { kind }: StepUpAction,
  identities: readonly StepUpIdentity[],
): StepUpDecision {
  const until =
    kind === 'connect' ? recentUntil(facts, identities) : steppedUpUntil(facts, identities);
  if (until !== null && facts.now < until) return { action: 'allow' };
  const able = kind === 'connect' ? identities : thatCount(facts, identities);
  const own = able.find(({ issuer }) => issuer === facts.session.issuer) ?? able[0];
  return {
    action: 'reauthenticate',
    provider: own?.provider ?? null,
    canProve: own?.canProve ?? false,
  };
}

/** When an identity that proves nothing yet can be used, where it is the one that the person used, or the only one left. */
function waitUntil(
  facts: StepUpFacts,
  { kind }: StepUpAction,
  staying: readonly StepUpIdentity[],
  target: StepUpIdentity | null,
): number | null {
  const until = kind === 'connect' ? recentUntil : steppedUpUntil;
  const unsettled = staying.filter((identity) => settlesAt(facts, identity, target) !== null);
  const used = unsettled.filter((identity) => (until(facts, [identity]) ?? 0) > facts.now);
  const waiting = used.length === 0 && unsettled.length === staying.length ? unsettled : used;
  const times = waiting.map((identity) => settlesAt(facts, identity, target) ?? facts.now);
  return times.length === 0 ? null : Math.min(...times);
}

/** Until when providers can be connected, by identities that count; null when none has shown anything. */
export function recentUntil(
  { now, session, proofs, recentMs }: StepUpFacts,
  identities: readonly StepUpIdentity[],
): number | null {
  // Begun with `prompt=none`, a session counts as authenticated before it began. An application's begins by a code, which
  // shows nothing of who has it.
  const hasBegunRecently =
    session.kind === 'browser' &&
    session.authenticatedAt >= session.createdAt &&
    identities.some(({ issuer }) => issuer === session.issuer);
  const begun = hasBegunRecently ? [session.createdAt] : [];
  const asked = identities.flatMap((identity) => proofOf(proofs, identity)?.asked_at ?? []);
  return latest([...begun, ...asked], { now, recentMs });
}

/** Until when the rest is allowed, by identities that count; null when none has been stepped up with. */
export function steppedUpUntil(
  facts: StepUpFacts,
  identities: readonly StepUpIdentity[],
): number | null {
  const times = thatCount(facts, identities).flatMap((identity) => {
    const proof = proofOf(facts.proofs, identity);
    const isProven = facts.assurance === 'proven' && identity.canProve;
    return (isProven ? proof?.proven_at : proof?.asked_at) ?? [];
  });
  return latest(times, facts);
}

/** Where a proven time is wanted, identities that can prove it bind those who have one; but not before they have settled. */
function thatCount(
  facts: StepUpFacts,
  identities: readonly StepUpIdentity[],
): readonly StepUpIdentity[] {
  const proving = identities.filter(
    (identity) => identity.canProve && settlesAt(facts, identity, null) === null,
  );
  return facts.assurance === 'proven' && proving.length > 0 ? proving : identities;
}

function proofOf(
  proofs: readonly SessionProofsTable[],
  { issuer, subject }: StepUpIdentity,
): SessionProofsTable | undefined {
  return proofs.find((proof) => proof.issuer === issuer && proof.subject === subject);
}

/** A time to come is a clock's mistake, and proves nothing. */
function latest(
  times: readonly number[],
  { now, recentMs }: Pick<StepUpFacts, 'now' | 'recentMs'>,
): number | null {
  const past = times.filter((time) => time <= now + CLOCK_SKEW_MS);
  return past.length === 0 ? null : Math.max(...past) + recentMs;
}
