import 'express-session';
import type { ProviderId } from '../common/provider-id.js';

/** What a signed-in browser's session says. All of it comes from the session's row; times are milliseconds since 1970. */
export interface SignedInSession {
  /** The public id (UUIDv7), not the secret one in the cookie. */
  readonly publicId: string;
  readonly userId: string;
  /** The provider that the person signed in with. */
  readonly provider: ProviderId;
  readonly createdAt: number;
  /** When the person last proved who they are. */
  readonly authenticatedAt: number;
  /** When the session ends at the latest, whatever happens. */
  readonly expiresAt: number;
}

declare module 'express-session' {
  interface SessionData {
    /** Present exactly when somebody is signed in. */
    signedIn: SignedInSession;
  }
}
