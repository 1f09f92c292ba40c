import type { ProviderId } from '../common/provider-id.js';
import type { User } from '../users/user.schema.js';
import type { Html } from './text/markup.js';

export interface ShownActivity {
  time: Html;
  what: string;
  detail: string;
  /** Whether somebody was not let in, which is worth a sign. */
  isRefusal: boolean;
}

/** A way to sign in. */
export interface ProviderButton {
  id: ProviderId;
  label: string;
  mark: string;
  href: string;
  /** Whether this browser signed in with it the last time. */
  wasLast: boolean;
}

/** An account of one's own, for somebody whose address another account has. */
export interface Separate {
  /** Who is signed in, whom they may not be; null when nobody is. */
  signedInAs: string | null;
  label: string;
  email: string;
  action: string;
}

/** For somebody whose way in is gone: where to turn, with what. */
export interface Lost {
  supportUrl: string | null;
  requestId: string | null;
}

export type Who = Pick<User, 'displayName' | 'email'>;

/** What a wide page has around it. */
export interface Around {
  logoutUrl: string;
  /** When it was made, and where times are exact; null where they are. */
  asOf: { at: string; time: string; exactUrl: string | null };
}
