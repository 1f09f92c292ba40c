import { Body, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { Answers } from '../common/http/answers.js';
import { sourceOf } from '../common/http/cross-site.js';
import { type Config, CONFIG } from '../config/config.js';
import { LookGuard } from '../sessions/look.guard.js';
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
  @UseGuards(TokensGuard, LookGuard)
  @ApiCookieAuth()
  @ApiIssueToken()
  @Answers(accessTokenSchema, 'The token.')
  issueToken(
    @Req() request: Request,
    @Body({ schema: tokenRequestSchema }) { audience: name }: TokenRequest,
  ): Promise<AccessToken> {
    const { seen: session } = request;
    if (!session) throw new AppError('unauthenticated');
    const audience = this.tokens.audienceOf(name);
    const { clientId, origin } = askerOf(request, session, this.config.publicUrl.origin);
    // A server with a key may ask for any.
    const isNamed = audience.askers === null || audience.askers.includes(origin ?? '');
    if (request.serviceKey === undefined && !isNamed) {
      throw refusal(
        'asker_not_named',
        'This origin may not ask for tokens for that service: add it to its entry in TOKEN_AUDIENCES, after <.',
      );
    }
    return this.tokens.issue(session, audience, clientId);
  }
}

/** Who asks: a server by its key, an application by its target, a page by its origin. */
function askerOf(
  request: Request,
  { target }: SignedInSession,
  ownOrigin: string,
): { clientId: string; origin: string | null } {
  const { serviceKey } = request;
  if (serviceKey !== undefined) return { clientId: serviceKey, origin: null };
  if (target !== null) {
    const origin = /^https?:/.test(target) ? new URL(target).origin : null;
    return { clientId: target, origin };
  }
  // The origin check has let it pass: without an origin it is from a page of ours, or from no browser.
  const origin = sourceOf(request) ?? ownOrigin;
  return { clientId: origin === ownOrigin ? 'latchkey' : origin, origin };
}
