import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';

const INTERVAL_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Deletes what has expired: sessions, claims of attempts, old activity. Reading never depends on it; it only frees space. */
@Injectable()
export class CleanupService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CleanupService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const run = () => {
      this.clean().catch((error: unknown) =>
        this.logger.warn('Expired rows were not deleted.', error),
      );
    };
    run();
    this.timer = setInterval(run, INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Deletes every expired row. */
  async clean(): Promise<void> {
    const now = Date.now();
    const idleLimit = now - this.config.sessions.idleSeconds * 1000;
    await this.database
      .deleteFrom('sessions')
      .where((row) => row.or([row('expires_at', '<=', now), row('last_seen_at', '<=', idleLimit)]))
      .execute();
    await this.database.deleteFrom('claimed_attempts').where('expires_at', '<=', now).execute();
    const oldest = now - this.config.activityRetentionDays * DAY_MS;
    await this.database.deleteFrom('activity').where('at', '<=', oldest).execute();
  }
}
