import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { hasBearer } from '../common/http/bearer.js';
import { clientIpOf } from '../common/http/client-ip.js';
import { CONFIG, type Config } from '../config/config.js';
import { type RateLimit, RateLimits, userKey } from '../rate-limits/rate-limits.js';
import { SessionReader } from './session-reader.js';
import type { SignedInSession } from './signed-in-session.js';

/** One session may not use up what its user has. */
const PER_USER = 5;
const PER_ADDRESS = 20;

/** By whom a kind of request is counted: a visitor by address, a browser with a session by session and address. */
interface Limits {
  readonly visitor: RateLimit;
  readonly session: RateLimit;
  readonly address: RateLimit;
}

/**
 * Signing out, ending sessions and disconnecting, in the API and on the pages. They are counted apart, and not by user:
 * whoever else is signed in to the account must not be able to use up what it takes to throw them out.
 */
const ENDING =
  /^(?:POST \/auth\/logout|DELETE \/users\/me\/(?:sessions|identities)(?:\/[^/]+)?|(?:GET|POST) \/account\/(?:sign-out-everywhere|(?:sessions|disconnect)\/.+))\/?$/;

/** Servers exchange codes for all their people from one address. */
const EXCHANGE = /^POST \/auth\/session\/exchange\/?$/;

/** Counts every request, by whom it comes from. */
@Injectable()
export class RequestLimits {
  private readonly all: Limits;
  private readonly ending: Limits;
  private readonly signIn: Limits;
  private readonly exchange: RateLimit;
  private readonly user: RateLimit;
  private readonly service: RateLimit;
  private readonly client: RateLimit;
  private readonly looks: Pick<Limits, 'address'> & { readonly user: RateLimit };
  private readonly prefixLength: number;

  constructor(
    @Inject(CONFIG) { rateLimits, publicUrl }: Config,
    limits: RateLimits,
    private readonly sessions: SessionReader,
  ) {
    this.all = limitsOf(limits, 'all', rateLimits.all);
    this.ending = limitsOf(limits, 'ending', rateLimits.all);
    this.signIn = limitsOf(limits, 'sign-in', rateLimits.signIn);
    this.exchange = limits.createForAddresses('exchanges', {
      most: rateLimits.all * PER_ADDRESS,
    });
    this.user = limits.create('all per user', { most: rateLimits.all * PER_USER });
    this.service = limits.create('service', { most: rateLimits.service });
    this.client = limits.createForAddresses('service per client', {
      most: rateLimits.all * PER_ADDRESS,
    });
    this.looks = {
      address: limits.createForAddresses('looks per address', {
        most: rateLimits.all * PER_ADDRESS,
      }),
      user: limits.create('looks per user', { most: rateLimits.all * PER_USER }),
    };
    this.prefixLength = publicUrl.prefix.length;
  }

  /**
   * Counts a request before the store is asked for anything: all that is known is whether we have signed its cookie. What
   * a bearer is worth is not, since anybody can write one: it counts by address until its session is read.
   *
   * @throws AppError `rate_limited`
   */
  countRequest(request: Request): Promise<void> {
    const { serviceKey } = request;
    if (serviceKey !== undefined) return this.countService(request, serviceKey);
    if (request.method === 'POST' && this.matches(EXCHANGE, request)) {
      return this.countAddress(request, this.exchange);
    }
    if (hasBearer(request)) {
      request.awaitsUser = true;
      return this.countAddress(request, this.limitsFor(request).address);
    }
    if (this.sessions.cookieOf(request) !== null && this.matches(ENDING, request)) {
      return this.count(request, this.ending);
    }
    request.awaitsUser = true;
    return this.count(request, this.all);
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
   * Counts a look at who is signed in, before the store is asked. A proxy asks for every file of a page, so it is not
   * counted to the session; nor to what the user has for all else, which no look may use up.
   *
   * @throws AppError `rate_limited`
   */
  async countLook(request: Request): Promise<void> {
    const { serviceKey } = request;
    if (serviceKey !== undefined) await this.countService(request, serviceKey);
    else await this.looks.address.take(clientIpOf(request));
  }

  /**
   * Counts it by whom was seen.
   *
   * @throws AppError `rate_limited`
   */
  async countLooker(request: Request, { userId, issuer }: SignedInSession): Promise<void> {
    if (request.serviceKey === undefined) await this.looks.user.take(keyOf(userId, issuer));
  }

  /**
   * A server asks for many, from one address: it is counted by its key, and not as one person. Whoever it names has a
   * count of their own, so that no visitor of its pages uses up what all of them have.
   */
  private async countService(request: Request, serviceKey: string): Promise<void> {
    if (request.isForClient === true) await this.client.take(clientIpOf(request));
    await this.service.take(serviceKey);
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
   * Counts a request by its user, once that is known; or, when its session has ended, as a visitor's after all. A user's
   * identities count apart: whoever has come by another one must not be able to use up what it takes to step up.
   *
   * @throws AppError `rate_limited`
   */
  async countUser(request: Request): Promise<void> {
    const { signedIn, awaitsUser } = request;
    const isBearer = hasBearer(request);
    if (awaitsUser !== true || (!isBearer && this.sessions.cookieOf(request) === null)) return;
    request.awaitsUser = false;
    const limits = isBearer ? this.limitsFor(request) : this.all;
    if (isBearer && signedIn) {
      await limits.session.take(signedIn.publicId);
      if (limits === this.ending) return;
    }
    if (!signedIn) {
      await limits.visitor.take(clientIpOf(request));
    } else {
      const counted = this.user.take(keyOf(signedIn.userId, signedIn.issuer));
      if (counted !== undefined) await counted;
    }
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
    const counted = session.take(key);
    if (counted !== undefined) await counted;
    await address.take(clientIp);
  }

  private async countAddress(request: Request, limit: RateLimit): Promise<void> {
    await limit.take(clientIpOf(request));
  }

  private limitsFor(request: Request): Limits {
    return this.matches(ENDING, request) ? this.ending : this.all;
  }

  private matches(routes: RegExp, { method, path }: Request): boolean {
    return routes.test(`${method} ${path.slice(this.prefixLength)}`);
  }
}

function keyOf(userId: string, issuer: string): string {
  return userKey(`${userId} ${issuer}`);
}

function limitsOf(limits: RateLimits, name: string, perMinute: number): Limits {
  const most = { most: perMinute };
  return {
    visitor: limits.createForAddresses(name, most),
    session: limits.create(`${name} per session`, most),
    address: limits.createForAddresses(`${name} per address`, { most: perMinute * PER_ADDRESS }),
  };
}

/** @param uncounted paths that are not counted: monitoring polls often, most of all during an incident */
export function requestLimiting(
  limits: RequestLimits,
  uncounted: ReadonlySet<string>,
): RequestHandler {
  return (request, _response, next) => {
    if (uncounted.has(request.path)) {
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
