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
import { AppError } from '../common/errors/app-error.js';
import { Caller, type Client } from '../common/http/client.js';
import { CONFIG, type Config } from '../config/config.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { sessionIdSchema, toSessionSummary } from '../sessions/session.schema.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { Session, SignedInGuard } from '../sessions/session.guards.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { CurrentUser } from '../users/current-user.js';
import type { User } from '../users/user.schema.js';
import { FormUserGuard, unlessDone } from './account-forms.js';
import { accountPath, confirmationPaths } from './account-paths.js';
import { type Confirmation, confirmations, confirmationView } from './confirmations.js';
import { flashQuery } from './flash.js';
import { Page, PageErrorFilter } from './page.js';
import { PageRenderer } from './page-renderer.js';
import { wordsFor } from './text/words.js';

/** Signing out of other browsers, and of all, by plain forms with a confirmation. */
@Controller('account')
@UseFilters(PageErrorFilter)
@UseGuards(SignedInGuard, FormUserGuard)
@ApiExcludeController()
export class AccountSessionsController {
  private readonly url: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsService,
    private readonly pages: PageRenderer,
  ) {
    this.url = accountPath(config.publicUrl);
  }

  @Get(confirmationPaths.revokeOthers)
  @Page()
  askRevokeOthers(@Req() request: Request, @CurrentUser() user: User): Promise<string> {
    const question = confirmations.revokeOthers(wordsFor(request));
    return this.ask(request, user, question, confirmationPaths.revokeOthers);
  }

  @Post(confirmationPaths.revokeOthers)
  async revokeOthers(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    await this.sessions.revokeOthers(session, client);
    response.redirect(303, this.url + flashQuery('others-ended'));
  }

  @Get(confirmationPaths.revoke(':id'))
  @Page()
  async askRevoke(
    @Req() request: Request,
    @CurrentUser() user: User,
    @Session() { userId, publicId }: SignedInSession,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<string> {
    const session = (await this.sessions.list(userId)).find((row) => row.id === id);
    if (session === undefined) throw noSuchSession();
    const confirmation = confirmations.revoke(
      wordsFor(request),
      toSessionSummary(session, publicId),
    );
    return this.ask(request, user, confirmation, confirmationPaths.revoke(id));
  }

  @Post(confirmationPaths.revoke(':id'))
  async revoke(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Param('id', { schema: sessionIdSchema }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    if (id === '') throw noSuchSession();
    await unlessDone(this.sessions.revoke(session.userId, id, client, session));
    response.redirect(303, this.url + flashQuery('session-ended'));
  }

  @Get(confirmationPaths.signOutEverywhere)
  @Page()
  askSignOutEverywhere(@Req() request: Request, @CurrentUser() user: User): Promise<string> {
    const { signOutEverywhere } = confirmationPaths;
    const question = confirmations.signOutEverywhere(wordsFor(request));
    return this.ask(request, user, question, signOutEverywhere);
  }

  @Post(confirmationPaths.signOutEverywhere)
  @UseGuards(ExpressSessionGuard)
  async signOutEverywhere(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sessions.revokeOthers(session, client);
    await this.sessions.end(request, response);
    response.redirect(303, `${this.config.publicUrl.prefix}/${flashQuery('ended-everywhere')}`);
  }

  private ask(
    request: Request,
    user: User,
    confirmation: Confirmation,
    action: string,
  ): Promise<string> {
    const view = confirmationView(user, confirmation, `${this.url}/${action}`, this.url);
    return this.pages.page(request, 'confirm', view);
  }
}

function noSuchSession(): AppError {
  return new AppError('not_found', { detail: 'There is no such session.' });
}
