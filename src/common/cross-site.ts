import type { RequestHandler } from 'express';
import { AppError } from './errors.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that change something and come from a site that may not make them.
 *
 * Browsers say where a request comes from: `Sec-Fetch-Site` (Fetch Metadata), and `Origin`, which is `null` for a form on
 * a page without referrer, such as ours. A request with neither is no browser's, and had to bring the cookie itself. The
 * own origin comes from configuration, not from the Host header.
 *
 * @param allowed the own origin and the front ends'
 */
export function crossSiteCheck(allowed: readonly string[]): RequestHandler {
  const origins = new Set(allowed);
  return (request, _response, next) => {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const isOwnPage = site === 'same-origin' || site === 'none';
    const isUnknownOrigin = origin === undefined || origin === 'null';
    const passes =
      SAFE.has(request.method) ||
      (isUnknownOrigin
        ? isOwnPage || (site === undefined && origin === undefined)
        : origins.has(origin));
    next(passes ? undefined : new AppError('csrf_failed'));
  };
}
