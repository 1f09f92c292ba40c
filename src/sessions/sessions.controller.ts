import { Controller, Delete, Get, HttpCode, Param, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { Answers } from '../common/http/answers.js';
import { ApiProblem } from '../common/errors/api-problem.js';
import { clientOf } from '../common/http/client.js';
import {
  sessionIdSchema,
  type SessionSummary,
  sessionSummarySchema,
  toSessionSummary,
} from './session.schema.js';
import { SessionsService } from './sessions.service.js';
import { SignedInGuard, signedInSession } from './signed-in.guard.js';

/** The browsers that the signed-in person is signed in with. */
@Controller('users/me/sessions')
@UseGuards(SignedInGuard)
@ApiTags('sessions')
@ApiCookieAuth()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ApiOperation({ summary: 'Where the user is signed in' })
  @Answers(z.array(sessionSummarySchema), 'The sessions, the last seen first.')
  @ApiProblem(401, 429, 503)
  async list(@Req() request: Request): Promise<SessionSummary[]> {
    const { userId, publicId } = signedInSession(request);
    const rows = await this.sessions.list(userId);
    return rows.map((row) => toSessionSummary(row, publicId));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out of one browser' })
  @ApiNoContentResponse({ description: 'The session has ended; its next request is answered 401.' })
  @ApiProblem(400, 401, 403, 404, 413, 415, 429, 503)
  async revoke(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id', { schema: sessionIdSchema }) id: string,
  ): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    await this.sessions.revoke(userId, id, clientOf(request), publicId);
    if (id === publicId) this.sessions.forget(response);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out of all other browsers' })
  @ApiNoContentResponse({ description: 'Only the session that asked is left.' })
  @ApiProblem(400, 401, 403, 413, 415, 429, 503)
  revokeOthers(@Req() request: Request): Promise<void> {
    const { userId, publicId } = signedInSession(request);
    return this.sessions.revokeOthers(userId, publicId, clientOf(request));
  }
}
