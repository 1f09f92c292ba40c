import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../../database/database.js';
import { PreparedQuery } from '../../database/prepared-query.js';
import type { ClaimedAttemptsTable } from '../../database/schema.js';

const insertClaim = new PreparedQuery(
  (db, { attempt_id, expires_at }: ClaimedAttemptsTable) =>
    db
      .insertInto('claimed_attempts')
      .values({ attempt_id, expires_at })
      .onConflict((conflict) => conflict.doNothing()),
  // After a power cut the code is still used up at the provider, so the claim need not survive it.
  'process',
);

@Injectable()
export class ClaimsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Claims a one-time action.
   *
   * @param what identifies the action; only its hash is stored
   * @param expiresAt how long to keep the claim, milliseconds since 1970
   * @returns whether this call was the first
   */
  async claim(what: string, expiresAt: number, db: Queryable = this.database): Promise<boolean> {
    const claim = { attempt_id: hash('sha256', what, 'base64url'), expires_at: expiresAt };
    return (await insertClaim.changes(db, claim)) === 1;
  }
}
