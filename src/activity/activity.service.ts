import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ActivityEvent, ActivityWay } from '../common/activity-event.js';
import { type Client, operator } from '../common/http/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { Database } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { ActivityTable } from '../database/schema.js';
import { UnitOfWork, type UnitOfWorkTransaction } from '../database/unit-of-work.js';
import { addActivity, deleteSurplus, wasRecorded } from './activity.queries.js';
import { describeBrowser } from './describe-browser.js';

/** How often at most an event that changed nothing is recorded, by user, kind and identity. */
const IDLE_INTERVAL_MS = 60_000;

/** Rows read, and deleted, at once: about a millisecond of the event loop, and of the embedded database. */
const PAGE = 200;
const BATCH = 1000;

/** Something that happened to an account. */
export interface AuditEvent {
  userId: string;
  event: ActivityEvent;
  provider: ProviderId | null;
  /** Who vouched for an identity that was refused. */
  issuer?: string;
  /** The identity's, where it is one of the user's, or was refused at an address that it and the user have verified. */
  subject?: string;
  via?: ActivityWay;
  client: Client;
}

/**
 * The record of what happened to each account: for the person, and as log lines for the operator. It is bounded: nobody
 * can fill the database, nor push out how their identities came.
 */
@Injectable()
export class ActivityService {
  private readonly logger = new Logger('Activity');

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Adds an event to the user's record, in the transaction in which it happened and which has locked the user, and logs
   * it after the commit.
   */
  async record(tx: UnitOfWorkTransaction, event: AuditEvent): Promise<void> {
    const { userId, event: name, provider, issuer, subject, via, client } = event;
    await addActivity(tx, {
      id: uuidv7(),
      user_id: userId,
      at: Date.now(),
      event: name,
      provider,
      issuer: issuer ?? null,
      subject: subject ?? null,
      via: via ?? null,
      address: client.address,
      user_agent: client.userAgent,
    });
    tx.afterCommit(() => this.log(event));
  }

  /** As `record`, for an event that changed nothing: at most one of a kind a minute. */
  async recordIdle(tx: UnitOfWorkTransaction, event: AuditEvent): Promise<void> {
    if (await wasRecorded(tx, event, IDLE_INTERVAL_MS)) return;
    await this.record(tx, event);
  }

  /**
   * Records an event that changed nothing, at most one of a kind a minute. A user who has been deleted meanwhile has no
   * record any more.
   */
  async add(event: AuditEvent): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, event.userId);
      if (user === undefined) tx.afterCommit(() => this.log(event));
      else await this.recordIdle(tx, event);
    });
  }

  /**
   * A user's activity, newest first.
   *
   * @param before the id of the last row already seen; null to begin
   */
  list(userId: string, limit: number, before: string | null): Promise<ActivityTable[]> {
    const newest = this.database
      .selectFrom('activity')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id', 'desc')
      .limit(limit);
    return (before === null ? newest : newest.where('id', '<', before)).execute();
  }

  /** All that is kept of a user's activity, newest first, in pages. Others have their turn between two of them. */
  async *pages(userId: string): AsyncGenerator<ActivityTable[]> {
    let rows = await this.list(userId, PAGE, null);
    while (rows.length > 0) {
      yield rows;
      await turn();
      const last = rows.at(-1);
      rows = rows.length < PAGE || !last ? [] : await this.list(userId, PAGE, last.id);
    }
  }

  /** Deletes what a user's record has beyond its bound, batch by batch, with turns for others between. */
  async trim(userId: string): Promise<void> {
    const deleteBatch = () =>
      this.unitOfWork.run(async (tx) => {
        const user = await lockUser(tx, userId);
        return user === undefined ? 0 : deleteSurplus(tx, userId, BATCH);
      });
    while ((await deleteBatch()) > 0) await turn();
  }

  /** Log lines with stable names, for the operator. */
  private log({ userId, event, provider, via, client }: AuditEvent): void {
    const by = client === operator && { by: 'operator' };
    const { address, userAgent } = client;
    const how = { ...(via && { via }), address, ...describeBrowser(userAgent), ...by };
    this.logger.log({ event, userId, provider, ...how });
  }
}
