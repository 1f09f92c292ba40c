import { Oauth1Client } from '../../auth/provider-http/oauth1-client.js';
import { twitterEndpoints } from '../../auth/twitter/twitter.endpoints.js';
import type { TwitterConfig } from '../../config/config.js';
import type { ProviderFacts } from './provider-facts.js';

/** What the doctor knows of X. */
export const twitter: ProviderFacts<TwitterConfig> = {
  console: {
    where: 'the X console, User authentication settings (https://console.x.com)',
    field: 'Callback URI',
    needs: 'OAuth 1.0a, read permission, and “Request email address” for addresses',
  },
  // X is told beforehand, with the request token.
  showsRedirectUri: false,
  probeUrl: ({ apiUrl }) => apiUrl,
  // Any answer is a sign of life.
  judgeProbe: () => null,
  /** A request token with the real callback, which X accepts only when it is registered (RFC 5849 §2.1). */
  tryKeys(settings, redirectUri, http) {
    const client = new Oauth1Client(http, {
      provider: 'twitter',
      ...twitterEndpoints(settings),
      consumerKey: settings.clientId,
      consumerSecret: settings.clientSecret,
    });
    return new Promise((resolve, reject) => {
      client.getOAuthRequestToken({ oauth_callback: redirectUri }, (error) =>
        error instanceof Error ? reject(error) : resolve(),
      );
    });
  },
  triesRedirectUri: true,
  // 32 and 89 are bad signatures, 135 a timestamp, 415 the callback (docs.x.com, "Response codes").
  verdicts: {
    '32': 'wrong-keys',
    '89': 'wrong-keys',
    '135': 'wrong-clock',
    '415': 'wrong-redirect',
  },
  // X answers some refusals with a status alone.
  unauthorized: 'wrong-keys',
};
