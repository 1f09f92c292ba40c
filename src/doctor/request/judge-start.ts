import { callbackUrl } from '../../auth/callback-url.js';
import { providers } from '../../providers/registry.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { PublicUrl } from '../../config/config.js';
import { ATTEMPT_COOKIE } from '../../auth/attempts/attempts.service.js';
import { cookieFlags, cookieName } from '../../sessions/session-cookie.js';
import { type Answer, headerOf, type Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/**
 * Judges the answer to the start of a sign-in: the attempt's cookie has to arrive with its flags, and the redirect has
 * to name the redirect URI that is registered. What it carries besides (state, nonce) is not repeated.
 */
export function judgeStart(publicUrl: PublicUrl, id: ProviderId, reply: Reply): Judgement[] {
  const { label } = providers[id];
  const path = `${publicUrl.href}/auth/${id}`;
  if (reply.kind === 'failed') {
    return [broken(`${path} did not answer.`, 'Look at the proxy’s log and its time limits.')];
  }
  const location = headerOf(reply, 'location');
  if (reply.status !== 302 || location === null || !URL.canParse(location, path)) {
    return [
      warning(
        `Starting a sign-in with ${label} answers ${reply.status}, and not with a redirect.`,
        'Look at the service’s log for this request.',
      ),
    ];
  }
  const target = new URL(location, path);
  if (target.origin === publicUrl.origin && target.searchParams.has('error')) {
    return [
      broken(
        `Starting a sign-in with ${label} fails: ${target.searchParams.get('error')?.slice(0, 40)}.`,
        'See what is said of this provider above, and the service’s log.',
      ),
    ];
  }
  return [judgeRedirect(publicUrl, id, target), judgeCookie(publicUrl, reply)];
}

/** A provider that was told the redirect URI beforehand does not show it here. */
function judgeRedirect(publicUrl: PublicUrl, id: ProviderId, target: URL): Judgement {
  const { label } = providers[id];
  const expected = callbackUrl(publicUrl, id);
  const sent = target.searchParams.get('redirect_uri');
  if (target.origin === publicUrl.origin) {
    return broken(
      `The redirect to ${label} leads to ${target.origin} instead.`,
      'Take the rewriting of Location headers out of the proxy (nginx: proxy_redirect off).',
    );
  }
  if (sent === null && providers[id].protocol === 'OAuth 1.0a') {
    return ok(`A sign-in with ${label} starts.`);
  }
  return sent === expected
    ? ok(`A sign-in with ${label} starts, with the redirect URI ${expected}.`)
    : broken(
        `A sign-in with ${label} starts with a different redirect URI from ${expected}.`,
        'Restart the service with this PUBLIC_URL, and let the proxy leave Location headers alone.',
      );
}

function judgeCookie(publicUrl: PublicUrl, { headers }: Answer): Judgement {
  const prefix = cookieName(ATTEMPT_COOKIE, publicUrl);
  const leave = 'Let the proxy pass Set-Cookie headers on unchanged.';
  const cookies = [headers['set-cookie'] ?? []].flat();
  const cookie = cookies.find((header) => header.startsWith(prefix));
  if (cookie === undefined) {
    return broken(
      `The cookie ${prefix}… does not arrive: every sign-in would end in invalid_state.`,
      `${leave} If it has a different name, the service runs with a different PUBLIC_URL.`,
    );
  }
  const flags = new Set(
    cookie
      .split(';')
      .slice(1)
      .map((flag) => flag.trim().toLowerCase()),
  );
  const { secure, path } = cookieFlags(publicUrl);
  const expected = ['HttpOnly', 'SameSite=Lax', `Path=${path}`, ...(secure ? ['Secure'] : [])];
  const missing = expected.filter((flag) => !flags.has(flag.toLowerCase()));
  const hasDomain = [...flags].some((flag) => flag.startsWith('domain='));
  if (missing.length > 0 || hasDomain) {
    const what = hasDomain ? 'with a Domain' : `without ${missing.join(', ')}`;
    return broken(`The cookie ${prefix}… arrives ${what}.`, leave);
  }
  return ok(`Its cookie arrives with ${expected.join(', ')}.`);
}
