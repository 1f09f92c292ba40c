import type { ActivityEvent } from '../common/activity-event.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { placeOf } from '../config/handover-targets.js';
import { providers } from '../providers/registry.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { ActivityEntry, ActivityPage } from '../activity/activity.schema.js';
import type { User } from '../users/user.schema.js';
import { connectForm, formAction } from './account-forms.js';
import { accountPath, confirmationPaths, exportPath, logoutPath } from './account-paths.js';
import { accountMessage, type FlashQuery } from './flash.js';
import { initialOf } from './initial.js';
import type { ShownTimes } from './shown-times.js';
import { browserName } from './browser-name.js';
import type { ShownActivity } from './page-parts.js';
import type { Views } from './page-views.js';
import type { Words } from './text/words.js';

export interface AccountFacts {
  user: User;
  /** Whether the address belongs to somebody else, who has an account of their own. */
  isContested: boolean;
  sessions: SessionSummary[];
  activity: ActivityPage;
  enabled: ProviderId[];
  /** Those that can be disconnected. */
  disconnectable: ReadonlySet<ProviderId>;
  /** What the address says has just been done. */
  query: FlashQuery;
}

/**
 * @param prefix the path under which every route lies
 */
export function accountView(
  words: Words,
  facts: AccountFacts,
  times: ShownTimes,
  prefix: string,
): Views['account'] {
  const { user, sessions, activity, enabled, disconnectable, query } = facts;
  const connected = new Set(user.identities.map(({ provider }) => provider));
  const accountUrl = accountPath({ prefix });
  const message = accountMessage(words, query, { connected, sessions: sessions.length });
  const isConnected = message !== null && query.done === 'connected';
  return {
    message,
    connected: isConnected && isProviderId(query.provider) ? query.provider : null,
    user,
    isContested: facts.isContested,
    initial: initialOf(user.displayName),
    identities: user.identities.map((identity) => ({
      ...brandingOf(identity.provider),
      name: identity.username === null ? identity.displayName : `@${identity.username}`,
      isUsed: isUsed(user, identity),
      since: times.shown(identity.lastUsedAt),
      disconnectUrl: disconnectable.has(identity.provider)
        ? `${accountUrl}/${confirmationPaths.disconnect(identity.provider)}`
        : null,
    })),
    connectable: enabled
      .filter((id) => !connected.has(id))
      .map((id) => ({
        ...brandingOf(id),
        connectUrl: connectForm(id, user.id, prefix),
      })),
    sessions: sessions.map((session) => ({
      current: session.current,
      browser: session.target === null ? browserName(words, session) : placeOf(session.target),
      signedInWith: providers[session.provider].label,
      address: session.address,
      icon: iconOf(session),
      created: times.shown(session.createdAt),
      createdExactly: words.format.time(session.createdAt),
      lastSeen: times.shown(session.lastSeenAt),
      revokeUrl: `${accountUrl}/${confirmationPaths.revoke(session.id)}`,
    })),
    activity: shownActivity(words, activity.items, times),
    olderUrl: olderActivityUrl(accountUrl, activity.nextCursor),
    logoutUrl: logoutPath({ prefix }),
    asOf: times.asOf(accountUrl),
    urls: {
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
 * @param prefix the path under which every route lies
 * @param cursor after which entry it begins; undefined for the newest
 */
export function activityView(
  words: Words,
  { items, nextCursor }: ActivityPage,
  times: ShownTimes,
  prefix: string,
  cursor: string | undefined,
): Views['activity'] {
  const accountUrl = accountPath({ prefix });
  const here = `${accountUrl}/activity`;
  return {
    activity: shownActivity(words, items, times),
    olderUrl: olderActivityUrl(accountUrl, nextCursor),
    newestUrl: cursor === undefined ? null : here,
    accountUrl,
    logoutUrl: logoutPath({ prefix }),
    asOf: times.asOf(cursor === undefined ? here : `${here}?cursor=${cursor}`),
  };
}

/** One that was only connected has that time: the account itself began with a sign-in. */
export function isUsed(
  { createdAt }: Pick<User, 'createdAt'>,
  { linkedAt, lastUsedAt }: Pick<User['identities'][number], 'linkedAt' | 'lastUsedAt'>,
): boolean {
  return lastUsedAt !== linkedAt || linkedAt === createdAt;
}

/** Somebody was not let in, or was in the way of somebody else. */
const REFUSALS: ReadonlySet<ActivityEvent> = new Set([
  'sign_in_refused',
  'disabled_sign_in_refused',
  'reauthentication_failed',
  'link_refused',
  'address_contested',
]);

function shownActivity(words: Words, entries: ActivityEntry[], times: ShownTimes): ShownActivity[] {
  return entries.map((entry) => ({
    time: times.shown(entry.at),
    what: words.activity.events[entry.event](
      entry.provider === null ? words.activity.someProvider : providers[entry.provider].label,
    ),
    detail: clientText(words, entry),
    isRefusal: REFUSALS.has(entry.event),
  }));
}

/** Browser and address. They are not said of others, and the operator has none. */
function clientText(words: Words, entry: ActivityEntry): string {
  if (entry.event === 'address_contested') return words.activity.bySomebodyElse;
  return entry.address === null
    ? words.activity.byOperator
    : [browserName(words, entry), entry.address].join(words.comma);
}

function iconOf({ target, system }: SessionSummary): 'app' | 'laptop' | 'phone' {
  if (target !== null) return 'app';
  return system === 'iOS' || system === 'Android' ? 'phone' : 'laptop';
}

/** Null on the last page. */
function olderActivityUrl(accountUrl: string, cursor: string | null): string | null {
  return cursor === null ? null : `${accountUrl}/activity?cursor=${cursor}`;
}

function brandingOf(id: ProviderId) {
  const { label, mark } = providers[id];
  return { id, label, mark };
}
