import * as z from 'zod';
import { cleanEmail, cleanUrl, isTrue, nameFrom } from '../clean.js';
import { type SocialProfile, subjectSchema } from '../social-profile.js';

/** Facebook's response to `me?fields=id,name,email,picture…`; everything but `id` is optional. */
export const facebookProfileSchema = z.object({
  id: subjectSchema,
  name: z.unknown().optional(),
  first_name: z.unknown().optional(),
  last_name: z.unknown().optional(),
  email: z.unknown().optional(),
  picture: z
    .object({
      data: z.object({ url: z.unknown().optional(), is_silhouette: z.unknown().optional() }),
    })
    .optional()
    .catch(undefined),
});

/** Facebook does not say whether an address is verified, so its trust is `claimed`. */
export function toFacebookProfile(
  user: z.infer<typeof facebookProfileSchema>,
  local: string | null,
): SocialProfile {
  const address = cleanEmail(user.email);
  const picture = user.picture?.data;
  return {
    subject: user.id,
    username: null,
    displayName: nameFrom(user.name, user.first_name, user.last_name),
    email: address === null ? null : { address, trust: 'claimed' },
    avatarUrl: isTrue(picture?.is_silhouette) ? null : cleanUrl(picture?.url, local),
    partial: false,
  };
}
