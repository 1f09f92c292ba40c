import * as z from 'zod';
import { providerIds } from '../common/provider-id.js';
import { timestampSchema } from '../common/timestamp.js';
import { sessionSummarySchema } from '../sessions/session.schema.js';
import { activityEntrySchema } from './activity.schema.js';
import { emailTrusts } from '../providers/social-profile.js';
import { identitySchema, userSchema } from './user.schema.js';

/** How far the address is believed, in more words than `emailVerified`. */
const emailTrust = z.enum(emailTrusts).nullable();

/** All that is held about a person. What is stored only as a hash (session ids) is of no use to them and is left out. */
export const exportSchema = z
  .object({
    exportedAt: timestampSchema,
    user: userSchema.extend({
      emailTrust,
      primaryProvider: z.enum(providerIds),
      disabledAt: timestampSchema.nullable().describe('Since when they may not sign in.'),
      identities: z.array(identitySchema.extend({ emailTrust })),
    }),
    sessions: z.array(sessionSummarySchema.extend({ userAgent: z.string().nullable() })),
    activity: z.array(activityEntrySchema.extend({ userAgent: z.string().nullable() })),
  })
  .meta({ id: 'Export' });

export type Export = z.infer<typeof exportSchema>;
