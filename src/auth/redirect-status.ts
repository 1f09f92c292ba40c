import type { Request } from 'express';
import type { StrategyCreatedStatic } from 'passport';

/**
 * Makes a strategy redirect with 303 where the start was a POST, so that the browser goes on with a GET (RFC 9110
 * §15.4.4). passport redirects with 302 unless told otherwise, and its strategies do not tell.
 *
 * @param strategy the strategy as passport has prepared it for this one request
 */
export function redirectAsAsked(strategy: object, request: Request): void {
  if (request.method !== 'POST') return;
  const prepared = strategy as Pick<StrategyCreatedStatic, 'redirect'>;
  const redirect = prepared.redirect.bind(prepared);
  prepared.redirect = (url) => redirect(url, 303);
}
