import type { Request } from 'express';
import type { StrategyCreatedStatic } from 'passport';

/**
 * Redirects with 303 after a POST, so that the browser continues with a GET (RFC 9110 §15.4.4), or gives a script the
 * address to navigate to. passport's default is 302, and its strategies do not override it.
 *
 * @param strategy the strategy as passport has prepared it for this one request
 */
export function answerStart(strategy: object, request: Request): void {
  const prepared = strategy as Pick<StrategyCreatedStatic, 'redirect'>;
  const redirect = prepared.redirect.bind(prepared);
  const { res: response, signInStart: start } = request;
  if (start?.answer === 'json') prepared.redirect = (url) => void response?.json({ url });
  else if (request.method === 'POST') prepared.redirect = (url) => redirect(url, 303);
}
