import * as z from 'zod';
import { providerIds } from '../common/provider-id.js';
import { timestampSchema } from '../common/timestamp.js';

/** A provider account of a user, as the API shows it. */
export const identitySchema = z
  .object({
    provider: z.enum(providerIds),
    subject: z.string(),
    username: z.string().nullable(),
    displayName: z.string().nullable(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    avatarUrl: z.url().nullable(),
    linkedAt: timestampSchema,
    lastUsedAt: timestampSchema,
  })
  .meta({ id: 'Identity' });

/** A person, as the API shows them. */
export const userSchema = z
  .object({
    id: z.uuid(),
    displayName: z.string(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    avatarUrl: z.url().nullable(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    lastSignInAt: timestampSchema,
    identities: z.array(identitySchema),
  })
  .meta({ id: 'User' });

export type User = z.infer<typeof userSchema>;
