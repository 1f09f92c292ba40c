import { callbackUrl } from '../../auth/callback-url.js';
import { providers } from '../../auth/providers.js';
import { Oauth1Client } from '../../auth/provider-http/oauth1-client.js';
import { Oauth2Client } from '../../auth/provider-http/oauth2-client.js';
import { ProviderFailure } from '../../auth/provider-http/provider-failure.js';
import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import { facebookEndpoints } from '../../auth/facebook/facebook.endpoints.js';
import { twitterEndpoints } from '../../auth/twitter/twitter.endpoints.js';
import { GoogleDiscovery } from '../../auth/google/google-discovery.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Config, Credentials } from '../../config/config.js';
import type { KeyAnswer } from './keys.js';

/** A code that no provider has given out: it shows whether the client is let in, and signs nobody in. */
const NO_CODE = 'latchkey-doctor-no-such-code';

/**
 * Asks a provider whether it knows the keys, with the same clients and requests as a sign-in. X: a request token with
 * the real callback. Google and Facebook: the exchange of a code that does not exist. Keys go into the signature or the
 * form, never into the URL.
 *
 * @returns null for a provider that is off
 */
export async function tryKeys(
  id: ProviderId,
  config: Config,
  http: ProviderHttp,
): Promise<KeyAnswer | null> {
  const redirectUri = callbackUrl(config.publicUrl, id);
  const attempts = { google: tryGoogle, twitter: tryTwitter, facebook: tryFacebook };
  const thrown = await attempts[id](config, redirectUri, http);
  if (thrown === 'off') return null;
  return { id, label: providers[id].label, redirectUri, ...read(thrown) };
}

/** What a request ended with: null when it was answered as a sign-in's would be. */
type Outcome = Error | null | 'off';

async function tryGoogle(
  { providers: { google } }: Config,
  redirectUri: string,
  http: ProviderHttp,
): Promise<Outcome> {
  if (google === null) return 'off';
  try {
    const metadata = await new GoogleDiscovery(google, http).metadata();
    return await exchange('google', google, metadata.token_endpoint, redirectUri, http);
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown');
  }
}

async function tryTwitter(
  { providers: { twitter } }: Config,
  redirectUri: string,
  http: ProviderHttp,
): Promise<Outcome> {
  if (twitter === null) return 'off';
  const client = new Oauth1Client(http, {
    provider: 'twitter',
    ...twitterEndpoints(twitter),
    consumerKey: twitter.clientId,
    consumerSecret: twitter.clientSecret,
  });
  return new Promise((resolve) => {
    client.getOAuthRequestToken({ oauth_callback: redirectUri }, (error) =>
      resolve(error instanceof Error ? error : null),
    );
  });
}

async function tryFacebook(
  { providers: { facebook } }: Config,
  redirectUri: string,
  http: ProviderHttp,
): Promise<Outcome> {
  if (facebook === null) return 'off';
  const { tokenUrl } = facebookEndpoints(facebook);
  return exchange('facebook', facebook, tokenUrl, redirectUri, http);
}

function exchange(
  id: ProviderId,
  credentials: Credentials,
  tokenUrl: string,
  redirectUri: string,
  http: ProviderHttp,
): Promise<Outcome> {
  const client = new Oauth2Client(http, id, credentials, { authorizationUrl: tokenUrl, tokenUrl });
  const parameters = { grant_type: 'authorization_code', redirect_uri: redirectUri };
  return new Promise((resolve) => {
    client.getOAuthAccessToken(NO_CODE, parameters, (error) =>
      resolve(error instanceof Error ? error : null),
    );
  });
}

function read(thrown: Error | null): Pick<KeyAnswer, 'status' | 'code'> {
  if (thrown === null) return { status: 200, code: null };
  if (!(thrown instanceof ProviderFailure)) return { status: null, code: null };
  const { reason } = thrown.log;
  return {
    status: thrown.answeredStatus,
    code: thrown.answeredStatus === null || reason === undefined ? null : String(reason),
  };
}
