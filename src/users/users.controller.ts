import {
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { Answers } from '../common/http/answers.js';
import { ApiProblem } from '../common/errors/api-problem.js';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import { isProviderId, providerIds } from '../common/provider-id.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignedInGuard, signedInSession } from '../sessions/signed-in.guard.js';
import { AccountService } from './account.service.js';
import { currentUser } from './current-user.js';
import {
  type ActivityPage,
  activityPageSchema,
  type ActivityQuery,
  activityQuerySchema,
} from '../activity/activity.schema.js';
import { type Export, exportSchema } from './export.schema.js';
import { identitySchema, type User, userSchema } from './user.schema.js';

/** The signed-in person's own account. */
@Controller('users/me')
@UseGuards(SignedInGuard)
@ApiTags('users')
@ApiCookieAuth()
export class UsersController {
  constructor(
    private readonly account: AccountService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The signed-in user' })
  @Answers(userSchema, 'The user with their identities.')
  @ApiProblem(401, 429, 503)
  me(@Req() request: Request): User {
    return currentUser(request);
  }

  @Delete()
  @HttpCode(204)
  @UseGuards(RecentSignInGuard)
  @ApiOperation({ summary: 'Delete the user and all that is theirs' })
  @ApiNoContentResponse({ description: 'User, identities, sessions and activity are gone.' })
  @ApiProblem(400, 401, 403, 413, 415, 429, 503)
  async delete(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.account.delete(signedInSession(request), clientOf(request));
    this.sessions.forget(response);
  }

  @Get('export')
  @Header('Content-Disposition', 'attachment; filename="account.json"')
  @ApiOperation({ summary: 'All that is held about the user, as a download' })
  @Answers(exportSchema, 'One document.')
  @ApiProblem(401, 429, 503)
  export(@Req() request: Request): Promise<Export> {
    return this.account.export(signedInSession(request), clientOf(request));
  }

  @Get('identities')
  @ApiOperation({ summary: 'The connected providers' })
  @Answers(z.array(identitySchema), 'The first one first.')
  @ApiProblem(401, 429, 503)
  identities(@Req() request: Request): User['identities'] {
    return this.me(request).identities;
  }

  @Delete('identities/:provider')
  @HttpCode(204)
  @UseGuards(RecentSignInGuard)
  @ApiOperation({ summary: 'Disconnect a provider' })
  @ApiParam({ name: 'provider', enum: providerIds })
  @ApiNoContentResponse({
    description: 'Disconnected; other sessions that were signed in with it have ended.',
  })
  @ApiProblem(400, 401, 403, 404, 409, 413, 415, 429, 503)
  async disconnect(@Req() request: Request, @Param('provider') provider: string): Promise<void> {
    if (!isProviderId(provider)) throw new AppError('not_found');
    await this.account.disconnect(signedInSession(request), provider, clientOf(request));
  }

  @Get('activity')
  @ApiOperation({ summary: 'What happened to the account, newest first' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 100, by default 20.' })
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'The `nextCursor` of the page before.',
  })
  @Answers(activityPageSchema, 'A page.')
  @ApiProblem(400, 401, 429, 503)
  activity(
    @Req() request: Request,
    @Query({ schema: activityQuerySchema }) query: ActivityQuery,
  ): Promise<ActivityPage> {
    return this.account.activityPage(signedInSession(request).userId, query);
  }
}
