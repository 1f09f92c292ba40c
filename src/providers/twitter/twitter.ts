import * as z from 'zod';
import { providerUrl } from '../base-url.js';
import { readOauth1Callback } from '../callback-answer.js';
import { type Oauth1Endpoints, profileMapper, type ProviderDefinition } from '../provider.js';
import { toTwitterProfile, twitterProfileSchema } from './twitter.profile.js';

export interface TwitterSettings {
  readonly apiUrl: string;
}

/** @see https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens */
export function twitterEndpoints({ apiUrl }: TwitterSettings): Oauth1Endpoints {
  return {
    requestTokenUrl: `${apiUrl}/oauth/request_token`,
    authorizationUrl: `${apiUrl}/oauth/authenticate`,
    accessTokenUrl: `${apiUrl}/oauth/access_token`,
    profileUrl: `${apiUrl}/1.1/account/verify_credentials.json?include_email=true&skip_status=true&include_entities=false`,
  };
}

export const twitter: ProviderDefinition<TwitterSettings> = {
  label: 'X',
  /** @see https://about.x.com/en/who-we-are/brand-toolkit */
  mark: '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path fill="currentColor" d="M18.244 2.25h3.308l-7.227 8.26 8.502 11.24H16.17l-5.214-6.817L4.99 21.75H1.68l7.73-8.835L1.254 2.25H8.08l4.713 6.231zm-1.161 17.52h1.833L7.084 4.126H5.117z"/></svg>',
  protocol: 'OAuth 1.0a',
  settings: z.object({ apiUrl: providerUrl.default('https://api.x.com') }),
  sandboxSettings: (url) => ({ apiUrl: `${url}/x` }),
  endpoints: twitterEndpoints,
  readCallback: readOauth1Callback,
  leavesFragment: false,
  issuer: ({ apiUrl }) => apiUrl,
  identityIssuer: ({ apiUrl }) =>
    ['https://api.x.com', 'https://api.twitter.com'].includes(apiUrl) ? 'https://x.com' : apiUrl,
  canProve: () => false,
  toProfile: profileMapper(twitterProfileSchema, toTwitterProfile),
  console: {
    where: 'the X console, User authentication settings (https://console.x.com)',
    field: 'Callback URI',
    needs: 'OAuth 1.0a, read permission, and “Request email address” for addresses',
  },
  // Bad signature, timestamp, callback (docs.x.com, "Response codes").
  errorCodes: {
    '32': 'wrong-keys',
    '89': 'wrong-keys',
    '135': 'wrong-clock',
    '415': 'wrong-redirect',
  },
  // The account is gone (50), suspended (63, 64), or locked until the person logs in at X (326).
  accountErrors: new Set(['50', '63', '64', '326']),
  unauthorizedMeansWrongKeys: true,
  warnings({ apiUrl }, publicUrl) {
    const isReal = /\.(?:x|twitter)\.com$/.test(new URL(apiUrl).hostname);
    if (!isReal || new URL(publicUrl).hostname !== 'localhost') return [];
    return [
      {
        variable: 'PUBLIC_URL',
        message: 'X refuses callbacks on localhost.',
        action: 'Set PUBLIC_URL to http://127.0.0.1:PORT and open the service there.',
      },
    ];
  },
};
