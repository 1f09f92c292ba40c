import * as z from 'zod';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { randomToken } from '../common/random.js';
import { allowedReturnTo, type Config, CONFIG } from '../config/config.js';
import { Database } from '../database/database.js';
import type { Purpose } from './attempts/attempt.js';
import { SessionReader } from '../sessions/session-reader.js';
import { signedInSession } from '../sessions/session.guards.js';
import { StepUpService } from '../users/step-up.service.js';
import { isFromElsewhere, refuseSpeculation, startAnswerFor } from './browser-request.js';
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
    private readonly sessions: SessionReader,
    protected readonly stepUp: StepUpService,
  ) {}

  /** Asking a signed-in person to authenticate anew confirms who is signed in, and never signs somebody else in. */
  protected async purposeOf(
    request: Request,
    response: Response,
    promptLogin: boolean,
  ): Promise<Purpose> {
    if (!promptLogin) return { kind: 'sign-in' };
    request.signedIn = await this.sessions.read(request, response);
    const { signedIn } = request;
    return signedIn === null
      ? { kind: 'sign-in' }
      : { kind: 'reauthenticate', userId: signedIn.userId };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { provider, guard } = this.guards.of(request);
    refuseSpeculation(request);
    const answer = startAnswerFor(request, this.config);
    const query = startQuerySchema.parse(request.query);
    const prompts = query.prompt?.split(' ') ?? [];
    const promptLogin = prompts.includes('login');
    // Fails before the redirect if the callback could not be processed anyway.
    await this.database.ping();
    const start: SignInStart = {
      intent: {
        provider,
        purpose: await this.purposeOf(request, response, promptLogin),
        returnTo: allowedReturnTo(query.returnTo, this.config),
        nonce: randomToken(32),
        promptLogin,
        promptNone: prompts.includes('none'),
        fromElsewhere: isFromElsewhere(request),
      },
      answer,
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
  protected override async purposeOf(request: Request): Promise<Purpose> {
    const session = signedInSession(request);
    const { userId } = session;
    const { user = userId } = request.query;
    if (user !== userId) throw new AppError('session_changed');
    await this.stepUp.require(session, 'connect');
    return { kind: 'link', userId };
  }
}
