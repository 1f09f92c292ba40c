import { Controller, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { LastSignInCookie } from '../auth/last-sign-in-cookie.js';
import { PendingLinkService } from '../auth/pending-link.service.js';
import { AppError } from '../common/errors/app-error.js';
import { type Config, CONFIG, requestedReturnTo } from '../config/config.js';
import { ExpressSessionGuard } from '../sessions/express-session.guard.js';
import { unlessDone } from './account-forms.js';
import { confirmationPaths } from './account-paths.js';
import { PageErrorFilter } from './page.js';

/** An account of one's own, by a form, for somebody whose address another account has. Nobody has to be signed in. */
@Controller('account')
@UseFilters(PageErrorFilter)
@ApiExcludeController()
export class SeparateController {
  private readonly lastSignIn: LastSignInCookie;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly pendingLink: PendingLinkService,
  ) {
    this.lastSignIn = new LastSignInCookie(config);
  }

  /** Leads on as well when there is nothing pending: that is the second of two clicks. */
  @Post(confirmationPaths.separate)
  @UseGuards(ExpressSessionGuard)
  async separate(@Req() request: Request, @Res() response: Response): Promise<void> {
    const pending = await this.pendingLink.summary(request);
    if (pending !== null) {
      if (request.query['user'] !== request.signedIn?.userId) throw new AppError('session_changed');
      await unlessDone(this.pendingLink.separate(request, response));
      this.lastSignIn.set(response, pending.provider);
    }
    const returnTo = requestedReturnTo(request, this.config);
    response.redirect(303, returnTo ?? this.config.defaultReturnTo);
  }
}
