import { z } from 'zod';
import { providerIds } from '../common/provider-id.js';

const timestamp = z.iso.datetime({ precision: 3 });

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
    linkedAt: timestamp,
    lastUsedAt: timestamp,
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
    createdAt: timestamp,
    updatedAt: timestamp,
    lastSignInAt: timestamp,
    identities: z.array(identitySchema),
  })
  .meta({ id: 'User' });

export type User = z.infer<typeof userSchema>;
