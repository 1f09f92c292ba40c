import * as z from 'zod';

/**
 * The trust in an email address (see docs/decisions/0003-who-may-sign-in-as-whom.md). `authoritative`: the provider
 * hosts the mailbox; `verified`: it has verified the address; `claimed`: it has not.
 */
export const emailTrusts = ['authoritative', 'verified', 'claimed'] as const;

export type EmailTrust = (typeof emailTrusts)[number];

/** The normalised profile of any provider: sanitised, bounded and safe to store. */
export interface SocialProfile {
  /** The provider's immutable account id, unique together with the provider. */
  subject: string;
  username: string | null;
  displayName: string | null;
  email: ProfileEmail | null;
  avatarUrl: string | null;
  /** Whether the provider returned an incomplete profile; missing values then do not overwrite stored ones. */
  partial: boolean;
}

export interface ProfileEmail {
  address: string;
  trust: EmailTrust;
}

/**
 * A provider's account id: a short string of visible ASCII (OpenID Connect Core §2 allows 255 characters). Numbers are
 * rejected: X's ids exceed the exact range of a JSON number.
 */
export const subjectSchema = z.string().regex(/^[\x21-\x7e]{1,255}$/);
