import * as z from 'zod';
import {
  Body,
  Controller,
  Get,
  Inject,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { PendingLinkService } from '../auth/pending-link.service.js';
import { type Config, CONFIG, requestedReturnTo } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { Session, SignedInGuard } from '../sessions/session.guards.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { toSessionSummary } from '../sessions/session.schema.js';
import { AccountService } from '../users/account.service.js';
import { ContestsService } from '../users/contests.service.js';
import { IdentitiesService } from '../users/identities.service.js';
import { CurrentUser } from '../users/current-user.js';
import type { User } from '../users/user.schema.js';
import { FormUserGuard, isAlreadyDone } from './account-forms.js';
import { accountPath } from './account-paths.js';
import { accountView, activityView } from './account-view.js';
import { confirmations, confirmationView, separateForm } from './confirmations.js';
import { flashQuery } from './flash.js';
import { Look } from './look.js';
import { Page, PageErrorFilter } from './page.js';
import { PageRenderer } from './page-renderer.js';
import { ShownTimes } from './shown-times.js';
import { wordsFor } from './text/words.js';

const ACTIVITY_SHOWN = 10;
const ACTIVITY_PER_PAGE = 50;

const accountQuerySchema = z.object({
  done: z.unknown().optional(),
  provider: z.unknown().optional(),
  times: z.unknown().optional(),
});

const activityQuerySchema = z.object({
  cursor: z.uuid().optional().catch(undefined),
  times: z.unknown().optional(),
});

const decisionSchema = z.object({ decision: z.enum(['yes', 'no']) });

type AccountQuery = z.infer<typeof accountQuerySchema>;
type ActivityQuery = z.infer<typeof activityQuerySchema>;
type Decision = z.infer<typeof decisionSchema>;

/** The account page, the activity log, and the answer to a pending link. */
@Controller('account')
@UseFilters(PageErrorFilter)
@UseGuards(SignedInGuard, FormUserGuard)
@ApiExcludeController()
export class AccountController {
  private readonly url: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly accounts: AccountService,
    private readonly contests: ContestsService,
    private readonly sessions: SessionsService,
    private readonly pendingLink: PendingLinkService,
    private readonly identities: IdentitiesService,
    private readonly pages: PageRenderer,
    private readonly look: Look,
  ) {
    this.url = accountPath(config.publicUrl);
  }

  /**
   * The account; or, while a link is pending, the question whether to connect it. Once that is answered, or when there is
   * nothing to ask, `returnTo` is followed.
   */
  @Get()
  @Page()
  async show(
    @CurrentUser() user: User,
    @Session() session: SignedInSession,
    @Query({ schema: accountQuerySchema }) query: AccountQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const returnTo = requestedReturnTo(request, this.config);
    const pending = await this.pendingLink.summary(request);
    if (pending?.canConnect === true) {
      const path = `${this.url}/pending-link`;
      const question = confirmations.connect(wordsFor(request), pending, this.look.brand.name);
      return this.pages.page(request, 'confirm', {
        ...confirmationView(user, question, path, null, returnTo),
        separate: separateForm(pending, this.url, user, returnTo),
      });
    }
    if (returnTo !== null) {
      response.redirect(302, returnTo);
      return undefined;
    }
    const [sessions, isContested, activity] = await Promise.all([
      this.sessions.list(user.id),
      this.contests.isContested(session),
      this.accounts.activityPage(user.id, { limit: ACTIVITY_SHOWN }),
    ]);
    const facts = {
      user,
      isContested,
      sessions: sessions.map((row) => toSessionSummary(row, session.publicId)),
      activity,
      enabled: enabledProviders(this.config.providers),
      disconnectable: new Set(
        user.identities
          .map(({ provider }) => provider)
          .filter((provider) => this.identities.canDisconnect(session.identities, provider)),
      ),
      query,
    };
    const words = wordsFor(request);
    const times = new ShownTimes(words, query.times === 'exact');
    const view = accountView(words, facts, times, this.config.publicUrl.prefix);
    return this.pages.page(request, 'account', view, this.look.accountHeaders());
  }

  /** A malformed cursor shows the newest page. */
  @Get('activity')
  @Page()
  async activity(
    @Req() request: Request,
    @Session() { userId }: SignedInSession,
    @Query({ schema: activityQuerySchema }) { cursor, times }: ActivityQuery,
  ): Promise<string> {
    const page = await this.accounts.activityPage(userId, { limit: ACTIVITY_PER_PAGE, cursor });
    const words = wordsFor(request);
    const exact = new ShownTimes(words, times === 'exact');
    const view = activityView(words, page, exact, this.config.publicUrl.prefix, cursor);
    return this.pages.page(request, 'activity', view);
  }

  @Post('pending-link')
  async answerPendingLink(
    @Req() request: Request,
    @Res() response: Response,
    @Body({ schema: decisionSchema }) { decision }: Decision,
  ): Promise<void> {
    const returnTo = requestedReturnTo(request, this.config);
    if (decision === 'no') {
      await this.pendingLink.drop(request, response);
      response.redirect(303, returnTo ?? this.url);
      return;
    }
    const provider = await this.pendingLink.providerOf(request);
    try {
      await this.pendingLink.confirm(request, response);
    } catch (error) {
      if (!isAlreadyDone(error)) throw error;
      // Answered in another tab, or by the first of two clicks: the page says how that went.
      await this.pendingLink.drop(request, response);
    }
    const done =
      provider === null ? flashQuery('nothing-pending') : flashQuery('connected', provider);
    response.redirect(303, returnTo ?? this.url + done);
  }
}
