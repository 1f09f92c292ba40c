import * as z from 'zod';
import { callerStateFrom } from '../common/caller-state.js';
import { AppError } from '../common/errors/app-error.js';
import type { Config } from '../config/config.js';
import { exactOriginOf, findTarget } from '../config/handover-targets.js';

/** Where a sign-in is to be handed over, and to whom: whoever has the verifier of the challenge (RFC 7636). */
export const handoverSchema = z.object({
  target: z.string(),
  challenge: z.string(),
  /** The `state` of whoever began, given back to them. */
  state: z.string().nullable(),
  /** Whether the target itself has begun: then nobody has to be asked. */
  mayGoOn: z.boolean(),
  /** What a session of the target has asked for, by its id; null for a sign-in. */
  askedId: z.uuid().nullable(),
});

export type Handover = z.infer<typeof handoverSchema>;

/** SHA-256, base64url: with `plain` whoever sees the start could exchange the code (RFC 7636 §7.2). */
const parametersSchema = z.object({
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
});

/**
 * The hand-over that a start asks for; null where it asks for none.
 *
 * @param given its parameters, as they came
 * @param formOrigin the `Origin` of a form; null for what is no form
 * @throws AppError `bad_request` for a target without a challenge that binds the code, or a challenge without a target
 */
export function requestedHandover(
  given: Readonly<Record<string, unknown>>,
  formOrigin: string | null,
  { handoverTargets }: Pick<Config, 'handoverTargets'>,
): Handover | null {
  const target = findTarget(handoverTargets, given['returnTo']);
  const hasChallenge = ['code_challenge', 'code_challenge_method'].some((name) => name in given);
  if (target === null) {
    if (!hasChallenge) return null;
    throw refused('returnTo has to be one of HANDOVER_TARGETS, letter by letter.', 'no target');
  }
  const { data, error } = parametersSchema.safeParse(given);
  if (error) {
    const which = [...new Set(error.issues.map(({ path }) => String(path[0])))].join(', ');
    throw refused(
      `A hand-over needs code_challenge (the SHA-256 of your verifier as 43 characters of base64url) and code_challenge_method=S256, once each. Wrong: ${which}.`,
      `wrong ${which}`,
    );
  }
  const exact = exactOriginOf(target);
  return {
    target: String(given['returnTo']),
    challenge: data.code_challenge,
    state: callerStateFrom(given['state']),
    mayGoOn: exact !== null && exact === formOrigin,
    askedId: null,
  };
}

/**
 * The address that answers whoever began: with a code or an error, their `state`, and who answers (RFC 9207).
 */
export function answerTo(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { target, state }: Pick<Handover, 'target' | 'state'>,
  answer: { code: string } | { error: string },
): string {
  const query = new URLSearchParams(answer);
  if (state !== null) query.set('state', state);
  query.set('iss', publicUrl.href);
  return `${target}?${query.toString()}`;
}

function refused(detail: string, reason: string): AppError {
  return new AppError('bad_request', { detail, log: { reason: `hand-over: ${reason}` } });
}
