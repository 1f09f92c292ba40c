import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ActivityEvent } from '../common/activity-event.js';
import { type Client, operator } from '../common/http/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { Database, type Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { ActivityTable } from '../database/schema.js';
import { describeBrowser } from './describe-browser.js';
import { ConstraintViolation } from '../database/store-error.js';
import type { UnitOfWorkTransaction } from '../database/unit-of-work.js';

/** Something that happened to an account. */
export interface AuditEvent {
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

  /** Adds an event to the user's record, in the transaction in which it happened, and logs it after the commit. */
  async record(tx: UnitOfWorkTransaction, event: AuditEvent): Promise<void> {
    await this.insert(tx, event);
    tx.afterCommit(() => this.log(event));
  }

  /** Records an event that changed nothing. A user who has been deleted meanwhile has no record any more. */
  async add(event: AuditEvent): Promise<void> {
    try {
      await this.insert(this.database, event);
    } catch (error) {
      const userIsGone = error instanceof ConstraintViolation && error.kind === 'foreign_key';
      if (!userIsGone) throw error;
    }
    this.log(event);
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

  private async insert(
    db: Queryable,
    { userId, event, provider, client }: AuditEvent,
  ): Promise<void> {
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

  /** Log lines with stable names, for the operator. */
  private log({ userId, event, provider, client }: AuditEvent): void {
    const by = client === operator && { by: 'operator' };
    const { address, userAgent } = client;
    this.logger.log({ event, userId, provider, address, ...describeBrowser(userAgent), ...by });
  }

  private newestFirst(userId: string) {
    return this.database
      .selectFrom('activity')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id', 'desc');
  }
}
