import type { Destinations, Resumed } from './account.js';
import type { SessionListener } from './session-store.js';
import type {
  ActivityPage,
  CurrentSession,
  ProfileChanges,
  Provider,
  ProviderId,
  SessionSummary,
  User,
} from './types.js';

export interface SignInOptions extends Destinations {
  /** `login` asks the person anew, `select_account` lets them choose, `none` asks nothing; where the provider knows it. */
  readonly prompt?: 'login' | 'consent' | 'select_account' | 'none' | undefined;
  /** Who is likely to sign in, such as an address. */
  readonly loginHint?: string | undefined;
}

export interface NavigationOptions extends SignInOptions {
  readonly popup?: false | undefined;
}

export interface PopupOptions extends SignInOptions {
  /** `returnTo` is then the page that the popup comes back to: it calls `finishPopup()`, or `createLatchkey`. */
  readonly popup: true;
  /** Ends the waiting: nobody can tell that a person has closed the popup, and nobody else can close it. */
  readonly signal?: AbortSignal | undefined;
}

export interface SignIn {
  (provider: ProviderId, options?: NavigationOptions): void;
  (provider: ProviderId, options: PopupOptions): Promise<CurrentSession>;
}

/** Latchkey in a page. Every method rejects with a `LatchkeyError` where the service refuses. */
export interface Latchkey {
  readonly baseUrl: string;
  /** What `session()` has last answered in this page; null before that. */
  readonly known: CurrentSession | null;
  /** What a confirmation had interrupted, and this page has just finished; null where there was nothing. */
  readonly resumed: Promise<Resumed | null>;
  /** Asks who is signed in: once for all who ask at the same time. While the service is busy, what was last known holds. */
  session: () => Promise<CurrentSession>;
  /** Hears whenever what `session()` knows has changed, in this tab or by another. Returns what ends it. */
  onChange: (listener: SessionListener) => () => void;
  /** The providers that people can sign in with. */
  providers: () => Promise<Provider[]>;
  /** Where a sign-in begins: for a link. */
  signInUrl: (provider: ProviderId, options?: SignInOptions) => string;
  /** Leaves this page for the provider's; or, in a popup, waits for who has signed in. Call it from a click. */
  signIn: SignIn;
  /** Signs out of this browser: every tab hears of it. */
  signOut: () => Promise<void>;
  /** Connects another provider: leaves this page, if need be to confirm who is there first. */
  link: (provider: ProviderId, options?: Destinations) => Promise<void>;
  /** Disconnects a provider. */
  unlink: (provider: ProviderId) => Promise<void>;
  /** Says that a newly connected provider was seen: it is not among `newIdentities` any more. */
  acknowledge: (provider: ProviderId) => Promise<void>;
  /** What `account_exists` has left: `session()` says what is pending. */
  readonly pendingLink: {
    /** Connects it to the account that is signed in. */
    confirm: () => Promise<void>;
    /** Signs in with it as a new user, where `canSeparate` says so. */
    separate: () => Promise<void>;
    decline: () => Promise<void>;
  };
  /** Where the person is signed in. */
  readonly sessions: {
    list: () => Promise<SessionSummary[]>;
    end: (id: string) => Promise<void>;
    endOthers: () => Promise<void>;
  };
  /** What happened to the account, newest first; `cursor` is the `nextCursor` of the page before. */
  activity: (page?: { limit?: number; cursor?: string }) => Promise<ActivityPage>;
  /** Changes what the person may set themselves; null gives back what providers say. */
  updateUser: (changes: ProfileChanges) => Promise<User>;
  /** All that is held about the person, as JSON. */
  exportData: () => Promise<Blob>;
  /** Deletes the account, once the person has confirmed who they are. */
  deleteAccount: () => Promise<void>;
  /** A short JWT for an API of yours; kept until shortly before it is over. */
  token: (audience?: string) => Promise<string>;
}
