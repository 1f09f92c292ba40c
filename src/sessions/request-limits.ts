import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { addressKey } from '../common/http/address-key.js';
import { hasBearer } from '../common/http/bearer.js';
import { clientIpOf } from '../common/http/client-ip.js';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import { RecentStepUps } from './recent-step-ups.js';
import { PER_ADDRESS, ServerLimits } from './server-limits.js';
import { SessionReader } from './session-reader.js';
import { UserLimit } from './user-limit.js';

/** By whom a kind of request is counted. */
interface Limits {
  /** By address. */
  readonly visitor: RateLimit;
  /** By session and address: who has copied its cookie, and is elsewhere, uses up nothing of the browser's. */
  readonly session: RateLimit;
  readonly address: RateLimit;
  /** By user; null for what is not counted so. */
  readonly user: UserLimit | null;
}

/** Ends one's own session, or steps an application's up: nobody else must be able to use it up. */
const OWN = /^POST \/auth\/(?:logout|[^/]+\/reauthenticate|session\/complete)\/?$/;

/**
 * Ending sessions and disconnecting, in the API and on the pages. They are counted apart: whoever is signed in to the
 * account must not be able to use up what it takes to throw them out.
 */
const ENDING =
  /^(?:DELETE \/users\/me\/(?:sessions|identities)(?:\/[^/]+)?|POST \/account\/(?:sign-out-everywhere|(?:sessions|disconnect)\/.+))\/?$/;

/** Servers exchange codes for all their people from one address. */
const EXCHANGE = /^POST \/auth\/session\/exchange\/?$/;

/** Counts every request, by whom it comes from. */
@Injectable()
export class RequestLimits {
  private readonly all: Limits;
  private readonly ending: Limits;
  private readonly own: Limits;
  private readonly signIn: Limits;
  private readonly exchange: RateLimit;
  private readonly prefixLength: number;

  constructor(
    @Inject(CONFIG) { rateLimits, publicUrl }: Config,
    limits: RateLimits,
    private readonly sessions: SessionReader,
    stepUps: RecentStepUps,
    private readonly servers: ServerLimits,
  ) {
    this.all = {
      ...limitsOf(limits, 'all', rateLimits.all),
      user: new UserLimit(limits, stepUps, 'all', rateLimits.all, 'rate_limited'),
    };
    this.ending = {
      ...limitsOf(limits, 'ending', rateLimits.all),
      user: new UserLimit(limits, stepUps, 'ending', rateLimits.all, 'reauth_required'),
    };
    this.own = { ...this.ending, user: null };
    this.signIn = { ...limitsOf(limits, 'sign-in', rateLimits.signIn), user: null };
    this.exchange = limits.createForAddresses('exchanges', {
      max: rateLimits.all * PER_ADDRESS,
    });
    this.prefixLength = publicUrl.prefix.length;
  }

  /**
   * Counts a request before the store is asked for anything: all that is known is whether we have signed its cookie. What
   * a bearer is worth is not, since anybody can write one: it counts by address until its session is read.
   *
   * @throws AppError `rate_limited`
   */
  async countRequest(request: Request): Promise<void> {
    const { serviceKey } = request;
    if (serviceKey !== undefined) {
      await this.servers.countKey(request, serviceKey);
      return;
    }
    if (request.method === 'POST' && this.matches(EXCHANGE, request)) {
      await this.exchange.take(clientIpOf(request));
      return;
    }
    request.awaitsUser = true;
    if (hasBearer(request)) {
      await this.limitsFor(request).address.take(clientIpOf(request));
      return;
    }
    const isOurs = this.sessions.cookieOf(request) !== null;
    await this.count(request, isOurs ? this.limitsFor(request) : this.all);
  }

  /**
   * Counts a request that is refused before it is known whose it is.
   *
   * @throws AppError `rate_limited`
   */
  async countRefused(request: Request): Promise<void> {
    await this.all.visitor.take(clientIpOf(request));
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
    if (request.signedIn) await this.count(request, this.signIn);
    else await this.signIn.visitor.take(clientIpOf(request));
  }

  /**
   * Counts a request by its user, once that is known; or, when its session has ended, as a visitor's after all.
   *
   * @throws AppError `rate_limited`; `reauth_required` where others have used up what it takes to throw them out
   */
  async countUser(request: Request): Promise<void> {
    const { signedIn, awaitsUser } = request;
    const isBearer = hasBearer(request);
    if (awaitsUser !== true || (!isBearer && this.sessions.cookieOf(request) === null)) return;
    request.awaitsUser = false;
    const limits = this.limitsFor(request);
    if (!signedIn) {
      // A dead cookie may still sign out: its session has perhaps gone on to another.
      if (isBearer || limits !== this.own) await limits.visitor.take(clientIpOf(request));
      return;
    }
    if (isBearer) await limits.session.take(sessionKey(signedIn.publicId, clientIpOf(request)));
    if (limits.user !== null) await limits.user.take(signedIn);
  }

  /** The narrower limit first: what it refuses takes nothing from those who share the wider one. */
  private async count(request: Request, { visitor, session, address }: Limits): Promise<void> {
    const key = hasBearer(request)
      ? (request.signedIn?.publicId ?? null)
      : (this.sessions.cookieOf(request)?.key ?? null);
    const clientIp = clientIpOf(request);
    if (key === null) {
      await visitor.take(clientIp);
      return;
    }
    const counted = session.take(sessionKey(key, clientIp));
    if (counted !== undefined) await counted;
    await address.take(clientIp);
  }

  private limitsFor(request: Request): Limits {
    if (request.method === 'GET') return this.all;
    if (this.matches(OWN, request)) return this.own;
    return this.matches(ENDING, request) ? this.ending : this.all;
  }

  private matches(routes: RegExp, { method, path }: Request): boolean {
    return routes.test(`${method} ${path.slice(this.prefixLength)}`);
  }
}

function sessionKey(key: string, clientIp: string): string {
  return `${key} ${addressKey(clientIp)}`;
}

function limitsOf(limits: RateLimits, name: string, perMinute: number): Omit<Limits, 'user'> {
  const max = { max: perMinute };
  return {
    visitor: limits.createForAddresses(name, max),
    session: limits.create(`${name} per session`, max),
    address: limits.createForAddresses(`${name} per address`, { max: perMinute * PER_ADDRESS }),
  };
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
    /** Whether it is to be counted by its user, once that is known. */
    awaitsUser?: boolean;
  }
}
