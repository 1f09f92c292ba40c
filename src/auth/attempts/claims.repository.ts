import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../../database/database.js';

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
    const id = hash('sha256', what, 'base64url');
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('claimed_attempts')
      .values({ attempt_id: id, expires_at: expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
}
