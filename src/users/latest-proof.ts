import { CLOCK_SKEW_MS } from '../common/clock-skew.js';
import type { AskedProof } from '../sessions/proofs.repository.js';
import type { StepUpIdentity } from './step-up.js';

/** When somebody was last shown to be there, in milliseconds since 1970, and how sure that is. */
export interface LatestProof {
  readonly at: number;
  readonly assurance: 'asked' | 'proven';
}

/**
 * The latest proof by identities that count, for others to judge; null where nobody was asked. A time to come is a clock's
 * mistake, and proves nothing.
 */
export function latestProof(
  proofs: readonly AskedProof[],
  identities: readonly StepUpIdentity[],
  now: number,
): LatestProof | null {
  let latest: LatestProof | null = null;
  for (const { issuer, subject, asked_at: at, proven_at: provenAt } of proofs) {
    const counts = identities.some((each) => each.issuer === issuer && each.subject === subject);
    if (!counts || at === null || at > now + CLOCK_SKEW_MS || at < (latest?.at ?? 0)) continue;
    latest = { at, assurance: at === provenAt ? 'proven' : 'asked' };
  }
  return latest;
}
