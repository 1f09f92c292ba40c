import * as z from 'zod';
import { describeBrowser } from '../activity/describe-browser.js';
import { providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type { SessionsTable } from '../database/session-tables.js';

/** A malformed id matches no session, without a query. */
export const sessionIdSchema = z
  .string()
  .transform((id) => (z.uuid().safeParse(id).success ? id : ''));

/** A browser or an application that a user is signed in with, as they see it. */
export const sessionSummarySchema = z
  .object({
    id: z.uuid(),
    current: z.boolean().describe('Whether it is the browser that asks.'),
    kind: z
      .enum(['browser', 'app'])
      .describe('Whether a browser has it in a cookie, or an application as a token.'),
    target: z.string().nullable().describe('Where an application was handed its code.'),
    provider: providerIdSchema,
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

/**
 * Presents a session to its user.
 *
 * @param currentId the public id of the caller's session; null where there is none
 */
export function toSessionSummary(row: SessionsTable, currentId: string | null): SessionSummary {
  return {
    id: row.id,
    current: row.id === currentId,
    kind: row.kind,
    target: row.target,
    provider: row.provider,
    createdAt: toTimestamp(row.created_at),
    lastSeenAt: toTimestamp(row.last_seen_at),
    authenticatedAt: toTimestamp(row.authenticated_at),
    expiresAt: toTimestamp(row.expires_at),
    address: row.address,
    ...describeBrowser(row.user_agent),
  };
}
