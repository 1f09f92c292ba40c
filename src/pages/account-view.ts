import type { ProviderId } from '../common/provider-id.js';
import { placeOf } from '../config/handover-targets.js';
import { providers } from '../providers/registry.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { ActivityEntry, ActivityPage } from '../activity/activity.schema.js';
import type { User } from '../users/user.schema.js';
import { formAction } from './account-forms.js';
import { accountPath, confirmationPaths, exportPath } from './account-paths.js';
import { accountMessage, flashQuery, type FlashQuery } from './flash.js';
import { browserName } from './browser-name.js';
import type { ShownActivity, Views } from './renderer.js';
import type { Words } from './text/words.js';

export interface AccountFacts {
  user: User;
  /** Whether the address belongs to somebody else, who has an account of their own. */
  isContested: boolean;
  sessions: SessionSummary[];
  activity: ActivityPage;
  /** The providers that are on. */
  enabled: ProviderId[];
  /** Those that can be disconnected. */
  disconnectable: ReadonlySet<ProviderId>;
  /** What the address says has just been done. */
  query: FlashQuery;
}

/**
 * @param prefix the path under which every route lies
 */
export function accountView(words: Words, facts: AccountFacts, prefix: string): Views['account'] {
  const { user, sessions, activity, enabled, disconnectable, query } = facts;
  const connected = new Set(user.identities.map(({ provider }) => provider));
  const accountUrl = accountPath({ prefix });
  return {
    message: accountMessage(words, query, { connected, sessions: sessions.length }),
    user,
    isContested: facts.isContested,
    initial: initialOf(user.displayName),
    identities: user.identities.map((identity) => ({
      ...brandingOf(identity.provider),
      name: identity.username === null ? identity.displayName : `@${identity.username}`,
      lastUsedAt: identity.lastUsedAt,
      lastUsed: words.format.time(identity.lastUsedAt),
      disconnectUrl: disconnectable.has(identity.provider)
        ? `${accountUrl}/${confirmationPaths.disconnect(identity.provider)}`
        : null,
    })),
    connectable: enabled
      .filter((id) => !connected.has(id))
      .map((id) => ({
        ...brandingOf(id),
        connectUrl: `${prefix}/auth/${id}/link?returnTo=${encodeURIComponent(
          accountUrl + flashQuery('connected', id),
        )}&user=${user.id}`,
      })),
    sessions: sessions.map((session) => ({
      id: session.id,
      current: session.current,
      browser: session.target === null ? browserName(words, session) : placeOf(session.target),
      signedInWith: providers[session.provider].label,
      address: session.address,
      createdAt: session.createdAt,
      created: words.format.time(session.createdAt),
      lastSeenAt: session.lastSeenAt,
      lastSeen: words.format.time(session.lastSeenAt),
      revokeUrl: `${accountUrl}/${confirmationPaths.revoke(session.id)}`,
    })),
    activity: shownActivity(words, activity.items),
    olderUrl: olderActivityUrl(accountUrl, activity.nextCursor),
    urls: {
      logout: `${prefix}/auth/logout`,
      revokeOthers: `${accountUrl}/${confirmationPaths.revokeOthers}`,
      signOutEverywhere: `${accountUrl}/${confirmationPaths.signOutEverywhere}`,
      export: formAction(exportPath({ prefix }), user.id, null),
      delete: `${accountUrl}/${confirmationPaths.deleteAccount}`,
    },
  };
}

/**
 * A page of the activity log.
 *
 * @param accountUrl the path of the account page
 * @param isNewest whether it is the page that begins with the newest
 */
export function activityView(
  words: Words,
  { items, nextCursor }: ActivityPage,
  accountUrl: string,
  isNewest: boolean,
): Views['activity'] {
  return {
    activity: shownActivity(words, items),
    olderUrl: olderActivityUrl(accountUrl, nextCursor),
    newestUrl: isNewest ? null : `${accountUrl}/activity`,
    accountUrl,
  };
}

function shownActivity(words: Words, entries: ActivityEntry[]): ShownActivity[] {
  return entries.map((entry) => ({
    at: entry.at,
    time: words.format.time(entry.at),
    what: words.activity.events[entry.event](
      entry.provider === null ? words.activity.someProvider : providers[entry.provider].label,
    ),
    detail: clientText(words, entry),
  }));
}

/** Browser and address. They are not said of others, and the operator has none. */
function clientText(words: Words, entry: ActivityEntry): string {
  if (entry.event === 'address_contested') return words.activity.bySomebodyElse;
  return entry.address === null
    ? words.activity.byOperator
    : [browserName(words, entry), entry.address].join(words.comma);
}

/** Null on the last page. */
function olderActivityUrl(accountUrl: string, cursor: string | null): string | null {
  return cursor === null ? null : `${accountUrl}/activity?cursor=${cursor}`;
}

function brandingOf(id: ProviderId) {
  const { label, button } = providers[id];
  return { id, label, mark: button.mark };
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as people see it: an emoji of several code points is one. */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name.trim())) return segment.toUpperCase();
  return '?';
}
