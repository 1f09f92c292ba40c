import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { MINUTE_MS, type RateLimit, RateLimits, userKey } from '../rate-limits/rate-limits.js';
import { ProofsRepository } from './proofs.repository.js';
import { settlingUntil } from './settling.js';
import type { SignedInSession } from './signed-in-session.js';

/** Enough for a person, and too few to keep somebody out who signs in again and again. */
const PER_HOUR = 30;
const PER_HOUR_BY_NEW = 3;

/**
 * How often the user's other sessions may be ended by whoever has not stepped up just now with an identity that counts: a
 * copied cookie, or an identity that was connected lately, must not be able to keep the owner out.
 */
@Injectable()
export class EndingsLimit {
  private readonly limit: RateLimit;
  private readonly byNew: RateLimit;
  private readonly settleMs: number;
  private readonly recentMs: number;

  constructor(
    limits: RateLimits,
    private readonly proofs: ProofsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const windowMs = 60 * MINUTE_MS;
    this.limit = limits.create('sessions ended per user', { most: PER_HOUR, windowMs });
    const few = { most: PER_HOUR_BY_NEW, windowMs };
    this.byNew = limits.create('sessions ended by new identities per user', few);
    this.settleMs = config.sessions.identitySettleSeconds * 1000;
    this.recentMs = config.sessions.recentSignInSeconds * 1000;
  }

  /** @throws AppError `reauth_required`, or `rate_limited` where a step-up would not help */
  async take(session: SignedInSession): Promise<void> {
    const now = Date.now();
    const settled = session.identities.filter(
      (identity) => settlingUntil(identity, this.settleMs, now) === null,
    );
    const proofs = await this.proofs.of(session.publicId);
    const isSteppedUp = proofs.some(
      ({ issuer, asked_at: at }) =>
        at !== null && now < at + this.recentMs && settled.some((each) => each.issuer === issuer),
    );
    if (isSteppedUp) return;
    const own = settled.find(({ issuer }) => issuer === session.issuer);
    if (own === undefined) {
      await this.byNew.take(userKey(session.userId));
      return;
    }
    try {
      await this.limit.take(userKey(session.userId));
    } catch (error) {
      const reauthUrl = `${this.config.publicUrl.href}/auth/${own.provider}?prompt=login`;
      throw new AppError('reauth_required', { reauthUrl, cause: error });
    }
  }
}
