import { Controller, Get, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiFoundResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiSeeOtherResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Answers } from '../common/http/answers.js';
import { ApiProblem } from '../common/errors/api-problem.js';
import { AppError } from '../common/errors/app-error.js';
import { providerIds } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { SignedInGuard } from '../sessions/signed-in.guard.js';
import { type ProviderList, providersSchema } from './auth.schema.js';
import { CallbackGuard } from './callback.guard.js';
import { providers } from '../providers/registry.js';
import { attemptOf } from './sign-in-context.js';
import { SignInErrorFilter } from './sign-in-error.filter.js';
import { SignInOutcomes } from './sign-in-outcomes.js';
import { SignInRateLimitGuard } from './sign-in-rate-limit.guard.js';
import { SignInService } from './sign-in.service.js';
import { LinkStartGuard, StartGuard } from './start.guard.js';

/** The way to a provider and back. */
@Controller('auth')
@ApiTags('sign-in')
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly signIn: SignInService,
    private readonly outcomes: SignInOutcomes,
  ) {}

  @Get('providers')
  @ApiOperation({ summary: 'The providers that people can sign in with' })
  @Answers(providersSchema, 'One entry per configured provider.')
  @ApiProblem(429)
  list(): ProviderList {
    return enabledProviders(this.config.providers).map((id) => ({
      id,
      label: providers[id].label,
      startUrl: `${this.config.publicUrl.href}/auth/${id}`,
    }));
  }

  @Get(':provider')
  @UseFilters(SignInErrorFilter)
  @UseGuards(SignInRateLimitGuard, StartGuard)
  @ApiOperation({ summary: 'Start signing in: go here with the browser, not with fetch' })
  @ApiParam({ name: 'provider', enum: providerIds })
  @ApiQuery({
    name: 'returnTo',
    required: false,
    description: 'A path here, or a URL of an allowed origin.',
  })
  @ApiQuery({
    name: 'prompt',
    required: false,
    description: '`login`, `consent`, `select_account` or `none`, where the provider knows it.',
  })
  @ApiQuery({
    name: 'login_hint',
    required: false,
    description: 'Who is likely to sign in, where the provider knows it.',
  })
  @ApiFoundResponse({ description: 'To the provider, or to the error URL with `error` set.' })
  @ApiProblem(404, 429, 502, 503, 504)
  start(): never {
    throw new AppError('internal_error', { detail: 'The provider’s guard did not redirect.' });
  }

  @Post(':provider/link')
  @UseFilters(SignInErrorFilter)
  @UseGuards(SignInRateLimitGuard, SignedInGuard, RecentSignInGuard, LinkStartGuard)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Start connecting another provider: submit a form to this' })
  @ApiParam({ name: 'provider', enum: providerIds })
  @ApiQuery({ name: 'returnTo', required: false, description: 'As for a sign-in.' })
  @ApiQuery({
    name: 'user',
    required: false,
    description: 'The id of the user that the form was made for: nobody else’s account is changed.',
  })
  @ApiSeeOtherResponse({ description: 'To the provider, or to the error URL with `error` set.' })
  @ApiProblem(400, 401, 403, 404, 413, 415, 429, 502, 503, 504)
  link(): never {
    return this.start();
  }

  @Get(':provider/callback')
  @UseFilters(SignInErrorFilter)
  @UseGuards(SignInRateLimitGuard, ExpressSessionGuard, CallbackGuard)
  @ApiOperation({ summary: 'Where the provider sends the browser back to' })
  @ApiParam({ name: 'provider', enum: providerIds })
  @ApiFoundResponse({ description: 'To `returnTo`, or to the error URL with `error` set.' })
  @ApiProblem(400, 403, 404, 409, 429, 502, 503, 504)
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { user: identity } = request;
    if (identity === undefined) throw new AppError('internal_error');
    const attempt = attemptOf(request);
    await this.signIn.finish(request, response, identity, attempt);
    this.outcomes.succeeded(request, identity.provider, attempt.purpose);
    response.redirect(302, attempt.returnTo ?? this.config.defaultReturnTo);
  }
}
