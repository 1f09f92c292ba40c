import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { MINUTE_MS, type RateLimit, RateLimits, userKey } from '../rate-limits/rate-limits.js';
import { settlingUntil } from './settling.js';
import type { SignedInSession } from './signed-in-session.js';

/** Enough for a person, and too few to keep somebody out who signs in again and again. */
const ENDINGS_PER_HOUR = 3;

/**
 * How often those who have come by an identity that was connected lately may end the user's other sessions: the owner has
 * to be able to stay signed in long enough to disconnect it.
 */
@Injectable()
export class EndingsLimit {
  private readonly byNew: RateLimit;
  private readonly settleMs: number;

  constructor(limits: RateLimits, @Inject(CONFIG) { sessions }: Config) {
    const options = { most: ENDINGS_PER_HOUR, windowMs: 60 * MINUTE_MS };
    this.byNew = limits.create('sessions ended by new identities per user', options);
    this.settleMs = sessions.identitySettleSeconds * 1000;
  }

  /** Throws AppError `rate_limited`. */
  async take({ userId, issuer, identities }: SignedInSession): Promise<void> {
    const identity = identities.find((each) => each.issuer === issuer);
    if (identity === undefined) return;
    if (settlingUntil(identity, this.settleMs, Date.now()) === null) return;
    await this.byNew.take(userKey(userId));
  }
}
