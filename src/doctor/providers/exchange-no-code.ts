import { Oauth2Client } from '../../auth/provider-http/oauth2-client.js';
import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Credentials } from '../../config/config.js';

/** A code that no provider has given out: it shows whether the client is let in, and signs nobody in. */
const NO_CODE = 'latchkey-doctor-no-such-code';

/**
 * The token request of a sign-in (RFC 6749 §4.1.3), with a code that does not exist. A provider that looks at the client
 * before the code (§5.2) tells by its error whether the keys are right.
 *
 * @throws ProviderFailure, which is what is to be expected
 */
export function exchangeNoCode(
  provider: ProviderId,
  credentials: Credentials,
  tokenUrl: string,
  redirectUri: string,
  http: ProviderHttp,
): Promise<void> {
  // Nobody is sent to the provider's page, so that its address does not matter.
  const endpoints = { authorizationUrl: tokenUrl, tokenUrl };
  const client = new Oauth2Client(http, provider, credentials, endpoints);
  const parameters = { grant_type: 'authorization_code', redirect_uri: redirectUri };
  return new Promise((resolve, reject) => {
    client.getOAuthAccessToken(NO_CODE, parameters, (error) =>
      error instanceof Error ? reject(error) : resolve(),
    );
  });
}
