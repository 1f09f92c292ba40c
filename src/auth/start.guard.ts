import * as z from 'zod';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { callerStateFrom } from '../common/caller-state.js';
import { hasBearer } from '../common/http/bearer.js';
import { parameterOf } from '../common/http/parameter.js';
import { randomToken } from '../common/random.js';
import { type Config, CONFIG, requestedErrorTo, requestedReturnTo } from '../config/config.js';
import { Database } from '../database/database.js';
import { type Handover, requestedHandover } from '../handover/handover.js';
import type { Purpose } from './attempts/attempt.js';
import { RequestLimits } from '../sessions/request-limits.js';
import { SessionReader } from '../sessions/session-reader.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { refuseBearer, signedInSession } from '../sessions/session.guards.js';
import { AccountLimits } from '../users/account-limits.js';
import { StepUpService } from '../users/step-up.service.js';
import { isCrossSite, refuseSpeculation, startAnswerFor } from './browser-request.js';
import { NOT_FOR_CRAWLERS } from './crawlers.js';
import { ProviderGuards } from './provider-guards.js';
import type { SignInStart } from './sign-in-context.js';
import { startAtPublicUrl } from './start-at-public-url.js';
import { SignInMetrics } from './sign-in-metrics.js';

/** The parameters of a start. A malformed hint is dropped, since it only saves the person a click. */
const startQuerySchema = z.object({
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
    @Inject(CONFIG) protected readonly config: Config,
    protected readonly guards: ProviderGuards,
    @Inject(Database) private readonly database: Database,
    private readonly metrics: SignInMetrics,
    private readonly sessions: SessionReader,
    private readonly limits: RequestLimits,
    protected readonly stepUp: StepUpService,
    protected readonly accountLimits: AccountLimits,
  ) {}

  /** Asking a signed-in person to authenticate anew confirms who is signed in, and never signs somebody else in. */
  protected purposeOf(request: Request, promptLogin: boolean): Purpose | Promise<Purpose> {
    if (!promptLogin) return { kind: 'sign-in' };
    const { signedIn } = request;
    return !signedIn ? { kind: 'sign-in' } : { kind: 'reauthenticate', ...askerOf(signedIn) };
  }

  /** Where the sign-in is to be handed over; null where it is this browser's. */
  protected handoverOf({ query }: Request): Handover | null | Promise<Handover> {
    return requestedHandover(query, null, this.config);
  }

  /** Where the parameters are, but for `returnTo` of a browser's own sign-in. */
  protected parametersOf({ query }: Request): unknown {
    return query;
  }

  private async count(request: Request, response: Response): Promise<void> {
    if (request.signedIn === undefined) {
      request.signedIn = await this.sessions.read(request, response);
    }
    await this.limits.countSignIn(request);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { provider, guard } = this.guards.of(request);
    response.set(NOT_FOR_CRAWLERS);
    refuseSpeculation(request);
    refuseBearer(request);
    const answer = startAnswerFor(request, this.config);
    const handover = await this.handoverOf(request);
    if (handover !== null) this.sessions.ignoreCookie(request);
    await this.count(request, response);
    if (request.method === 'GET') startAtPublicUrl(request, this.config.publicUrl, answer);
    const callerState = handover === null ? callerStateFrom(parameterOf(request, 'state')) : null;
    const query = startQuerySchema.parse(this.parametersOf(request));
    const prompts = query.prompt?.split(' ') ?? [];
    const promptNone = prompts.includes('none');
    // Whoever is not asked confirms nothing: `none` with others is an error (OpenID Connect Core §3.1.2.1).
    const promptLogin = prompts.includes('login') && !promptNone;
    // Fails before the redirect if the callback could not be processed anyway.
    await this.database.ping();
    const returnTo = handover === null ? requestedReturnTo(request, this.config) : null;
    const errorTo = requestedErrorTo(request, this.config, returnTo);
    const start: SignInStart = {
      intent: {
        provider,
        purpose: await this.purposeOf(request, promptLogin),
        returnTo,
        ...(errorTo !== null && { errorTo }),
        ...(callerState !== null && { callerState }),
        nonce: randomToken(32),
        promptLogin,
        promptNone,
        crossSite: isCrossSite(request),
        ...(handover !== null && { handover }),
      },
      answer,
      prompt: query.prompt ?? null,
      loginHint: query.login_hint ?? null,
    };
    request.signInStart = start;
    this.metrics.started(provider, start.intent.purpose);
    return Boolean(await guard.canActivate(context));
  }
}

function askerOf({ userId, publicId: sessionId }: SignedInSession) {
  return { userId, sessionId };
}

/** Prepares a hand-over that a form begins: of its target's own page, which then need not be confirmed. */
@Injectable()
export class FormStartGuard extends StartGuard {
  protected override handoverOf(request: Request): Handover {
    const { origin } = request.headers;
    const handover = requestedHandover(fieldsOf(request), origin ?? null, this.config);
    if (handover !== null) return handover;
    throw new AppError('bad_request', {
      detail:
        'A form begins a hand-over: returnTo has to be one of HANDOVER_TARGETS. Any other sign-in begins by a GET.',
      log: { reason: 'no target' },
    });
  }

  protected override parametersOf(request: Request): unknown {
    return fieldsOf(request);
  }
}

/** The fields of a form, or of a JSON body; none where there is no such. */
export function fieldsOf({ body }: Request): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

/**
 * Prepares a link to the signed-in user, whose session earlier guards have checked. The client may name the expected
 * user (`user`): nothing is then linked to another user who has signed in in the same browser since.
 */
@Injectable()
export class LinkStartGuard extends StartGuard {
  /** What an application asks for begins in the browser that opens what it is answered. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const isApp = hasBearer(context.switchToHttp().getRequest<Request>());
    return isApp || super.canActivate(context);
  }

  protected override handoverOf(): null {
    return null;
  }

  protected override async purposeOf(request: Request): Promise<Purpose> {
    const session = signedInSession(request);
    const { userId } = session;
    const user = parameterOf(request, 'user');
    if (user !== undefined && user !== userId) throw new AppError('session_changed');
    await this.stepUp.require(session, 'connect');
    await this.accountLimits.connect(session);
    return { kind: 'link', ...askerOf(session) };
  }
}
