import type { Request } from 'express';
import { describeBrowser } from '../activity/describe-browser.js';
import type { ProviderId } from '../common/provider-id.js';
import { toTimestamp } from '../common/timestamp.js';
import type { IdentitiesTable } from '../database/schema.js';
import { providers } from '../providers/registry.js';
import { formAction } from './account-forms.js';
import { accountPath, confirmationPaths, isAccountPath } from './account-paths.js';
import { browserName } from './browser-name.js';
import type { Words } from './text/words.js';

/** A provider account that was connected lately, as every page shows it until the person has said that it was them. */
export interface NewIdentity {
  id: ProviderId;
  label: string;
  name: string | null;
  at: string;
  time: string;
  /** The browser, and the address where it is known. */
  where: string;
  acknowledgeUrl: string;
  disconnectUrl: string;
}

/**
 * @param request of the page that shows them, which the person comes back to
 * @param prefix the path under which every route lies
 */
export function newIdentitiesOn(
  words: Words,
  request: Request,
  rows: readonly IdentitiesTable[],
  prefix: string,
): NewIdentity[] {
  const account = accountPath({ prefix });
  const returnTo = returnToOf(request, prefix);
  return rows.map((row) => ({
    id: row.provider,
    label: providers[row.provider].label,
    name: row.username === null ? row.display_name : `@${row.username}`,
    at: toTimestamp(row.linked_at),
    time: words.format.time(toTimestamp(row.linked_at)),
    where: connectedFrom(words, row),
    acknowledgeUrl: formAction(
      `${account}/${confirmationPaths.acknowledge(row.provider)}`,
      row.user_id,
      returnTo,
    ),
    disconnectUrl: `${account}/${confirmationPaths.disconnect(row.provider)}`,
  }));
}

/** The browser that connected it, and its address where that is known. */
export function connectedFrom(
  words: Words,
  row: Pick<IdentitiesTable, 'linked_user_agent' | 'linked_address'>,
): string {
  const browser = browserName(words, describeBrowser(row.linked_user_agent));
  return [browser, row.linked_address ?? []].flat().join(words.comma);
}

/** Null for the account page itself. Other addresses than our pages' may hold what belongs into no link: a code, say. */
function returnToOf({ method, path, query }: Request, prefix: string): string | null {
  const account = accountPath({ prefix });
  const isPage = path === `${prefix}/` || isAccountPath(path, account);
  if (method !== 'GET' || !isPage) return null;
  // What has just been done is not to be said again.
  const { done, provider, ...kept } = query;
  const texts = Object.entries(done === undefined ? { ...kept, provider } : kept).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const search = new URLSearchParams(texts).toString();
  if (search === '') return path === account ? null : path;
  return `${path}?${search}`;
}
