import type { Detail, ErrorCode } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import type { EmailTrust } from '../providers/social-profile.js';
import { isVerified } from './email-key.js';

/*
 * Who a proven identity belongs to. (issuer, subject) alone decides; an address is never a key. The functions are pure:
 * the table in docs/decisions/0003-who-may-sign-in-as-whom.md is their specification, and the database's constraints hold
 * what they decide under concurrency.
 */

export interface SignInFacts {
  /** The user whom (issuer, subject) already belongs to, and whether they are disabled. */
  owner: { userId: string; isDisabled: boolean } | null;
  /** How far the provider stands for the address that it sent; null when it sent none. */
  emailTrust: EmailTrust | null;
  /** The provider that has proven it. */
  provider: ProviderId;
  /** The user who has that address verified. */
  addressOwner: AddressOwner | null;
}

/** The user who has an address verified, and the providers that they have connected, the one used last first. */
export interface AddressOwner {
  userId: string;
  providers: readonly ProviderId[];
}

export type SignInDecision =
  | { action: 'sign-in'; userId: string }
  | { action: 'create' }
  | {
      action: 'refuse';
      code: 'account_exists';
      addressOwner: string;
      signInWith: ProviderId | null;
      /** Whether it can be connected to the owner: they have no other account of that provider. */
      canLink: boolean;
    }
  | { action: 'refuse'; code: 'account_disabled'; userId: string };

/**
 * Decides which user a verified identity signs in as. A new identity with another user's verified address is refused
 * rather than merged: control of a mailbox, or the claim of it, at one provider does not prove an account at another. The
 * other provider is named only when the caller's provider has verified that address. That a user is disabled is revealed
 * only to a verified identity of theirs; their address stays reserved.
 */
export function decideSignIn(facts: SignInFacts): SignInDecision {
  const { owner, emailTrust, provider, addressOwner } = facts;
  if (owner?.isDisabled === true) {
    return { action: 'refuse', code: 'account_disabled', userId: owner.userId };
  }
  if (owner !== null) return { action: 'sign-in', userId: owner.userId };
  if (addressOwner === null) return { action: 'create' };
  const { userId, providers } = addressOwner;
  // Another account of this very provider is only named when there is no other.
  const other = providers.find((connected) => connected !== provider) ?? provider;
  return {
    action: 'refuse',
    code: 'account_exists',
    addressOwner: userId,
    signInWith: isVerified(emailTrust) ? other : null,
    canLink: !providers.includes(provider),
  };
}

export interface LinkFacts {
  /** Who is signed in, at the start and now. */
  userId: string;
  /** Whether they have been disabled since it was started. */
  isDisabled: boolean;
  /** The user whom (issuer, subject) already belongs to. */
  owner: string | null;
  /** Whether the user has another account of that provider connected. */
  hasAnotherOfProvider: boolean;
}

export type LinkDecision =
  | { action: 'link' }
  | { action: 'refresh' }
  | {
      action: 'refuse';
      code: Extract<ErrorCode, 'identity_in_use' | 'account_disabled'>;
      say?: Extract<Detail, 'another_connected'>;
    };

/** Decides whether an identity is connected to a user who has proven both. Another user's identity never moves. */
export function decideLink(facts: LinkFacts): LinkDecision {
  const { userId, isDisabled, owner, hasAnotherOfProvider } = facts;
  if (isDisabled) return { action: 'refuse', code: 'account_disabled' };
  if (owner === userId) return { action: 'refresh' };
  if (owner !== null) return { action: 'refuse', code: 'identity_in_use' };
  if (!hasAnotherOfProvider) return { action: 'link' };
  return {
    action: 'refuse',
    code: 'identity_in_use',
    say: 'another_connected',
  };
}

/**
 * Whether the owner of a mailbox overrules others' claims on its address: each of them is merely verified, and its user
 * not disabled.
 */
export function canOverrule(
  trust: EmailTrust,
  claims: readonly { email_trust: EmailTrust | null; disabled_at: number | null }[],
): boolean {
  return (
    trust === 'authoritative' &&
    claims.every((claim) => claim.email_trust === 'verified' && claim.disabled_at === null)
  );
}
