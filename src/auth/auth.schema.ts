import * as z from 'zod';
import { providerIds } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { toUser, userSchema } from '../users/user.schema.js';

export const providerSchema = z
  .object({ id: z.enum(providerIds), label: z.string(), startUrl: z.url() })
  .meta({ id: 'Provider' });

export const providersSchema = z.array(providerSchema);

export const sessionSchema = z
  .object({
    user: userSchema.nullable(),
    session: z
      .object({
        id: z.uuid(),
        createdAt: timestampSchema,
        authenticatedAt: timestampSchema,
        expiresAt: timestampSchema,
        provider: z.enum(providerIds),
      })
      .nullable(),
    pendingLink: z
      .object({ provider: z.enum(providerIds), email: z.string().nullable() })
      .nullable()
      .describe('An identity that waits to be connected, after `account_exists`.'),
  })
  .meta({ id: 'Session' });

export type ProviderList = z.infer<typeof providersSchema>;
export type SessionAnswer = z.infer<typeof sessionSchema>;

/** Presents a browser's session, and what is pending there. */
export function toSessionAnswer(
  signedIn: SignedInSession | null,
  pendingLink: SessionAnswer['pendingLink'],
): SessionAnswer {
  if (signedIn === null) return { user: null, session: null, pendingLink };
  const session = {
    id: signedIn.publicId,
    createdAt: toTimestamp(signedIn.createdAt),
    authenticatedAt: toTimestamp(signedIn.authenticatedAt),
    expiresAt: toTimestamp(signedIn.expiresAt),
    provider: signedIn.provider,
  };
  return { user: toUser(signedIn.user, signedIn.identities), session, pendingLink };
}
