import * as z from 'zod';
import { createSeal, type Seal } from '../seal.js';

/** Where the doctor asks the service, through PUBLIC_URL, which address it takes a request to come from. */
export const ADDRESS_PATH = 'health/address';

/** The header with the sealed question. Whoever cannot seal one learns nothing of the proxies inside. */
export const QUESTION_HEADER = 'x-latchkey-question';

/** How old a question may be, and how far two machines' clocks may be apart, in milliseconds. */
const FRESH_MS = 300_000;

const questionSchema = z.object({ askedAt: z.int() });

/** Says when it was asked, in milliseconds since 1970. */
type Question = z.infer<typeof questionSchema>;

/** What the service sees of a request's way. */
export const sightingSchema = z.object({
  /** Whom the request is taken to come from. */
  address: z.string(),
  /** `X-Forwarded-For` as it arrived: the first is the farthest away, and may be made up. */
  forwardedFor: z.array(z.string()),
  /** Who connected. */
  peer: z.string(),
  /** How many of these were believed, from the peer on, as proxies that TRUST_PROXY names. */
  believed: z.int().nonnegative(),
});

export type Sighting = z.infer<typeof sightingSchema>;

/** How many seals of one question are looked at: more secrets than that nobody rotates through. */
const MAX_SEALS = 4;

/**
 * Asks: one seal for each secret, since in a rotation the service may not know the newest yet, or the oldest any more.
 *
 * @param askedAt milliseconds since 1970
 * @returns the header
 */
export function askAddress(secrets: readonly string[], askedAt: number): string {
  return secrets
    .slice(0, MAX_SEALS)
    .map((secret) => questionSeal([secret]).close({ askedAt }))
    .join(' ');
}

/**
 * Whether somebody who knows one of the secrets has asked just now.
 *
 * @param seal from `questionSeal`: made once, since its keys are derived
 * @param header what came as `QUESTION_HEADER`
 * @param now milliseconds since 1970
 */
export function isAsked(seal: Seal<Question>, header: string, now: number): boolean {
  const opened = header
    .split(' ')
    .slice(0, MAX_SEALS)
    .map((sealed) => seal.open(sealed));
  return opened.some((question) => question && Math.abs(now - question.askedAt) <= FRESH_MS);
}

/** The seal of questions: the service opens with any of its secrets. */
export function questionSeal(secrets: readonly string[]): Seal<Question> {
  return createSeal(secrets, 'address question', questionSchema);
}
