import type { Request, RequestHandler } from 'express';
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
 * @param readsNoCookie whether a request is one that no session cookie counts for
 */
export function crossSiteCheck(
  ownOrigin: string,
  allowed: Origins,
  readsNoCookie: (request: Request) => boolean,
): RequestHandler {
  return (request, _response, next) => {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const source = sourceOf(request);
    const isOwnPage = site === 'same-origin' || site === 'none';
    const isOwnOrigin = origin === undefined || origin === 'null' || origin === ownOrigin;
    const isWithoutMetadata =
      site === undefined &&
      (source === undefined ? origin === undefined : source === ownOrigin || allowed.has(source));
    const isAllowed =
      isWithoutMetadata || (site !== undefined && (isOwnOrigin ? isOwnPage : allowed.has(origin)));
    const isHarmless = SAFE.has(request.method) || isAllowed || readsNoCookie(request);
    next(isHarmless ? undefined : refusalOf(origin));
  };
}

function refusalOf(origin: string | undefined): AppError {
  const isHidden = origin === 'null';
  const reason = isHidden ? 'Origin: null, as with Referrer-Policy: no-referrer' : 'not allowed';
  return new AppError('csrf_failed', { log: { reason } });
}

/** Whether a page of the own origin has sent a request: its browser has to say so. */
export function isFromOwnPage(request: Request, ownOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined ? sourceOf(request) === ownOrigin : site === 'same-origin';
}

/**
 * The origin whose page has sent a request that the check lets pass; undefined where nothing says so: an own page's, or a
 * program's. `Referer` counts only where there is no Fetch Metadata to contradict it.
 */
export function sourceOf({ headers }: Request): string | undefined {
  const { origin, referer } = headers;
  if (origin !== undefined && origin !== 'null') return origin;
  return headers['sec-fetch-site'] === undefined ? originOf(referer) : undefined;
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
