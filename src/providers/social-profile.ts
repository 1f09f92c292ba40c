/**
 * How far an email address may be believed (see docs/decisions/0003-who-may-sign-in-as-whom.md).
 * `authoritative`: the provider runs the mailbox; `verified`: it has checked it; `claimed`: it only passes it on.
 */
export const emailTrusts = ['authoritative', 'verified', 'claimed'] as const;

export type EmailTrust = (typeof emailTrusts)[number];

/** What a provider says about a person, in one shape for all providers: cleaned, bounded and safe to store. */
export interface SocialProfile {
  /** The provider's unchanging id of the account: the key, together with the provider. */
  subject: string;
  username: string | null;
  displayName: string | null;
  email: ProfileEmail | null;
  avatarUrl: string | null;
  /** Whether the provider told only part of what it knows; then nothing known is overwritten with nothing. */
  partial: boolean;
}

export interface ProfileEmail {
  address: string;
  trust: EmailTrust;
}
