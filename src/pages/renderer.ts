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
    }[];
    session: {
      label: string;
      createdAt: string;
      created: string;
      expiresAt: string;
      expires: string;
    };
    logoutUrl: string;
  };
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
