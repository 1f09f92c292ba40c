import { Logger } from '@nestjs/common';
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { StatementPool } from '../database/statement-pool.js';

/** How long the database is left alone after it could not count. */
const RETRY_MS = 5000;

/**
 * Counts in a table that all instances share. Each request is one statement; an address that has reached its limit is
 * remembered here, so that a flood does not become a flood of writes.
 *
 * While the database cannot count, this process counts for itself: the limit then holds per instance, and nobody waits
 * for a database that does not answer.
 */
export class SharedLimiter {
  private readonly logger = new Logger('RateLimits');
  private readonly shared: RateLimiterPostgres;
  private readonly own: RateLimiterMemory;
  private retryAt = 0;

  constructor(
    pool: StatementPool,
    options: Required<Pick<IRateLimiterOptions, 'keyPrefix' | 'points' | 'duration'>>,
  ) {
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
  async consume(key: string): Promise<RateLimiterRes> {
    if (Date.now() < this.retryAt) return this.own.consume(key);
    try {
      return await this.shared.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      this.retryAt = Date.now() + RETRY_MS;
      this.logger.warn('The database cannot count requests; this instance counts alone.', error);
      return this.own.consume(key);
    }
  }
}
