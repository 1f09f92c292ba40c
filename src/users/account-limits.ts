import { Injectable } from '@nestjs/common';
import { MINUTE_MS, type RateLimit, RateLimits, userKey } from '../rate-limits/rate-limits.js';

const HOUR_MS = 60 * MINUTE_MS;

const CONNECTS_PER_DAY = 10;
const EXPORTS_PER_HOUR = 5;
const CHANGES_PER_HOUR = 60;

/** How often a user may do what costs the service, or everybody else's patience, more than a request does. */
@Injectable()
export class AccountLimits {
  private readonly connects: RateLimit;
  private readonly connectsSteppedUp: RateLimit;
  private readonly exports: RateLimit;
  private readonly changes: RateLimit;

  constructor(limits: RateLimits) {
    const connects = { most: CONNECTS_PER_DAY, windowMs: 24 * HOUR_MS };
    this.connects = limits.create('connects per user', connects);
    this.connectsSteppedUp = limits.create('connects after a step-up per user', connects);
    this.exports = limits.create('exports per user', {
      most: EXPORTS_PER_HOUR,
      windowMs: HOUR_MS,
    });
    this.changes = limits.create('profile changes per user', {
      most: CHANGES_PER_HOUR,
      windowMs: HOUR_MS,
    });
  }

  /**
   * Counts that connecting a provider is started, or confirmed. Who has just stepped up has a count of their own, which a
   * passer-by at an unlocked browser, or with a copied cookie, cannot use up.
   *
   * @throws AppError `rate_limited`
   */
  async connect(userId: string, isSteppedUp: boolean): Promise<void> {
    const limit = isSteppedUp ? this.connectsSteppedUp : this.connects;
    await limit.take(userKey(userId));
  }

  /** Counts a download of the user's data. Throws AppError `rate_limited`. */
  async export(userId: string): Promise<void> {
    await this.exports.take(userKey(userId));
  }

  /** Counts a change of what the user says of themselves: each is recorded. Throws AppError `rate_limited`. */
  async change(userId: string): Promise<void> {
    await this.changes.take(userKey(userId));
  }
}
