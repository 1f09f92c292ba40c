import { isIPv6 } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './errors.js';

/** Counts a request against its address. Throws `rate_limited` when there were too many, with `Retry-After` set. */
export type RateLimit = (request: Request, response: Response) => Promise<void>;

/**
 * Limits the requests of one address.
 *
 * @param name keeps limits apart
 * @param perMinute how many requests an address may make in a minute; 0 for no limit
 */
export function createRateLimit(name: string, perMinute: number): RateLimit {
  if (perMinute === 0) return () => Promise.resolve();
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: perMinute, duration: 60 });
  return async (request, response) => {
    try {
      await limiter.consume(addressKey(request.ip ?? ''));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      response.setHeader('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)));
      throw new AppError('rate_limited');
    }
  };
}

/**
 * The limit on all requests of one address, as middleware.
 *
 * @param unlimited paths that begin like this are not counted: whoever watches the service's health asks often
 */
export function rateLimitMiddleware(perMinute: number, unlimited: string): RequestHandler {
  const limit = createRateLimit('all', perMinute);
  return (request, response, next) => {
    if (request.path.startsWith(unlimited)) {
      next();
      return;
    }
    limit(request, response).then(() => next(), next);
  };
}

/** One key for one customer: an IPv6 one has a whole /64 (RFC 6177), and IPv4 can come in IPv6 clothes. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  return [...groups, ...zeros, ...last].slice(0, 4).join(':');
}
