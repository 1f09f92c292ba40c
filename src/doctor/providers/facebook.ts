import { facebookEndpoints } from '../../auth/facebook/facebook.endpoints.js';
import type { FacebookConfig } from '../../config/config.js';
import { exchangeNoCode } from './exchange-no-code.js';
import type { ProviderFacts } from './provider-facts.js';

/** What the doctor knows of Facebook. */
export const facebook: ProviderFacts<FacebookConfig> = {
  console: {
    where: 'Meta for Developers, Facebook Login settings (https://developers.facebook.com/apps)',
    field: 'Valid OAuth Redirect URIs',
    needs: 'permissions email and public_profile',
  },
  showsRedirectUri: true,
  probeUrl: ({ graphUrl }) => graphUrl,
  // Any answer is a sign of life.
  judgeProbe: () => null,
  tryKeys: (settings, redirectUri, http) =>
    exchangeNoCode('facebook', settings, facebookEndpoints(settings).tokenUrl, redirectUri, http),
  triesRedirectUri: false,
  // 101 is an unknown app, 1 a wrong secret, 191 the redirect URI, 100 the code.
  verdicts: { '100': 'right', '101': 'wrong-keys', '1': 'wrong-keys', '191': 'wrong-redirect' },
  unauthorized: 'unknown',
};
