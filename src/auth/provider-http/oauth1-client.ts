import * as z from 'zod';
import { OAuth, type oauth1tokenCallback } from 'oauth';
import { toCallback } from '../../common/to-callback.js';
import type { ProviderId } from '../../common/provider-id.js';
import { randomBytes } from '../../common/random.js';
import type { ProviderHttp } from './provider-http.js';

const token = z.string().min(1).max(512);

/**
 * A request token. OAuth 1.0 without the "a" lets an attacker choose the callback, so `oauth_callback_confirmed` is
 * required (RFC 5849 §2.1).
 */
const requestTokenSchema = z.object({
  oauth_token: token,
  oauth_token_secret: token,
  oauth_callback_confirmed: z.literal('true'),
});

const accessTokenSchema = z.looseObject({ oauth_token: token, oauth_token_secret: token });

interface Oauth1Options {
  provider: ProviderId;
  requestTokenUrl: string;
  accessTokenUrl: string;
  consumerKey: string;
  consumerSecret: string;
}

/**
 * The `oauth` package's client with its signatures (RFC 5849 §3.4), but not its HTTP, which has no timeout or size
 * limit and follows redirects with the credentials: every request goes through ProviderHttp.
 */
export class Oauth1Client extends OAuth {
  constructor(
    private readonly http: ProviderHttp,
    private readonly options: Oauth1Options,
  ) {
    super(
      options.requestTokenUrl,
      options.accessTokenUrl,
      options.consumerKey,
      options.consumerSecret,
      '1.0',
      null,
      'HMAC-SHA1',
    );
  }

  override getOAuthRequestToken(
    parameters: Record<string, string> | oauth1tokenCallback,
    done?: oauth1tokenCallback,
  ): void {
    if (typeof parameters === 'function') throw new TypeError('A callback URL is required.');
    const { requestTokenUrl: url, provider } = this.options;
    const headers = this.authorization('POST', url, null, parameters);
    toCallback(
      this.http.form(
        { provider, step: 'request_token', method: 'POST', url, headers },
        requestTokenSchema,
      ),
      tokenTo(done),
    );
  }

  override getOAuthAccessToken(
    requestToken: string,
    secret: string,
    verifier: string | oauth1tokenCallback,
    done?: oauth1tokenCallback,
  ): void {
    if (typeof verifier === 'function') throw new TypeError('A verifier is required.');
    const { accessTokenUrl: url, provider } = this.options;
    const headers = this.authorization(
      'POST',
      url,
      { token: requestToken, secret },
      { oauth_verifier: verifier },
    );
    toCallback(
      this.http.form({ provider, step: 'token', method: 'POST', url, headers }, accessTokenSchema),
      tokenTo(done),
    );
  }

  /** Requests a protected JSON resource with a user's token. Throws ProviderFailure. */
  getJson<T>(
    url: string,
    accessToken: { token: string; secret: string },
    schema: z.ZodType<T>,
  ): Promise<T> {
    const headers = this.authorization('GET', url, accessToken, {});
    return this.http.json(
      { provider: this.options.provider, step: 'profile', method: 'GET', url, headers },
      schema,
    );
  }

  private authorization(
    method: string,
    url: string,
    credential: { token: string; secret: string } | null,
    parameters: Record<string, string>,
  ): { authorization: string } {
    const signed = this._prepareParameters(
      credential?.token ?? '',
      credential?.secret ?? '',
      method,
      url,
      parameters,
    );
    return { authorization: this._buildAuthorizationHeaders(signed) };
  }

  /** The package uses Math.random(); RFC 5849 §3.3 requires unique nonces, and they should be unguessable. */
  protected override _getNonce(): string {
    return randomBytes(16).toString('hex');
  }
}

function tokenTo(done: oauth1tokenCallback | undefined) {
  return (error: Error | null, answer?: z.infer<typeof accessTokenSchema>) => {
    // The types lack the null of a success.
    void done?.(
      error as Error,
      answer?.oauth_token ?? '',
      answer?.oauth_token_secret ?? '',
      answer,
    );
  };
}
