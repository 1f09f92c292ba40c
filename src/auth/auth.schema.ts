import * as z from 'zod';
import { providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import { describeBrowser } from '../activity/describe-browser.js';
import type { Standing } from '../users/step-up.service.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { userExample } from '../users/user.example.js';
import { toUser, userSchema } from '../users/user.schema.js';

export const providerSchema = z
  .object({ id: providerIdSchema, label: z.string(), startUrl: z.url() })
  .meta({
    id: 'Provider',
    examples: [{ id: 'google', label: 'Google', startUrl: 'https://id.acme.test/auth/google' }],
  });

export const providersSchema = z.array(providerSchema);

const sessionExample = {
  id: '0199c7d2-8b4d-7d2f-8b1c-4a7a6e3d2c1b',
  createdAt: '2026-05-01T12:00:00.000Z',
  authenticatedAt: '2026-05-01T12:00:00.000Z',
  expiresAt: '2026-05-31T12:00:00.000Z',
  recentUntil: '2026-05-01T12:10:00.000Z',
  steppedUpUntil: null,
  newUser: false,
  provider: 'google',
} as const;

const signedInSchema = z
  .object({
    id: z.uuid(),
    createdAt: timestampSchema,
    authenticatedAt: timestampSchema,
    expiresAt: timestampSchema,
    recentUntil: timestampSchema
      .nullable()
      .describe('Until when providers can be connected; it may have passed.'),
    steppedUpUntil: timestampSchema
      .nullable()
      .describe(
        'Until when providers can be disconnected, and the account exported or deleted; it may have passed.',
      ),
    newUser: z
      .boolean()
      .describe('Whether the sign-in that has begun this session has made the user.'),
    provider: providerIdSchema,
  })
  .meta({ id: 'Session', examples: [sessionExample] });

const newIdentitySchema = z
  .object({
    provider: providerIdSchema,
    linkedAt: timestampSchema,
    address: z.string().nullable(),
    browser: z.string().nullable(),
    system: z.string().nullable(),
  })
  .meta({ id: 'NewIdentity' });

const pendingLinkSchema = z
  .object({
    provider: providerIdSchema,
    email: z.string().nullable(),
    canSeparate: z
      .boolean()
      .describe('Whether `decision=separate` makes an account of its own of it.'),
  })
  .meta({
    id: 'PendingLink',
    examples: [{ provider: 'twitter', email: 'ada@example.com', canSeparate: false }],
  });

export const sessionSchema = z
  .object({
    user: userSchema.nullable(),
    session: signedInSchema.nullable(),
    newIdentities: z
      .array(newIdentitySchema)
      .describe('Connected lately, as sessions see it that an older identity has proven.'),
    pendingLink: pendingLinkSchema
      .nullable()
      .describe('An identity that waits to be connected, after `account_exists`.'),
  })
  .meta({
    id: 'CurrentSession',
    examples: [
      { user: null, session: null, newIdentities: [], pendingLink: null },
      { user: userExample, session: sessionExample, newIdentities: [], pendingLink: null },
    ],
  });

export type ProviderList = z.infer<typeof providersSchema>;
export type SessionAnswer = z.infer<typeof sessionSchema>;

/** A start that a script has asked for. */
export const startedSchema = z
  .object({ url: z.url().describe('At the provider.') })
  .meta({ id: 'SignInStart' });

export const decisionSchema = z.object({
  decision: z.enum(['connect', 'separate']).default('connect'),
});

export type Decision = z.infer<typeof decisionSchema>;

export function nobodySignedIn(pendingLink: SessionAnswer['pendingLink']): SessionAnswer {
  return { user: null, session: null, newIdentities: [], pendingLink };
}

/** Presents a browser's session, what it may do, and what is pending there. */
export function toSessionAnswer(
  signedIn: SignedInSession,
  { recentUntil, steppedUpUntil, newIdentities }: Standing,
  pendingLink: SessionAnswer['pendingLink'],
): SessionAnswer {
  const session = {
    id: signedIn.publicId,
    createdAt: toTimestamp(signedIn.createdAt),
    authenticatedAt: toTimestamp(signedIn.authenticatedAt),
    expiresAt: toTimestamp(signedIn.expiresAt),
    recentUntil: recentUntil === null ? null : toTimestamp(recentUntil),
    steppedUpUntil: steppedUpUntil === null ? null : toTimestamp(steppedUpUntil),
    newUser: signedIn.isNewUser,
    provider: signedIn.provider,
  };
  return {
    user: toUser(signedIn.user, signedIn.identities),
    session,
    newIdentities: newIdentities.map((identity) => ({
      provider: identity.provider,
      linkedAt: toTimestamp(identity.linked_at),
      address: identity.linked_address,
      ...describeBrowser(identity.linked_user_agent),
    })),
    pendingLink,
  };
}
