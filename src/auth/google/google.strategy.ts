import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-google-oauth20';
import { AppError } from '../../common/errors/app-error.js';
import { type Config, CONFIG } from '../../config/config.js';
import { settingsOf } from '../../config/providers.js';
import { AttemptsService } from '../attempts/attempts.service.js';
import { oauth2Options } from '../oauth2-options.js';
import { attemptOf, type VerifiedIdentity } from '../sign-in-context.js';
import { Oauth2Client } from '../provider-http/oauth2-client.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import { answerStart } from '../start-answer.js';
import { GoogleDiscovery } from './google-discovery.js';
import { authTimeOf, IdTokenVerifier } from './id-token.js';

/** The number of parameters of `validate`, with request and `done`: only then does passport pass the token response. */
const VERIFY_ARITY = 6;

/** OpenID Connect Core §5.5. Google answers it where “Session age claims” are on at its console. */
const AUTH_TIME_CLAIM = JSON.stringify({ id_token: { auth_time: { essential: true } } });

/** Google: OpenID Connect over OAuth 2.0 with PKCE, state and nonce. The profile is read from the verified ID token. */
@Injectable()
export class GoogleStrategy extends PassportStrategy(Strategy, 'google', VERIFY_ARITY) {
  private readonly client: Oauth2Client;
  private readonly asksAuthTime: boolean;

  constructor(
    @Inject(CONFIG) config: Config,
    http: ProviderHttp,
    attempts: AttemptsService,
    private readonly discovery: GoogleDiscovery,
    private readonly idTokens: IdTokenVerifier,
  ) {
    const settings = settingsOf(config, 'google');
    const endpoints = { authorizationUrl: settings.issuer, tokenUrl: settings.issuer };
    const scope = ['openid', 'email', 'profile'];
    const options = oauth2Options(config, 'google', attempts, { scope, ...endpoints });
    super({ ...options, skipUserProfile: true } as never);
    this.client = new Oauth2Client(http, 'google', settings, endpoints);
    this._oauth2 = this.client;
    this.asksAuthTime = settings.authTime;
  }

  override authenticate(request: Request, options?: object): void {
    answerStart(this, request);
    this.discovery
      .metadata()
      .then((metadata) => {
        this.client.useEndpoints({
          authorizationUrl: metadata.authorization_endpoint,
          tokenUrl: metadata.token_endpoint,
        });
        return super.authenticate(request, options);
      })
      .catch((error: Error) => this.error(error));
  }

  override authorizationParams(options: { nonce?: string; maxAge?: number }): object {
    return {
      ...super.authorizationParams(options),
      nonce: options.nonce,
      ...(options.maxAge !== undefined && { max_age: options.maxAge }),
      ...(this.asksAuthTime && { claims: AUTH_TIME_CLAIM }),
    };
  }

  async validate(
    request: Request,
    _accessToken: string,
    _refreshToken: string | undefined,
    answer: { id_token?: unknown },
  ): Promise<VerifiedIdentity> {
    const attempt = attemptOf(request);
    const idToken = answer.id_token;
    if (typeof idToken !== 'string' || attempt.nonce === null) {
      throw new AppError('invalid_id_token', { log: { provider: 'google', reason: 'missing' } });
    }
    const claims = await this.idTokens.verify(idToken, attempt.nonce);
    const authTime = this.asksAuthTime ? authTimeOf(claims) : null;
    return { provider: 'google', profile: claims, authTime };
  }
}
