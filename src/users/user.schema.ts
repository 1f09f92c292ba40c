import * as z from 'zod';
import { providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type { ShownIdentity, ShownUser } from '../sessions/signed-in-session.js';
import { isVerified } from './email-key.js';
import { identityExample, userExample } from './user.example.js';

/** A provider account of a user, as the API shows it. */
export const identitySchema = z
  .object({
    provider: providerIdSchema,
    subject: z.string(),
    username: z.string().nullable(),
    displayName: z.string().nullable(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    avatarUrl: z.url().nullable(),
    linkedAt: timestampSchema,
    lastUsedAt: timestampSchema,
  })
  .meta({ id: 'Identity', examples: [identityExample] });

/** A person, as the API shows them. */
export const userSchema = z
  .object({
    id: z.uuid(),
    displayName: z.string(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    avatarUrl: z.url().nullable(),
    locale: z.string().nullable().describe('The language that the user has set (BCP 47).'),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    lastSignInAt: timestampSchema,
    identities: z.array(identitySchema),
  })
  .meta({ id: 'User', examples: [userExample] });

export type User = z.infer<typeof userSchema>;

/**
 * Presents a user's rows. What is not named here does not leave the service.
 *
 * @param identities the user's identities, the first connected first
 */
export function toUser(user: ShownUser, identities: readonly ShownIdentity[]): User {
  return {
    id: user.id,
    displayName: user.display_name,
    email: user.email,
    emailVerified: isVerified(user.email_trust),
    avatarUrl: user.avatar_url,
    locale: user.locale,
    createdAt: toTimestamp(user.created_at),
    updatedAt: toTimestamp(user.updated_at),
    lastSignInAt: toTimestamp(user.last_sign_in_at),
    identities: identities.map(toIdentity),
  };
}

export function toIdentity(identity: ShownIdentity): User['identities'][number] {
  return {
    provider: identity.provider,
    subject: identity.subject,
    username: identity.username,
    displayName: identity.display_name,
    email: identity.email,
    emailVerified: isVerified(identity.email_trust),
    avatarUrl: identity.avatar_url,
    linkedAt: toTimestamp(identity.linked_at),
    lastUsedAt: toTimestamp(identity.last_used_at),
  };
}
