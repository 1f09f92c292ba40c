import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { addressKey, siteKey } from '../common/http/address-key.js';
import { Database } from '../database/database.js';
import { isPostgres } from '../database/prepared-query.js';
import { LocalCounts } from './local-counts.js';
import { SharedCounts } from './shared-counts.js';

export const MINUTE_MS = 60_000;

/** A whole site may have as many times what one of its networks may. */
const NETWORKS_PER_SITE = 10;

/** Counts one more of a key. Returns the milliseconds until the next is allowed; 0 when this one is. */
type Counter = (key: string) => number | Promise<number>;

interface LimitOptions {
  /** 0 turns the limit off. */
  max: number;
  windowMs?: number;
}

/** So many per key and window of time. */
export class RateLimit {
  /** @param name is written to the log */
  constructor(
    private readonly name: string,
    private readonly count: Counter,
  ) {}

  /**
   * Counts one more.
   *
   * @returns a promise only where it has to wait: most requests need none
   * @throws AppError `rate_limited`
   */
  take(key: string): Promise<void> | undefined {
    const counted = this.count(key);
    if (counted === 0) return undefined;
    if (typeof counted === 'number') throw this.refusal(counted);
    return this.takeLater(counted);
  }

  private async takeLater(counted: Promise<number>): Promise<void> {
    const wait = await counted;
    if (wait > 0) throw this.refusal(wait);
  }

  private refusal(wait: number): AppError {
    const retryAfter = Math.ceil(wait / 1000);
    return new AppError('rate_limited', { retryAfter, log: { limit: this.name } });
  }
}

/**
 * Creates rate limits. On PostgreSQL all instances share the counters; the embedded database has one instance, which
 * counts in memory.
 */
@Injectable()
export class RateLimits {
  private readonly shared: SharedCounts | null;

  constructor(database: Database) {
    this.shared = isPostgres(database) ? new SharedCounts(database) : null;
  }

  /** @param name keeps the counters of different limits apart */
  create(name: string, options: LimitOptions): RateLimit {
    return new RateLimit(name, this.counter(name, options));
  }

  /** A limit whose keys are addresses. IPv6 counts by /64, and ten times that by /48. */
  createForAddresses(name: string, options: LimitOptions): RateLimit {
    const network = this.counter(name, options);
    const max = options.max * NETWORKS_PER_SITE;
    const site = this.counter(`${name}/48`, { ...options, max });
    const count: Counter = (address) => {
      const key = addressKey(address);
      const siteOf = siteKey(key);
      return siteOf === null ? network(key) : inTurn(network(key), () => site(siteOf));
    };
    return new RateLimit(name, count);
  }

  private counter(name: string, { max, windowMs = MINUTE_MS }: LimitOptions): Counter {
    if (max === 0) return () => 0;
    const { shared } = this;
    if (shared !== null) return (key) => shared.consume(`${name} ${key}`, max, windowMs);
    const counts = new LocalCounts(max, windowMs);
    return (key) => counts.consume(key);
  }
}

/** What the first has refused is not counted by the second. */
function inTurn(
  first: number | Promise<number>,
  second: () => number | Promise<number>,
): number | Promise<number> {
  const then = (wait: number) => (wait === 0 ? second() : wait);
  return typeof first === 'number' ? then(first) : first.then(then);
}

/**
 * What a user is counted by: their id without its time. A counter may outlive the user by a day, and names nobody then.
 *
 * @param userId UUIDv7
 */
export function userKey(userId: string): string {
  return userId.slice(14);
}
