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
  // A code that was used before a power cut is worth nothing at the provider after it.
  'process',
);

/** Remembers which attempts have been finished, so that each is finished once, whichever instance is asked. */
@Injectable()
export class ClaimsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Claims something that may happen once.
   *
   * @param what names it; a hash of the name is stored
   * @param expiresAt until when the claim has to be remembered, milliseconds since 1970
   * @returns whether this call was the first
   */
  async claim(what: string, expiresAt: number, db: Queryable = this.database): Promise<boolean> {
    const claim = { attempt_id: hash('sha256', what, 'base64url'), expires_at: expiresAt };
    return (await insertClaim.changes(db, claim)) === 1;
  }
}
