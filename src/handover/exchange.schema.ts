import * as z from 'zod';
import { timestampSchema } from '../common/timestamp.js';
import { userSchema } from '../users/user.schema.js';

export const exchangeSchema = z.object({
  code: z.string().min(1).max(128),
  codeVerifier: z
    .string()
    .max(256)
    .describe('Of which `code_challenge` is the SHA-256 (RFC 7636).'),
  target: z.string().max(500).describe('The `returnTo` that the hand-over began with.'),
});

/** What the session that has asked hands in. */
export const completionSchema = exchangeSchema.omit({ target: true });

export type Completion = z.infer<typeof completionSchema>;

export type Exchange = z.infer<typeof exchangeSchema>;

export const exchangedSchema = z
  .object({
    sessionToken: z.string().describe('For `Authorization: Bearer`. It is shown this once.'),
    expiresAt: timestampSchema.describe('When the session ends at the latest.'),
    user: userSchema,
  })
  .meta({ id: 'ExchangedSession' });

export type Exchanged = z.infer<typeof exchangedSchema>;
