import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOperation,
  ApiSeeOtherResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Answers } from '../common/http/answers.js';
import { ApiProblem } from '../common/errors/api-problem.js';
import { toTimestamp } from '../common/timestamp.js';
import { isForm } from '../common/http/accepts.js';
import { CONFIG, type Config } from '../config/config.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { SessionGuard } from '../sessions/session.guard.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignedInGuard } from '../sessions/signed-in.guard.js';
import { toUser } from '../users/user.schema.js';
import { type SessionAnswer, sessionSchema } from './auth.schema.js';
import { PendingLinkService } from './pending-link.service.js';

/** What this browser is: signed in or not, and with a link pending or not. */
@Controller('auth')
@ApiTags('sign-in')
export class SessionController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsService,
    private readonly pendingLink: PendingLinkService,
  ) {}

  @Get('session')
  @UseGuards(SessionGuard)
  @ApiOperation({ summary: 'Who is signed in in this browser' })
  @Answers(sessionSchema, 'Nulls when nobody is signed in.')
  @ApiProblem(429, 503)
  session(@Req() request: Request): SessionAnswer {
    const { signedIn } = request;
    const pendingLink = this.pendingLink.summary(request);
    if (!signedIn) return { user: null, session: null, pendingLink };
    const session = {
      id: signedIn.publicId,
      createdAt: toTimestamp(signedIn.createdAt),
      authenticatedAt: toTimestamp(signedIn.authenticatedAt),
      expiresAt: toTimestamp(signedIn.expiresAt),
      provider: signedIn.provider,
    };
    return { user: toUser(signedIn.user, signedIn.identities), session, pendingLink };
  }

  @Post('logout')
  @HttpCode(204)
  @UseGuards(ExpressSessionGuard)
  @ApiOperation({ summary: 'Sign out of this browser' })
  @ApiNoContentResponse({ description: 'Signed out, or nobody was signed in.' })
  @ApiSeeOtherResponse({ description: 'The same, for a form: to `/`.' })
  @ApiProblem(400, 403, 413, 415, 429, 503)
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.end(request, response);
    if (isForm(request)) response.redirect(303, `${this.config.publicUrl.prefix}/`);
  }

  @Post('pending-link')
  @HttpCode(204)
  @UseGuards(SignedInGuard, RecentSignInGuard)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Connect the identity that a refused sign-in left pending' })
  @ApiNoContentResponse({ description: 'It is connected.' })
  @ApiProblem(400, 401, 403, 404, 409, 413, 415, 429, 503)
  confirmPendingLink(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.pendingLink.confirm(request, response);
  }

  @Delete('pending-link')
  @HttpCode(204)
  @UseGuards(SessionGuard)
  @ApiOperation({ summary: 'Drop the identity that a refused sign-in left pending' })
  @ApiNoContentResponse({ description: 'Nothing is pending any more.' })
  @ApiProblem(400, 403, 413, 415, 429, 503)
  dropPendingLink(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.pendingLink.decline(request, response);
  }
}
