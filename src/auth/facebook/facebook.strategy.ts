import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-facebook';
import * as z from 'zod';
import { deliver } from '../../common/deliver.js';
import { CONFIG, type Config, type FacebookConfig } from '../../config/config.js';
import { AttemptsService } from '../attempts/attempts.service.js';
import { oauth2StateStore } from '../attempts/passport-stores.js';
import { callbackUrl } from '../callback-url.js';
import { Oauth2Client } from '../provider-http/oauth2-client.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import type { ProvenIdentity } from '../proven-identity.js';
import { redirectAsAsked } from '../redirect-status.js';
import { FACEBOOK } from './facebook.config.js';
import { facebookEndpoints } from './facebook.endpoints.js';

const userSchema = z.looseObject({ id: z.unknown().optional() });

/** Facebook: OAuth 2.0, then one Graph request for the profile. */
@Injectable()
export class FacebookStrategy extends PassportStrategy(Strategy, 'facebook') {
  private readonly profileUrl: string;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(FACEBOOK) private readonly facebook: FacebookConfig,
    private readonly http: ProviderHttp,
    attempts: AttemptsService,
  ) {
    const { dialogUrl, tokenUrl, profileUrl } = facebookEndpoints(facebook);
    super({
      clientID: facebook.clientId,
      clientSecret: facebook.clientSecret,
      callbackURL: callbackUrl(config.publicUrl, 'facebook'),
      authorizationURL: dialogUrl,
      tokenURL: tokenUrl,
      scope: ['email', 'public_profile'],
      // Facebook says that its PKCE is in testing: it is sent, and nothing relies on it.
      pkce: true,
      store: oauth2StateStore(attempts),
    } as never);
    this._oauth2 = new Oauth2Client(http, 'facebook', facebook, {
      authorizationUrl: dialogUrl,
      tokenUrl,
    });
    this.profileUrl = profileUrl;
  }

  override authenticate(request: Request, options?: object): void {
    redirectAsAsked(this, request);
    super.authenticate(request, options);
  }

  /**
   * Replaces the package's profile request, which puts the access token into the URL.
   * @see https://developers.facebook.com/docs/graph-api/guides/secure-requests (appsecret_proof)
   */
  override userProfile(
    accessToken: string,
    done: (error?: Error | null, profile?: unknown) => void,
  ): void {
    const proof = createHmac('sha256', this.facebook.clientSecret)
      .update(accessToken)
      .digest('hex');
    deliver(
      this.http.json(
        {
          provider: 'facebook',
          step: 'profile',
          method: 'GET',
          url: `${this.profileUrl}&appsecret_proof=${proof}`,
          headers: { authorization: `Bearer ${accessToken}` },
        },
        userSchema,
      ),
      done,
    );
  }

  validate(
    _accessToken: string,
    _refreshToken: string | undefined,
    profile: unknown,
  ): ProvenIdentity {
    return { provider: 'facebook', profile };
  }
}
