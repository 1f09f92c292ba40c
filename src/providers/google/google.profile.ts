import * as z from 'zod';
import { type EmailTrust, type SocialProfile, subjectSchema } from '../social-profile.js';
import { cleanEmail, cleanUrl, isTrue, nameFrom } from '../clean.js';

/**
 * The profile claims of a verified Google ID token; everything but `sub` is optional.
 * @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
 */
export const googleProfileSchema = z.object({
  sub: subjectSchema,
  name: z.unknown().optional(),
  given_name: z.unknown().optional(),
  family_name: z.unknown().optional(),
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
  hd: z.unknown().optional(),
  picture: z.unknown().optional(),
});

export function toGoogleProfile(
  claims: z.infer<typeof googleProfileSchema>,
  local: string | null,
): SocialProfile {
  const address = cleanEmail(claims.email);
  return {
    subject: claims.sub,
    username: null,
    displayName: nameFrom(claims.name, claims.given_name, claims.family_name),
    email: address === null ? null : { address, trust: trustIn(address, claims) },
    avatarUrl: cleanUrl(claims.picture, local),
    partial: false,
  };
}

/**
 * Google hosts the mailboxes of gmail.com and of Workspace domains (`hd`); other addresses it has verified only once.
 */
function trustIn(
  address: string,
  claims: Pick<z.infer<typeof googleProfileSchema>, 'email_verified' | 'hd'>,
): EmailTrust {
  if (!isTrue(claims.email_verified)) return 'claimed';
  const runsTheMailbox = /@gmail\.com$/i.test(address) || typeof claims.hd === 'string';
  return runsTheMailbox ? 'authoritative' : 'verified';
}
