import { callbackUrl } from '../../auth/callback-url.js';
import { metadataSchema } from '../../auth/google/google-discovery.js';
import { Oauth1Client } from '../../auth/provider-http/oauth1-client.js';
import { Oauth2Client } from '../../auth/provider-http/oauth2-client.js';
import { ProviderFailure } from '../../auth/provider-http/provider-failure.js';
import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import type { Credentials, Endpoints } from '../../providers/provider.js';
import { ifEnabled, providers } from '../../providers/registry.js';
import type { KeyAnswer } from './keys.js';

/** A code that no provider has issued: its refusal shows whether the client is authenticated. */
const INVALID_CODE = 'latchkey-doctor-no-such-code';

interface Attempt {
  id: ProviderId;
  credentials: Credentials;
  redirectUri: string;
  http: ProviderHttp;
}

/**
 * Asks a provider whether it knows the keys, with the client and the request of a sign-in. Keys go into the signature or
 * the form, never into the URL.
 *
 * @returns its answer; null for a provider that is off
 */
export async function tryKeys(
  id: ProviderId,
  config: Config,
  http: ProviderHttp,
): Promise<KeyAnswer | null> {
  const redirectUri = callbackUrl(config.publicUrl, id);
  const asked = ifEnabled(id, config.providers, (definition, settings) =>
    request(definition.endpoints(settings), { id, credentials: settings, redirectUri, http }),
  );
  if (asked === null) return null;
  const answer = await asked.then(() => ({ status: 200, code: null }), readFailure);
  return { id, label: providers[id].label, redirectUri, ...answer };
}

async function request(endpoints: Endpoints, attempt: Attempt): Promise<void> {
  switch (endpoints.protocol) {
    case 'OAuth 1.0a':
      return requestToken(endpoints, attempt);
    case 'OAuth 2.0':
      return exchangeInvalidCode(endpoints.tokenUrl, attempt);
    case 'OpenID Connect': {
      const { id: provider, http } = attempt;
      const { token_endpoint: tokenUrl } = await http.json(
        { provider, step: 'discovery', method: 'GET', url: endpoints.discoveryUrl },
        metadataSchema,
      );
      return exchangeInvalidCode(tokenUrl, attempt);
    }
  }
}

/** A request token with the real callback, which is given out only when the callback is registered (RFC 5849 §2.1). */
function requestToken(
  endpoints: { requestTokenUrl: string; accessTokenUrl: string },
  { id: provider, credentials, redirectUri, http }: Attempt,
): Promise<void> {
  const { clientId: consumerKey, clientSecret: consumerSecret } = credentials;
  const client = new Oauth1Client(http, { provider, ...endpoints, consumerKey, consumerSecret });
  return new Promise((resolve, reject) => {
    client.getOAuthRequestToken({ oauth_callback: redirectUri }, (error) =>
      error instanceof Error ? reject(error) : resolve(),
    );
  });
}

/** The token request of a sign-in (RFC 6749 §4.1.3). Providers authenticate the client before they look at the code (§5.2). */
function exchangeInvalidCode(
  tokenUrl: string,
  { id, credentials, redirectUri, http }: Attempt,
): Promise<void> {
  const client = new Oauth2Client(http, id, credentials, { authorizationUrl: tokenUrl, tokenUrl });
  const parameters = { grant_type: 'authorization_code', redirect_uri: redirectUri };
  return new Promise((resolve, reject) => {
    client.getOAuthAccessToken(INVALID_CODE, parameters, (error) =>
      error instanceof Error ? reject(error) : resolve(),
    );
  });
}

function readFailure(thrown: unknown): Pick<KeyAnswer, 'status' | 'code'> {
  if (!(thrown instanceof ProviderFailure)) return { status: null, code: null };
  const { reason } = thrown.log;
  return {
    status: thrown.answeredStatus,
    code: thrown.answeredStatus === null || reason === undefined ? null : String(reason),
  };
}
