import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientIpOf, unmapIpv4 } from '../common/http/client-ip.js';
import { AppError } from '../common/errors/app-error.js';
import { Database } from '../database/database.js';
import { isPostgres } from '../database/prepared-query.js';
import { SharedCounts } from './shared-counts.js';
import { isIPv6 } from 'node:net';

/** Throws `rate_limited`, with `Retry-After` set. */
export type RateLimit = (request: Request, response: Response) => Promise<void>;

/** Counts a request. Returns the milliseconds until the next is allowed; 0 when this one is. */
type Counter = (key: string) => Promise<number>;

const WINDOW_SECONDS = 60;

/**
 * Creates rate limits per address. On PostgreSQL all instances share the counters; the embedded database has one
 * instance, which counts in memory.
 */
@Injectable()
export class RateLimits {
  private readonly shared: SharedCounts | null;

  constructor(database: Database) {
    this.shared = isPostgres(database) ? new SharedCounts(database, WINDOW_SECONDS * 1000) : null;
  }

  /**
   * @param name keeps the counters of different limits apart
   * @param perMinute requests per address and minute; 0 turns the limit off
   */
  create(name: string, perMinute: number): RateLimit {
    if (perMinute === 0) return () => Promise.resolve();
    const { shared } = this;
    const count: Counter =
      shared === null
        ? countInMemory(perMinute)
        : (address) => shared.consume(`${name}:${address}`, perMinute);
    return async (request, response) => {
      const wait = await count(addressKey(clientIpOf(request)));
      if (wait === 0) return;
      response.setHeader('Retry-After', String(Math.ceil(wait / 1000)));
      throw new AppError('rate_limited');
    };
  }
}

function countInMemory(perMinute: number): Counter {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  return async (address) => {
    try {
      await limiter.consume(address);
      return 0;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return error.msBeforeNext;
    }
  };
}

/** The rate-limit key of an address: a customer has a whole IPv6 /64 (RFC 6177), and IPv4 may arrive IPv4-mapped. */
export function addressKey(address: string): string {
  const unmapped = unmapIpv4(address);
  if (!isIPv6(unmapped)) return unmapped;
  const [head = '', tail = ''] = unmapped.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  return [...groups, ...zeros, ...last].slice(0, 4).join(':');
}

/** @param unlimited paths that are not counted: monitoring polls often, most of all during an incident */
export function rateLimitMiddleware(
  limit: RateLimit,
  unlimited: ReadonlySet<string>,
): RequestHandler {
  return (request, response, next) => {
    if (unlimited.has(request.path)) {
      next();
      return;
    }
    limit(request, response).then(() => next(), next);
  };
}
