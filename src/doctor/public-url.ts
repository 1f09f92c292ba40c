import { isIP } from 'node:net';
import type { Config } from '../config/config.js';
import { cookieNames } from '../sessions/session-cookie.js';
import { type Check, ok, type Result, warning } from './check.js';

export const publicUrl: Check = {
  name: 'public url',
  needs: [
    'PUBLIC_URL',
    'ALLOWED_ORIGINS',
    'TRUST_PROXY',
    'DEFAULT_RETURN_TO',
    'SERVICE_KEYS',
    'COOKIE_DOMAIN',
  ],
  run: ({ config }) => [
    checkCookies(config),
    ...checkFrontEnds(config),
    ...checkSiblings(config),
    ...checkDestination(config),
    checkProxy(config),
  ],
};

export function checkCookies({ publicUrl: url }: Pick<Config, 'publicUrl'>): Result {
  const name = cookieNames(url).session;
  if (url.secure)
    return ok(`${url.href}: cookies are Secure, and the session’s is called ${name}.`);
  return ok(
    `${url.href}: cookies are not Secure, and the session’s is called ${name}.`,
    'Fine on this machine alone; anywhere else use https.',
  );
}

export function checkFrontEnds({
  publicUrl: url,
  allowedOrigins,
}: Pick<Config, 'publicUrl' | 'allowedOrigins'>): Result[] {
  return allowedOrigins
    .filter((origin) => areDifferentSites(origin, url.origin))
    .map((origin) =>
      warning(
        `${origin} in ALLOWED_ORIGINS is a different site from ${url.origin}: browsers do not send the SameSite=Lax session cookie with its fetch requests.`,
        'Serve both under one domain with the same scheme, such as app.example.com and id.example.com, or call the API from the front end’s server.',
      ),
    );
}

/** A server has a key in order to ask for people, and a browser sends it no cookie of another host's. */
export function checkSiblings({
  publicUrl: url,
  allowedOrigins,
  serviceKeys,
  cookieDomain,
}: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'serviceKeys' | 'cookieDomain'>): Result[] {
  const { hostname } = new URL(url.origin);
  const sibling = allowedOrigins.find(
    (origin) => !areDifferentSites(origin, url.origin) && new URL(origin).hostname !== hostname,
  );
  if (serviceKeys.length === 0 || cookieDomain !== null || sibling === undefined) return [];
  return [
    warning(
      `SERVICE_KEYS is set and COOKIE_DOMAIN is not: the server of ${sibling} gets no cookie of ${url.origin}, so that nobody ever seems to be signed in to it.`,
      `Set COOKIE_DOMAIN=${lastLabels(hostname)}, or the domain below it that both share.`,
    ),
  ];
}

/**
 * Whether SameSite=Lax cookies of one are kept from requests of the other (RFC 6265bis §5.2; the scheme counts). Without the
 * list of public suffixes, names that share their last two labels count as one site.
 */
function areDifferentSites(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.protocol !== b.protocol || lastLabels(a.hostname) !== lastLabels(b.hostname);
}

function lastLabels(hostname: string): string {
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return hostname;
  return hostname.split('.').slice(-2).join('.').toLowerCase();
}

export function checkDestination({
  publicUrl: url,
  allowedOrigins,
  defaultReturnTo,
}: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'defaultReturnTo'>): Result[] {
  if (defaultReturnTo.startsWith('/')) return [];
  const { origin } = new URL(defaultReturnTo);
  if (origin === url.origin || allowedOrigins.includes(origin)) return [];
  return [
    warning(
      `DEFAULT_RETURN_TO sends people to ${origin}, which ALLOWED_ORIGINS does not name: its pages cannot ask who signed in.`,
      `Add ${origin} to ALLOWED_ORIGINS.`,
    ),
  ];
}

/** What TRUST_PROXY means. Whether it fits the proxies in front shows with requests: the service logs it. */
export function checkProxy({
  publicUrl: url,
  trustProxy,
}: Pick<Config, 'publicUrl' | 'trustProxy'>): Result {
  if (trustProxy === false) {
    return url.secure
      ? warning(
          'PUBLIC_URL is https, so a proxy ends TLS, but TRUST_PROXY is off: rate limits and the record of activity see the proxy’s address for everybody.',
          'Set TRUST_PROXY to the number of proxies in front, or to their networks.',
        )
      : ok('No proxy is trusted: X-Forwarded-For is ignored.');
  }
  const isCount = typeof trustProxy === 'number';
  const trusted = isCount ? `${trustProxy} hop(s)` : trustProxy.join(', ');
  if (!url.secure) {
    return ok(
      `X-Forwarded-For is believed from ${trusted}, and PUBLIC_URL is http.`,
      'Make sure that only the proxy can reach this port: anybody else could choose their address.',
    );
  }
  return ok(
    `X-Forwarded-For is believed from: ${trusted}.`,
    isCount
      ? `Right if every request passes ${trustProxy} proxies at least: through fewer, anybody could choose their address.`
      : 'Right if these are all proxies in front: behind one that is missing, everybody has its address.',
  );
}
