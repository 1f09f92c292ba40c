import { callbackUrl, enabledProviders } from '../../config/providers.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { PublicUrl } from '../../config/config.js';
import { providers, type ProvidersConfig } from '../../providers/registry.js';
import { cookieFlags, cookieNames } from '../../sessions/session-cookie.js';
import { broken, ok, type Result, warning } from '../check.js';
import { headerOf, type HttpResponse, type Reply } from '../http.js';

/** One provider to start a sign-in with: the first that shows its redirect URI, which OAuth 1.0a does not. */
export function providerToStart(config: ProvidersConfig): ProviderId | undefined {
  const enabled = enabledProviders(config);
  return enabled.find((id) => providers[id].protocol !== 'OAuth 1.0a') ?? enabled[0];
}

/**
 * Checks the response to the start of a sign-in: the redirect has the registered redirect URI, and the attempt's cookie its
 * flags. Its state and nonce are not shown.
 */
export function checkStart(publicUrl: PublicUrl, id: ProviderId, reply: Reply): Result[] {
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
  const error = target.searchParams.get('error');
  if (target.origin === publicUrl.origin && error !== null) {
    return [
      broken(
        `Starting a sign-in with ${label} fails: ${error.slice(0, 40)}.`,
        'See what is said of this provider above, and the service’s log.',
      ),
    ];
  }
  const redirect = checkRedirect(publicUrl, id, target);
  // The cookie's name depends on PUBLIC_URL too: where that differs, one complaint is enough.
  return redirect.status === 'broken'
    ? [redirect]
    : [redirect, checkAttemptCookie(publicUrl, reply)];
}

function checkRedirect(publicUrl: PublicUrl, id: ProviderId, target: URL): Result {
  const { label, protocol } = providers[id];
  if (target.origin === publicUrl.origin) {
    return broken(
      `The redirect to ${label} leads to ${target.origin} instead.`,
      'Take the rewriting of Location headers out of the proxy (nginx: proxy_redirect off).',
    );
  }
  const expected = callbackUrl(publicUrl, id);
  const sent = target.searchParams.get('redirect_uri');
  if (sent === null && protocol === 'OAuth 1.0a') return ok(`A sign-in with ${label} starts.`);
  return sent === expected
    ? ok(`A sign-in with ${label} starts, with the redirect URI ${expected}.`)
    : broken(
        `A sign-in with ${label} starts with a different redirect URI from ${expected}.`,
        'Restart the service with this PUBLIC_URL, and let the proxy leave Location headers alone.',
      );
}

function checkAttemptCookie(publicUrl: PublicUrl, { headers }: HttpResponse): Result {
  const prefix = cookieNames(publicUrl).attempt;
  const action = 'Let the proxy pass Set-Cookie headers on unchanged.';
  const cookie = [headers['set-cookie'] ?? []].flat().find((header) => header.startsWith(prefix));
  if (cookie === undefined) {
    return broken(
      `The cookie ${prefix}… does not arrive: every sign-in would end in invalid_state.`,
      `${action} If it has a different name, the service runs with a different PUBLIC_URL.`,
    );
  }
  const [, ...attributes] = cookie.split(';').map((part) => part.trim().toLowerCase());
  const { secure, path } = cookieFlags(publicUrl);
  const expected = ['HttpOnly', 'SameSite=Lax', `Path=${path}`, ...(secure ? ['Secure'] : [])];
  const missing = expected.filter((flag) => !attributes.includes(flag.toLowerCase()));
  if (attributes.some((attribute) => attribute.startsWith('domain='))) {
    return broken(`The cookie ${prefix}… arrives with a Domain.`, action);
  }
  return missing.length > 0
    ? broken(`The cookie ${prefix}… arrives without ${missing.join(', ')}.`, action)
    : ok(`Its cookie arrives with ${expected.join(', ')}.`);
}
