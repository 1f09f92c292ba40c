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
   * Gives a living session a new secret id and a new time of authentication. It is found by its public id, which stays:
   * two tabs that renew it at once renew the same one.
   *
   * @returns the row, or undefined when the session has ended meanwhile
   */
  renew(
    db: Queryable,
    id: string,
    changes: Pick<SessionsTable, 'token_hash' | 'authenticated_at' | 'last_seen_at'>,
  ): Promise<SessionsTable | undefined> {
    return db
      .updateTable('sessions')
      .set(changes)
      .where('id', '=', id)
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
