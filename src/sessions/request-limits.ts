import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { hasBearer } from '../common/http/bearer.js';
import { clientIpOf } from '../common/http/client-ip.js';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import { ExplainedRefusals } from './explained-refusals.js';
import { type KindLimits, limitsByKind, sessionAtAddress } from './limits-by-kind.js';
import { RecentStepUps } from './recent-step-ups.js';
import { isExchange, requestKind } from './request-kind.js';
import { PER_ADDRESS, ServerLimits } from './server-limits.js';
import { SessionReader } from './session-reader.js';

/** Counts every request, by whom it comes from. */
@Injectable()
export class RequestLimits {
  private readonly byKind: ReturnType<typeof limitsByKind>;
  private readonly visitor: RateLimit;
  private readonly visitorSignIn: RateLimit;
  private readonly bearer: RateLimit;
  private readonly exchange: RateLimit;
  private readonly prefixLength: number;

  constructor(
    @Inject(CONFIG) { rateLimits, publicUrl }: Config,
    limits: RateLimits,
    private readonly sessions: SessionReader,
    stepUps: RecentStepUps,
    private readonly servers: ServerLimits,
    private readonly refusals: ExplainedRefusals,
  ) {
    const ofAddress = { max: rateLimits.all * PER_ADDRESS };
    this.byKind = limitsByKind(limits, stepUps, rateLimits);
    this.visitor = limits.createForAddresses('all', { max: rateLimits.all });
    this.visitorSignIn = limits.createForAddresses('sign-in', { max: rateLimits.signIn });
    this.bearer = limits.createForAddresses('bearers per address', ofAddress);
    this.exchange = limits.createForAddresses('exchanges', ofAddress);
    this.prefixLength = publicUrl.prefix.length;
  }

  /**
   * Counts a request before the store is asked for anything: all that is known is whether we have signed its cookie. What
   * a bearer is worth is not, since anybody can write one: until its session is read it counts by address, apart from those
   * who are signed in there.
   *
   * @throws AppError `rate_limited`; `reauth_required` where others have used up what it takes to throw them out
   */
  async countRequest(request: Request): Promise<void> {
    const { serviceKey } = request;
    if (serviceKey !== undefined) {
      await this.servers.countKey(request, serviceKey);
      return;
    }
    const route = `${request.method} ${request.path.slice(this.prefixLength)}`;
    if (isExchange(route)) {
      await this.exchange.take(clientIpOf(request));
      return;
    }
    const limits = this.byKind[requestKind(route)];
    request.userLimits = limits;
    if (hasBearer(request)) await this.bearer.take(clientIpOf(request));
    else await this.countCookie(request, limits, this.visitor);
  }

  /**
   * Counts a request that is refused before it is known whose it is.
   *
   * @throws AppError `rate_limited`
   */
  async countRefused(request: Request): Promise<void> {
    await this.visitor.take(clientIpOf(request));
  }

  /**
   * Counts a start or a callback of a sign-in, once it is known who is signed in. It is not counted by user: whoever else
   * is signed in to the account must not be able to use up what it takes to step up.
   *
   * @throws AppError `rate_limited`
   */
  async countSignIn(request: Request): Promise<void> {
    const { serviceKey, signedIn } = request;
    // Counted by its key already; a sign-in's own limit is for the person that it names.
    if (serviceKey !== undefined && request.isForClient !== true) return;
    const limits = this.byKind['sign-in'];
    if (!signedIn) await this.visitorSignIn.take(clientIpOf(request));
    else if (hasBearer(request)) {
      await takeOfSession(limits, signedIn.publicId, request);
      await limits.address.take(clientIpOf(request));
    } else await this.countCookie(request, limits, this.visitorSignIn);
  }

  /**
   * Counts a request by its user, once that is known, and a bearer's by its session; or, when its session has ended, as a
   * visitor's after all.
   *
   * @throws AppError `rate_limited`; `reauth_required` where others have used up what it takes to throw them out
   */
  async countUser(request: Request): Promise<void> {
    const { signedIn, userLimits: limits } = request;
    const isBearer = hasBearer(request);
    if (limits === undefined || (!isBearer && this.sessions.cookieOf(request) === null)) return;
    request.userLimits = undefined;
    if (!signedIn) {
      // A dead cookie may still sign out: its session has perhaps gone on to another.
      const isSignOut = limits === this.byKind['sign-out'];
      if (isBearer || !isSignOut) await this.visitor.take(clientIpOf(request));
      return;
    }
    const countBearer = () =>
      isBearer ? takeOfSession(limits, signedIn.publicId, request) : undefined;
    if (limits.user === null) await countBearer();
    else await limits.user.take(signedIn, countBearer);
    if (isBearer) await limits.address.take(clientIpOf(request));
  }

  private async countCookie(
    request: Request,
    limits: KindLimits,
    visitor: RateLimit,
  ): Promise<void> {
    const cookie = this.sessions.cookieOf(request);
    if (cookie === null) {
      await visitor.take(clientIpOf(request));
      return;
    }
    try {
      const counted = takeOfSession(limits, cookie.key, request);
      if (counted !== undefined) await counted;
    } catch (error) {
      throw await this.refusals.explain(error, request, limits.user);
    }
    // The wider limit last: what the narrower refuses takes nothing from those who share it.
    await limits.address.take(clientIpOf(request));
  }
}

function takeOfSession(
  { session, isApart }: KindLimits,
  key: string,
  request: Request,
): Promise<void> | undefined {
  return session.take(isApart ? sessionAtAddress(key, request) : key);
}

/** @param uncounted paths whose reads are not counted: monitoring polls often, most of all during an incident */
export function requestLimiting(
  limits: RequestLimits,
  uncounted: ReadonlySet<string>,
): RequestHandler {
  return (request, _response, next) => {
    if (uncounted.has(request.path) && ['GET', 'HEAD'].includes(request.method)) {
      next();
      return;
    }
    limits.countRequest(request).then(() => next(), next);
  };
}

declare module 'http' {
  interface IncomingMessage {
    /** By what it is still to be counted, once its user is known. */
    userLimits?: KindLimits | undefined;
  }
}
