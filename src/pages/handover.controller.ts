import { Body, Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { AppError } from '../common/errors/app-error.js';
import { isFromOwnPage } from '../common/http/cross-site.js';
import { type Config, CONFIG } from '../config/config.js';
import { confirmationPath, HandoversService } from '../handover/handovers.service.js';
import { UsersService } from '../users/users.service.js';
import { handoverQuestion } from './handover-question.js';
import { Look } from './look.js';
import { PageErrorFilter } from './page.js';
import { blankError } from './error-text.js';
import { sendPage } from './send-page.js';
import { wordsFor } from './text/words.js';

const answerSchema = z.object({ handover: z.string(), decision: z.enum(['yes', 'no']) });

type Answer = z.infer<typeof answerSchema>;

/**
 * Asks whether a sign-in is to be handed over. Whoever has only sent a link to somebody cannot answer for them: the page is
 * framed by nobody, and a page of ours alone sends the answer.
 */
@Controller(confirmationPath)
@UseFilters(PageErrorFilter)
@ApiExcludeController()
export class HandoverController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly handovers: HandoversService,
    private readonly users: UsersService,
    private readonly look: Look,
  ) {}

  @Get()
  async ask(@Req() request: Request, @Res() response: Response): Promise<void> {
    const pending = await this.handovers.pending(request);
    const user = pending && (await this.users.findRecord(pending.user_id));
    if (pending === null || user === null) {
      this.sayOver(request, response);
      return;
    }
    const action = `${this.config.publicUrl.prefix}/${confirmationPath}`;
    const view = { ...handoverQuestion(wordsFor(request), pending, user), action };
    const headers = this.look.headersLeadingTo(pending.target);
    sendPage(this.look, response, 'handover', view, { headers });
  }

  @Post()
  async answer(
    @Req() request: Request,
    @Res() response: Response,
    @Body({ schema: answerSchema }) { handover, decision }: Answer,
  ): Promise<void> {
    if (!isFromOwnPage(request, this.config.publicUrl.origin)) throw new AppError('csrf_failed');
    const location =
      decision === 'yes'
        ? await this.handovers.confirm(request, handover)
        : await this.handovers.decline(request, handover);
    if (location === null) this.sayOver(request, response);
    else response.redirect(303, location);
  }

  /** Says that there is nothing to answer: it has been, or has taken too long, or another one has begun in this browser. */
  private sayOver(request: Request, response: Response): void {
    const { over, startAgain } = wordsFor(request).handover;
    response.status(404);
    sendPage(this.look, response, 'error', { ...blankError, title: over, sentence: startAgain });
  }
}
