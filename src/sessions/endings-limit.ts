import { Injectable } from '@nestjs/common';
import { MINUTE_MS, type RateLimit, RateLimits, userKey } from '../rate-limits/rate-limits.js';
import { RecentStepUps } from './recent-step-ups.js';
import type { SignedInSession } from './signed-in-session.js';

/** Enough for a person, and too few to keep somebody out who signs in again and again. */
const PER_HOUR = 30;
const PER_HOUR_BY_NEW = 3;

/**
 * How often the user's other sessions may be ended by whoever has not stepped up just now with an identity that counts: a
 * copied cookie, or an identity that was connected lately or is off, must not be able to keep the owner out.
 */
@Injectable()
export class EndingsLimit {
  private readonly limit: RateLimit;
  private readonly byNew: RateLimit;

  constructor(
    limits: RateLimits,
    private readonly stepUps: RecentStepUps,
  ) {
    const windowMs = 60 * MINUTE_MS;
    this.limit = limits.create('sessions ended per user', { max: PER_HOUR, windowMs });
    const few = { max: PER_HOUR_BY_NEW, windowMs };
    this.byNew = limits.create('sessions ended per new identity', few);
  }

  /** @throws AppError `reauth_required`, or `rate_limited` where a step-up would not help */
  take(session: SignedInSession): Promise<void> {
    const { userId, issuer } = session;
    return this.stepUps.countUnlessSteppedUp(session, () =>
      // One that does not count uses up nothing of another that does not either: neither could step up.
      this.stepUps.ownOf(session) === undefined
        ? this.byNew.take(userKey(`${userId} ${issuer}`))
        : this.limit.take(userKey(userId)),
    );
  }
}
