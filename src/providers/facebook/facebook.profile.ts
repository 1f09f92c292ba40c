import * as z from 'zod';
import { cleanEmail, cleanName, cleanUrl } from '../clean.js';
import type { SocialProfile } from '../social-profile.js';
import { subjectSchema } from '../subject.js';

/** Facebook's answer to `me?fields=id,name,email,picture`; all but `id` can be missing. */
export const facebookProfileSchema = z.object({
  id: subjectSchema,
  name: z.unknown().optional(),
  email: z.unknown().optional(),
  picture: z
    .object({
      data: z.object({ url: z.unknown().optional(), is_silhouette: z.unknown().optional() }),
    })
    .optional()
    .catch(undefined),
});

/** Maps Facebook's user to a profile. Facebook does not say whether an address was verified, so it is only claimed. */
export function toFacebookProfile(user: z.infer<typeof facebookProfileSchema>): SocialProfile {
  const address = cleanEmail(user.email);
  const picture = user.picture?.data;
  return {
    subject: user.id,
    username: null,
    displayName: cleanName(user.name),
    email: address === null ? null : { address, trust: 'claimed' },
    avatarUrl: picture?.is_silhouette === true ? null : cleanUrl(picture?.url),
    partial: false,
  };
}
