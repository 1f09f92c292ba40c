import type { ProviderId } from '../common/provider-id.js';

/** The result of a strategy: an identity verified by the provider, with its raw profile. */
export interface VerifiedIdentity {
  provider: ProviderId;
  profile: unknown;
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- @types/passport can be extended in no other way
  namespace Express {
    // oxlint-disable-next-line typescript/no-empty-object-type -- declaration merging: this is what `request.user` is
    interface User extends VerifiedIdentity {}
  }
}
