import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ProviderId } from '../../common/provider-id.js';
import { Database, type Queryable } from '../../database/database.js';
import { PreparedQuery } from '../../database/prepared-query.js';
import type { ClaimedAttemptsTable } from '../../database/schema.js';

const insertClaim = new PreparedQuery(
  (db, { attempt_id, expires_at }: Pick<ClaimedAttemptsTable, 'attempt_id' | 'expires_at'>) =>
    db
      .insertInto('claimed_attempts')
      .values({ attempt_id, expires_at })
      .onConflict((conflict) => conflict.doNothing()),
  // After a power cut the code is still used up at the provider, so the claim need not survive it.
  'process',
);

const updateOutcome = new PreparedQuery(
  (
    db,
    { attempt_id, outcome, outcome_until, session_id }: Omit<ClaimedAttemptsTable, 'expires_at'>,
  ) =>
    db
      .updateTable('claimed_attempts')
      .set({ outcome, outcome_until, session_id })
      .where('attempt_id', '=', attempt_id),
  'process',
);

/** The id of an attempt in the store; the state itself is not kept there. */
export function attemptIdOf(provider: ProviderId, stateOrToken: string): string {
  return hash('sha256', `${provider} ${stateOrToken}`, 'base64url');
}

/** Which attempts a callback has finished, and how they ended. */
@Injectable()
export class ClaimsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * @param expiresAt how long to keep the claim, milliseconds since 1970
   * @returns whether this call was the first
   */
  async claim(attemptId: string, expiresAt: number): Promise<boolean> {
    const claim = { attempt_id: attemptId, expires_at: expiresAt };
    return (await insertClaim.changes(this.database, claim)) === 1;
  }

  /** Keeps how a claimed attempt ended. */
  async end(
    ended: Omit<ClaimedAttemptsTable, 'expires_at'>,
    db: Queryable = this.database,
  ): Promise<void> {
    await updateOutcome.changes(db, ended);
  }

  find(attemptId: string): Promise<ClaimedAttemptsTable | undefined> {
    return this.database
      .selectFrom('claimed_attempts')
      .selectAll()
      .where('attempt_id', '=', attemptId)
      .executeTakeFirst();
  }
}
