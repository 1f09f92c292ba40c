import { parseJson } from '../../common/parse-json.js';
import type { PublicUrl } from '../../config/config.js';
import { type Answer, headerOf, type Reply } from '../ask.js';
import { broken, type Judgement, ok } from '../finding.js';
import { explain } from '../network-failure.js';

/**
 * Judges the answer to `GET PUBLIC_URL/health/live`: whether it is this service's own, without a detour.
 */
export function judgeLive(publicUrl: PublicUrl, reply: Reply): Judgement {
  const { href } = publicUrl;
  if (reply.kind === 'failed') {
    const { seen, action } = explain(reply.error);
    return broken(
      `PUBLIC_URL ${seen}.`,
      `${action} The service has to run while this asks it, and ${href} has to lead to it from here as well.`,
    );
  }
  const { status } = reply;
  if (status >= 300 && status < 400) {
    const to = withoutQuery(headerOf(reply, 'location'), href);
    return broken(
      `${href}/health/live is redirected (${status}) to ${to}: callbacks would be, too.`,
      'Set PUBLIC_URL to the address that is redirected to, or take the redirect out of the proxy.',
    );
  }
  if ([502, 503, 504].includes(status) && !isOurs(reply)) {
    return broken(
      `The proxy at PUBLIC_URL answers ${status}: it does not reach the service.`,
      'Check that the service runs, and where the proxy passes requests on to.',
    );
  }
  if (!isOurs(reply)) {
    return broken(
      `Something other than Latchkey answers at ${href}/health/live (${status}).`,
      'Let the proxy pass every path under PUBLIC_URL on unchanged, the prefix included.',
    );
  }
  return status === 200
    ? ok(`${href} leads to the service.`)
    : broken(
        `The service at ${href} answers ${status} to /health/live.`,
        'Let the proxy pass every path under PUBLIC_URL on unchanged, the prefix included.',
      );
}

/** The service's own JSON, with the id that it gives every request. */
export function isOurs(reply: Answer): boolean {
  if (headerOf(reply, 'x-request-id') === null) return false;
  const body = parseJson(reply.body);
  return typeof body === 'object' && body !== null && ('status' in body || 'code' in body);
}

function withoutQuery(location: string | null, base: string): string {
  if (location === null || !URL.canParse(location, base)) return 'nowhere';
  const { origin, pathname } = new URL(location, base);
  return origin + pathname;
}
