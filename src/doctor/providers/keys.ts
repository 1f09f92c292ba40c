import { promisify } from 'node:util';
import { callbackUrl, clientIdVariable, clientSecretVariable } from '../../config/providers.js';
import { loadDiscovery } from '../../auth/google/google-discovery.js';
import { Oauth1Client } from '../../auth/provider-http/oauth1-client.js';
import { Oauth2Client } from '../../auth/provider-http/oauth2-client.js';
import { ProviderFailure } from '../../auth/provider-http/provider-failure.js';
import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import type {
  Credentials,
  Endpoints,
  Oauth1Endpoints,
  ProviderDefinition,
  KeyVerdict,
} from '../../providers/provider.js';
import { ifEnabled, providers } from '../../providers/registry.js';
import { broken, ok, type Result, warning } from '../check.js';

/** A code that no provider has issued: its refusal shows whether the client is authenticated. */
const INVALID_CODE = 'latchkey-doctor-no-such-code';

/** How a provider answered a request that needs the keys. */
export interface KeyAnswer {
  id: ProviderId;
  /** As it was sent. */
  redirectUri: string;
  /** Null without a usable response. */
  status: number | null;
  /** An OAuth 2.0 error, or the provider's number; null when it accepted the request. */
  code: string | null;
}

/** Checks a provider's keys, and its redirect URI where the provider does. */
export function checkKeys({ id, redirectUri, status, code }: KeyAnswer): Result {
  const { label, protocol } = providers[id];
  const seen = [status ?? 'no usable answer', code].filter((part) => part !== null).join(', ');
  const results: Readonly<Record<KeyVerdict | 'unknown', Result>> = {
    'right-keys': ok(
      `${label} accepts the keys${protocol === 'OAuth 1.0a' ? ' and the redirect URI' : ''}.`,
    ),
    'wrong-keys': broken(
      `${label} refuses the keys (${seen}).`,
      `Copy ${clientIdVariable(id)} and ${clientSecretVariable(id)} again from the console; creating a new secret there invalidates the old one.`,
    ),
    'wrong-redirect': broken(
      `${label} does not know the redirect URI ${redirectUri}.`,
      'Register exactly this in the console, or correct PUBLIC_URL.',
    ),
    'wrong-clock': broken(
      `${label} refuses the time of the request.`,
      'Let the system keep its time by NTP (systemd-timesyncd or chrony).',
    ),
    unknown: warning(
      `${label} did not tell whether the keys are right (${seen}).`,
      'Sign in once to see; run this again later.',
    ),
  };
  return results[meaningOf(id, status, code)];
}

function meaningOf(
  id: ProviderId,
  status: number | null,
  code: string | null,
): KeyVerdict | 'unknown' {
  const {
    errorCodes,
    unauthorizedMeansWrongKeys,
  }: Pick<ProviderDefinition<object>, 'errorCodes' | 'unauthorizedMeansWrongKeys'> = providers[id];
  if (status !== null && status >= 200 && status < 300 && code === null) return 'right-keys';
  const byStatus = status === 401 && unauthorizedMeansWrongKeys ? 'wrong-keys' : 'unknown';
  return errorCodes[code ?? ''] ?? byStatus;
}

interface KeyRequest {
  provider: ProviderId;
  credentials: Credentials;
  redirectUri: string;
  http: ProviderHttp;
}

/**
 * Sends the first request of a sign-in that needs the keys, by the service's own clients. The keys are in the signature or
 * the form, never in the URL.
 *
 * @returns null for a provider that is off
 */
export async function tryKeys(
  id: ProviderId,
  config: Config,
  http: ProviderHttp,
): Promise<KeyAnswer | null> {
  const redirectUri = callbackUrl(config.publicUrl, id);
  const sent = ifEnabled(id, config.providers, (definition, settings) =>
    send(definition.endpoints(settings), {
      provider: id,
      credentials: settings,
      redirectUri,
      http,
    }),
  );
  if (sent === null) return null;
  const answer = await sent.then(() => ({ status: 200, code: null }), readFailure);
  return { id, redirectUri, ...answer };
}

async function send(endpoints: Endpoints, request: KeyRequest): Promise<void> {
  if ('requestTokenUrl' in endpoints) return requestToken(endpoints, request);
  if ('tokenUrl' in endpoints) return exchangeInvalidCode(endpoints.tokenUrl, request);
  const metadata = await loadDiscovery(request.http, request.provider, endpoints);
  return exchangeInvalidCode(metadata.token_endpoint, request);
}

/** RFC 5849 §2.1. The token is given out only when the callback is registered. */
function requestToken(
  endpoints: Oauth1Endpoints,
  { provider, credentials, redirectUri, http }: KeyRequest,
): Promise<void> {
  const { requestTokenUrl, accessTokenUrl } = endpoints;
  const { clientId: consumerKey, clientSecret: consumerSecret } = credentials;
  const settings = { provider, requestTokenUrl, accessTokenUrl, consumerKey, consumerSecret };
  const client = new Oauth1Client(http, settings);
  return promisify((done: (error: unknown) => void) =>
    client.getOAuthRequestToken({ oauth_callback: redirectUri }, done),
  )();
}

/** RFC 6749 §4.1.3. Providers authenticate the client before they look at the code (§5.2). */
function exchangeInvalidCode(
  tokenUrl: string,
  { provider, credentials, redirectUri, http }: KeyRequest,
): Promise<void> {
  const urls = { authorizationUrl: tokenUrl, tokenUrl };
  const parameters = { grant_type: 'authorization_code', redirect_uri: redirectUri };
  const client = new Oauth2Client(http, provider, credentials, urls);
  return promisify((done: (error: unknown) => void) =>
    client.getOAuthAccessToken(INVALID_CODE, parameters, done),
  )();
}

function readFailure(thrown: unknown): Pick<KeyAnswer, 'status' | 'code'> {
  if (!(thrown instanceof ProviderFailure)) return { status: null, code: null };
  const { answeredStatus: status } = thrown;
  const { reason } = thrown.log;
  return { status, code: status === null || reason === undefined ? null : String(reason) };
}
