import * as z from 'zod';
import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-facebook';
import { toCallback } from '../../common/to-callback.js';
import { type Config, CONFIG } from '../../config/config.js';
import { settingsOf } from '../../config/providers.js';
import { facebookEndpoints } from '../../providers/facebook/facebook.js';
import { AttemptsService } from '../attempts/attempts.service.js';
import { oauth2Options } from '../oauth2-options.js';
import { Oauth2Client } from '../provider-http/oauth2-client.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import type { VerifiedIdentity } from '../sign-in-context.js';
import { answerStart } from '../start-answer.js';

const userSchema = z.looseObject({ id: z.unknown().optional() });

/**
 * Facebook: OAuth 2.0, then one Graph request for the profile. Facebook's PKCE is in testing: it is sent, but nothing
 * relies on it.
 */
@Injectable()
export class FacebookStrategy extends PassportStrategy(Strategy, 'facebook') {
  private readonly clientSecret: string;
  private readonly profileUrl: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly http: ProviderHttp,
    attempts: AttemptsService,
  ) {
    const settings = settingsOf(config, 'facebook');
    const endpoints = facebookEndpoints(settings);
    const scope = ['email', 'public_profile'];
    super(oauth2Options(config, 'facebook', attempts, { scope, ...endpoints }) as never);
    this._oauth2 = new Oauth2Client(http, 'facebook', settings, endpoints);
    this.clientSecret = settings.clientSecret;
    this.profileUrl = endpoints.profileUrl;
  }

  override authenticate(request: Request, options?: object): void {
    answerStart(this, request);
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
    const proof = createHmac('sha256', this.clientSecret).update(accessToken).digest('hex');
    const request = {
      provider: 'facebook',
      step: 'profile',
      method: 'GET',
      url: `${this.profileUrl}&appsecret_proof=${proof}`,
      headers: { authorization: `Bearer ${accessToken}` },
    } as const;
    toCallback(this.http.json(request, userSchema), done);
  }

  validate(
    _request: Request,
    _token: string,
    _refresh: unknown,
    profile: unknown,
  ): VerifiedIdentity {
    return { provider: 'facebook', profile, authTime: null };
  }
}
