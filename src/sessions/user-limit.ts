import { type RateLimit, type RateLimits, userKey } from '../rate-limits/rate-limits.js';
import type { RecentStepUps } from './recent-step-ups.js';
import type { SignedInSession } from './signed-in-session.js';

/** One session may not use up what its user has. */
const PER_USER = 5;

/**
 * So many by a user's sessions together. What an identity has that does not count is its own: it could not step up where
 * another has used all up, nor may it use up what those have that count.
 */
export class UserLimit {
  private readonly all: RateLimit;
  private readonly steppedUp: RateLimit;

  /**
   * @param perMinute what one session has
   * @param refusal what a session is told for which there is nothing left; where to step up is said with either
   */
  constructor(
    limits: RateLimits,
    private readonly stepUps: RecentStepUps,
    name: string,
    perMinute: number,
    private readonly refusal: 'reauth_required' | 'rate_limited',
  ) {
    this.all = limits.create(`${name} per user`, { max: perMinute * PER_USER });
    this.steppedUp = limits.create(`${name} per user, stepped up`, { max: perMinute });
  }

  /**
   * Counts one more. Where what there is has been used up, who has stepped up has some left, by the identity: neither
   * copied cookies nor whoever has another identity of the user get there.
   *
   * @param countSession counts it by its session, where that is not done yet
   * @throws AppError `rate_limited`, `reauth_required`
   */
  async take(
    session: SignedInSession,
    countSession?: () => Promise<void> | undefined,
  ): Promise<void> {
    const { userId, issuer } = session;
    const ofIdentity = (by: string) => userKey(`${userId} ${by}`);
    const isCounting = this.stepUps.ownOf(session) !== undefined;
    try {
      await countSession?.();
      const counted = this.all.take(isCounting ? userKey(userId) : ofIdentity(issuer));
      if (counted !== undefined) await counted;
    } catch (error) {
      const by = await this.stepUps.steppedUpBy(session);
      if (by === null) throw this.refusalOf(session, error);
      await this.steppedUp.take(ofIdentity(by));
    }
  }

  /** What to answer to a session that others may have used something up for. */
  refusalOf(session: SignedInSession, cause: unknown): unknown {
    return this.stepUps.refusalOf(session, cause, this.refusal);
  }
}
