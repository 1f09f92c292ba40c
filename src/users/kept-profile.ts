import * as z from 'zod';
import { emailTrusts, type SocialProfile } from '../providers/social-profile.js';

/** A profile that waits in a row, as JSON. */
export const keptProfileSchema: z.ZodType<SocialProfile> = z.object({
  subject: z.string(),
  username: z.string().nullable(),
  displayName: z.string().nullable(),
  email: z.object({ address: z.string(), trust: z.enum(emailTrusts) }).nullable(),
  avatarUrl: z.string().nullable(),
  partial: z.boolean(),
});
