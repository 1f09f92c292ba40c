import type { RequestHandler } from 'express';
import type { RateLimit } from './rate-limits.js';

/**
 * A limit on all requests of one address, as middleware.
 *
 * @param unlimited the paths that are not counted: whoever watches the service's health asks often
 */
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
