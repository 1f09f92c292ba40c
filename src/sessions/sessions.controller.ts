import { Controller, Delete, Get, HttpCode, Param, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import * as z from 'zod';
import { Answers } from '../common/http/answers.js';
import { Caller, type Client } from '../common/http/client.js';
import {
  sessionIdSchema,
  type SessionSummary,
  sessionSummarySchema,
  toSessionSummary,
} from './session.schema.js';
import { ApiListSessions, ApiRevokeOtherSessions, ApiRevokeSession } from './sessions.openapi.js';
import { SessionsService } from './sessions.service.js';
import { ExpectedUserGuard, Session, SignedInGuard } from './session.guards.js';
import type { SignedInSession } from './signed-in-session.js';

/** The browsers that the signed-in person is signed in with. */
@Controller('users/me/sessions')
@UseGuards(SignedInGuard, ExpectedUserGuard)
@ApiTags('sessions')
@ApiCookieAuth()
@ApiBearerAuth()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ApiListSessions()
  @Answers(z.array(sessionSummarySchema), 'The sessions, the most recently used first.')
  async listSessions(@Session() { userId, publicId }: SignedInSession): Promise<SessionSummary[]> {
    const rows = await this.sessions.list(userId);
    return rows.map((row) => toSessionSummary(row, publicId));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiRevokeSession()
  async revokeSession(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Param('id', { schema: sessionIdSchema }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.revoke(session.userId, id, client, session);
    if (id === session.publicId) this.sessions.forget(response);
  }

  @Delete()
  @HttpCode(204)
  @ApiRevokeOtherSessions()
  revokeOtherSessions(
    @Session() session: SignedInSession,
    @Caller() client: Client,
  ): Promise<void> {
    return this.sessions.revokeOthers(session, client);
  }
}
