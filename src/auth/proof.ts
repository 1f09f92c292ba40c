import type { Proof } from '../sessions/proofs.repository.js';

/**
 * What an answer of a provider proves: nothing, unless the person was to authenticate anew. A provider that signs when
 * they did is held to that time, and not to our clock.
 *
 * @param authTime the time that the provider has signed, in milliseconds since 1970; null without one
 * @param recentMs how long ago that may be
 */
export function proofOf(
  identity: { issuer: string; subject: string },
  {
    promptLogin,
    canProve,
    authTime,
  }: { promptLogin: boolean; canProve: boolean; authTime: number | null },
  recentMs: number,
): Proof {
  const now = Date.now();
  const nothing = { ...identity, assurance: 'none', at: now } as const;
  if (!promptLogin) return nothing;
  if (!canProve) return { ...identity, assurance: 'asked', at: now };
  if (authTime === null || now - authTime > recentMs) return nothing;
  return { ...identity, assurance: 'proven', at: authTime };
}
