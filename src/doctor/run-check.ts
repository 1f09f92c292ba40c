import { setTimeout as wait } from 'node:timers/promises';
import type { Check, Subject } from './check.js';
import { broken, type Finding, type Judgement } from './finding.js';

/**
 * Runs one check. It always comes to an end, and it never throws.
 *
 * @param deadlineMs how long it may take
 */
export async function runCheck(
  check: Check,
  subject: Subject,
  deadlineMs: number,
): Promise<Finding[]> {
  const done = new AbortController();
  const late = wait(deadlineMs, undefined, { signal: done.signal }).then(
    () => [tooLate(deadlineMs)],
    () => [],
  );
  const looked = Promise.resolve()
    .then(() => check.look(subject))
    .catch((error: unknown): Judgement[] => [failed(error)]);
  const judgements = await Promise.race([looked, late]);
  done.abort();
  return judgements.map((judgement) => ({ check: check.name, ...judgement }));
}

function tooLate(deadlineMs: number): Judgement {
  return broken(
    `This could not be looked at within ${Math.round(deadlineMs / 1000)} s.`,
    'See why what it asks does not answer, then run this again.',
  );
}

/** Only the kind of error is told: its text may hold what the check was given. */
function failed(error: unknown): Judgement {
  const kind = error instanceof Error ? error.name : typeof error;
  return broken(
    `This could not be looked at (${kind}).`,
    'Run this again. If it happens again, report it with this line.',
  );
}
