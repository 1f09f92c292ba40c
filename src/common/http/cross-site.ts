import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * CSRF protection: refuses state-changing requests from sites that may not make them.
 *
 * Browsers identify the source by `Sec-Fetch-Site` (Fetch Metadata) and by `Origin`, which is `null` for a form on a
 * page with `no-referrer`, such as ours. A request with neither does not come from a browser, so no cookie was attached
 * without the user's knowledge. The own origin comes from configuration, not from the Host header.
 *
 * @param ownOrigin the own origin; its pages are same-site
 * @param allowedOrigins the front ends' origins, on any site
 */
export function crossSiteCheck(
  ownOrigin: string,
  allowedOrigins: readonly string[],
): RequestHandler {
  const allowed = new Set(allowedOrigins);
  return (request, _response, next) => {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const isOwnPage = site === 'same-origin' || site === 'none';
    const isWithoutMetadata = site === undefined && (origin === undefined || origin === ownOrigin);
    const isOwnOrigin = origin === undefined || origin === 'null' || origin === ownOrigin;
    const isAllowed = isWithoutMetadata || (isOwnOrigin ? isOwnPage : allowed.has(origin));
    next(SAFE.has(request.method) || isAllowed ? undefined : new AppError('csrf_failed'));
  };
}
