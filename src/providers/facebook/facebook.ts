import * as z from 'zod';
import { providerUrl } from '../base-url.js';
import { readFacebookCallback } from '../callback-answer.js';
import { type Oauth2Endpoints, profileMapper, type ProviderDefinition } from '../provider.js';
import { facebookProfileSchema, toFacebookProfile } from './facebook.profile.js';

export interface FacebookSettings {
  readonly dialogUrl: string;
  readonly graphUrl: string;
  readonly graphVersion: string;
}

/** The Graph API version that this code targets (https://developers.facebook.com/docs/graph-api/changelog/versions). */
const GRAPH_VERSION = 26;

/** A version lasts at least two years, with two or three releases a year: older ones may have been retired. */
const VERSIONS_ALIVE = 5;

/**
 * All endpoints contain the Graph API version.
 *
 * @see https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
export function facebookEndpoints({
  dialogUrl,
  graphUrl,
  graphVersion,
}: FacebookSettings): Oauth2Endpoints {
  const graph = `${graphUrl}/${graphVersion}`;
  return {
    authorizationUrl: `${dialogUrl}/${graphVersion}/dialog/oauth`,
    tokenUrl: `${graph}/oauth/access_token`,
    profileUrl: `${graph}/me?fields=id,name,email,picture.width(256).height(256)`,
  };
}

export const facebook: ProviderDefinition<FacebookSettings> = {
  label: 'Facebook',
  /** @see https://about.meta.com/brand/resources/facebook/logo/ */
  mark: '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><circle cx="12" cy="13" r="10" fill="#fff"/><path fill="#0866FF" d="M24 12.073c0-6.627-5.373-12-12-12s-12 5.373-12 12c0 5.99 4.388 10.954 10.125 11.854v-8.385H7.078v-3.47h3.047V9.43c0-3.007 1.792-4.669 4.533-4.669 1.312 0 2.686.235 2.686.235v2.953H15.83c-1.491 0-1.956.925-1.956 1.874v2.25h3.328l-.532 3.47h-2.796v8.385C19.612 23.027 24 18.062 24 12.073z"/></svg>',
  protocol: 'OAuth 2.0',
  settings: z.object({
    dialogUrl: providerUrl.default('https://www.facebook.com'),
    graphUrl: providerUrl.default('https://graph.facebook.com'),
    graphVersion: z
      .string()
      .regex(/^v\d{1,3}\.\d{1,2}$/, { error: 'needs a Graph version such as v26.0' })
      .default(`v${GRAPH_VERSION}.0`),
  }),
  sandboxSettings: (url) => ({ dialogUrl: `${url}/facebook`, graphUrl: `${url}/graph` }),
  endpoints: facebookEndpoints,
  readCallback: readFacebookCallback,
  // `#_=_`.
  leavesFragment: true,
  issuer: ({ dialogUrl }) => dialogUrl,
  // Its subjects are app-scoped (https://developers.facebook.com/docs/facebook-login/userids).
  identityIssuer: ({ graphUrl, clientId }) =>
    graphUrl === 'https://graph.facebook.com'
      ? `facebook:${clientId}`
      : `${graphUrl} facebook:${clientId}`,
  canProve: () => false,
  toProfile: profileMapper(facebookProfileSchema, toFacebookProfile),
  console: {
    where: 'Meta for Developers, Facebook Login settings (https://developers.facebook.com/apps)',
    field: 'Valid OAuth Redirect URIs',
    needs: 'permissions email and public_profile',
  },
  // 100: invalid code; 101: unknown application; 1: wrong secret; 191: wrong redirect URI.
  errorCodes: {
    '100': 'right-keys',
    '101': 'wrong-keys',
    '1': 'wrong-keys',
    '191': 'wrong-redirect',
  },
  // Subcodes: the person has to log in at Facebook, or to confirm their account there
  // (https://developers.facebook.com/docs/graph-api/guides/error-handling).
  accountErrors: new Set(['459', '464']),
  unauthorizedMeansWrongKeys: false,
  warnings({ graphVersion }) {
    const version = Number.parseInt(graphVersion.slice(1), 10);
    if (version > GRAPH_VERSION - VERSIONS_ALIVE) return [];
    return [
      {
        variable: 'FACEBOOK_GRAPH_VERSION',
        message: `Graph ${graphVersion} may have ended, or ends soon.`,
        action: `Set FACEBOOK_GRAPH_VERSION to v${GRAPH_VERSION}.0 or newer, or leave it out.`,
      },
    ];
  },
};
