import type { Request } from 'express';
import type { StrategyCreatedStatic } from 'passport';

/**
 * Redirects with 303 after a POST, so that the browser continues with a GET (RFC 9110 §15.4.4). passport's default is
 * 302, and its strategies do not override it.
 *
 * @param strategy the strategy as passport has prepared it for this one request
 */
export function redirectWithSeeOther(strategy: object, request: Request): void {
  if (request.method !== 'POST') return;
  const prepared = strategy as Pick<StrategyCreatedStatic, 'redirect'>;
  const redirect = prepared.redirect.bind(prepared);
  prepared.redirect = (url) => redirect(url, 303);
}
