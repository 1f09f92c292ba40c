import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { clientIpOf } from '../common/http/client-ip.js';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import { RecentStepUps } from './recent-step-ups.js';
import type { SignedInSession } from './signed-in-session.js';
import { UserLimit } from './user-limit.js';

/** Many people may share one. */
export const PER_ADDRESS = 20;

/** Counts what servers and proxies ask, which is for many people, apart from what browsers ask. */
@Injectable()
export class ServerLimits {
  private readonly service: RateLimit;
  private readonly client: RateLimit;
  private readonly looksOfAddress: RateLimit;
  private readonly looksOfUser: UserLimit;

  constructor(@Inject(CONFIG) { rateLimits }: Config, limits: RateLimits, stepUps: RecentStepUps) {
    const ofAddress = { max: rateLimits.all * PER_ADDRESS };
    this.service = limits.create('service', { max: rateLimits.service });
    this.client = limits.createForAddresses('service per client', ofAddress);
    this.looksOfAddress = limits.createForAddresses('looks per address', ofAddress);
    this.looksOfUser = new UserLimit(limits, stepUps, 'looks', rateLimits.all, 'rate_limited');
  }

  /**
   * A server asks for many, from one address: it is counted by its key, and not as one person. Whoever it names has a
   * count of their own, so that no visitor of its pages uses up what all of them have.
   *
   * @throws AppError `rate_limited`
   */
  async countKey(request: Request, serviceKey: string): Promise<void> {
    if (request.isForClient === true) await this.client.take(clientIpOf(request));
    await this.service.take(serviceKey);
  }

  /**
   * Counts a look at who is signed in, before the store is asked. A proxy asks for every file of a page, so it is not
   * counted to the session; nor to what the user has for all else, which no look may use up.
   *
   * @throws AppError `rate_limited`
   */
  async countLook(request: Request): Promise<void> {
    const { serviceKey } = request;
    if (serviceKey !== undefined) await this.countKey(request, serviceKey);
    else await this.looksOfAddress.take(clientIpOf(request));
  }

  /**
   * Counts it by whom was seen.
   *
   * @throws AppError `rate_limited`
   */
  async countLooker(request: Request, session: SignedInSession): Promise<void> {
    if (request.serviceKey === undefined) await this.looksOfUser.take(session);
  }
}
