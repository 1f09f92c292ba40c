import type { RequestHandler } from 'express';
import type { RateLimit } from './rate-limits.js';

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
