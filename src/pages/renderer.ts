import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { ProviderId } from '../common/provider-id.js';
import type { User } from '../users/user.schema.js';
import type { NewIdentity } from './new-identities.js';
import type { Notice } from './notice.js';
import { styleSheet } from './styles.js';
import { type Html, markup, shown } from './text/markup.js';
import type { Words } from './text/words.js';

export interface ShownActivity {
  at: string;
  time: string;
  what: string;
  detail: string;
}

/** An account of one's own, for somebody whose address another account has. */
export interface Separate {
  /** Who is signed in, whom they may not be; null when nobody is. */
  signedInAs: string | null;
  label: string;
  email: string;
  action: string;
}

/** What each page shows. */
export interface Views {
  'sign-in': {
    user: Pick<User, 'displayName'> | null;
    accountUrl: string;
    notice: Notice | null;
    /** What has just been done. */
    message: string | null;
    /** Whether the signed-in person is to sign in again (step-up). */
    again: boolean;
    buttons: { id: ProviderId; label: string; mark: string; href: string }[];
    separate: Separate | null;
    /** For somebody whose way in is gone: where to turn, with what; null where it is not the matter. */
    lost: { supportUrl: string | null; requestId: string | null } | null;
    sandbox: boolean;
  };
  /** For a signed-in user whose provider was not connected: no sign-in buttons. */
  'not-connected': {
    user: Pick<User, 'displayName' | 'email'>;
    notice: Notice;
    accountUrl: string;
  };
  account: {
    /** What has just been done. */
    message: string | null;
    user: User;
    /** Whether the address belongs to somebody else, who has an account of their own. */
    isContested: boolean;
    initial: string;
    identities: {
      id: ProviderId;
      label: string;
      mark: string;
      name: string | null;
      lastUsedAt: string;
      lastUsed: string;
      /** Null for the only one, which cannot be disconnected. */
      disconnectUrl: string | null;
    }[];
    connectable: { id: ProviderId; label: string; mark: string; connectUrl: string }[];
    sessions: {
      id: string;
      current: boolean;
      browser: string;
      signedInWith: string;
      address: string | null;
      createdAt: string;
      created: string;
      lastSeenAt: string;
      lastSeen: string;
      revokeUrl: string;
    }[];
    activity: ShownActivity[];
    /** Null when all of it is shown. */
    olderUrl: string | null;
    urls: Record<'logout' | 'revokeOthers' | 'signOutEverywhere' | 'export' | 'delete', string>;
  };
  activity: {
    activity: ShownActivity[];
    olderUrl: string | null;
    newestUrl: string | null;
    accountUrl: string;
  };
  /** A question before something changes. */
  confirm: {
    title: string;
    sentences: string[];
    /** What is better done before answering. */
    offer?: { words: string; url: string };
    /** What it is about, so that it cannot be taken for another; `at` where the value is a time (ISO 8601). */
    details: { name: string; value: string; at?: string }[];
    /** Whose account it is. */
    user: Pick<User, 'displayName' | 'email'>;
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
    user: Pick<User, 'displayName' | 'email'>;
    /** The provider that has said who it is. */
    provider: string;
    action: string;
  };
  /** Asks for a new sign-in (step-up). */
  reauthenticate: {
    user: Pick<User, 'displayName' | 'email'>;
    /** From when on what the person confirmed it with does; null where that is not the reason. */
    from: { at: string; time: string } | null;
    /** The provider to sign in with; null when they have to choose, or can only wait. */
    provider: string | null;
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
    requestId: string | null;
    /** The same page once more, where that may help; then there are no other ways on. */
    retryUrl: string | null;
    /** What the link to the account says. */
    toAccount: string;
    /** Null for those who are not signed in. */
    accountUrl: string | null;
    /** Null for those who are. */
    signInUrl: string | null;
    /** What the link to the sign-in page says. */
    toSignIn: string;
    /** Who is signed in, where that is the reason. */
    user: Pick<User, 'displayName' | 'email'> | null;
  };
}

const eta = new Eta({
  views: fileURLToPath(new URL('./views', import.meta.url)),
  autoEscape: true,
  escapeFunction: shown,
  functionHeader: 'const { words, markup } = it;',
  cache: true,
});

/** Renders a page. Every value is escaped, except `Html`, the marks and the style sheet, which are ours. */
export function render<Name extends keyof Views>(
  words: Words,
  name: Name,
  view: Views[Name],
  newIdentities: NewIdentity[],
): string {
  return eta.render(`./${name}`, { ...view, words, markup, newIdentities, styleSheet });
}
