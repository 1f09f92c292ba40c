import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { isForm } from '../common/http/accepts.js';
import { Answers } from '../common/http/answers.js';
import { type Config, CONFIG, requestedReturnTo } from '../config/config.js';
import { ExpressSessionGuard, SignOutGuard } from '../sessions/express-session.guard.js';
import { LookGuard } from '../sessions/look.guard.js';
import { ExpectedUserGuard, SessionGuard, signedInSession } from '../sessions/session.guards.js';
import { SessionsService } from '../sessions/sessions.service.js';
import {
  ApiConfirmPendingLink,
  ApiDeclinePendingLink,
  ApiGetSession,
  ApiSignOut,
} from './session.openapi.js';
import {
  type Decision,
  decisionSchema,
  nobodySignedIn,
  type SessionAnswer,
  sessionSchema,
  toSessionAnswer,
} from './auth.schema.js';
import { StepUpService } from '../users/step-up.service.js';
import { LastSignInCookie } from './last-sign-in-cookie.js';
import { PendingLinkService } from './pending-link.service.js';

/** What this browser is: signed in or not, and with a link pending or not. */
@Controller('auth')
@ApiTags('session')
export class SessionController {
  private readonly lastSignIn: LastSignInCookie;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsService,
    private readonly pendingLink: PendingLinkService,
    private readonly stepUp: StepUpService,
  ) {
    this.lastSignIn = new LastSignInCookie(config);
  }

  @Get('session')
  @UseGuards(LookGuard)
  @ApiGetSession()
  @Answers(sessionSchema, 'Nulls when nobody is signed in.')
  async getSession(@Req() request: Request): Promise<SessionAnswer> {
    const { seen = null } = request;
    const pendingLink = await this.pendingLink.summary(request);
    if (seen === null) return nobodySignedIn(pendingLink);
    return toSessionAnswer(seen, await this.stepUp.standingOf(seen), pendingLink);
  }

  @Post('logout')
  @HttpCode(204)
  @UseGuards(SignOutGuard)
  @ApiSignOut()
  async signOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.pendingLink.drop(request, response);
    await this.sessions.end(request, response);
    if (!isForm(request)) return;
    const returnTo = requestedReturnTo(request, this.config);
    // Only our own page says it; the next time it would be too late.
    if (returnTo === null && this.config.pages) this.lastSignIn.signedOut(request, response);
    response.redirect(303, returnTo ?? this.signedOutUrl());
  }

  /** Connects the pending identity, or with `decision=separate` signs in with it as a new user. */
  @Post('pending-link')
  @HttpCode(204)
  @UseGuards(ExpressSessionGuard, ExpectedUserGuard)
  @ApiConfirmPendingLink()
  async confirmPendingLink(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query({ schema: decisionSchema }) { decision }: Decision,
  ): Promise<void> {
    if (decision === 'separate') await this.pendingLink.separate(request, response);
    else {
      signedInSession(request);
      await this.pendingLink.confirm(request, response);
    }
    if (!isForm(request)) return;
    response.redirect(303, requestedReturnTo(request, this.config) ?? this.config.defaultReturnTo);
  }

  @Delete('pending-link')
  @HttpCode(204)
  @UseGuards(SessionGuard, ExpectedUserGuard)
  @ApiDeclinePendingLink()
  declinePendingLink(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.pendingLink.drop(request, response);
  }

  /** The sign-in page, ours or the front end's. */
  private signedOutUrl(): string {
    const { pages, publicUrl, signInErrorUrl } = this.config;
    return pages ? `${publicUrl.prefix}/` : signInErrorUrl;
  }
}
