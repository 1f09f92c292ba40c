import type { ActivityEntry, ActivityPage } from '../users/activity.schema.js';
import { inWords } from './activity-words.js';
import { browserOf } from './browser-words.js';
import { readable } from './readable.js';
import type { ShownActivity, Views } from './renderer.js';

/** Entries of the record of activity, as a page lists them. */
export function shownActivity(entries: ActivityEntry[]): ShownActivity[] {
  return entries.map((entry) => ({
    at: entry.at,
    time: readable(entry.at),
    what: inWords(entry),
    detail: whoDid(entry),
  }));
}

/** With what and from where something was done. What came through a browser has an address. */
function whoDid(entry: ActivityEntry): string {
  return entry.address === null
    ? 'by the operator of this service'
    : [browserOf(entry), entry.address].join(', ');
}

/** Where the activity before an entry is shown; null when there is none. */
export function olderActivityUrl(accountUrl: string, cursor: string | null): string | null {
  return cursor === null ? null : `${accountUrl}/activity?cursor=${cursor}`;
}

/**
 * Makes a page of the record of activity.
 *
 * @param accountUrl the path of the account page
 * @param isNewest whether it is the page that begins with the newest
 */
export function activityView(
  { items, nextCursor }: ActivityPage,
  accountUrl: string,
  isNewest: boolean,
): Views['activity'] {
  return {
    activity: shownActivity(items),
    olderUrl: olderActivityUrl(accountUrl, nextCursor),
    newestUrl: isNewest ? null : `${accountUrl}/activity`,
    accountUrl,
  };
}
