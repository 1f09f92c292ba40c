import {
  Controller,
  Get,
  Inject,
  Param,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignedInGuard, signedInSession } from '../sessions/signed-in.guard.js';
import { sessionIdSchema, toSessionSummary } from '../sessions/session.schema.js';
import { currentUser } from '../users/current-user.js';
import { FormUserGuard, isAlreadyDone } from './account-forms.js';
import { accountPath, confirmationPaths } from './account-paths.js';
import { type Confirmation, confirmationPage, confirmations } from './confirmations.js';
import { flashQuery } from './flash.js';
import { Page, PageErrorFilter } from './page.js';

/** Signing out of other browsers, and of all, by plain forms: each asks first. */
@Controller('account')
@UseFilters(PageErrorFilter)
@UseGuards(SignedInGuard, FormUserGuard)
@ApiExcludeController()
export class AccountSessionsController {
  private readonly url: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsService,
  ) {
    this.url = accountPath(config.publicUrl);
  }

  @Get(confirmationPaths.revokeOthers)
  @Page()
  askRevokeOthers(@Req() request: Request): Promise<string> {
    return this.ask(request, confirmations.revokeOthers(), confirmationPaths.revokeOthers);
  }

  @Post(confirmationPaths.revokeOthers)
  async revokeOthers(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revokeOthers(userId, publicId, clientOf(request));
    response.redirect(303, this.url + flashQuery('others-ended'));
  }

  @Get(confirmationPaths.revoke(':id'))
  @Page()
  async askRevoke(
    @Req() request: Request,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<string> {
    const { userId, publicId } = signedInSession(request);
    const session = (await this.sessions.list(userId)).find((row) => row.id === id);
    if (session === undefined) throw noSuchSession();
    const confirmation = confirmations.revoke(toSessionSummary(session, publicId));
    return this.ask(request, confirmation, confirmationPaths.revoke(id));
  }

  @Post(confirmationPaths.revoke(':id'))
  async revoke(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<void> {
    if (id === '') throw noSuchSession();
    const { userId, publicId } = signedInSession(request);
    try {
      await this.sessions.revoke(userId, id, clientOf(request), publicId);
    } catch (error) {
      if (!isAlreadyDone(error)) throw error;
    }
    response.redirect(303, this.url + flashQuery('session-ended'));
  }

  @Get(confirmationPaths.signOutEverywhere)
  @Page()
  askSignOutEverywhere(@Req() request: Request): Promise<string> {
    return this.ask(
      request,
      confirmations.signOutEverywhere(),
      confirmationPaths.signOutEverywhere,
    );
  }

  @Post(confirmationPaths.signOutEverywhere)
  @UseGuards(ExpressSessionGuard)
  async signOutEverywhere(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revokeOthers(userId, publicId, clientOf(request));
    await this.sessions.end(request, response);
    response.redirect(303, `${this.config.publicUrl.prefix}/${flashQuery('ended-everywhere')}`);
  }

  private async ask(request: Request, confirmation: Confirmation, action: string): Promise<string> {
    const user = currentUser(request);
    return confirmationPage(user, confirmation, `${this.url}/${action}`, this.url);
  }
}

function noSuchSession(): AppError {
  return new AppError('not_found', { detail: 'There is no such session.' });
}
