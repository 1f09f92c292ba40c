import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { clientIpOf } from '../common/http/client-ip.js';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import { sessionAtAddress } from './limits-by-kind.js';
import { PER_ADDRESS } from './server-limits.js';
import { SessionReader } from './session-reader.js';
import type { UserLimit } from './user-limit.js';

/**
 * Tells somebody whose session has nothing left where to step up: that gives the session another cookie, and somebody who
 * has copied this one may have used it up. It asks the store about a request that is refused, and so is limited itself.
 */
@Injectable()
export class ExplainedRefusals {
  private readonly ofSession: RateLimit;
  private readonly ofAddress: RateLimit;

  constructor(
    @Inject(CONFIG) { rateLimits: { all } }: Config,
    limits: RateLimits,
    private readonly sessions: SessionReader,
  ) {
    this.ofSession = limits.create('explained per session', { max: all });
    this.ofAddress = limits.createForAddresses('explained per address', {
      max: all * PER_ADDRESS,
    });
  }

  /**
   * @param user null for what is not counted by user
   * @returns what to answer: the refusal as it is, where no more can be said
   */
  async explain(refusal: unknown, request: Request, user: UserLimit | null): Promise<unknown> {
    const cookie = this.sessions.cookieOf(request);
    if (user === null || cookie === null) return refusal;
    try {
      await this.ofSession.take(sessionAtAddress(cookie.key, request));
      await this.ofAddress.take(clientIpOf(request));
      const session = await this.sessions.find(request);
      if (session === null) return refusal;
      // An error page shows whose it is.
      request.signedIn = session;
      return user.refusalOf(session, refusal);
    } catch {
      // Too many to explain, or no store to ask: it is refused in any case.
      return refusal;
    }
  }
}
