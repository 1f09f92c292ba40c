import * as z from 'zod';
import { createSeal, type Seal } from '../seal.js';

/** Where the doctor asks the service, through PUBLIC_URL, which client address it sees. */
export const ADDRESS_PATH = 'health/address';

/** The header with the sealed question. Without a secret to seal one, nobody learns about the internal proxies. */
export const QUESTION_HEADER = 'x-latchkey-question';

/** The largest accepted age of a question, clock skew included, in milliseconds. */
const MAX_AGE_MS = 300_000;

const questionSchema = z.object({ askedAt: z.int() });

type Question = z.infer<typeof questionSchema>;

export const sightingSchema = z.object({
  address: z.string(),
  /** `X-Forwarded-For` as it arrived: the first entry is the farthest away, and may be forged. */
  forwardedFor: z.array(z.string()),
  peer: z.string(),
  /** How many addresses, from the peer on, TRUST_PROXY accepted as proxies. */
  believed: z.int().nonnegative(),
});

export type Sighting = z.infer<typeof sightingSchema>;

/** The most seals tried per question; no rotation has more secrets. */
const MAX_SEALS = 4;

/**
 * Builds the header: one seal per secret, since during a rotation the service may not know the newest one yet, or the
 * oldest any more.
 *
 * @param askedAt milliseconds since 1970
 */
export function askAddress(secrets: readonly string[], askedAt: number): string {
  return secrets
    .slice(0, MAX_SEALS)
    .map((secret) => questionSeal([secret]).close({ askedAt }))
    .join(' ');
}

/**
 * Whether the question was sealed with one of the secrets, within the last few minutes.
 *
 * @param seal from `questionSeal`: made once, since deriving its keys is costly
 * @param header the value of `QUESTION_HEADER`
 * @param now milliseconds since 1970
 */
export function isAsked(seal: Seal<Question>, header: string, now: number): boolean {
  const opened = header
    .split(' ')
    .slice(0, MAX_SEALS)
    .map((sealed) => seal.open(sealed));
  return opened.some((question) => question && Math.abs(now - question.askedAt) <= MAX_AGE_MS);
}

export function questionSeal(secrets: readonly string[]): Seal<Question> {
  return createSeal(secrets, 'address question', questionSchema);
}
