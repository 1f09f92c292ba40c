import type { Config } from '../config/config.js';
import { isLoopback } from '../common/loopback.js';
import { cookieName, SESSION_COOKIE } from '../sessions/session-cookie.js';
import type { Check } from './check.js';
import { type Judgement, ok, warning } from './finding.js';
import { areClearlyOtherSites } from './site.js';

/** Whether PUBLIC_URL, cookies, front ends and the proxy fit together. */
export const publicUrl: Check = {
  name: 'public url',
  needs: ['PUBLIC_URL', 'ALLOWED_ORIGINS', 'TRUST_PROXY', 'DEFAULT_RETURN_TO'],
  asksOthers: false,
  look: ({ config }) => [
    judgeCookies(config),
    ...judgeFrontEnds(config),
    ...judgeDestination(config),
    judgeProxy(config),
  ],
};

/** What the cookies are called and which flags they have. */
export function judgeCookies({ publicUrl: url }: Pick<Config, 'publicUrl'>): Judgement {
  const name = cookieName(SESSION_COOKIE, url);
  return url.secure
    ? ok(`${url.href}: cookies are Secure, and the session’s is called ${name}.`)
    : ok(
        `${url.href}: cookies are not Secure, and the session’s is called ${name}.`,
        isLoopback(new URL(url.href).hostname)
          ? 'Fine on this machine alone; anywhere else use https.'
          : 'Use https.',
      );
}

/** Front ends on other sites can send people here and get them back, but their pages' requests bring no cookie. */
export function judgeFrontEnds({
  publicUrl: url,
  allowedOrigins,
}: Pick<Config, 'publicUrl' | 'allowedOrigins'>): Judgement[] {
  return allowedOrigins
    .filter((origin) => areClearlyOtherSites(origin, url.origin))
    .map((origin) =>
      warning(
        `${origin} in ALLOWED_ORIGINS is a different site from ${url.origin}: browsers do not send the SameSite=Lax session cookie with its fetch requests.`,
        'Serve both under one domain with the same scheme, such as app.example.com and id.example.com, or call the API from the front end’s server.',
      ),
    );
}

/** Where people are sent after signing in has to be able to ask who they are. */
export function judgeDestination({
  publicUrl: url,
  allowedOrigins,
  defaultReturnTo,
}: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'defaultReturnTo'>): Judgement[] {
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

/** The service itself speaks plain http, so with https somebody stands in front of it. */
export function judgeProxy({
  publicUrl: url,
  trustProxy,
}: Pick<Config, 'publicUrl' | 'trustProxy'>): Judgement {
  if (url.secure && trustProxy === false) {
    return warning(
      'PUBLIC_URL is https, so a proxy ends TLS, but TRUST_PROXY is off: rate limits and the record of activity see the proxy’s address for everybody.',
      'Set TRUST_PROXY to the number of proxies in front, or to their networks.',
    );
  }
  if (trustProxy === false) return ok('No proxy is trusted: X-Forwarded-For is not looked at.');
  const trusted = typeof trustProxy === 'number' ? `${trustProxy} hop(s)` : trustProxy.join(', ');
  return url.secure
    ? ok(`X-Forwarded-For is believed from: ${trusted}.`)
    : ok(
        `X-Forwarded-For is believed from ${trusted}, and PUBLIC_URL is http.`,
        'Make sure that only the proxy can reach this port: anybody else could choose their address.',
      );
}
