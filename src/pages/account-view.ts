import { providers } from '../auth/providers.js';
import type { ProviderId } from '../common/provider-id.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { ActivityEntry } from '../users/activity.schema.js';
import type { User } from '../users/user.schema.js';
import { inWords } from './activity-words.js';
import type { Views } from './renderer.js';

/** All that the account page shows. */
export interface AccountFacts {
  user: User;
  sessions: SessionSummary[];
  activity: ActivityEntry[];
  /** The providers that are on. */
  enabled: ProviderId[];
}

/**
 * Makes the account page of what is known.
 *
 * @param prefix the path under which every route lies
 */
export function accountView(facts: AccountFacts, prefix: string): Views['account'] {
  const { user, sessions, activity, enabled } = facts;
  const connected = new Set(user.identities.map(({ provider }) => provider));
  const accountUrl = `${prefix}/account`;
  return {
    user,
    initial: initialOf(user.displayName),
    identities: user.identities.map((identity) => ({
      ...lookOf(identity.provider),
      name: identity.username === null ? identity.displayName : `@${identity.username}`,
      lastUsedAt: identity.lastUsedAt,
      lastUsed: readable(identity.lastUsedAt),
      disconnectUrl:
        user.identities.length > 1 ? `${accountUrl}/disconnect/${identity.provider}` : null,
    })),
    connectable: enabled
      .filter((id) => !connected.has(id))
      .map((id) => ({
        ...lookOf(id),
        connectUrl: `${prefix}/auth/${id}/link?returnTo=${encodeURIComponent(accountUrl)}`,
      })),
    sessions: sessions.map((session) => ({
      id: session.id,
      current: session.current,
      ...describeSession(session),
      lastSeenAt: session.lastSeenAt,
      lastSeen: readable(session.lastSeenAt),
      revokeUrl: `${accountUrl}/sessions/${session.id}/revoke`,
    })),
    activity: activity.map((entry) => ({
      at: entry.at,
      time: readable(entry.at),
      what: inWords(entry),
      detail: whoDid(entry),
    })),
    urls: {
      logout: `${prefix}/auth/logout`,
      revokeOthers: `${accountUrl}/sessions/revoke-others`,
      signOutEverywhere: `${accountUrl}/sign-out-everywhere`,
      export: `${prefix}/users/me/export`,
      delete: `${accountUrl}/delete`,
    },
  };
}

/** A session in words: with what, from where, and with which provider. */
export function describeSession(session: SessionSummary): { browser: string; detail: string } {
  const provider = `signed in with ${providers[session.provider].label}`;
  return {
    browser: browserOf(session),
    detail: [session.address, provider].filter((part) => part !== null).join(', '),
  };
}

/** With what and from where something was done. What came through a browser has an address. */
function whoDid(entry: ActivityEntry): string {
  return entry.address === null
    ? 'by the operator of this service'
    : [browserOf(entry), entry.address].join(', ');
}

function lookOf(id: ProviderId) {
  const { label, button } = providers[id];
  return { id, label, mark: button.mark };
}

function browserOf({ browser, system }: { browser: string | null; system: string | null }): string {
  if (browser === null) return system ?? 'Unknown browser';
  return system === null ? browser : `${browser} on ${system}`;
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as people see it: an emoji of several code points is one. */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name.trim())) return segment.toUpperCase();
  return '?';
}

/** A time for people. The server does not know where they are, so it says that it is UTC. */
function readable(time: string): string {
  const text = new Date(time).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}
