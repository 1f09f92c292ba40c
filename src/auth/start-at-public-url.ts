import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { isLoopback } from '../common/url.js';
import type { PublicUrl } from '../config/config.js';
import type { StartAnswer } from './browser-request.js';
import { Redirected } from './redirected.js';

/** Says that a start has been redirected: a proxy may rewrite `Host`, and then it would come by the other name again. */
const MARK = 'redirected';

/**
 * Sends a start that came by another name for the same host to `PUBLIC_URL`, where the callback will arrive: the attempt's
 * cookie would stay behind. Only loopback names stand for one another, and a name with and without `www.`; any other
 * `Host` changes nothing.
 *
 * @throws Redirected; AppError `bad_request` for a script, which could not follow; returns when there is nothing to correct
 */
export function startAtPublicUrl(
  request: Request,
  publicUrl: PublicUrl,
  answer: StartAnswer,
): void {
  const { hostname, originalUrl } = request;
  const expected = new URL(publicUrl.origin).hostname;
  const name = (hostname ?? '').toLowerCase();
  if (name === expected || MARK in request.query || !areOneHost(name, expected)) return;
  if (answer === 'json') {
    throw new AppError('bad_request', {
      detail: `Open the page, and ask, under ${publicUrl.origin}: the sign-in comes back there.`,
      log: { reason: 'another name' },
    });
  }
  const [, query = ''] = originalUrl.split(/\?(.*)/s, 2);
  const marked = query === '' ? `${MARK}=1` : `${query}&${MARK}=1`;
  throw new Redirected('redirected', `${publicUrl.origin}${request.path}?${marked}`);
}

function areOneHost(one: string, other: string): boolean {
  return (isLoopback(one) && isLoopback(other)) || one === `www.${other}` || other === `www.${one}`;
}
