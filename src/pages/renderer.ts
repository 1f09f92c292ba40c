import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { ProviderId } from '../common/provider-id.js';
import type { User } from '../users/user.schema.js';
import type { Notice } from './notice.js';
import { styleSheet } from './styles.js';

/** What each page shows. */
export interface Views {
  'sign-in': {
    user: Pick<User, 'displayName'> | null;
    accountUrl: string;
    notice: Notice | null;
    buttons: { id: ProviderId; label: string; mark: string; href: string }[];
    sandbox: boolean;
  };
  account: {
    user: User;
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
      /** Where from and with which provider. */
      detail: string;
      lastSeenAt: string;
      lastSeen: string;
      revokeUrl: string;
    }[];
    activity: { at: string; time: string; what: string; detail: string }[];
    urls: Record<'logout' | 'revokeOthers' | 'signOutEverywhere' | 'export' | 'delete', string>;
  };
  /** A question before something ends, or begins to count. */
  confirm: {
    title: string;
    sentences: string[];
    action: string;
    danger: boolean;
    yes: string;
    no: string;
    /** Where "no" leads; null when it is an answer that the form sends. */
    cancelUrl: string | null;
  };
  /** For somebody who has to prove anew who they are. */
  reauthenticate: { reauthUrl: string; accountUrl: string };
  /** For somebody who navigated to something that failed. */
  error: {
    title: string;
    sentence: string;
    requestId: string | null;
    homeUrl: string;
  };
}

const eta = new Eta({
  views: fileURLToPath(new URL('./views', import.meta.url)),
  autoEscape: true,
  cache: true,
});

/** Renders a page. Every value is escaped, except the marks and the style sheet, which are ours. */
export function render<Name extends keyof Views>(name: Name, view: Views[Name]): string {
  return eta.render(`./${name}`, { ...view, styleSheet });
}
