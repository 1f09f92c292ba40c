import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientIpOf } from '../common/client-ip.js';
import { AppError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { addressKey } from './address-key.js';
import { SharedLimiter } from './shared-limiter.js';

/** Counts a request against its address. Throws `rate_limited` when there were too many, with `Retry-After` set. */
export type RateLimit = (request: Request, response: Response) => Promise<void>;

/** The seconds after which an address that was counted may start anew. */
const WINDOW_SECONDS = 60;

/**
 * Makes limits on the requests of one address. On PostgreSQL all instances of the service count together; with the
 * embedded database there is one instance, which counts in its memory.
 */
@Injectable()
export class RateLimits {
  constructor(private readonly database: Database) {}

  /**
   * @param name keeps limits apart
   * @param perMinute how many requests an address may make in a minute; 0 for no limit
   */
  create(name: string, perMinute: number): RateLimit {
    if (perMinute === 0) return () => Promise.resolve();
    const options = { keyPrefix: name, points: perMinute, duration: WINDOW_SECONDS };
    const { pool } = this.database;
    const limiter =
      pool === null ? new RateLimiterMemory(options) : new SharedLimiter(pool, options);
    return async (request, response) => {
      try {
        await limiter.consume(addressKey(clientIpOf(request)));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        response.setHeader('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)));
        throw new AppError('rate_limited');
      }
    };
  }
}
