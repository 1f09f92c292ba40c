import { googleDiscoveryUrl } from '../../auth/google/google.endpoints.js';
import { GoogleDiscovery, metadataSchema } from '../../auth/google/google-discovery.js';
import { sameIssuer } from '../../auth/same-issuer.js';
import { parseJson } from '../../common/parse-json.js';
import type { GoogleConfig } from '../../config/config.js';
import type { Answer } from '../ask.js';
import { broken, type Judgement } from '../finding.js';
import { exchangeNoCode } from './exchange-no-code.js';
import type { ProviderFacts } from './provider-facts.js';

/** What the doctor knows of Google. */
export const google: ProviderFacts<GoogleConfig> = {
  console: {
    where: 'the Google Cloud console, Google Auth Platform (https://console.cloud.google.com/auth)',
    field: 'Authorised redirect URIs',
    needs: 'scopes openid, email, profile',
  },
  showsRedirectUri: true,
  probeUrl: googleDiscoveryUrl,
  judgeProbe: judgeDiscovery,
  async tryKeys(settings, redirectUri, http) {
    const { token_endpoint: tokenUrl } = await new GoogleDiscovery(settings, http).metadata();
    await exchangeNoCode('google', settings, tokenUrl, redirectUri, http);
  },
  triesRedirectUri: false,
  // It looks at the client before the code (RFC 6749 §5.2): a refused code says that the client is right.
  verdicts: {
    invalid_grant: 'right',
    invalid_client: 'wrong-keys',
    unauthorized_client: 'wrong-keys',
    redirect_uri_mismatch: 'wrong-redirect',
  },
  unauthorized: 'wrong-keys',
};

/** The document has to be about the configured issuer and name the endpoints (OpenID Connect Discovery §4.3). */
function judgeDiscovery(settings: GoogleConfig, { status, body }: Answer): Judgement | null {
  const at = googleDiscoveryUrl(settings);
  if (status !== 200) {
    return broken(
      `Google: ${at} answers ${status}, and not with the discovery document.`,
      'Correct GOOGLE_ISSUER, or leave it out.',
    );
  }
  const document = metadataSchema.safeParse(parseJson(body)).data;
  if (document === undefined) {
    return broken(
      `Google: ${at} is not a discovery document with https endpoints.`,
      'Correct GOOGLE_ISSUER, or leave it out; see whether something between changes the answer.',
    );
  }
  if (!sameIssuer(document.issuer, settings.issuer)) {
    return broken(
      `Google: the discovery document speaks for a different issuer from ${settings.issuer}.`,
      'Set GOOGLE_ISSUER to the issuer exactly as its document names it.',
    );
  }
  return null;
}
