import { providers } from '../auth/providers.js';
import type { SignedInSession } from '../sessions/session-data.js';
import type { User } from '../users/user.schema.js';
import type { Views } from './renderer.js';

/** What the account page shows of a user and of the session that looks at it. */
export function accountView(
  user: User,
  session: SignedInSession,
  prefix: string,
): Views['account'] {
  return {
    user,
    initial: initialOf(user.displayName),
    identities: user.identities.map((identity) => ({
      id: identity.provider,
      label: providers[identity.provider].label,
      mark: providers[identity.provider].button.mark,
      name: identity.username === null ? identity.displayName : `@${identity.username}`,
      lastUsedAt: identity.lastUsedAt,
      lastUsed: readable(identity.lastUsedAt),
    })),
    session: {
      label: providers[session.provider].label,
      createdAt: new Date(session.createdAt).toISOString(),
      created: readable(session.createdAt),
      expiresAt: new Date(session.expiresAt).toISOString(),
      expires: readable(session.expiresAt),
    },
    logoutUrl: `${prefix}/auth/logout`,
  };
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as people see it: an emoji of several code points is one. */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name.trim())) return segment.toUpperCase();
  return '?';
}

/** A time for people. The server does not know where they are, so it says that it is UTC. */
function readable(time: string | number): string {
  const text = new Date(time).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}
