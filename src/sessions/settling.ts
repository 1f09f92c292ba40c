import type { IdentitiesTable } from '../database/schema.js';

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
