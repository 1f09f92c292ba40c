import { describeBrowser } from '../activity/describe-browser.js';
import { toTimestamp } from '../common/timestamp.js';
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
    createdAt: toTimestamp(row.created_at),
    lastSeenAt: toTimestamp(row.last_seen_at),
    authenticatedAt: toTimestamp(row.authenticated_at),
    expiresAt: toTimestamp(row.expires_at),
    address: row.address,
    ...describeBrowser(row.user_agent),
  };
}
