import { setImmediate as turn } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Config, CONFIG } from '../config/config.js';
import { Database } from '../database/database.js';
import { isPostgres } from '../database/prepared-query.js';

/**
 * Claims a periodic task that only one of all instances should run.
 *
 * @param intervalMs the least time between two runs
 * @returns whether this instance is to run it now
 */
export async function claimTask(
  database: Database,
  name: string,
  intervalMs: number,
): Promise<boolean> {
  const now = Date.now();
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('periodic_tasks')
    .values({ name, begun_at: now })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ begun_at: now })
        .where((row) =>
          row.or([
            row('periodic_tasks.begun_at', '<=', now - intervalMs),
            // A start in the future comes from a wrong clock.
            row('periodic_tasks.begun_at', '>', now + intervalMs),
          ]),
        ),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

const INTERVAL_MS = 10 * 60_000;

/** How often outcomes of attempts are erased that need not be repeated any more: they have a session's secret id. */
const OUTCOMES_INTERVAL_MS = 15_000;
const DAY_MS = 24 * 60 * 60_000;

/** Rows deleted per statement: few enough for the statement timeout, and to hold locks only briefly. */
const BATCH = 1000;

/** Deletes expired sessions, claims, activity and rate limits. Only frees space: every read checks expiry itself. */
@Injectable()
export class CleanupService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CleanupService.name);
  private timer: NodeJS.Timeout | undefined;
  private outcomesTimer: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.cleanInTurn();
    this.outcomesTimer = setInterval(() => {
      this.eraseOutcomes().catch((error: unknown) =>
        this.logger.warn('Outcomes of sign-ins were not erased.', error),
      );
    }, OUTCOMES_INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    clearTimeout(this.timer);
    clearInterval(this.outcomesTimer);
  }

  async eraseOutcomes(): Promise<void> {
    await this.database
      .updateTable('claimed_attempts')
      .set({ outcome: null, outcome_until: 0 })
      .where('outcome_until', '<=', Date.now())
      .where('outcome', 'is not', null)
      .execute();
  }

  async clean(): Promise<number> {
    const now = Date.now();
    const db = this.database;
    const { sessions, activityRetentionDays } = this.config;
    const idleSince = now - sessions.idleSeconds * 1000;
    const oldest = now - activityRetentionDays * DAY_MS;
    const expiredSessions = db
      .selectFrom('sessions')
      .select('token_hash')
      .where((row) => row.or([row('expires_at', '<=', now), row('last_seen_at', '<=', idleSince)]))
      .limit(BATCH);
    const expiredClaims = db
      .selectFrom('claimed_attempts')
      .select('attempt_id')
      .where('expires_at', '<=', now)
      .limit(BATCH);
    const expiredLinks = db
      .selectFrom('pending_links')
      .select('token_hash')
      .where('expires_at', '<=', now)
      .limit(BATCH);
    const expiredHandovers = db
      .selectFrom('handovers')
      .select('id')
      .where('expires_at', '<=', now)
      .limit(BATCH);
    const oldActivity = db
      .selectFrom('activity')
      .select(['user_id', 'id'])
      .where('at', '<=', oldest)
      .limit(BATCH);
    const pastLimits = db
      .selectFrom('rate_limits')
      .select('key')
      .where('window_ends_at', '<=', now);
    const batches = [
      db.deleteFrom('sessions').where('token_hash', 'in', expiredSessions),
      db.deleteFrom('claimed_attempts').where('attempt_id', 'in', expiredClaims),
      db.deleteFrom('pending_links').where('token_hash', 'in', expiredLinks),
      db.deleteFrom('handovers').where('id', 'in', expiredHandovers),
      db
        .deleteFrom('activity')
        .where((row) =>
          row(row.refTuple('user_id', 'id'), 'in', oldActivity.$asTuple('user_id', 'id')),
        ),
      // A counter may have restarted since it was selected, so the condition is checked again on the row itself.
      ...(!isPostgres(db)
        ? []
        : [
            db
              .deleteFrom('rate_limits')
              .where('key', 'in', pastLimits.limit(BATCH))
              .where('window_ends_at', '<=', now),
          ]),
    ];
    let deleted = 0;
    for (const batch of batches) {
      for (let count = BATCH; count >= BATCH && !this.isStopping; await turn()) {
        const { numDeletedRows } = await batch.executeTakeFirst();
        count = Number(numDeletedRows);
        deleted += count;
      }
    }
    return deleted;
  }

  /** Cleans unless another instance has recently, and reschedules with jitter. */
  private cleanInTurn(): void {
    const run = async () => {
      if (await claimTask(this.database, 'cleanup', INTERVAL_MS)) {
        const deleted = await this.clean();
        this.logger.debug(`Deleted ${deleted} expired rows.`);
      }
    };
    run().catch((error: unknown) => this.logger.warn('Expired rows were not deleted.', error));
    const pause = INTERVAL_MS * (1 + Math.random() / 5);
    this.timer = setTimeout(() => this.cleanInTurn(), pause).unref();
  }
}
