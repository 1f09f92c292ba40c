import type { ProviderId } from '../common/provider-id.js';
import type { User } from '../users/user.schema.js';
import type { Notice } from './notice.js';
import type { Around, Lost, ProviderButton, Separate, ShownActivity, Who } from './page-parts.js';
import type { Html } from './text/markup.js';

/** What each page shows. */
export interface Views {
  'sign-in': {
    user: Who | null;
    accountUrl: string;
    /** Where somebody who is signed in already wanted to go. */
    continueUrl: string | null;
    notice: Notice | null;
    /** The provider to try once more; null where that does not help. */
    retry: ProviderButton | null;
    /** Whether the signed-in person is to sign in again (step-up). */
    again: boolean;
    buttons: ProviderButton[];
    separate: Separate | null;
    /** Null where it is not the matter. */
    lost: Lost | null;
    sandbox: boolean;
  };
  /** For a visitor whose address an account has already. */
  'account-exists': {
    exists: {
      /** What to sign in with, where that may be told. */
      primary: ProviderButton | null;
      /** The provider whose account was refused. */
      refused: string | null;
      /** Whether it is another account of the same provider. */
      isOther: boolean;
    };
    /** The other ways to sign in. */
    buttons: ProviderButton[];
    separate: Separate | null;
    lost: Lost;
    sandbox: boolean;
  };
  /** Says that something has ended, to somebody who is signed out by it. */
  outcome: { title: string; sentence: string; signInUrl: string; again: string };
  /** For a signed-in user whose provider was not connected: no sign-in buttons. */
  'not-connected': {
    user: Who;
    notice: Notice;
    accountUrl: string;
  };
  account: Around & {
    /** What has just been done. */
    message: string | null;
    /** What has just been connected: where the page says so as of something new, it says it once. */
    connected: ProviderId | null;
    user: User;
    /** Whether the address belongs to somebody else, who has an account of their own. */
    isContested: boolean;
    initial: string;
    identities: {
      id: ProviderId;
      label: string;
      mark: string;
      name: string | null;
      /** Whether somebody has signed in with it. */
      isUsed: boolean;
      /** When that was the last time; else when it was connected. */
      since: Html;
      /** Null for the only one, which cannot be disconnected. */
      disconnectUrl: string | null;
    }[];
    connectable: { id: ProviderId; label: string; mark: string; connectUrl: string }[];
    sessions: {
      current: boolean;
      browser: string;
      icon: 'app' | 'laptop' | 'phone';
      signedInWith: string;
      address: string | null;
      created: Html;
      createdExactly: string;
      lastSeen: Html;
      revokeUrl: string;
    }[];
    activity: ShownActivity[];
    /** Null when all of it is shown. */
    olderUrl: string | null;
    urls: Record<'revokeOthers' | 'signOutEverywhere' | 'export' | 'delete', string>;
  };
  activity: Around & {
    activity: ShownActivity[];
    olderUrl: string | null;
    newestUrl: string | null;
    accountUrl: string;
  };
  /** A question before something changes. */
  confirm: {
    title: string;
    sentences: string[];
    /** The account of a provider that is to be joined to the person's; null where none is. */
    joined: {
      id: ProviderId;
      label: string;
      mark: string;
      name: string | null;
      facts: string[];
      isUnverified: boolean;
    } | null;
    /** What is lost by it. */
    gone: string[];
    /** What it is about, so that it cannot be taken for another; `at` where the value is a time (ISO 8601). */
    details: { name: string; value: string; at?: string }[];
    /** What else there is to know. */
    notes: string[];
    /** What is better done before answering. */
    offer?: { words: string; url: string };
    /** Whose account it is. */
    user: Who;
    action: string;
    danger: boolean;
    yes: string;
    no: string;
    /** Where "no" leads; null when it is an answer that the form sends. */
    cancelUrl: string | null;
    separate: Separate | null;
  };
  /** Asks whether a sign-in, or what an application has asked for, is to be handed over to another site or an app. */
  handover: {
    id: string;
    title: string;
    /** Who gets what. */
    sentence: Html;
    user: Who;
    /** The provider that has said who it is. */
    provider: string;
    action: string;
  };
  /** Asks for a new sign-in (step-up). */
  reauthenticate: {
    user: Who;
    /** What needs it. */
    why: string;
    /** From when on what the person confirmed it with does; null where that is not the reason. */
    from: { at: string; time: string } | null;
    /** The provider to sign in with; null when they have to choose, or can only wait. */
    provider: { label: string; mark: string } | null;
    /** Null when there is nothing to do but wait. */
    reauthUrl: string | null;
    /** Where the provider may answer without asking; `url` is its own page for it, where there is one. */
    signOutFirst: { url: string | null } | null;
    accountUrl: string;
    /** Where they come back to: the question that they were about to answer, their account, or another site's page. */
    leadsTo: 'question' | 'account' | 'elsewhere';
  };
  /** For a navigation that failed. */
  error: {
    title: string;
    sentence: string;
    icon: 'clock' | 'search' | null;
    /** How long it takes until it is worth trying again; null where that is not known. */
    waitSeconds: number | null;
    requestId: string | null;
    /** The same page once more, where that may help; then there are no other ways on. */
    retryUrl: string | null;
    /** Where a step-up helps at once. */
    reauthUrl: string | null;
    /** What the link to the account says. */
    toAccount: string;
    /** Null for those who are not signed in. */
    accountUrl: string | null;
    /** Null for those who are. */
    signInUrl: string | null;
    /** What the link to the sign-in page says. */
    toSignIn: string;
    /** Who is signed in, where that is the reason. */
    user: Who | null;
  };
}
