import { Inject, Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../database/database.js';
import type { HandoversTable } from '../database/schema.js';

/** More than anybody begins within the minutes that one lasts. */
const MAX_PER_USER = 20;

/** Queries on hand-overs. */
@Injectable()
export class HandoversRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds one; of a user's that are not used, only the newest are kept. */
  async add(db: Queryable, handover: HandoversTable): Promise<void> {
    await db.insertInto('handovers').values(handover).execute();
    const surplus = db
      .selectFrom('handovers')
      .select('id')
      .where('user_id', '=', handover.user_id)
      .where('used_at', 'is', null)
      .orderBy('id', 'desc')
      .limit(MAX_PER_USER)
      .offset(MAX_PER_USER);
    await db.deleteFrom('handovers').where('id', 'in', surplus).execute();
  }

  /** The one that a browser is to confirm, or has confirmed. */
  ofBrowser(browserHash: string): Promise<HandoversTable | undefined> {
    return this.database
      .selectFrom('handovers')
      .selectAll()
      .where('browser_hash', '=', browserHash)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
  }

  /** The one with a code, whether it still counts or not. */
  ofCode(codeHash: string, db: Queryable): Promise<HandoversTable | undefined> {
    return db
      .selectFrom('handovers')
      .selectAll()
      .where('code_hash', '=', codeHash)
      .executeTakeFirst();
  }

  /** Gives one its code, unless it has one. */
  async confirm(
    id: string,
    { code_hash, expires_at }: Pick<HandoversTable, 'code_hash' | 'expires_at'>,
  ): Promise<void> {
    await this.database
      .updateTable('handovers')
      .set({ code_hash, expires_at })
      .where('id', '=', id)
      .where('code_hash', 'is', null)
      .execute();
  }

  /** Drops one that has no code yet. */
  async decline(id: string): Promise<void> {
    await this.database
      .deleteFrom('handovers')
      .where('id', '=', id)
      .where('code_hash', 'is', null)
      .execute();
  }

  /** Marks one as used. Returns whether this was the first. */
  async use(
    db: Queryable,
    id: string,
    {
      session_id,
      used_at,
      expires_at,
    }: Pick<HandoversTable, 'session_id' | 'used_at' | 'expires_at'>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('handovers')
      .set({ session_id, used_at, expires_at })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
