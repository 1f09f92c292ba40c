import type { RequestHandler } from 'express';
import type { RateLimit } from './rate-limits.js';

/**
 * A limit on all requests of one address, as middleware.
 *
 * @param unlimited the paths that are not counted: who watches the service asks often, and in trouble
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
