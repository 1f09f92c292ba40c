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
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { isForm } from '../common/http/accepts.js';
import { Answers } from '../common/http/answers.js';
import { type Config, CONFIG } from '../config/config.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { RecentSignInGuard, SessionGuard, SignedInGuard } from '../sessions/session.guards.js';
import { SessionsService } from '../sessions/sessions.service.js';
import {
  ApiConfirmPendingLink,
  ApiDeclinePendingLink,
  ApiGetSession,
  ApiSignOut,
} from './auth.openapi.js';
import { type SessionAnswer, sessionSchema, toSessionAnswer } from './auth.schema.js';
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
  @ApiGetSession()
  @Answers(sessionSchema, 'Nulls when nobody is signed in.')
  getSession(@Req() request: Request): SessionAnswer {
    return toSessionAnswer(request.signedIn ?? null, this.pendingLink.summary(request));
  }

  @Post('logout')
  @HttpCode(204)
  @UseGuards(ExpressSessionGuard)
  @ApiSignOut()
  async signOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.end(request, response);
    if (isForm(request)) response.redirect(303, `${this.config.publicUrl.prefix}/`);
  }

  @Post('pending-link')
  @HttpCode(204)
  @UseGuards(SignedInGuard, RecentSignInGuard)
  @ApiConfirmPendingLink()
  confirmPendingLink(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.pendingLink.confirm(request, response);
  }

  @Delete('pending-link')
  @HttpCode(204)
  @UseGuards(SessionGuard)
  @ApiDeclinePendingLink()
  declinePendingLink(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.pendingLink.decline(request, response);
  }
}
