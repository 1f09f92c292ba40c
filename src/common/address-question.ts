import { z } from 'zod';
import { createSeal, type Seal } from './seal.js';

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

/** The seal of questions, under the secrets that doctor and service share. */
export function questionSeal(secrets: readonly string[]): Seal<Question> {
  return createSeal(secrets, 'address question', questionSchema);
}

/** Whether a question was asked just now. */
export function isFresh({ askedAt }: Question, now: number): boolean {
  return Math.abs(now - askedAt) <= FRESH_MS;
}
