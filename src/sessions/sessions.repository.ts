import { Inject, Injectable } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import { Database, type Queryable } from '../database/database.js';
import type { SessionsTable } from '../database/schema.js';

/** Which sessions of a user are meant. */
export interface SessionFilter {
  userId: string;
  /** Only the one with this public id. */
  only?: string;
  /** All but the one with this public id. */
  except?: string;
  /** Only those that were signed in with this provider. */
  provider?: ProviderId;
}

/** The queries on sessions, except reading the one that a cookie names, which is the store's. */
@Injectable()
export class SessionsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Runs work in one transaction: all of it is done, or nothing. */
  transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction().execute(work);
  }

  async insert(db: Queryable, session: SessionsTable): Promise<void> {
    await db.insertInto('sessions').values(session).execute();
  }

  /**
   * Gives a living session the secret id that follows the one it has, and perhaps a new time of authentication. The row
   * may have that id already: two tabs renew it at once.
   *
   * @param from hash of the secret id that the request came with
   * @returns the row, or undefined when the session has ended meanwhile, or has gone on to yet another id
   */
  renew(
    db: Queryable,
    { id, from }: { id: string; from: string },
    changes: Pick<SessionsTable, 'token_hash' | 'last_seen_at'> & Partial<SessionsTable>,
  ): Promise<SessionsTable | undefined> {
    return db
      .updateTable('sessions')
      .set(changes)
      .where('id', '=', id)
      .where('token_hash', 'in', [from, changes.token_hash])
      .returningAll()
      .executeTakeFirst();
  }

  /**
   * Makes sure that a session has not ended, and keeps it from ending until the transaction does.
   *
   * @returns whether it is there
   */
  async hold(db: Queryable, id: string): Promise<boolean> {
    const held = await db
      .updateTable('sessions')
      .set((row) => ({ id: row.ref('id') }))
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    return held !== undefined;
  }

  /** Lets a session that was started with one provider go on under another. */
  async handOver(
    db: Queryable,
    { id, from, to }: { id: string; from: ProviderId; to: ProviderId },
  ): Promise<void> {
    await db
      .updateTable('sessions')
      .set({ provider: to })
      .where('id', '=', id)
      .where('provider', '=', from)
      .execute();
  }

  async delete(db: Queryable, tokenHash: string): Promise<void> {
    await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
  }

  /**
   * Ends sessions of a user.
   *
   * @returns how many there were
   */
  async end(filter: SessionFilter, db: Queryable): Promise<number> {
    const { userId, only, except, provider } = filter;
    const { numDeletedRows } = await db
      .deleteFrom('sessions')
      .where('user_id', '=', userId)
      .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
      .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
      .$if(provider !== undefined, (query) => query.where('provider', '=', provider ?? 'google'))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** A user's sessions that are stored, the expired ones that have not been cleaned up included; the last seen first. */
  stored(userId: string): Promise<SessionsTable[]> {
    return this.database
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
  }

  /** The id of the user whose session has a public id. */
  async ownerOf(id: string): Promise<string | undefined> {
    const row = await this.database
      .selectFrom('sessions')
      .select('user_id')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.user_id;
  }

  /** How many sessions of all users are alive. */
  async count(now: number, idleSince: number): Promise<number> {
    const { count } = await this.database
      .selectFrom('sessions')
      .select((row) => row.fn.countAll().as('count'))
      .where('expires_at', '>', now)
      .where('last_seen_at', '>', idleSince)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** A user's living sessions, the last seen first. */
  living(userId: string, now: number, idleSince: number): Promise<SessionsTable[]> {
    return this.database
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', userId)
      .where('expires_at', '>', now)
      .where('last_seen_at', '>', idleSince)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
  }
}
