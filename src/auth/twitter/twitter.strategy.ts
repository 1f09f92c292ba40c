import * as z from 'zod';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-twitter';
import { toCallback } from '../../common/to-callback.js';
import { AppError } from '../../common/errors/app-error.js';
import { type Config, CONFIG } from '../../config/config.js';
import { callbackUrl, settingsOf } from '../../config/providers.js';
import { twitterEndpoints } from '../../providers/twitter/twitter.js';
import { AttemptsService } from '../attempts/attempts.service.js';
import { oauth1TokenStore } from '../attempts/passport-stores.js';
import { Oauth1Client } from '../provider-http/oauth1-client.js';
import { ProviderFailure } from '../provider-http/provider-failure.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import type { VerifiedIdentity } from '../sign-in-context.js';
import { answerStart } from '../start-answer.js';

const accountSchema = z.object({ user_id: z.string().min(1), screen_name: z.string().min(1) });
const userSchema = z.looseObject({ id_str: z.unknown().optional() });

/** X's codes for a signature or a token that it does not believe: then neither do we, whatever the status. */
const DISBELIEVED: ReadonlySet<unknown> = new Set(['32', '89', '99', '215']);

/** Whether X withholds the profile, as from some app tiers; the identity is verified all the same. */
function isRefusal({ code, answeredStatus: status, log }: ProviderFailure): boolean {
  if (code !== 'provider_error' || status === null || DISBELIEVED.has(log['reason'])) return false;
  return status === 402 || status === 403 || status === 429 || status >= 500;
}

@Injectable()
export class TwitterStrategy extends PassportStrategy(Strategy, 'twitter') {
  /** passport-oauth1's client ("protected: subclasses are allowed to use it"). */
  declare protected _oauth: Oauth1Client;
  private readonly profileUrl: string;

  constructor(@Inject(CONFIG) config: Config, http: ProviderHttp, attempts: AttemptsService) {
    const { clientId, clientSecret, ...settings } = settingsOf(config, 'twitter');
    const { requestTokenUrl, accessTokenUrl, authorizationUrl, profileUrl } =
      twitterEndpoints(settings);
    super({
      consumerKey: clientId,
      consumerSecret: clientSecret,
      callbackURL: callbackUrl(config.publicUrl, 'twitter'),
      requestTokenURL: requestTokenUrl,
      accessTokenURL: accessTokenUrl,
      userAuthorizationURL: authorizationUrl,
      requestTokenStore: oauth1TokenStore(attempts),
    } as never);
    this._oauth = new Oauth1Client(http, {
      provider: 'twitter',
      requestTokenUrl,
      accessTokenUrl,
      consumerKey: clientId,
      consumerSecret: clientSecret,
    });
    this.profileUrl = profileUrl;
  }

  override authenticate(request: Request, options?: object): void {
    answerStart(this, request);
    super.authenticate(request, options);
  }

  /** Replaces the package's profile request, which has no size limit or validation. */
  userProfile(
    token: string,
    secret: string,
    answer: unknown,
    done: (error: Error | null, profile?: unknown) => void,
  ): void {
    toCallback(this.loadProfile({ token, secret }, answer), done);
  }

  validate(_token: string, _secret: string, profile: unknown): VerifiedIdentity {
    return { provider: 'twitter', profile, authTime: null };
  }

  private async loadProfile(
    accessToken: { token: string; secret: string },
    answer: unknown,
  ): Promise<unknown> {
    const account = accountSchema.safeParse(answer).data;
    if (account === undefined) throw malformed('token');
    try {
      const user = await this._oauth.getJson(this.profileUrl, accessToken, userSchema);
      if (user.id_str !== account.user_id) throw malformed('profile');
      // Only this strategy may set `refused`, not X.
      return { ...user, refused: undefined };
    } catch (error) {
      if (!(error instanceof ProviderFailure) || !isRefusal(error)) throw error;
      return { id_str: account.user_id, screen_name: account.screen_name, refused: true };
    }
  }
}

function malformed(step: string): AppError {
  return new AppError('provider_error', {
    log: { provider: 'twitter', step, reason: 'malformed' },
  });
}
