import type { ProviderId } from '../common/provider-id.js';

/** What a strategy hands on when a provider has proven who somebody is: the provider's profile, not yet looked into. */
export interface VerifiedIdentity {
  provider: ProviderId;
  /** The provider's own shape; `users/profiles` gives it ours. */
  profile: unknown;
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- @types/passport can be extended in no other way
  namespace Express {
    // oxlint-disable-next-line typescript/no-empty-object-type -- declaration merging: this is what `request.user` is
    interface User extends VerifiedIdentity {}
  }
}
