import type { TwitterConfig } from '../../config/config.js';

/** The URLs at which X is asked, and the one to which people are sent. */
export interface TwitterEndpoints {
  requestTokenUrl: string;
  authenticateUrl: string;
  accessTokenUrl: string;
  /** With the parameters that say what is wanted of the profile. */
  profileUrl: string;
}

/** @see https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens */
export function twitterEndpoints({ apiUrl }: Pick<TwitterConfig, 'apiUrl'>): TwitterEndpoints {
  return {
    requestTokenUrl: `${apiUrl}/oauth/request_token`,
    authenticateUrl: `${apiUrl}/oauth/authenticate`,
    accessTokenUrl: `${apiUrl}/oauth/access_token`,
    profileUrl: `${apiUrl}/1.1/account/verify_credentials.json?include_email=true&skip_status=true&include_entities=false`,
  };
}
