import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { enabledProviders, providers } from '../auth/providers.js';
import { isErrorCode, sentenceOf } from '../common/errors.js';
import { isProviderId } from '../common/provider-id.js';
import { parseReturnTo } from '../common/return-to.js';
import { CONFIG, type Config } from '../config/config.js';
import type { SignedInSession } from '../sessions/session-data.js';
import { UsersService } from '../users/users.service.js';
import type { User } from '../users/user.schema.js';
import { render, type Views } from './renderer.js';
import { pagePolicy } from './styles.js';

/** What the sign-in page is told by the error redirect; anything else is ignored. */
const signInQuerySchema = z.object({
  error: z.unknown(),
  provider: z.unknown(),
  signInWith: z.unknown(),
  requestId: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .nullable()
    .catch(null),
  returnTo: z.unknown(),
});

type SignInQuery = z.infer<typeof signInQuerySchema>;

/** The pages for those who have no front end of their own yet. */
@Controller()
@ApiExcludeController()
export class PagesController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersService,
  ) {}

  @Get()
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Content-Type', 'text/html; charset=utf-8')
  async signIn(
    @Req() request: Request,
    @Query({ schema: signInQuerySchema }) query: SignInQuery,
  ): Promise<string> {
    const { signedIn } = request.session;
    const { prefix } = this.config.publicUrl;
    return render('sign-in', {
      user: signedIn === undefined ? null : await this.users.findUser(signedIn.userId),
      accountUrl: `${prefix}/account`,
      notice: noticeFor(query),
      buttons: enabledProviders(this.config.providers).map((id) => ({
        id,
        label: providers[id].label,
        mark: providers[id].button.mark,
        href: `${prefix}/auth/${id}${this.returnToQuery(query.returnTo)}`,
      })),
      sandbox: this.config.sandbox !== null,
    });
  }

  @Get('account')
  @Header('Content-Security-Policy', pagePolicy)
  async account(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { prefix } = this.config.publicUrl;
    const { signedIn } = request.session;
    const user = signedIn === undefined ? null : await this.users.findUser(signedIn.userId);
    if (signedIn === undefined || user === null) {
      response.redirect(302, `${prefix}/?returnTo=${encodeURIComponent(`${prefix}/account`)}`);
      return;
    }
    response.type('html').send(render('account', accountView(user, signedIn, prefix)));
  }

  private returnToQuery(value: unknown): string {
    const returnTo = parseReturnTo(value, {
      ownOrigin: this.config.publicUrl.origin,
      allowedOrigins: this.config.allowedOrigins,
    });
    return returnTo === null ? '' : `?returnTo=${encodeURIComponent(returnTo)}`;
  }
}

function noticeFor(query: SignInQuery): Views['sign-in']['notice'] {
  if (query.error === undefined) return null;
  const code = isErrorCode(query.error) ? query.error : 'internal_error';
  const named = isProviderId(query.signInWith)
    ? ` That was with ${providers[query.signInWith].label}.`
    : '';
  const at = isProviderId(query.provider) ? `${providers[query.provider].label}: ` : '';
  return { sentence: at + sentenceOf(code) + named, requestId: query.requestId };
}

function accountView(user: User, session: SignedInSession, prefix: string): Views['account'] {
  return {
    user,
    initial: Array.from(user.displayName, (letter) => letter.toUpperCase())[0] ?? '?',
    identities: user.identities.map((identity) => ({
      label: providers[identity.provider].label,
      mark: providers[identity.provider].button.mark,
      name: identity.username === null ? identity.displayName : `@${identity.username}`,
      lastUsedAt: identity.lastUsedAt,
      lastUsed: readable(identity.lastUsedAt),
    })),
    session: {
      label: providers[session.provider].label,
      createdAt: new Date(session.createdAt).toISOString(),
      created: readable(session.createdAt),
      expiresAt: new Date(session.expiresAt).toISOString(),
      expires: readable(session.expiresAt),
    },
    logoutUrl: `${prefix}/auth/logout`,
  };
}

/** A time for people. The server does not know where they are, so it says that it is UTC. */
function readable(time: string | number): string {
  const text = new Date(time).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}
