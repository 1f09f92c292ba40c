import { Logger } from '@nestjs/common';
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { withDeadline } from '../common/deadline.js';
import type { StatementPool } from '../database/statement-pool.js';

/**
 * How long a request waits to be counted: what it wants of the database has deadlines of its own, and it is not to wait
 * for two of them.
 */
const DEADLINE_MS = 1000;

/** How long the database is left alone after it could not count. */
const RETRY_MS = 5000;

/** Requests of one address that are counted by one statement. */
interface Batch {
  size: number;
  counted: Promise<RateLimiterRes>;
}

/**
 * Counts in a table that all instances share, exactly. Requests of an address that come while one of its statements is
 * under way are counted by the next, all at once; an address that has reached its limit is remembered here. So a flood
 * does not become a flood of writes.
 *
 * While the database cannot count, this process counts for itself: the limit then holds per instance, and nobody waits
 * for a database that does not answer.
 */
export class SharedLimiter {
  private readonly logger = new Logger('RateLimits');
  private readonly shared: RateLimiterPostgres;
  private readonly own: RateLimiterMemory;
  private readonly waiting = new Map<string, Batch>();
  private readonly underWay = new Map<string, Promise<unknown>>();
  private readonly points: number;
  private retryAt = 0;

  constructor(
    pool: StatementPool,
    options: Required<Pick<IRateLimiterOptions, 'keyPrefix' | 'points' | 'duration'>>,
  ) {
    this.points = options.points;
    this.own = new RateLimiterMemory(options);
    this.shared = new RateLimiterPostgres({
      ...options,
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      inMemoryBlockOnConsumed: options.points,
    });
  }

  /**
   * Counts one request.
   *
   * @throws RateLimiterRes when there were too many
   */
  async consume(key: string): Promise<void> {
    if (Date.now() < this.retryAt) {
      await this.own.consume(key);
      return;
    }
    const batch = this.waiting.get(key) ?? this.openBatch(key);
    batch.size += 1;
    const place = batch.size;
    const total = await batch.counted.catch((error: unknown) => this.countAlone(error));
    if (total === null) await this.own.consume(key);
    // Nothing consumed: the address is blocked, and the database was not asked.
    else if (
      total.consumedPoints === 0 ||
      total.consumedPoints - batch.size + place > this.points
    ) {
      // As the library's own limiters say it.
      await Promise.reject(total);
    }
  }

  private openBatch(key: string): Batch {
    const batch: Batch = { size: 0, counted: this.countBatch(key) };
    this.waiting.set(key, batch);
    return batch;
  }

  private async countBatch(key: string): Promise<RateLimiterRes> {
    // At the latest in the next microtask: by then the batch is there, and whoever came with it is in it.
    await this.underWay.get(key);
    const size = this.waiting.get(key)?.size ?? 1;
    this.waiting.delete(key);
    const counting = this.shared.consume(key, size).catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error;
      throw error;
    });
    const counted = withDeadline(counting, DEADLINE_MS, 'It took too long.');
    const settled = counted.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.set(key, settled);
    try {
      return await counted;
    } finally {
      if (this.underWay.get(key) === settled) this.underWay.delete(key);
    }
  }

  private countAlone(error: unknown): null {
    if (Date.now() >= this.retryAt) {
      this.logger.warn('The database cannot count requests; this instance counts alone.', error);
    }
    this.retryAt = Date.now() + RETRY_MS;
    return null;
  }
}
