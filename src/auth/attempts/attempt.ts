import * as z from 'zod';
import { providerIds } from '../../common/provider-id.js';

/** What an attempt is for. */
export const purposeSchema = z.discriminatedUnion('kind', [
  /** Signing in as whoever the provider proves. */
  z.object({ kind: z.literal('sign-in') }),
  /** Connecting what the provider proves to the user who is signed in, and only to them. */
  z.object({ kind: z.literal('link'), userId: z.uuid() }),
]);

export type Purpose = z.infer<typeof purposeSchema>;

/**
 * One sign-in attempt. It lives sealed in the browser that started it, not on the server: a flood of starts costs no
 * storage, and tabs do not disturb each other.
 */
export const attemptSchema = z.object({
  /** What the provider sends back with the answer: OAuth 2.0's `state`, OAuth 1.0a's request token. */
  stateOrToken: z.string().min(1).max(512),
  provider: z.enum(providerIds),
  purpose: purposeSchema,
  /** Where to go afterwards, already checked; null means the default. */
  returnTo: z.string().nullable(),
  /** What only this service may know: the PKCE verifier (RFC 7636), or the request token's secret. */
  verifierOrSecret: z.string().max(512),
  /** Binds the ID token to this attempt (OpenID Connect Core §3.1.2.1); null where there is no ID token. */
  nonce: z.string().nullable(),
  /** Whether the provider was asked to make the person prove anew who they are. */
  promptLogin: z.boolean(),
  /** Whether the provider was asked not to involve the person (`prompt=none`): then they have not proven anything anew. */
  promptNone: z.boolean(),
  /** Milliseconds since 1970. */
  startedAt: z.int(),
});

export type Attempt = z.infer<typeof attemptSchema>;

/** What is known of an attempt before the provider's strategy adds its stateOrToken and secret. */
export type AttemptIntent = Pick<
  Attempt,
  'provider' | 'purpose' | 'returnTo' | 'nonce' | 'promptLogin' | 'promptNone'
>;
