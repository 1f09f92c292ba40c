import type { ErrorCode } from '../common/errors.js';
import type { ProviderId } from '../common/provider-id.js';
import type { EmailTrust } from '../database/schema.js';
import { isVerified } from './email-key.js';

/** What is known when a provider has proven an identity. */
export interface LinkingFacts {
  /** The user whom (provider, subject) already belongs to. */
  owner: string | null;
  /** How far the provider stands for the address that it sent; null when it sent none. */
  emailTrust: EmailTrust | null;
  /** The user who has that address verified, and how they signed in last. */
  addressOwner: { userId: string; signInWith: ProviderId } | null;
}

export type LinkingDecision =
  | { action: 'sign-in'; userId: string }
  | { action: 'create' }
  | { action: 'refuse'; code: Extract<ErrorCode, 'account_exists'>; signInWith: ProviderId | null };

/**
 * Decides who a proven identity signs in as. (provider, subject) alone decides; an address is never a key. A new identity
 * whose address somebody has verified is refused rather than merged: whoever controls a mailbox, or says so, at one
 * provider is not thereby the person who signed in at another. The other provider is named only to somebody whose own
 * provider has verified that address.
 */
export function decideSignIn(facts: LinkingFacts): LinkingDecision {
  if (facts.owner !== null) return { action: 'sign-in', userId: facts.owner };
  if (facts.addressOwner === null) return { action: 'create' };
  return {
    action: 'refuse',
    code: 'account_exists',
    signInWith: isVerified(facts.emailTrust) ? facts.addressOwner.signInWith : null,
  };
}
