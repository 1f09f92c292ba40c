import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { hasBearer } from '../common/http/bearer.js';
import { clientIpOf } from '../common/http/client-ip.js';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import { type Limits, limitsByKind, sessionAtAddress } from './limits-by-kind.js';
import { RecentStepUps } from './recent-step-ups.js';
import { isExchange, requestKind } from './request-kind.js';
import { PER_ADDRESS, ServerLimits } from './server-limits.js';
import { SessionReader } from './session-reader.js';

/** Counts every request, by whom it comes from. */
@Injectable()
export class RequestLimits {
  private readonly limits: ReturnType<typeof limitsByKind>;
  private readonly exchange: RateLimit;
  private readonly explained: RateLimit;
  private readonly prefixLength: number;

  constructor(
    @Inject(CONFIG) { rateLimits, publicUrl }: Config,
    limits: RateLimits,
    private readonly sessions: SessionReader,
    stepUps: RecentStepUps,
    private readonly servers: ServerLimits,
  ) {
    this.limits = limitsByKind(limits, stepUps, rateLimits);
    this.explained = limits.create('explained per session', { max: rateLimits.all });
    this.exchange = limits.createForAddresses('exchanges', {
      max: rateLimits.all * PER_ADDRESS,
    });
    this.prefixLength = publicUrl.prefix.length;
  }

  /**
   * Counts a request before the store is asked for anything: all that is known is whether we have signed its cookie. What
   * a bearer is worth is not, since anybody can write one: it counts by address until its session is read.
   *
   * @throws AppError `rate_limited`; `reauth_required` where others have used up what it takes to throw them out
   */
  async countRequest(request: Request): Promise<void> {
    const { serviceKey } = request;
    if (serviceKey !== undefined) {
      await this.servers.countKey(request, serviceKey);
      return;
    }
    const path = request.path.slice(this.prefixLength);
    if (isExchange(request.method, path)) {
      await this.exchange.take(clientIpOf(request));
      return;
    }
    const limits = this.limits[requestKind(request.method, path)];
    request.awaitsUser = limits;
    if (hasBearer(request)) {
      await limits.address.take(clientIpOf(request));
      return;
    }
    const isOurs = this.sessions.cookieOf(request) !== null;
    await this.count(request, isOurs ? limits : this.limits.any);
  }

  /**
   * Counts a request that is refused before it is known whose it is.
   *
   * @throws AppError `rate_limited`
   */
  async countRefused(request: Request): Promise<void> {
    await this.limits.any.visitor.take(clientIpOf(request));
  }

  /**
   * Counts a start or a callback of a sign-in, once it is known who is signed in. It is not counted by user: whoever else
   * is signed in to the account must not be able to use up what it takes to step up.
   *
   * @throws AppError `rate_limited`
   */
  async countSignIn(request: Request): Promise<void> {
    // Counted by its key already; a sign-in's own limit is for the person that it names.
    if (request.serviceKey !== undefined && request.isForClient !== true) return;
    if (request.signedIn) await this.count(request, this.limits['sign-in']);
    else await this.limits['sign-in'].visitor.take(clientIpOf(request));
  }

  /**
   * Counts a request by its user, once that is known; or, when its session has ended, as a visitor's after all.
   *
   * @throws AppError `rate_limited`; `reauth_required` where others have used up what it takes to throw them out
   */
  async countUser(request: Request): Promise<void> {
    const { signedIn, awaitsUser: limits } = request;
    const isBearer = hasBearer(request);
    if (limits === undefined || (!isBearer && this.sessions.cookieOf(request) === null)) return;
    request.awaitsUser = undefined;
    if (!signedIn) {
      // A dead cookie may still sign out: its session has perhaps gone on to another.
      if (isBearer || limits !== this.limits.own) await limits.visitor.take(clientIpOf(request));
      return;
    }
    const takeOfSession = () =>
      isBearer ? this.takeOf(limits, signedIn.publicId, request) : undefined;
    if (limits.user === null) await takeOfSession();
    else await limits.user.take(signedIn, takeOfSession);
  }

  /** The narrower limit first: what it refuses takes nothing from those who share the wider one. */
  private async count(request: Request, limits: Limits): Promise<void> {
    const key = hasBearer(request)
      ? (request.signedIn?.publicId ?? null)
      : (this.sessions.cookieOf(request)?.key ?? null);
    if (key === null) {
      await limits.visitor.take(clientIpOf(request));
      return;
    }
    try {
      const counted = this.takeOf(limits, key, request);
      if (counted !== undefined) await counted;
    } catch (error) {
      throw await this.explain(error, request, limits);
    }
    await limits.address.take(clientIpOf(request));
  }

  /**
   * Says where to step up, which begins another session: whoever has copied the cookie may have used up what this one has.
   * Only for this the store is asked about a request that is refused: no more often than about those that are not.
   */
  private async explain(cause: unknown, request: Request, { user }: Limits): Promise<unknown> {
    const cookie = this.sessions.cookieOf(request);
    if (user === null || cookie === null) return cause;
    try {
      await this.explained.take(sessionAtAddress(cookie.key, request));
    } catch {
      return cause;
    }
    const session = await this.sessions.find(request);
    return session === null ? cause : user.refusalOf(session, cause);
  }

  private takeOf(
    { session, isApart }: Limits,
    key: string,
    request: Request,
  ): Promise<void> | undefined {
    return session.take(isApart ? sessionAtAddress(key, request) : key);
  }
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
    /** What it is still to be counted by, once its user is known. */
    awaitsUser?: Limits | undefined;
  }
}
