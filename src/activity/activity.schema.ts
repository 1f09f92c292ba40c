import * as z from 'zod';
import { activityEvents, activityWays } from '../common/activity-event.js';
import { providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type { ActivityTable } from '../database/schema.js';
import { describeBrowser } from './describe-browser.js';

/** Something that happened to an account, as its user sees it. */
export const activityEntrySchema = z
  .object({
    id: z.uuid(),
    at: timestampSchema,
    event: z.enum(activityEvents),
    provider: providerIdSchema.nullable(),
    subject: z
      .string()
      .nullable()
      .describe('The account at the provider, where it is one of the user’s.'),
    via: z
      .enum(activityWays)
      .nullable()
      .describe('How a provider was connected, where not from the account itself.'),
    address: z.string().nullable(),
    browser: z.string().nullable(),
    system: z.string().nullable(),
  })
  .meta({ id: 'ActivityEntry' });

/** A page of activity. */
export const activityPageSchema = z
  .object({
    items: z.array(activityEntrySchema),
    nextCursor: z
      .uuid()
      .nullable()
      .describe('Send it as `cursor` for what came before; null at the end.'),
  })
  .meta({ id: 'ActivityPage' });

export const activityQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  // Ids are stored in lower case.
  cursor: z.uuid().toLowerCase().optional(),
});

export type ActivityEntry = z.infer<typeof activityEntrySchema>;
export type ActivityPage = z.infer<typeof activityPageSchema>;
export type ActivityQuery = z.infer<typeof activityQuerySchema>;

/** Presents a row of activity to its user. */
export function toActivityEntry(row: ActivityTable): ActivityEntry {
  return {
    id: row.id,
    at: toTimestamp(row.at),
    event: row.event,
    provider: row.provider,
    // Whoever was refused may be somebody else, who has the mailbox now.
    subject: row.event === 'sign_in_refused' ? null : row.subject,
    via: row.via,
    address: row.address,
    ...describeBrowser(row.user_agent),
  };
}
