import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that change something and come from a site that may not make them.
 *
 * Browsers say where a request comes from: `Sec-Fetch-Site` (Fetch Metadata), and `Origin`, which is `null` for a form on
 * a page without referrer, such as ours. A request with neither is no browser's, and had to bring the cookie itself. The
 * own origin comes from configuration, not from the Host header.
 *
 * @param own the own origin, whose pages are on the same site
 * @param others the front ends' origins, wherever they are
 */
export function crossSiteCheck(own: string, others: readonly string[]): RequestHandler {
  const allowed = new Set(others);
  return (request, _response, next) => {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const isOwnPage = site === 'same-origin' || site === 'none';
    const isUnsaid = site === undefined && (origin === undefined || origin === own);
    const isOwnOrigin = origin === undefined || origin === 'null' || origin === own;
    const isAllowed = isUnsaid || (isOwnOrigin ? isOwnPage : allowed.has(origin));
    next(SAFE.has(request.method) || isAllowed ? undefined : new AppError('csrf_failed'));
  };
}
