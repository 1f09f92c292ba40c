import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { ActivityEvent } from '../common/activity-event.js';
import type { Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { ActivityTable } from '../database/schema.js';

/** How many rows a user has at most, and how many of the newest are left when older ones go. */
const MAX_ROWS = 1000;
const ROWS_LEFT = 900;

/** Surplus rows deleted with a new one. There are more only where rows came in by other ways. */
const DELETED_AT_ONCE = 5000;

/** How an identity came to an account, and signs in. */
const WAYS: readonly ActivityEvent[] = ['sign_in', 'identity_linked', 'identity_moved'];

const insertRow = new PreparedQuery((db, row: ActivityTable) => {
  const { id, user_id, at, event, provider, issuer, subject, via, address, user_agent } = row;
  return db
    .insertInto('activity')
    .values({ id, user_id, at, event, provider, issuer, subject, via, address, user_agent })
    .returning((inserted) =>
      inserted
        .selectFrom('activity as others')
        .select('others.id')
        .where('others.user_id', '=', user_id)
        .orderBy('others.id', 'desc')
        .limit(sql.lit(1))
        // SQLite counts the new one, PostgreSQL does not.
        .offset(sql.lit(MAX_ROWS - 2))
        .as('surplus'),
    );
});

interface IdleEvent {
  userId: string;
  event: ActivityEvent;
  subject?: string;
}

const newestSince = new PreparedQuery(
  (db, { userId, event, subject, since }: IdleEvent & { subject: string; since: string }) =>
    db
      .selectFrom('activity')
      .select('id')
      .where('user_id', '=', userId)
      .where('event', '=', event)
      .where(sql<string>`coalesce(subject, '')`, '=', subject)
      .where('id', '>', since)
      .limit(1),
);

const oldest = new PreparedQuery((db, { userId, max }: { userId: string; max: number }) =>
  db
    .selectFrom('activity')
    .leftJoin('identities', (join) =>
      join
        .onRef('identities.user_id', '=', 'activity.user_id')
        .onRef('identities.provider', '=', 'activity.provider')
        .onRef('identities.subject', '=', 'activity.subject'),
    )
    .select(['activity.id', 'activity.event', 'activity.provider'])
    .select('identities.subject as connected')
    .where('activity.user_id', '=', userId)
    .where('activity.id', '<', (row) =>
      row
        .selectFrom('activity as newest')
        .select('newest.id')
        .where('newest.user_id', '=', userId)
        .orderBy('newest.id', 'desc')
        .limit(sql.lit(1))
        .offset(sql.lit(ROWS_LEFT - 1)),
    )
    .orderBy('activity.id')
    .limit(max),
);

type OldRow = Awaited<ReturnType<typeof oldest.rows>>[number];

/** Adds a row, and deletes old ones when the user has reached MAX_ROWS. */
export async function addActivity(db: Queryable, row: ActivityTable): Promise<void> {
  const inserted = await insertRow.first(db, row);
  if (inserted?.surplus) await deleteSurplus(db, row.user_id, DELETED_AT_ONCE);
}

/** Whether an event of a kind was recorded within the last milliseconds. Ids are in the order of time. */
export async function wasRecorded(
  db: Queryable,
  { userId, event, subject = '' }: IdleEvent,
  withinMs: number,
): Promise<boolean> {
  const since = uuidv7({ msecs: Date.now() - withinMs, random: new Uint8Array(16), seq: 0 });
  return (await newestSince.first(db, { userId, event, subject, since })) !== undefined;
}

/**
 * Deletes the oldest rows beyond those that a user may have; but never the first and the newest of a provider or of an
 * identity that is connected, nor of each way in which it came.
 *
 * @param max how many are looked at
 * @returns how many there were
 */
export async function deleteSurplus(db: Queryable, userId: string, max: number): Promise<number> {
  const surplus = await oldest.rows(db, { userId, max });
  const last = surplus.at(-1);
  if (last === undefined) return 0;
  let query = db.deleteFrom('activity').where('user_id', '=', userId).where('id', '<=', last.id);
  const kept = keptOf(surplus);
  if (kept.length > 0) query = query.where('id', 'not in', kept);
  const { numDeletedRows } = await query.executeTakeFirst();
  return Number(numDeletedRows);
}

/**
 * The ids of the first and the last row of each provider, of each connected identity, and of each way in which it came.
 * Identities that are gone count by provider only: there may be any number of them. What is newer than these rows stays
 * anyway; and the last of them is not the newest of all where there is a newer one, and goes with the next rows.
 */
function keptOf(rows: readonly OldRow[]): string[] {
  const [first, last] = [new Map<string, string>(), new Map<string, string>()];
  for (const { id, event, provider, connected } of rows) {
    if (provider === null) continue;
    const whose = connected === null ? [provider] : [provider, `${provider} ${connected}`];
    const kinds = WAYS.includes(event) ? [...whose, ...whose.map((of) => `${event} ${of}`)] : whose;
    for (const kind of kinds) {
      if (!first.has(kind)) first.set(kind, id);
      last.set(kind, id);
    }
  }
  return [...new Set([...first.values(), ...last.values()])];
}
