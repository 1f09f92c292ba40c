import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { Answers } from '../common/http/answers.js';
import { SessionLooks } from '../sessions/session-looks.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { isForwardedNavigation } from './forwarded.js';
import { identityHeaders } from './identity-headers.js';
import { ServiceKeyGuard } from './service-key.guard.js';
import { ApiIntrospect, ApiVerify } from './verify.openapi.js';
import {
  type Introspected,
  introspectedSchema,
  type Introspection,
  introspectionSchema,
  refuseUnknownParameters,
  toIntrospected,
  type VerifyQuery,
  verifyQuerySchema,
} from './verify.schema.js';
import { VerifyService } from './verify.service.js';

/** Who is signed in, for whoever stands between a browser and an application. Nothing is changed here. */
@Controller('auth')
@ApiTags('servers')
export class VerifyController {
  constructor(
    private readonly verification: VerifyService,
    private readonly looks: SessionLooks,
  ) {}

  @Get('verify')
  @ApiVerify()
  async verify(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query({ schema: verifyQuerySchema }) { redirect, token, ...demands }: VerifyQuery,
  ): Promise<void> {
    refuseUnknownParameters(request.query);
    const issueToken = this.verification.tokenIssuer(request, token);
    try {
      const session = await this.verification.passing(request, demands);
      response.set({ ...identityHeaders(session), ...(await issueToken(session)) });
    } catch (error) {
      const isNobody = error instanceof AppError && error.code === 'unauthenticated';
      if (!isNobody || redirect === undefined || !isForwardedNavigation(request)) throw error;
      request.outcome = { outcome: error.code, ...error.log };
      response.redirect(302, this.verification.signInUrl(request));
    }
  }

  @Post('introspect')
  @HttpCode(200)
  @UseGuards(ServiceKeyGuard)
  @ApiIntrospect()
  @Answers(introspectedSchema, 'Whether somebody is signed in in that browser, and who.')
  async introspect(
    @Req() request: Request,
    @Body({ schema: introspectionSchema }) { cookie }: Introspection,
  ): Promise<Introspected> {
    const session: SignedInSession | null = await this.looks.ofHeader(request, cookie);
    return toIntrospected(session);
  }
}
