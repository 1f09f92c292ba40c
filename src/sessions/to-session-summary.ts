import { describeBrowser } from '../activity/describe-browser.js';
import type { SessionsTable } from '../database/schema.js';
import type { SessionSummary } from './session.schema.js';

/**
 * Presents a session to its user.
 *
 * @param currentId the public id of the session that asks; null where none does
 */
export function toSessionSummary(row: SessionsTable, currentId: string | null): SessionSummary {
  return {
    id: row.id,
    current: row.id === currentId,
    provider: row.provider,
    createdAt: new Date(row.created_at).toISOString(),
    lastSeenAt: new Date(row.last_seen_at).toISOString(),
    authenticatedAt: new Date(row.authenticated_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
    address: row.address,
    ...describeBrowser(row.user_agent),
  };
}
