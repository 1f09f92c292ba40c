import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { hasBearer } from '../common/http/bearer.js';
import { Answers } from '../common/http/answers.js';
import { type Config, CONFIG } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { providers } from '../providers/registry.js';
import { SignedInGuard } from '../sessions/session.guards.js';
import { AppStarts } from './app-starts.js';
import {
  ApiConnectProvider,
  ApiFinishSignIn,
  ApiListProviders,
  ApiStartSignIn,
} from './auth.openapi.js';
import { ApiContinue, ApiStartHandover } from './handover.openapi.js';
import { type ProviderList, providersSchema } from './auth.schema.js';
import { CallbackGuard } from './callback.guard.js';
import { ContinueStartGuard } from './continue-start.guard.js';
import { CallbackSessionGuard } from './callback-session.guard.js';
import { LastSignInCookie } from './last-sign-in-cookie.js';
import { attemptOf } from './sign-in-context.js';
import { SignInErrorFilter } from './sign-in-error.filter.js';
import { SignInMetrics } from './sign-in-metrics.js';
import { SignInService } from './sign-in.service.js';
import { FormStartGuard, LinkStartGuard, StartGuard } from './start.guard.js';

/** The way to a provider and back. */
@Controller('auth')
@ApiTags('sign-in')
export class AuthController {
  private readonly lastSignIn: LastSignInCookie;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly signIn: SignInService,
    private readonly metrics: SignInMetrics,
    private readonly apps: AppStarts,
  ) {
    this.lastSignIn = new LastSignInCookie(config);
  }

  @Get('providers')
  @ApiListProviders()
  @Answers(providersSchema, 'One entry per configured provider.')
  listProviders(): ProviderList {
    return enabledProviders(this.config.providers).map((id) => ({
      id,
      label: providers[id].label,
      startUrl: `${this.config.publicUrl.href}/auth/${id}`,
    }));
  }

  @Get(':provider')
  @UseFilters(SignInErrorFilter)
  @UseGuards(StartGuard)
  @ApiStartSignIn()
  startSignIn(): never {
    throw new AppError('internal_error', { detail: 'The provider’s guard did not redirect.' });
  }

  @Post(':provider')
  @UseFilters(SignInErrorFilter)
  @UseGuards(FormStartGuard)
  @ApiStartHandover()
  startHandover(): never {
    return this.startSignIn();
  }

  @Post(':provider/link')
  @UseFilters(SignInErrorFilter)
  @UseGuards(SignedInGuard, LinkStartGuard)
  @ApiConnectProvider()
  @HttpCode(200)
  connectProvider(@Req() request: Request): Promise<{ url: string }> {
    return hasBearer(request) ? this.apps.begin(request, 'link') : this.startSignIn();
  }

  @Get(':provider/continue')
  @UseFilters(SignInErrorFilter)
  @UseGuards(ContinueStartGuard)
  @ApiContinue()
  continueForApp(): never {
    return this.startSignIn();
  }

  /**
   * `CallbackGuard` has finished the attempt by now, and the provider's guard and strategy have verified the identity
   * (`request.user`). What is written from here on is one transaction; a failure goes to `SignInErrorFilter`.
   */
  @Get(':provider/callback')
  @UseFilters(SignInErrorFilter)
  @UseGuards(CallbackSessionGuard, CallbackGuard)
  @ApiFinishSignIn()
  async finishSignIn(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { user: identity } = request;
    if (identity === undefined) throw new AppError('internal_error');
    const attempt = attemptOf(request);
    const location = await this.signIn.complete(request, response, identity, attempt);
    if (attempt.purpose.kind !== 'link') this.lastSignIn.set(response, identity.provider);
    this.metrics.succeeded(request, identity.provider, attempt.purpose);
    response.redirect(302, location);
  }
}
