import { parseJson } from '../../common/parse-json.js';
import type { Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** The headers by which the service tells where a request comes from, each on its own. */
export const foreignRequests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Sec-Fetch-Site': { 'sec-fetch-site': 'cross-site' },
  Origin: { origin: 'https://another-site.invalid' },
};

/**
 * Judges the answer to a `POST /auth/logout` that looks like another site's page made it. It brings no cookie, so nobody
 * is signed out; the service has to refuse it all the same, and can only when the header arrives.
 *
 * @param header the one that says so
 */
export function judgeForeign(header: string, reply: Reply): Judgement {
  const body = reply.kind === 'answered' ? parseJson(reply.body) : undefined;
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  if (reply.kind === 'answered' && reply.status === 403 && code === 'csrf_failed') {
    return ok(`${header} arrives: requests by other sites are refused.`);
  }
  if (reply.kind === 'answered' && reply.status < 400) {
    return broken(
      `${header} does not arrive at the service: requests by other sites are let through (${reply.status}).`,
      `Let the proxy pass the ${header} header on.`,
    );
  }
  const status = reply.kind === 'answered' ? String(reply.status) : 'no answer';
  return warning(
    `It could not be seen whether ${header} arrives at the service (${status}).`,
    'Run this again; if it stays so, let the proxy pass POST requests on.',
  );
}
