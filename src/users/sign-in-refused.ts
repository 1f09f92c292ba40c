import { AppError } from '../common/errors.js';
import type { ProviderId } from '../common/provider-id.js';
import type { SocialProfile } from './profiles/social-profile.js';

/**
 * A proven identity that may not sign in, because its address is another account's. It carries what is needed to offer
 * the link once the person has signed in the way they did before.
 */
export class SignInRefused extends AppError {
  constructor(
    readonly addressOwner: string,
    readonly provider: ProviderId,
    readonly profile: SocialProfile,
    signInWith: ProviderId | null,
  ) {
    super('account_exists', { signInWith });
  }
}
