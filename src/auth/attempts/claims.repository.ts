import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Attempt } from './attempt.js';

/** Remembers which attempts have been finished, so that each is finished once, whichever instance is asked. */
@Injectable()
export class ClaimsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Claims an attempt.
   *
   * @param expiresAt until when the claim has to be remembered, milliseconds since 1970
   * @returns whether this call was the first
   */
  async claim(attempt: Attempt, expiresAt: number): Promise<boolean> {
    const id = createHash('sha256')
      .update(`${attempt.provider} ${attempt.handle}`)
      .digest('base64url');
    const { numInsertedOrUpdatedRows } = await this.database
      .insertInto('claimed_attempts')
      .values({ attempt_id: id, expires_at: expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
}
