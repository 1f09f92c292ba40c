import { providers } from '../providers/registry.js';
import type { ProviderId } from '../common/provider-id.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { ActivityPage } from '../users/activity.schema.js';
import { canUnlink } from '../users/can-unlink.js';
import type { User } from '../users/user.schema.js';
import { accountPath, exportPath, questionPaths } from './account-paths.js';
import { olderActivityUrl, shownActivity } from './activity-view.js';
import { browserOf } from './browser-words.js';
import { accountMessage, doneQuery, type DoneQuery } from './done.js';
import { readable } from './readable.js';
import type { Views } from './renderer.js';

/** All that the account page shows. */
export interface AccountFacts {
  user: User;
  sessions: SessionSummary[];
  activity: ActivityPage;
  /** The providers that are on. */
  enabled: ProviderId[];
  /** What the address says has just been done. */
  query: DoneQuery;
}

/**
 * Makes the account page of what is known.
 *
 * @param prefix the path under which every route lies
 */
export function accountView(facts: AccountFacts, prefix: string): Views['account'] {
  const { user, sessions, activity, enabled, query } = facts;
  const connectedIds = user.identities.map(({ provider }) => provider);
  const connected = new Set(connectedIds);
  const accountUrl = accountPath({ prefix });
  return {
    message: accountMessage(query, { connected, sessions: sessions.length }),
    user,
    initial: initialOf(user.displayName),
    identities: user.identities.map((identity) => ({
      ...lookOf(identity.provider),
      name: identity.username === null ? identity.displayName : `@${identity.username}`,
      lastUsedAt: identity.lastUsedAt,
      lastUsed: readable(identity.lastUsedAt),
      disconnectUrl: canUnlink(identity.provider, connectedIds, enabled)
        ? `${accountUrl}/${questionPaths.disconnect(identity.provider)}`
        : null,
    })),
    connectable: enabled
      .filter((id) => !connected.has(id))
      .map((id) => ({
        ...lookOf(id),
        connectUrl: `${prefix}/auth/${id}/link?returnTo=${encodeURIComponent(
          accountUrl + doneQuery('connected', id),
        )}&user=${user.id}`,
      })),
    sessions: sessions.map((session) => ({
      id: session.id,
      current: session.current,
      browser: browserOf(session),
      signedInWith: providers[session.provider].label,
      address: session.address,
      createdAt: session.createdAt,
      created: readable(session.createdAt),
      lastSeenAt: session.lastSeenAt,
      lastSeen: readable(session.lastSeenAt),
      revokeUrl: `${accountUrl}/${questionPaths.revoke(session.id)}`,
    })),
    activity: shownActivity(activity.items),
    olderUrl: olderActivityUrl(accountUrl, activity.nextCursor),
    urls: {
      logout: `${prefix}/auth/logout`,
      revokeOthers: `${accountUrl}/${questionPaths.revokeOthers}`,
      signOutEverywhere: `${accountUrl}/${questionPaths.signOutEverywhere}`,
      export: exportPath({ prefix }),
      delete: `${accountUrl}/${questionPaths.deleteAccount}`,
    },
  };
}

function lookOf(id: ProviderId) {
  const { label, button } = providers[id];
  return { id, label, mark: button.mark };
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as people see it: an emoji of several code points is one. */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name.trim())) return segment.toUpperCase();
  return '?';
}
