import {
  Body,
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
import { z } from 'zod';
import { PendingLinkService } from '../auth/pending-link.service.js';
import { enabledProviders, providers } from '../auth/providers.js';
import { clientOf } from '../common/client.js';
import { AppError } from '../common/errors.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignedInGuard, signedInSession } from '../sessions/signed-in.guard.js';
import { sessionIdSchema } from '../sessions/session.schema.js';
import { toSessionSummary } from '../sessions/to-session-summary.js';
import { AccountService } from '../users/account.service.js';
import { UsersService } from '../users/users.service.js';
import { accountView, describeSession } from './account-view.js';
import { PageErrorFilter } from './page-error.filter.js';
import { confirmations } from './confirmations.js';
import { render } from './renderer.js';
import { accountPolicy, pagePolicy } from './styles.js';

const ACTIVITY_SHOWN = 10;
const HTML = 'text/html; charset=utf-8';

const decisionSchema = z.object({ decision: z.enum(['yes', 'no']) });

/**
 * The account page. It does by plain forms what the API does, through the same services and guards; what ends something
 * asks first.
 */
@Controller('account')
@UseFilters(PageErrorFilter)
@UseGuards(SignedInGuard)
@ApiExcludeController()
export class AccountController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersService,
    private readonly accounts: AccountService,
    private readonly sessions: SessionsService,
    private readonly pendingLink: PendingLinkService,
    private readonly recentSignIn: RecentSignInGuard,
  ) {}

  /** The account; or, right after signing in the old way, the question whether to connect what was refused before. */
  @Get()
  @Header('Content-Security-Policy', accountPolicy)
  @Header('Content-Type', HTML)
  async show(@Req() request: Request): Promise<string> {
    const { userId, publicId } = signedInSession(request);
    const pending = await this.pendingLink.summary(request);
    if (pending !== null) {
      const question = confirmations.connect(providers[pending.provider].label, pending.email);
      return this.ask(question, 'pending-link', null);
    }
    const [user, sessions, { items: activity }] = await Promise.all([
      this.users.getUser(userId),
      this.sessions.list(userId),
      this.accounts.activityPage(userId, { limit: ACTIVITY_SHOWN }),
    ]);
    return render(
      'account',
      accountView(
        {
          user,
          sessions: sessions.map((row) => toSessionSummary(row, publicId)),
          activity,
          enabled: enabledProviders(this.config.providers),
        },
        this.config.publicUrl.prefix,
      ),
    );
  }

  @Post('pending-link')
  async answerPendingLink(
    @Req() request: Request,
    @Res() response: Response,
    @Body({ schema: decisionSchema }) { decision }: z.infer<typeof decisionSchema>,
  ): Promise<void> {
    if (decision === 'yes') {
      this.recentSignIn.check(request);
      await this.pendingLink.confirm(request, response);
    } else {
      await this.pendingLink.decline(request, response);
    }
    response.redirect(303, this.url(''));
  }

  @Get('disconnect/:provider')
  @UseGuards(RecentSignInGuard)
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  askDisconnect(@Param('provider') segment: string): string {
    const provider = known(segment);
    return this.ask(
      confirmations.disconnect(providers[provider].label),
      `disconnect/${provider}`,
      this.url(''),
    );
  }

  @Post('disconnect/:provider')
  @UseGuards(RecentSignInGuard)
  async disconnect(
    @Req() request: Request,
    @Res() response: Response,
    @Param('provider') segment: string,
  ): Promise<void> {
    await this.accounts.disconnect(signedInSession(request), known(segment), clientOf(request));
    response.redirect(303, this.url(''));
  }

  @Get('sessions/revoke-others')
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  askRevokeOthers(): string {
    return this.ask(confirmations.revokeOthers(), 'sessions/revoke-others', this.url(''));
  }

  @Post('sessions/revoke-others')
  async revokeOthers(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revokeOthers(userId, publicId, clientOf(request));
    response.redirect(303, this.url(''));
  }

  @Get('sessions/:id/revoke')
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  async askRevoke(
    @Req() request: Request,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<string> {
    const { userId, publicId } = signedInSession(request);
    const session = (await this.sessions.list(userId)).find((row) => row.id === id);
    if (session === undefined) throw new AppError('not_found');
    const { browser } = describeSession(toSessionSummary(session, publicId));
    return this.ask(confirmations.revoke(browser), `sessions/${id}/revoke`, this.url(''));
  }

  @Post('sessions/:id/revoke')
  async revoke(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revoke(userId, id, clientOf(request), publicId);
    response.redirect(303, this.url(''));
  }

  @Get('sign-out-everywhere')
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  askSignOutEverywhere(): string {
    return this.ask(confirmations.signOutEverywhere(), 'sign-out-everywhere', this.url(''));
  }

  @Post('sign-out-everywhere')
  async signOutEverywhere(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revokeOthers(userId, publicId, clientOf(request));
    await this.sessions.end(request, response);
    response.redirect(303, `${this.config.publicUrl.prefix}/`);
  }

  @Get('delete')
  @UseGuards(RecentSignInGuard)
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', HTML)
  askDelete(): string {
    return this.ask(confirmations.deleteAccount(), 'delete', this.url(''));
  }

  @Post('delete')
  @UseGuards(RecentSignInGuard)
  async delete(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.accounts.delete(signedInSession(request), clientOf(request));
    this.sessions.forget(response);
    response.redirect(303, `${this.config.publicUrl.prefix}/`);
  }

  private ask(
    question: ReturnType<(typeof confirmations)[keyof typeof confirmations]>,
    action: string,
    cancelUrl: string | null,
  ): string {
    return render('confirm', { ...question, action: this.url(`/${action}`), cancelUrl });
  }

  private url(path: string): string {
    return `${this.config.publicUrl.prefix}/account${path}`;
  }
}

function known(segment: string): ProviderId {
  if (!isProviderId(segment)) throw new AppError('not_found');
  return segment;
}
