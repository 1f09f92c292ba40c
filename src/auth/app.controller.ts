import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Answers } from '../common/http/answers.js';
import { Caller, type Client } from '../common/http/client.js';
import { CompletionService } from '../handover/completion.service.js';
import { type Completion, completionSchema } from '../handover/exchange.schema.js';
import { Session, SignedInGuard } from '../sessions/session.guards.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { ApiCompleteAsked, ApiReauthenticateApp } from './handover.openapi.js';
import { startedSchema } from './auth.schema.js';
import { AppStarts } from './app-starts.js';

/** What applications ask for with their session. */
@Controller('auth')
@UseGuards(SignedInGuard)
@ApiTags('hand-over')
export class AppController {
  constructor(
    private readonly starts: AppStarts,
    private readonly completions: CompletionService,
  ) {}

  @Post(':provider/reauthenticate')
  @HttpCode(200)
  @ApiReauthenticateApp()
  @Answers(startedSchema, 'What to open in a browser, once.')
  reauthenticate(@Req() request: Request): Promise<{ url: string }> {
    return this.starts.begin(request, 'reauthenticate');
  }

  @Post('session/complete')
  @HttpCode(204)
  @ApiCompleteAsked()
  complete(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Body({ schema: completionSchema }) completion: Completion,
  ): Promise<void> {
    return this.completions.complete(session, completion, client);
  }
}
