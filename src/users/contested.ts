import type { Queryable } from '../database/database.js';
import type { IdentitiesTable } from '../database/schema.js';
import type { UsersRepository } from './users.repository.js';

/** An identity as it counts: an address that another user has with authority is a mere claim of whoever verified it. */
export async function withoutContested(
  rows: UsersRepository,
  db: Queryable,
  identity: IdentitiesTable,
): Promise<IdentitiesTable> {
  const { user_id: userId, email_key: key, email_trust: trust } = identity;
  if (key === null || trust !== 'verified') return identity;
  const isContested = (await rows.claimsOn(key, db)).some(
    (claim) => claim.email_trust === 'authoritative' && claim.user_id !== userId,
  );
  return isContested ? { ...identity, email_trust: 'claimed', contested_key: key } : identity;
}
