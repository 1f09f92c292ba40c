import type { RequestHandler } from 'express';
import type { RateLimit } from './rate-limits.js';

/**
 * A limit on all requests of one address, as middleware.
 *
 * @param unlimited paths that begin like this are not counted: whoever watches the service's health asks often
 */
export function rateLimitMiddleware(limit: RateLimit, unlimited: string): RequestHandler {
  return (request, response, next) => {
    if (request.path.startsWith(unlimited)) {
      next();
      return;
    }
    limit(request, response).then(() => next(), next);
  };
}
