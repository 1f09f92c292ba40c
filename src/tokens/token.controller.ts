import { Body, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Answers } from '../common/http/answers.js';
import { sourceOf } from '../common/http/cross-site.js';
import { type Config, CONFIG } from '../config/config.js';
import { Session, SignedInGuard } from '../sessions/session.guards.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import {
  type AccessToken,
  accessTokenSchema,
  type TokenRequest,
  tokenRequestSchema,
} from './token.schema.js';
import { TokensGuard } from './tokens.guard.js';
import { ApiIssueToken } from './tokens.openapi.js';
import { refusal, TokensService } from './tokens.service.js';

/** Tokens for other services. */
@Controller('auth/token')
@ApiTags('tokens')
export class TokenController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tokens: TokensService,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(TokensGuard, SignedInGuard)
  @ApiCookieAuth()
  @ApiIssueToken()
  @Answers(accessTokenSchema, 'The token.')
  issueToken(
    @Session() session: SignedInSession,
    @Req() request: Request,
    @Body({ schema: tokenRequestSchema }) { audience: name }: TokenRequest,
  ): Promise<AccessToken> {
    const audience = this.tokens.audienceOf(name);
    const own = this.config.publicUrl.origin;
    // The origin check has let it pass: without an origin it is from a page of ours, or from no browser.
    const origin = sourceOf(request) ?? own;
    if (audience.askers !== null && !audience.askers.includes(origin)) {
      throw refusal(
        'asker_not_named',
        'This origin may not ask for tokens for that service: add it to its entry in TOKEN_AUDIENCES, after <.',
      );
    }
    return this.tokens.issue(session, audience, origin === own ? 'latchkey' : origin);
  }
}
