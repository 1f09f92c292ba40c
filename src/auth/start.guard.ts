import * as z from 'zod';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { randomToken } from '../common/random.js';
import { allowedReturnTo, type Config, CONFIG } from '../config/config.js';
import { Database } from '../database/database.js';
import type { Purpose } from './attempts/attempt.js';
import { signedInSession } from '../sessions/session.guards.js';
import { ProviderGuards } from './provider-guards.js';
import type { SignInStart } from './sign-in-context.js';
import { SignInOutcomes } from './sign-in-outcomes.js';

/** The parameters of a start. A malformed hint is dropped, since it only saves the person a click. */
const startQuerySchema = z.object({
  returnTo: z.string().optional().catch(undefined),
  prompt: z
    .string()
    .regex(/^[a-z_ ]{1,64}$/)
    .optional()
    .catch(undefined),
  login_hint: z
    .string()
    .max(320)
    .regex(/^[^\p{C}]+$/u)
    .optional()
    .catch(undefined),
});

@Injectable()
export class StartGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly guards: ProviderGuards,
    @Inject(Database) private readonly database: Database,
    private readonly outcomes: SignInOutcomes,
  ) {}

  protected purposeOf(_request: Request): Purpose {
    return { kind: 'sign-in' };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { provider, guard } = this.guards.of(request);
    const query = startQuerySchema.parse(request.query);
    const prompts = query.prompt?.split(' ') ?? [];
    // Fails before the redirect if the callback could not be processed anyway.
    await this.database.ping();
    const start: SignInStart = {
      intent: {
        provider,
        purpose: this.purposeOf(request),
        returnTo: allowedReturnTo(query.returnTo, this.config),
        nonce: randomToken(32),
        promptLogin: prompts.includes('login'),
        promptNone: prompts.includes('none'),
      },
      prompt: query.prompt ?? null,
      loginHint: query.login_hint ?? null,
    };
    request.signInStart = start;
    this.outcomes.started(provider, start.intent.purpose);
    return Boolean(await guard.canActivate(context));
  }
}

/**
 * Prepares a link to the signed-in user, whose session earlier guards have checked. The client may name the expected
 * user (`user`): nothing is then linked to another user who has signed in in the same browser since.
 */
@Injectable()
export class LinkStartGuard extends StartGuard {
  protected override purposeOf(request: Request): Purpose {
    const { userId } = signedInSession(request);
    const { user = userId } = request.query;
    if (user !== userId) throw new AppError('session_changed');
    return { kind: 'link', userId };
  }
}
