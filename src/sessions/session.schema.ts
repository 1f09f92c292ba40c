import * as z from 'zod';
import { providerIds } from '../common/provider-id.js';
import { timestampSchema } from '../common/timestamp.js';

/** What is not an id is nobody’s: it is not there, and the database is not asked about it. */
export const sessionIdSchema = z.uuid().catch('');

/** A browser that a user is signed in with, as they see it. */
export const sessionSummarySchema = z
  .object({
    id: z.uuid(),
    current: z.boolean().describe('Whether it is the browser that asks.'),
    provider: z.enum(providerIds),
    createdAt: timestampSchema,
    lastSeenAt: timestampSchema.describe('To the minute.'),
    authenticatedAt: timestampSchema,
    expiresAt: timestampSchema,
    address: z.string().nullable(),
    browser: z.string().nullable(),
    system: z.string().nullable(),
  })
  .meta({ id: 'SessionSummary' });

export type SessionSummary = z.infer<typeof sessionSummarySchema>;
