import type { ProviderId } from '../../src/common/provider-id.js';

/** Where the sandbox plays the providers. */
export interface ProviderUrls {
  googleIssuer: string;
  twitterApiUrl: string;
  facebookDialogUrl: string;
  facebookGraphUrl: string;
}

type SecretOf = (provider: ProviderId) => string;

const ordinarySecret: SecretOf = (provider) => `${provider}-secret`;

/**
 * The three apps as they are registered with the sandbox, for a service at a public URL.
 *
 * @param secretOf where a test looks for what must not be told
 */
export function clientsOf(publicUrl: string, secretOf = ordinarySecret) {
  const client = (provider: ProviderId) => ({
    clientId: `${provider}-client`,
    clientSecret: secretOf(provider),
    redirectUri: `${publicUrl.replace(/\/$/, '')}/auth/${provider}/callback`,
  });
  return { google: client('google'), twitter: client('twitter'), facebook: client('facebook') };
}

/** The keys of those apps, for the service's environment. */
export function keysOf(secretOf = ordinarySecret) {
  return {
    GOOGLE_CLIENT_ID: 'google-client',
    GOOGLE_CLIENT_SECRET: secretOf('google'),
    TWITTER_CLIENT_ID: 'twitter-client',
    TWITTER_CLIENT_SECRET: secretOf('twitter'),
    FACEBOOK_CLIENT_ID: 'facebook-client',
    FACEBOOK_CLIENT_SECRET: secretOf('facebook'),
  };
}

/** The same, with their ordinary secrets. */
export const providerKeys = keysOf();

/** The variables that lead a service to the sandbox. */
export function providerVariables(urls: ProviderUrls): Record<string, string> {
  return {
    GOOGLE_ISSUER: urls.googleIssuer,
    TWITTER_API_URL: urls.twitterApiUrl,
    FACEBOOK_DIALOG_URL: urls.facebookDialogUrl,
    FACEBOOK_GRAPH_URL: urls.facebookGraphUrl,
  };
}
