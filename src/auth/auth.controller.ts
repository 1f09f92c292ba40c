import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  Res,
  SerializeOptions,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import {
  ApiFoundResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblem } from '../common/api-problem.js';
import { AppError } from '../common/errors.js';
import { providerIds } from '../common/provider-id.js';
import { wantsPage } from '../common/wants.js';
import { CONFIG, type Config } from '../config/config.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { UsersService } from '../users/users.service.js';
import {
  type ProviderList,
  providerSchema,
  providersSchema,
  type SessionAnswer,
  sessionSchema,
} from './auth.schema.js';
import { CallbackGuard } from './callback.guard.js';
import { enabledProviders, providers } from './providers.js';
import { SignInErrorFilter } from './sign-in-error.filter.js';
import { SignInRateLimitGuard } from './sign-in-rate-limit.guard.js';
import { StartGuard } from './start.guard.js';

/** Signing in and out. */
@Controller('auth')
@ApiTags('sign-in')
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
  ) {}

  @Get('providers')
  @ApiOperation({ summary: 'The providers that people can sign in with' })
  @ApiOkResponse({
    standardSchema: providersSchema,
    description: 'One entry per configured provider.',
  })
  @SerializeOptions({ schema: providerSchema })
  list(): ProviderList {
    return enabledProviders(this.config.providers).map((id) => ({
      id,
      label: providers[id].label,
      startUrl: `${this.config.publicUrl.href}/auth/${id}`,
    }));
  }

  @Get('session')
  @ApiOperation({ summary: 'Who is signed in in this browser' })
  @ApiOkResponse({ standardSchema: sessionSchema, description: 'Nulls when nobody is signed in.' })
  @ApiProblem(503)
  @SerializeOptions({ schema: sessionSchema })
  async session(@Req() request: Request): Promise<SessionAnswer> {
    const { signedIn } = request.session;
    const user = signedIn === undefined ? null : await this.users.findUser(signedIn.userId);
    if (signedIn === undefined || user === null) {
      return { user: null, session: null, pendingLink: null };
    }
    const session = {
      id: signedIn.publicId,
      createdAt: new Date(signedIn.createdAt).toISOString(),
      authenticatedAt: new Date(signedIn.authenticatedAt).toISOString(),
      expiresAt: new Date(signedIn.expiresAt).toISOString(),
      provider: signedIn.provider,
    };
    return { user, session, pendingLink: null };
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out of this browser' })
  @ApiNoContentResponse({
    description: 'Signed out, or nobody was signed in. A form is sent to `/`.',
  })
  @ApiProblem(403, 503)
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.end(request, response);
    if (wantsPage(request)) response.redirect(303, `${this.config.publicUrl.prefix}/`);
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

  @Get(':provider/callback')
  @UseFilters(SignInErrorFilter)
  @UseGuards(SignInRateLimitGuard, CallbackGuard)
  @ApiOperation({ summary: 'Where the provider sends the browser back to' })
  @ApiParam({ name: 'provider', enum: providerIds })
  @ApiFoundResponse({ description: 'To `returnTo`, or to the error URL with `error` set.' })
  @ApiProblem(400, 403, 404, 429, 502, 503, 504)
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { user: proven, signIn } = request;
    if (proven === undefined || signIn?.step !== 'callback') throw new AppError('internal_error');
    const userId = await this.users.signIn(proven.provider, proven.profile);
    await this.sessions.start(request, userId, proven.provider);
    request.log.info({ outcome: 'ok', provider: proven.provider, userId }, 'signed in');
    response.redirect(302, signIn.attempt.returnTo ?? this.config.defaultReturnTo);
  }
}
