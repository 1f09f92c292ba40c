import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { acceptsJson } from '../common/http/accepts.js';
import { type Config, originsOf } from '../config/config.js';

/** How a start is answered: by a redirect, or by JSON for a script that then navigates itself. */
export type StartAnswer = 'redirect' | 'json';

/**
 * Whether a browser fetched this without a click, to have it ready (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose;
 * `Purpose` and `X-Moz` are what came before).
 */
export function isSpeculative({ headers }: Request): boolean {
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-moz']];
  return purposes.some((purpose) =>
    /\bprefetch\b|\bprerender\b|\bpreview\b/i.test(String(purpose ?? '')),
  );
}

/**
 * Refuses a request that nobody has clicked for. It is answered 503, which browsers do not keep.
 *
 * @throws AppError `not_ready`
 */
export function refuseSpeculation(request: Request): void {
  if (!isSpeculative(request)) return;
  request.isSpeculative = true;
  throw new AppError('not_ready', {
    detail: 'A sign-in begins with a click: this was only fetched ahead.',
    log: { reason: 'speculation' },
  });
}

/**
 * How a start may be answered. Fetch Metadata and `Origin` tell a browser's request; `Sec-Fetch-Mode` alone is what
 * Node's own `fetch` sends.
 *
 * @throws AppError `bad_request` for what a browser loads without navigating: an image, a frame, `fetch` of another site
 */
export function startAnswerFor(
  request: Request,
  config: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'sandbox'>,
): StartAnswer {
  if (!isBrowser(request)) return 'redirect';
  if (isNavigation(request) && !isScript(request)) return 'redirect';
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const mode = request.headers['sec-fetch-mode'];
  const isOwn =
    site === 'same-origin' || (site === undefined && origin === config.publicUrl.origin);
  const isFrontEnd =
    site === 'same-site' &&
    mode === 'cors' &&
    origin !== undefined &&
    originsOf(config).has(origin);
  if (acceptsJson(request) && (isOwn || isFrontEnd)) return 'json';
  throw new AppError('bad_request', {
    detail:
      'A browser has to navigate here: follow a link, submit a form, or set location. A script of the same site may ask with Accept: application/json, and gets the address to navigate to.',
    log: { reason: 'no navigation' },
  });
}

/** Requires that a browser has navigated, as a provider lets it: a frame or an image finishes no sign-in. */
export function requireNavigation(request: Request): void {
  if (!isBrowser(request) || isNavigation(request)) return;
  throw new AppError('bad_request', {
    detail: 'A browser has to navigate here.',
    log: { reason: 'no navigation' },
  });
}

/** Whether another site has made the browser send this. */
export function isCrossSite({ headers }: Request): boolean {
  return headers['sec-fetch-site'] === 'cross-site';
}

function isBrowser({ headers }: Request): boolean {
  return (
    headers['sec-fetch-site'] !== undefined ||
    headers['sec-fetch-dest'] !== undefined ||
    headers.origin !== undefined
  );
}

/** Whether a browser that does not tell a navigation from a script's request wants JSON: only scripts do. */
function isScript(request: Request): boolean {
  const { headers } = request;
  const tells = headers['sec-fetch-mode'] !== undefined || headers['sec-fetch-dest'] !== undefined;
  return !tells && acceptsJson(request);
}

function isNavigation(request: Request): boolean {
  const { headers } = request;
  const mode = headers['sec-fetch-mode'];
  const dest = headers['sec-fetch-dest'];
  if (mode !== undefined || dest !== undefined) {
    return (mode ?? 'navigate') === 'navigate' && (dest ?? 'document') === 'document';
  }
  // Without Fetch Metadata, forms send an origin and links do not.
  return headers['sec-fetch-site'] !== undefined || request.method === 'POST';
}
