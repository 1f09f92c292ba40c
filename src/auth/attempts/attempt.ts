import * as z from 'zod';
import { providerIds } from '../../common/provider-id.js';
import { handoverSchema } from '../../handover/handover.js';

/** Whose an attempt is, and the public id of the session in which it began: there it has to end. */
const asker = { userId: z.uuid(), sessionId: z.uuid() };

export const purposeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sign-in') }),
  /** Confirms the signed-in user (step-up): any other identity changes nothing. */
  z.object({ kind: z.literal('reauthenticate'), ...asker }),
  /** Links the verified identity to the signed-in user, and only to them. */
  z.object({ kind: z.literal('link'), ...asker }),
]);

export type Purpose = z.infer<typeof purposeSchema>;

/**
 * A sign-in attempt. It is kept sealed in the browser that started it, not on the server: a flood of starts uses no
 * storage, and tabs do not interfere.
 */
export const attemptSchema = z.object({
  /** Identifies the attempt in the callback: OAuth 2.0's `state`, OAuth 1.0a's request token. */
  stateOrToken: z.string().min(1).max(512),
  provider: z.enum(providerIds),
  purpose: purposeSchema,
  /** Where to go afterwards, already validated; null for the default. */
  returnTo: z.string().nullable(),
  /** Where a failure is told, already validated; left out for SIGN_IN_ERROR_URL, as cookies have little room. */
  errorTo: z.string().optional(),
  /** The `state` of whoever began, which comes back to them; left out without one, and with a hand-over, which has its own. */
  callerState: z.string().optional(),
  /** Kept from the browser: the PKCE verifier (RFC 7636), or the request token's secret. */
  verifierOrSecret: z.string().max(512),
  /** Binds the ID token to this attempt (OpenID Connect Core §3.1.2.1); null without an ID token. */
  nonce: z.string().nullable(),
  /** Whether the provider was asked to re-authenticate the person. */
  promptLogin: z.boolean(),
  /**
   * Whether the provider was asked not to interact with the person (`prompt=none`), which does not count as
   * re-authentication.
   */
  promptNone: z.boolean(),
  /** Whether another site has sent the browser to the start: then it replaces nobody's session. */
  fromElsewhere: z.boolean(),
  /** Where the sign-in is handed over; left out where it is this browser's, as cookies have little room. */
  handover: handoverSchema.optional(),
  /** Milliseconds since 1970. */
  startedAt: z.int(),
});

export type Attempt = z.infer<typeof attemptSchema>;

/** An attempt that a callback belongs to. */
export interface FoundAttempt extends Attempt {
  /** Its id in the store. */
  id: string;
  cookieName: string;
  /** The cookie's value. */
  cookie: string;
}

/** The part of an attempt that is known before the provider's strategy adds its state and secret. */
export type AttemptIntent = Pick<
  Attempt,
  | 'provider'
  | 'purpose'
  | 'returnTo'
  | 'errorTo'
  | 'callerState'
  | 'nonce'
  | 'promptLogin'
  | 'promptNone'
  | 'fromElsewhere'
  | 'handover'
>;
