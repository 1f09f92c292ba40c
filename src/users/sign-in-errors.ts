import { AppError } from '../common/errors/app-error.js';
import type { IdentitySource } from '../config/issuers.js';
import type { SignInDecision } from './account-linking.js';
import type { SocialProfile } from '../providers/social-profile.js';

/**
 * A proven identity that may not sign in, because its address is another account's. It carries what is needed to offer
 * the link once the person has signed in the way they did before.
 */
export class SignInRefused extends AppError {
  readonly addressOwner: string;
  /** Whether the link can be offered. */
  readonly canLink: boolean;

  constructor(
    readonly source: IdentitySource,
    readonly profile: SocialProfile,
    decision: Extract<SignInDecision, { code: 'account_exists' }>,
  ) {
    super('account_exists', { signInWith: decision.signInWith });
    this.addressOwner = decision.addressOwner;
    this.canLink = decision.canLink;
  }
}

/** A proven identity that may not sign in, because its user is disabled. */
export class SignInDisabled extends AppError {
  constructor(readonly userId: string) {
    super('account_disabled');
  }
}
