import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ActivityEvent } from '../common/activity-event.js';
import { type Client, operator } from '../common/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { Database, type Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { ActivityTable } from '../database/schema.js';
import { describeBrowser } from './describe-browser.js';
import { ConstraintViolation } from '../database/store-error.js';

/** Something that happened to an account. */
export interface Happening {
  userId: string;
  event: ActivityEvent;
  provider: ProviderId | null;
  client: Client;
}

const insertActivity = new PreparedQuery((db, row: ActivityTable) => {
  const { id, user_id, at, event, provider, address, user_agent } = row;
  return db
    .insertInto('activity')
    .values({ id, user_id, at, event, provider, address, user_agent });
});

/** The record of what happened to each account: for the person, and as log lines for the operator. Only ever added to. */
@Injectable()
export class ActivityService {
  private readonly logger = new Logger('Activity');

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds what happened to the record, in the transaction in which it happened. `announce` it when that has succeeded. */
  async record(db: Queryable, happening: Happening): Promise<void> {
    const { userId, event, provider, client } = happening;
    await insertActivity.changes(db, {
      id: uuidv7(),
      user_id: userId,
      at: Date.now(),
      event,
      provider,
      address: client.address,
      user_agent: client.userAgent,
    });
  }

  /** Tells the operator's log what has happened, in lines with stable names. */
  announce({ userId, event, provider, client }: Happening): void {
    const by = client === operator && { by: 'operator' };
    const { address, userAgent } = client;
    this.logger.log({ event, userId, provider, address, ...describeBrowser(userAgent), ...by });
  }

  /** Records and announces what happened outside a transaction. A user who has left meanwhile has no record any more. */
  async add(happening: Happening): Promise<void> {
    try {
      await this.record(this.database, happening);
    } catch (error) {
      const userIsGone = error instanceof ConstraintViolation && error.kind === 'foreign_key';
      if (!userIsGone) throw error;
    }
    this.announce(happening);
  }

  /**
   * A user's activity, newest first.
   *
   * @param before the id of the last row already seen; null to begin
   */
  list(userId: string, limit: number, before: string | null): Promise<ActivityTable[]> {
    const newest = this.newestFirst(userId).limit(limit);
    return (before === null ? newest : newest.where('id', '<', before)).execute();
  }

  /** All that is kept of a user's activity, newest first. */
  all(userId: string): Promise<ActivityTable[]> {
    return this.newestFirst(userId).execute();
  }

  private newestFirst(userId: string) {
    return this.database
      .selectFrom('activity')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id', 'desc');
  }
}
