/** Where the sandbox plays the providers. */
export interface ProviderUrls {
  googleIssuer: string;
  twitterApiUrl: string;
  facebookDialogUrl: string;
  facebookGraphUrl: string;
}

/** The three apps as they are registered with the sandbox, for a service at a public URL. */
export function clientsOf(publicUrl: string) {
  const client = (provider: string) => ({
    clientId: `${provider}-client`,
    clientSecret: `${provider}-secret`,
    redirectUri: `${publicUrl.replace(/\/$/, '')}/auth/${provider}/callback`,
  });
  return { google: client('google'), twitter: client('twitter'), facebook: client('facebook') };
}

/** The keys of those apps, for the service's environment. */
export const providerKeys = {
  GOOGLE_CLIENT_ID: 'google-client',
  GOOGLE_CLIENT_SECRET: 'google-secret',
  TWITTER_CLIENT_ID: 'twitter-client',
  TWITTER_CLIENT_SECRET: 'twitter-secret',
  FACEBOOK_CLIENT_ID: 'facebook-client',
  FACEBOOK_CLIENT_SECRET: 'facebook-secret',
};

/** The variables that lead a service to the sandbox. */
export function providerVariables(urls: ProviderUrls): Record<string, string> {
  return {
    GOOGLE_ISSUER: urls.googleIssuer,
    TWITTER_API_URL: urls.twitterApiUrl,
    FACEBOOK_DIALOG_URL: urls.facebookDialogUrl,
    FACEBOOK_GRAPH_URL: urls.facebookGraphUrl,
  };
}
