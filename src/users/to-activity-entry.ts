import { describeBrowser } from '../activity/describe-browser.js';
import { toTimestamp } from '../common/timestamp.js';
import type { ActivityTable } from '../database/schema.js';
import type { ActivityEntry } from './activity.schema.js';

/** Presents a row of activity to its user. */
export function toActivityEntry(row: ActivityTable): ActivityEntry {
  return {
    id: row.id,
    at: toTimestamp(row.at),
    event: row.event,
    provider: row.provider,
    address: row.address,
    ...describeBrowser(row.user_agent),
  };
}
