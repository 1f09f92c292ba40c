import { setTimeout as sleep } from 'node:timers/promises';
import { expectInvariants } from './invariants.js';
import type { Latchkey } from './latchkey.js';

/** How often each race is run. */
export const ROUNDS = 30;

/** By how many milliseconds the first contender goes ahead of the second (or behind), round after round. */
const LEADS = [0, 1, -1, 2, -2, 4, -4, 7, -7, 0];

/**
 * Runs a race many times, each time with another head start, and checks after each that the stored rows fit together.
 *
 * @param round runs one race; `together` sends two contenders off
 * @returns what the rounds returned
 */
export async function race<T>(
  { database }: Latchkey,
  round: (
    together: <A, B>(one: () => Promise<A>, other: () => Promise<B>) => Promise<[A, B]>,
  ) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const lead = LEADS[at % LEADS.length] ?? 0;
    results.push(
      await round((one, other) =>
        Promise.all([sleep(Math.max(0, -lead)).then(one), sleep(Math.max(0, lead)).then(other)]),
      ),
    );
    await expectInvariants(database);
  }
  return results;
}
