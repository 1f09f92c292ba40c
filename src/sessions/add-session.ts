import type { ActivityService } from '../activity/activity.service.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { SessionsTable } from '../database/session-tables.js';
import type { UnitOfWorkTransaction } from '../database/unit-of-work.js';

/** More browsers than anybody has, and few enough to list. */
const MAX_PER_IDENTITY = 100;

const insertSession = new PreparedQuery((db, session: SessionsTable) => {
  const { token_hash, previous_hash, domain_token_hash, id, user_id, provider, issuer } = session;
  const { renewal_seed, address, user_agent, attempt_id, return_to } = session;
  const { kind, target, idle_ms, made_user } = session;
  const { created_at, authenticated_at, last_seen_at, expires_at } = session;
  const times = { created_at, authenticated_at, last_seen_at, expires_at };
  return db
    .insertInto('sessions')
    .values({
      token_hash,
      previous_hash,
      id,
      user_id,
      provider,
      issuer,
      renewal_seed,
      ...times,
      address,
      user_agent,
      attempt_id,
      return_to,
      kind,
      target,
      idle_ms,
      made_user,
      domain_token_hash,
    })
    .returning((row) =>
      row
        .selectFrom('sessions as others')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('others.user_id', '=', user_id)
        .where('others.issuer', '=', issuer)
        .where('others.kind', '=', kind)
        .as('count'),
    );
});

/**
 * Adds a session of a user who is locked; an identity has MAX_PER_IDENTITY of a kind at most, and those that were not seen
 * for the longest end, which is recorded. Whoever has come by another identity of the user ends none by signing in, and no
 * application ends a browser's.
 */
export async function addSession(
  tx: UnitOfWorkTransaction,
  session: SessionsTable,
  activity: ActivityService,
): Promise<void> {
  const inserted = await insertSession.first(tx, session);
  // SQLite counts the new one, PostgreSQL does not.
  if (Number(inserted?.count) < MAX_PER_IDENTITY) return;
  const { user_id: userId, provider, issuer, kind, address, user_agent: userAgent } = session;
  const surplus = tx
    .selectFrom('sessions')
    .select('token_hash')
    .where('user_id', '=', userId)
    .where('issuer', '=', issuer)
    .where('kind', '=', kind)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_PER_IDENTITY)
    .offset(MAX_PER_IDENTITY);
  const ended = await tx
    .deleteFrom('sessions')
    .where('token_hash', 'in', surplus)
    .executeTakeFirst();
  if (ended.numDeletedRows === 0n) return;
  const client = { address, userAgent };
  await activity.record(tx, { userId, event: 'oldest_sessions_ended', provider, client });
}
