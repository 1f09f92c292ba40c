import { z } from 'zod';
import { sessionSummarySchema } from '../sessions/session.schema.js';
import { activityEntrySchema } from './activity.schema.js';
import { userSchema } from './user.schema.js';

/** All that is held about a person. What is stored only as a hash (session ids) is of no use to them and is left out. */
export const exportSchema = z
  .object({
    exportedAt: z.iso.datetime({ precision: 3 }),
    user: userSchema,
    sessions: z.array(sessionSummarySchema.extend({ userAgent: z.string().nullable() })),
    activity: z.array(activityEntrySchema.extend({ userAgent: z.string().nullable() })),
  })
  .meta({ id: 'Export' });

export type Export = z.infer<typeof exportSchema>;
