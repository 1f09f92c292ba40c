import {
  Controller,
  Get,
  Header,
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
import { sessionIdSchema } from '../sessions/session.schema.js';
import { toSessionSummary } from '../sessions/to-session-summary.js';
import { currentUser } from '../users/current-user.js';
import { accountPath, questionPaths } from './account-paths.js';
import { isAlreadyDone } from './already-done.js';
import { confirmations, type Question } from './confirmations.js';
import { doneQuery } from './done.js';
import { FormUserGuard } from './form-user.guard.js';
import { HTML } from './html.js';
import { PageErrorFilter } from './page-error.filter.js';
import { questionPage } from './question-page.js';
import { pagePolicy } from './styles.js';

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

  @Get(questionPaths.revokeOthers)
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  askRevokeOthers(@Req() request: Request): Promise<string> {
    return this.ask(request, confirmations.revokeOthers(), questionPaths.revokeOthers);
  }

  @Post(questionPaths.revokeOthers)
  async revokeOthers(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revokeOthers(userId, publicId, clientOf(request));
    response.redirect(303, this.url + doneQuery('others-ended'));
  }

  @Get(questionPaths.revoke(':id'))
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  async askRevoke(
    @Req() request: Request,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<string> {
    const { userId, publicId } = signedInSession(request);
    const session = (await this.sessions.list(userId)).find((row) => row.id === id);
    if (session === undefined) throw noSuchSession();
    const question = confirmations.revoke(toSessionSummary(session, publicId));
    return this.ask(request, question, questionPaths.revoke(id));
  }

  @Post(questionPaths.revoke(':id'))
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
    response.redirect(303, this.url + doneQuery('session-ended'));
  }

  @Get(questionPaths.signOutEverywhere)
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  askSignOutEverywhere(@Req() request: Request): Promise<string> {
    return this.ask(request, confirmations.signOutEverywhere(), questionPaths.signOutEverywhere);
  }

  @Post(questionPaths.signOutEverywhere)
  @UseGuards(ExpressSessionGuard)
  async signOutEverywhere(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revokeOthers(userId, publicId, clientOf(request));
    await this.sessions.end(request, response);
    response.redirect(303, `${this.config.publicUrl.prefix}/${doneQuery('ended-everywhere')}`);
  }

  private async ask(request: Request, question: Question, action: string): Promise<string> {
    const user = currentUser(request);
    return questionPage(user, question, `${this.url}/${action}`, this.url);
  }
}

function noSuchSession(): AppError {
  return new AppError('not_found', { detail: 'There is no such session.' });
}
