import { Inject, Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { SigningKeysTable } from '../database/schema.js';

const selectKeys = new PreparedQuery((db, _none: object) =>
  db.selectFrom('signing_keys').selectAll().orderBy('number', 'desc'),
);

/** The queries on signing keys. */
@Injectable()
export class SigningKeysRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** All keys, the newest first. */
  all(db: Queryable = this.database): Promise<SigningKeysTable[]> {
    return selectKeys.rows(db, {});
  }

  /** Adds a key, unless another instance has added the one with its number. Returns whether it was added. */
  async add(key: SigningKeysTable, db: Queryable = this.database): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('signing_keys')
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Has a key published for longer. */
  async publish(kid: string, until: number): Promise<void> {
    await this.database
      .updateTable('signing_keys')
      .set({ published_until: until })
      .where('kid', '=', kid)
      .where('published_until', '<', until)
      .execute();
  }

  /** Replaces a seal that is still the one that was read. */
  async seal(kid: string, from: string, to: string): Promise<void> {
    await this.database
      .updateTable('signing_keys')
      .set({ private_key: to })
      .where('kid', '=', kid)
      .where('private_key', '=', from)
      .execute();
  }

  /** Deletes the keys that are published no longer. The newest stays: numbers go up. */
  async deletePast(now: number): Promise<void> {
    await this.database
      .deleteFrom('signing_keys')
      .where('published_until', '<=', now)
      .where('number', '<', (row) =>
        row
          .selectFrom('signing_keys as newest')
          .select(({ fn }) => fn.max('newest.number').as('number')),
      )
      .execute();
  }

  /** Deletes all keys but one. Returns how many there were. */
  async deleteOthers(kid: string, db: Queryable): Promise<number> {
    const { numDeletedRows } = await db
      .deleteFrom('signing_keys')
      .where('kid', '<>', kid)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }
}
