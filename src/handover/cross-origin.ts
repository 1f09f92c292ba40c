import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { hasBearer } from '../common/http/bearer.js';
import { providerIds } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { isTargetOrigin } from '../config/handover-targets.js';

type TargetsConfig = Pick<Config, 'handoverTargets' | 'publicUrl'>;

const PROVIDER = `(?:${providerIds.join('|')})`;

/** What a target's page may send with its own origin: no session cookie counts there. */
const BEGINS_OR_ENDS = new RegExp(`^/auth/(?:${PROVIDER}|session/exchange)/?$`);

/** What a target's page may ask, and read: everywhere else than at the exchange it takes a bearer. */
const WITHOUT_COOKIE = new RegExp(
  `^/(?:users/me(?:/.*)?|auth/(?:session(?:/exchange|/complete)?|logout|token|${PROVIDER}/(?:link|reauthenticate)))/?$`,
);

/** Whether a request passes the check of where it comes from since no session cookie counts for it. */
export function readsNoCookie(config: TargetsConfig): (request: Request) => boolean {
  return (request) =>
    hasBearer(request) ||
    (request.method === 'POST' &&
      BEGINS_OR_ENDS.test(routeOf(request, config)) &&
      isTargetOrigin(config.handoverTargets, request.headers.origin));
}

/** Whether a page of a target's site asks for something that takes no cookie, or asks whether it may. */
export function takesNoCookie(
  config: TargetsConfig,
): (request: IncomingMessage, origin: string) => boolean {
  return (request, origin) =>
    isTargetOrigin(config.handoverTargets, origin) && WITHOUT_COOKIE.test(routeOf(request, config));
}

function routeOf({ url = '' }: IncomingMessage, { publicUrl }: TargetsConfig): string {
  const [path = ''] = url.split('?', 1);
  return path.startsWith(`${publicUrl.prefix}/`) ? path.slice(publicUrl.prefix.length) : '';
}
