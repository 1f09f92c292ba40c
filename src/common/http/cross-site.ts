import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';
import type { Origins } from '../origins.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * CSRF protection: refuses state-changing requests from sites that may not make them.
 *
 * Browsers identify the source by `Sec-Fetch-Site` (Fetch Metadata, in Safari since 16.4) and by `Origin`, which is `null`
 * for a form on a page with `no-referrer`; where privacy tools take both, `Referer` may be left. A request with none of
 * them does not come from a browser, so no cookie was attached without the user's knowledge. The own origin comes from
 * configuration, not from the Host header.
 *
 * @param ownOrigin the own origin; its pages are same-site
 * @param allowed the front ends' origins, on any site
 */
export function crossSiteCheck(ownOrigin: string, allowed: Origins): RequestHandler {
  return (request, _response, next) => {
    const { origin, referer } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const source = origin === undefined || origin === 'null' ? originOf(referer) : origin;
    const isOwnPage = site === 'same-origin' || site === 'none';
    const isOwnOrigin = origin === undefined || origin === 'null' || origin === ownOrigin;
    const isWithoutMetadata =
      site === undefined &&
      (source === undefined ? origin === undefined : source === ownOrigin || allowed.has(source));
    const isAllowed =
      isWithoutMetadata || (site !== undefined && (isOwnOrigin ? isOwnPage : allowed.has(origin)));
    next(SAFE.has(request.method) || isAllowed ? undefined : new AppError('csrf_failed'));
  };
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
