import { toCallback } from '../../common/to-callback.js';
import { OAuth2, type oauth2tokenCallback } from 'oauth';
import * as z from 'zod';
import type { Credentials } from '../../providers/provider.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { ProviderHttp } from './provider-http.js';

/** A token response (RFC 6749 §5.1), with the provider's additional fields, such as `id_token`. */
const tokenSchema = z.looseObject({
  access_token: z.string().min(1).max(8192),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
});

/** passport-oauth2's client with its token request sent through ProviderHttp; only JSON is accepted. */
export class Oauth2Client extends OAuth2 {
  constructor(
    private readonly http: ProviderHttp,
    private readonly provider: ProviderId,
    private readonly credentials: Credentials,
    endpoints: { authorizationUrl: string; tokenUrl: string },
  ) {
    super(
      credentials.clientId,
      credentials.clientSecret,
      '',
      endpoints.authorizationUrl,
      endpoints.tokenUrl,
    );
  }

  useEndpoints(endpoints: { authorizationUrl: string; tokenUrl: string }): void {
    this._authorizeUrl = endpoints.authorizationUrl;
    this._accessTokenUrl = endpoints.tokenUrl;
  }

  override getOAuthAccessToken(
    code: string,
    parameters: Record<string, string> | oauth2tokenCallback,
    done?: oauth2tokenCallback,
  ): void {
    if (typeof parameters === 'function') throw new TypeError('Token parameters are required.');
    const form = {
      ...parameters,
      code,
      client_id: this.credentials.clientId,
      client_secret: this.credentials.clientSecret,
    };
    toCallback(
      this.http.json(
        { provider: this.provider, step: 'token', method: 'POST', url: this._accessTokenUrl, form },
        tokenSchema,
      ),
      // The package's types lack the null of a success.
      (error, answer) => void done?.(error as Error, answer?.access_token, undefined, answer),
    );
  }
}
