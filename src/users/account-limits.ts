import { Injectable } from '@nestjs/common';
import { MINUTE_MS, type RateLimit, RateLimits, userKey } from '../rate-limits/rate-limits.js';
import { RecentStepUps } from '../sessions/recent-step-ups.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';

const HOUR_MS = 60 * MINUTE_MS;

const CONNECTS_PER_DAY = 10;
/** Of these, by who has not stepped up: half is left to who has. */
const UNCONFIRMED_CONNECTS_PER_DAY = 5;
const EXPORTS_PER_HOUR = 5;
const CHANGES_PER_HOUR = 60;

/** How often a user may do what costs the service, or everybody else's patience, more than a request does. */
@Injectable()
export class AccountLimits {
  private readonly connects: RateLimit;
  private readonly unconfirmedConnects: RateLimit;
  private readonly exports: RateLimit;
  private readonly changes: RateLimit;

  constructor(
    limits: RateLimits,
    private readonly stepUps: RecentStepUps,
  ) {
    const windowMs = 24 * HOUR_MS;
    this.connects = limits.create('connects per user', { max: CONNECTS_PER_DAY, windowMs });
    this.unconfirmedConnects = limits.create('connects without a step-up per user', {
      max: UNCONFIRMED_CONNECTS_PER_DAY,
      windowMs,
    });
    this.exports = limits.create('exports per user', {
      max: EXPORTS_PER_HOUR,
      windowMs: HOUR_MS,
    });
    this.changes = limits.create('profile changes per user', {
      max: CHANGES_PER_HOUR,
      windowMs: HOUR_MS,
    });
  }

  /**
   * Counts that connecting a provider is started, or confirmed. A passer-by at an unlocked browser, or with a copied cookie,
   * cannot use up what there is for who has just stepped up.
   *
   * @throws AppError `reauth_required` where a step-up helps, `rate_limited` where it does not
   */
  async connect(session: SignedInSession): Promise<void> {
    const key = userKey(session.userId);
    await this.stepUps.countUnlessSteppedUp(session, () => this.unconfirmedConnects.take(key));
    await this.connects.take(key);
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
