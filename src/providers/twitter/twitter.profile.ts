import * as z from 'zod';
import { cleanEmail, cleanName, cleanUrl } from '../clean.js';
import type { SocialProfile } from '../social-profile.js';
import { subjectSchema } from '../subject.js';

/**
 * X's answer to `account/verify_credentials.json`; or, when X refuses that call, what the access-token answer told
 * (`id_str` and `screen_name` alone).
 */
export const twitterProfileSchema = z.object({
  id_str: subjectSchema,
  screen_name: z.unknown().optional(),
  name: z.unknown().optional(),
  email: z.unknown().optional(),
  profile_image_url_https: z.unknown().optional(),
  default_profile_image: z.unknown().optional(),
  /** Set by us when the profile call was refused. */
  refused: z.literal(true).optional(),
});

/** Maps X's user object to a profile. X gives an address only when it has verified it. */
export function toTwitterProfile(user: z.infer<typeof twitterProfileSchema>): SocialProfile {
  const address = cleanEmail(user.email);
  return {
    subject: user.id_str,
    username: cleanName(user.screen_name),
    displayName: cleanName(user.name),
    email: address === null ? null : { address, trust: 'verified' },
    avatarUrl:
      user.default_profile_image === true ? null : originalSize(user.profile_image_url_https),
    partial: user.refused === true,
  };
}

/** The URL that X gives is a 48-pixel thumbnail; without its `_normal` suffix it is the picture. */
function originalSize(url: unknown): string | null {
  return cleanUrl(typeof url === 'string' ? url.replace(/_normal(?=\.\w{3,4}$)/, '') : url);
}
