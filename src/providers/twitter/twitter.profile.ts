import * as z from 'zod';
import { cleanEmail, cleanName, cleanUrl, isTrue } from '../clean.js';
import { type SocialProfile, subjectSchema } from '../social-profile.js';

/**
 * X's response to `account/verify_credentials.json`; or, when X refuses that call, `id_str` and `screen_name` of the
 * access-token response.
 */
export const twitterProfileSchema = z.object({
  id_str: subjectSchema,
  screen_name: z.unknown().optional(),
  name: z.unknown().optional(),
  email: z.unknown().optional(),
  profile_image_url_https: z.unknown().optional(),
  default_profile_image: z.unknown().optional(),
  /** Set by the strategy when the profile request was refused. */
  refused: z.literal(true).optional(),
});

/** X returns an address only after verifying it. */
export function toTwitterProfile(
  user: z.infer<typeof twitterProfileSchema>,
  local: string | null,
): SocialProfile {
  const address = cleanEmail(user.email);
  return {
    subject: user.id_str,
    username: cleanName(user.screen_name),
    displayName: cleanName(user.name),
    email: address === null ? null : { address, trust: 'verified' },
    avatarUrl: isTrue(user.default_profile_image)
      ? null
      : originalSize(user.profile_image_url_https, local),
    partial: user.refused === true,
  };
}

/** X's URL is a 48-pixel thumbnail; without its `_normal` suffix it is the original. */
function originalSize(url: unknown, local: string | null): string | null {
  const original = typeof url === 'string' ? url.replace(/_normal(?=\.\w{3,4}$)/, '') : url;
  return cleanUrl(original, local);
}
