import { expect } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../src/database/database.js';

/**
 * What must hold whatever has happened, each as a query that finds what breaks it. The schema's constraints hold most of
 * it; it is asked all the same, in words of its own.
 */
const violations = {
  'an identity without a user': sql`
    select issuer, subject from identities where user_id not in (select id from users)`,
  'a user without an identity': sql`
    select id from users where id not in (select user_id from identities)`,
  'a user whose primary identity is missing': sql`
    select users.id from users left join identities
      on identities.user_id = users.id and identities.issuer = users.primary_issuer
      where identities.subject is null`,
  'an identity of two users': sql`
    select issuer, subject from identities group by issuer, subject having count(*) > 1`,
  'two identities of one issuer at one user': sql`
    select user_id, issuer from identities group by user_id, issuer having count(*) > 1`,
  'an address that two users have verified': sql`
    select email_key from users where email_trust in ('authoritative', 'verified')
      group by email_key having count(*) > 1`,
  'a session without a user': sql`
    select id from sessions where user_id not in (select id from users)`,
  'a session of a disabled user': sql`
    select sessions.id from sessions join users on users.id = sessions.user_id
      where users.disabled_at is not null`,
  'a session that nothing has proven': sql`
    select id from sessions where id not in (select session_id from session_proofs)`,
  'a proof by an identity of somebody else': sql`
    select session_id from session_proofs
      join sessions on sessions.id = session_proofs.session_id
      join identities on identities.issuer = session_proofs.issuer
        and identities.subject = session_proofs.subject
      where identities.user_id <> sessions.user_id`,
  'activity without a user': sql`
    select id from activity where user_id not in (select id from users)`,
};

/** Checks that the stored rows fit together. */
export async function expectInvariants(database: Database): Promise<void> {
  const found: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(violations)) {
    const { rows } = await query.execute(database);
    if (rows.length > 0) found[name] = rows;
  }
  expect(found).toEqual({});
}
