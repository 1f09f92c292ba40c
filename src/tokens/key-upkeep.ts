import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { UPKEEP_MS } from './key-schedule.js';
import { SigningKeysService } from './signing-keys.service.js';

const RETRY_MS = 60_000;

/** Looks after the signing keys: before the service listens, and every hour. Where no tokens are made there is nothing to do. */
@Injectable()
export class KeyUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(KeyUpkeep.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly keys: SigningKeysService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.tokens === null) return;
    await this.keys.keepUp();
    this.schedule();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  /** With jitter, so that instances that started together do not meet each time. */
  private schedule(pause = UPKEEP_MS * (1 - Math.random() / 5)): void {
    this.timer = setTimeout(() => {
      this.keys.keepUp().then(
        () => this.schedule(),
        (error: unknown) => {
          this.logger.warn('The signing keys were not looked after; once more in a minute.', error);
          this.schedule(RETRY_MS);
        },
      );
    }, pause).unref();
  }
}
